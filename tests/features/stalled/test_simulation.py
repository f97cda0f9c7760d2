from __future__ import annotations

from dataclasses import replace

from mentorbot.config.calendar import Calendar
from mentorbot.domain.timeline import Act, ActKind, PullRequestTimeline
from mentorbot.features.stalled.config import Stalled
from mentorbot.features.stalled.simulation import Said, simulate
from tests.builders import NOW, a_person
from tests.domain.pasts import a_past, act, approves, asks_for_changes, says
from tests.features.stalled.candidates import ADA, DAY, a_config, labels


def said(
    *pasts: PullRequestTimeline, config: Stalled | None = None, since_day: int = 0, until_day: int = 120
) -> list[tuple[int, int, str, int]]:
    """Number, day, side and rung of every nudge."""
    return [
        (one.number, round((one.at - NOW) / DAY), str(one.holder), one.rung)
        for one in told(*pasts, config=config, since_day=since_day, until_day=until_day)
    ]


def told(
    *pasts: PullRequestTimeline, config: Stalled | None = None, since_day: int = 0, until_day: int = 120
) -> tuple[Said, ...]:
    return simulate(
        pasts,
        config or Stalled(),
        calendar=Calendar(),
        since=NOW + since_day * DAY,
        until=NOW + until_day * DAY,
    )


def test_a_quiet_author_would_have_heard_three_things() -> None:
    assert said(a_past(asks_for_changes("bob"))) == [
        (7, 15, "author", 1), (7, 29, "author", 2), (7, 43, "author", 3),
    ]  # fmt: skip


def test_quiet_reviewers_would_have_been_asked_and_then_somebody_else() -> None:
    request = act(ActKind.REVIEW_REQUESTED, "ada", subject=a_person("bob"))
    first, second = told(a_past(request))
    assert (first.to, second.to) == (("bob",), ("somebody else",))
    team = act(ActKind.REVIEW_REQUESTED, "ada", team="core")
    assert told(a_past(team))[0].to == ("team core",)
    assert told(a_past(approves("bob")))[0].to == ("bob",)


def test_whoever_answers_ends_it_and_counts_as_having_acted_next() -> None:
    answer = replace(says("ada", "Sorry, done."), at=NOW + 20 * DAY, id="c-1")
    past = a_past(
        asks_for_changes("bob"), answer, replace(act(ActKind.MERGED, "bob"), at=NOW + 22 * DAY, id="m")
    )
    (only,) = told(past)
    assert (only.acted_next, only.answered_after) == (True, answer.at - only.at)
    overtaken = replace(says("bob", "Any news?"), at=NOW + 18 * DAY, id="c-0")
    (first, *_) = told(past.with_acts([overtaken]))
    assert (first.acted_next, first.answered_after) == (False, answer.at - first.at)
    assert told(a_past(asks_for_changes("bob")))[0].acted_next is None


def test_nothing_is_said_before_the_span_after_its_end_or_where_all_is_closed() -> None:
    past = a_past(asks_for_changes("bob"))
    assert said(past, since_day=20)[0] == (7, 21, "author", 1)
    assert said(past, until_day=14) == []
    closed = past.with_acts([Act(kind=ActKind.CLOSED, at=NOW + 10 * DAY, id="x", by=ADA)])
    assert said(closed) == []
    assert said(past, config=a_config(author={"nudge": False}, reviewers={"nudge": False})) == []


def test_what_maintainers_set_is_kept_to() -> None:
    past = a_past(asks_for_changes("bob"))
    assert said(past, config=a_config(author={"after": "20 days", "again": "30 days"}))[0][1] == 21
    assert (
        said(
            past.with_acts([labels("bob", "on hold", at=NOW)]),
            config=a_config(ignore={"labels": ["on hold"]}),
        )
        == []
    )
    assert said(a_past(opened_as_draft=True)) == []


def test_one_author_with_five_is_told_of_two_in_the_third() -> None:
    pasts = [a_past(asks_for_changes("bob"), number=number) for number in range(1, 6)]
    first = [one for one in told(*pasts, until_day=16) if one.rung == 1]
    assert [(one.number, one.others) for one in first] == [(1, 0), (2, 0), (3, 2)]
    assert len(told(*pasts)) == 9, "three comments a rung"


def test_only_so_many_are_nudged_a_day_and_the_others_on_the_next() -> None:
    pasts = [a_past(asks_for_changes("bob"), number=n, author=a_person(f"p{n}")) for n in range(1, 5)]
    days = [day for _, day, _, rung in said(*pasts, config=a_config(a_day=3)) if rung == 1]
    assert days == [15, 15, 15, 16]


def test_a_turn_that_changes_starts_a_ladder_of_its_own() -> None:
    answered = replace(says("ada", "Done."), at=NOW + 16 * DAY, id="c-1")
    sides = [(side, rung) for _, _, side, rung in said(a_past(asks_for_changes("bob"), answered))]
    assert sides == [("author", 1), ("reviewers", 1), ("reviewers", 2)]


def test_the_past_knows_nothing_of_its_future() -> None:
    past = a_past(asks_for_changes("bob"), replace(says("ada", "Done."), at=NOW + 40 * DAY, id="c-1"))
    until_then = [one for one in said(past) if one[1] < 40]
    assert until_then == said(past.until(NOW + 39 * DAY), until_day=39)
