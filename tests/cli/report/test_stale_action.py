"""What actions/stale does by its defaults, case by case, as its source has it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from mentorbot.cli.report.stale_action import StaleRuns, run_daily
from mentorbot.domain.timeline import Act, ActKind, PullRequestTimeline
from mentorbot.feature_api.survey import PastIssue, ProjectPast
from tests.builders import NOW, a_person
from tests.domain.pasts import a_past, act

DAY = timedelta(days=1)
BOT = a_person("ci[bot]", is_bot=True)


def lived(
    *pulls: PullRequestTimeline, issues: tuple[PastIssue, ...] = (), days: int = 100, since: datetime = NOW
) -> StaleRuns:
    past = ProjectPast(repository="octo/tea", until=NOW + days * DAY, pulls=pulls, issues=issues)
    return run_daily(past, since=since)


def quiet(*acts: Act, number: int = 7) -> PullRequestTimeline:
    return a_past(number=number).with_acts(acts)


def on(day: float, kind: ActKind = ActKind.COMMENTED, by: str = "bob", **more: object) -> Act:
    return replace(act(kind, by), at=NOW + day * DAY, id=f"{kind}-{day}", **more)  # type: ignore[arg-type]


def closed_on(runs: StaleRuns) -> list[int]:
    return [(one.at - NOW).days for one in runs.closed]


def test_sixty_idle_days_label_and_a_week_later_it_is_closed() -> None:
    runs = lived(quiet())
    assert [number for number, _ in runs.labelled] == [7]
    assert closed_on(runs) == [68], "60 days, 7 more, and a nightly run each"
    assert lived(quiet(), days=60).labelled == ()
    assert lived(quiet(), days=66).closed == ()


@pytest.mark.parametrize(
    "kind", [ActKind.LABELED, ActKind.ASSIGNED, ActKind.RETITLED, ActKind.PUSHED, ActKind.REVIEWED]
)
def test_any_update_whatever_winds_its_clock(kind: ActKind) -> None:
    assert closed_on(lived(quiet(on(50, kind)))) == []
    assert closed_on(lived(quiet(on(50, kind)), days=130)) == [118]


@pytest.mark.parametrize(
    ("later", "closed"),
    [
        pytest.param(on(64), [], id="a human's comment takes the label off"),
        pytest.param(on(64, ActKind.FORCE_PUSHED), [], id="so does a force-push"),
        pytest.param(on(64, ActKind.REVIEW_REQUESTED), [], id="and a review request"),
        pytest.param(on(64, ActKind.PUSHED), [71], id="a push merely puts it off"),
        pytest.param(on(64, ActKind.REVIEWED), [71], id="as does a review"),
        pytest.param(on(64, ActKind.COMMENTED, "ci-bot"), [], id="a script with a user's account is a user"),
    ],
)
def test_after_the_label_only_comments_and_events_count(later: Act, closed: list[int]) -> None:
    assert closed_on(lived(quiet(later), days=90)) == closed


def test_a_bots_comment_after_the_label_merely_puts_the_closing_off() -> None:
    by_bot = replace(on(64), by=BOT)
    assert closed_on(lived(quiet(by_bot), days=90)) == [71]


def test_what_is_closed_by_people_is_left_alone_and_what_is_reopened_is_not() -> None:
    assert lived(quiet(on(30, ActKind.CLOSED))).labelled == ()
    assert lived(quiet(on(30, ActKind.MERGED))).labelled == ()
    assert closed_on(lived(quiet(on(30, ActKind.CLOSED), on(31, ActKind.REOPENED)))) == [99]


def test_drafts_and_issues_are_closed_alike_and_issues_that_were_not_read_are_said_to_be_so() -> None:
    issue = PastIssue(number=9, title="Tea", url="", author=None, opened_at=NOW, acts=())
    unread = replace(issue, number=10, acts=None)
    draft = replace(quiet(), opened_as_draft=True)
    runs = lived(draft, issues=(issue, unread))
    assert sorted((one.number, one.is_pull_request) for one in runs.closed) == [(7, True), (9, False)]
    assert (runs.pulls, runs.issues, runs.issues_left_out) == (1, 1, 1)
    assert (runs.labelled_of(pulls=True), runs.closed_of(pulls=False)) == (1, 1)


def test_a_night_has_thirty_operations_the_newest_come_first_and_the_next_goes_on() -> None:
    old = NOW - 200 * DAY
    pulls = [replace(quiet(number=n), opened_at=old + n * timedelta(hours=1)) for n in range(1, 31)]
    runs = lived(*pulls, days=1)
    first = [number for number, _ in runs.labelled]
    assert first == list(range(30, 20, -1)), "a page is one operation, each label three: ten fit"
    two_nights = lived(*pulls, days=2)
    assert [number for number, _ in two_nights.labelled][10:] == list(range(20, 10, -1))


def test_of_many_thousands_the_oldest_are_never_reached() -> None:
    old = [replace(quiet(number=n), opened_at=NOW - 200 * DAY) for n in range(1, 6)]
    young = [replace(quiet(number=n), opened_at=NOW - DAY) for n in range(6, 3_000)]
    assert lived(*old, *young, days=5).labelled == (), "30 pages take all operations of a night"
    few = lived(*old, *young[:2_500], days=5)
    assert {number for number, _ in few.labelled} == {1, 2, 3, 4, 5}
