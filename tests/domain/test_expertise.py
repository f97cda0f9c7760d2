from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from mentorbot.core.people import Person
from mentorbot.domain.expertise import (
    Expertise,
    Learned,
    Observation,
    OpenedIssue,
    OpenedPullRequest,
    Reviewed,
    TookPart,
    in_order,
    is_human,
    is_review,
    observations_of,
    observations_of_issue,
    opening_of,
)
from mentorbot.domain.expertise.decay import DecayingCount
from mentorbot.domain.expertise.predictors import linked_numbers
from mentorbot.domain.expertise.subjects import subjects_of_labels, subjects_of_paths, subjects_of_title
from mentorbot.domain.timeline import Act, ActKind, PullRequestTimeline, Verdict
from tests.builders import a_person

DAY_1 = datetime(2026, 1, 1, tzinfo=UTC)
ADA, BOB, CY = a_person("ada"), a_person("bob"), a_person("cy")


def day(number: float) -> datetime:
    return DAY_1 + timedelta(days=number - 1)


def opened(number: int, on: float, by: Person = ADA, *, title: str = "", path: str = "") -> OpenedPullRequest:
    return OpenedPullRequest(
        number=number, author=by, at=day(on), title=title, paths=frozenset({path} if path else ())
    )


def reviewed(number: int, on: float, by: Person) -> Reviewed:
    return Reviewed(number=number, by=by, at=day(on))


def test_a_fading_count_halves_after_each_half_life() -> None:
    count = DecayingCount(timedelta(days=10))
    count.add(day(1))
    assert count.amount(day(11)) == pytest.approx(0.5)
    count.add(day(11))
    assert count.amount(day(21)) == pytest.approx(0.75)


def test_a_fading_count_asked_about_the_past_knows_nothing_that_came_later() -> None:
    count = DecayingCount(timedelta(days=10))
    for on in (1, 11, 12):
        count.add(day(on))
    assert count.count(day(12)) == 2
    assert count.amount(day(11)) == pytest.approx(0.5)
    assert count.last(day(12)) == day(11)
    assert count.last(day(1)) is None
    assert count.amount(day(1)) == 0


def test_a_fading_count_refuses_to_be_told_out_of_order() -> None:
    count = DecayingCount(timedelta(days=10))
    count.add(day(2))
    with pytest.raises(ValueError, match="in order of time"):
        count.add(day(1))


@pytest.mark.parametrize(
    ("title", "subjects"),
    [
        pytest.param("Scalar: fix typos", {"scalar", "typo"}, id="plurals meet their singular"),
        pytest.param("add parseConfig_file", {"parse", "config", "file"}, id="names come apart"),
        pytest.param("bus class status alias", {"bus", "class", "status", "alias"}, id="no plural"),
        pytest.param(
            "Refactor and clean up the docs", {"doc"}, id="what is done and small words say nothing"
        ),
        pytest.param("v2 is 42", set(), id="numbers and short words say nothing"),
    ],
)
def test_a_title_is_about_its_words(title: str, subjects: set[str]) -> None:
    assert subjects_of_title(title) == subjects


def test_a_path_is_about_its_file_its_folders_and_the_words_of_its_name() -> None:
    assert subjects_of_paths(["src/field/scalar_impl.h"]) == {
        "src/field/scalar_impl.h",
        "src/field/",
        "src/",
        "scalar",
        "impl",
    }
    assert subjects_of_paths(["README"]) == {"README", "readme"}


def test_a_label_never_mixes_with_a_word() -> None:
    assert subjects_of_labels(["Docs"]) == {"label docs"}


@pytest.mark.parametrize(
    ("login", "human"),
    [
        pytest.param("ada", True, id="anybody"),
        pytest.param("robot-dreams", True, id="bot as a part of a name"),
        pytest.param("talbot", True, id="a family name"),
        pytest.param("acme-bot", False, id="named bot"),
        pytest.param("DrahtBot", False, id="camel case"),
        pytest.param("bors", False, id="merge bot"),
        pytest.param("codecov-io", False, id="coverage"),
        pytest.param("renovate[bot]", False, id="an app"),
    ],
)
def test_programs_under_user_accounts_are_no_candidates(login: str, human: bool) -> None:
    assert is_human(a_person(login)) is human


def test_neither_bots_nor_deleted_accounts_are_human() -> None:
    assert not is_human(None)
    assert not is_human(a_person("copycat", is_bot=True))


def act(kind: ActKind, by: Person | None = BOB, body: str = "") -> Act:
    return Act(kind=kind, at=day(2), id=f"act-{kind}", by=by, body=body)


@pytest.mark.parametrize(
    ("one", "wide", "strict"),
    [
        pytest.param(act(ActKind.REVIEWED), True, True, id="a submitted review"),
        pytest.param(act(ActKind.LINE_COMMENTED), True, True, id="a comment on a line"),
        pytest.param(act(ActKind.COMMENTED, body="LGTM"), True, False, id="an approving comment"),
        pytest.param(act(ActKind.COMMENTED, body="Any news?"), False, False, id="any other comment"),
        pytest.param(act(ActKind.REVIEWED, by=ADA), False, False, id="the author's own"),
        pytest.param(act(ActKind.REVIEWED, by=None), False, False, id="a deleted account"),
        pytest.param(act(ActKind.MERGED), False, False, id="a merge"),
    ],
)
def test_what_counts_as_a_review(one: Act, wide: bool, strict: bool) -> None:
    assert is_review(one, ADA) is wide
    assert is_review(one, ADA, strict=True) is strict


def test_a_timeline_tells_what_its_people_did_and_nothing_of_bots() -> None:
    timeline = PullRequestTimeline(number=7, author=ADA, opened_at=day(2), opened_title="Docs").with_acts(
        [
            Act(kind=ActKind.PUSHED, at=day(1), id="push-1", by=ADA),
            Act(kind=ActKind.LABELED, at=day(2), id="label-0", by=ADA, label="docs"),
            Act(kind=ActKind.REVIEW_REQUESTED, at=day(2), id="ask-0", by=ADA, subject=CY),
            Act(kind=ActKind.LABELED, at=day(3), id="label-1", by=BOB, label="later"),
            Act(kind=ActKind.LINE_COMMENTED, at=day(4), id="line-1", by=BOB, path="a.py"),
            Act(kind=ActKind.COMMENTED, at=day(5), id="comment-1", by=a_person("acme-bot"), body="LGTM"),
            Act(kind=ActKind.REVIEWED, at=day(6), id="review-1", by=CY, verdict=Verdict.APPROVED),
        ]
    )
    assert opening_of(timeline).labels == {"docs"}
    assert opening_of(timeline).requested == {CY}
    seen = list(observations_of(timeline, paths=["b.py"]))
    assert seen[0] == opening_of(timeline, ["b.py"])
    assert [one for one in seen if isinstance(one, Reviewed)] == [
        Reviewed(number=7, by=BOB, at=day(4), path="a.py"),
        Reviewed(number=7, by=CY, at=day(6)),
    ]
    assert Learned(number=7, at=day(4), paths=frozenset({"a.py"})) in seen
    assert Learned(number=7, at=day(3), labels=frozenset({"later"})) in seen
    assert all(one.at >= day(2) for one in seen)
    assert {one.by for one in seen if isinstance(one, TookPart)} == {ADA, BOB}


def test_an_issue_tells_who_opened_it_and_who_took_part() -> None:
    talk = [act(ActKind.COMMENTED), act(ActKind.COMMENTED, by=None)]
    seen = list(observations_of_issue(number=3, author=ADA, opened_at=day(1), acts=talk))
    assert seen == [OpenedIssue(number=3, author=ADA, at=day(1)), TookPart(number=3, by=BOB, at=day(2))]
    assert list(observations_of_issue(number=3, author=None, opened_at=day(1), acts=())) == []


def test_observations_of_one_moment_have_one_order() -> None:
    seen: list[Observation] = [
        TookPart(number=1, by=BOB, at=day(1)),
        Learned(number=1, at=day(1)),
        reviewed(1, 1, CY),
        opened(1, 1),
        OpenedIssue(number=2, author=ADA, at=day(1)),
    ]
    assert in_order(seen) == in_order(reversed(seen))
    assert isinstance(in_order(seen)[0], OpenedPullRequest)


def test_expertise_refuses_to_be_told_out_of_order() -> None:
    with pytest.raises(ValueError, match="in_order"):
        Expertise([opened(2, 5), opened(1, 4)])


def test_a_review_counts_once_per_person_and_pull_request() -> None:
    past = Expertise([opened(1, 1), reviewed(1, 2, BOB), reviewed(1, 3, BOB), reviewed(99, 3, BOB)])
    assert past.reviews[BOB].count(day(9)) == 1
    assert past.reviews_for[ADA][BOB].count(day(9)) == 1


def test_what_is_learned_later_counts_for_its_author_and_those_who_had_reviewed() -> None:
    past = Expertise(
        [
            opened(1, 1, title="Scalar"),
            reviewed(1, 2, BOB),
            Learned(number=1, at=day(3), paths=frozenset({"src/scalar.h"})),
            Learned(number=98, at=day(3), paths=frozenset({"nobody/knows.py"})),
        ]
    )
    assert past.reviews_about["src/"][BOB].count(day(4)) == 1
    assert past.wrote_about["src/"][ADA].count(day(4)) == 1
    assert past.opened_about["scalar"].count(day(4)) == 1  # told by the title, and only once
    assert "nobody/" not in past.opened_about


def test_pull_requests_of_bots_count_as_opened_but_make_nobody_an_expert() -> None:
    past = Expertise(
        [opened(1, 1, by=a_person("renovate[bot]", is_bot=True), title="Bump"), reviewed(1, 2, BOB)]
    )
    assert past.opened.count(day(3)) == 1
    assert past.wrote_about.get("bump") is None
    assert past.people(day(3), seen_within=timedelta(days=9)) == [BOB]


def test_people_are_those_seen_lately_as_of_that_moment() -> None:
    past = Expertise([opened(1, 1), opened(2, 20, by=BOB), opened(3, 40, by=ADA)])
    within = timedelta(days=25)
    assert past.people(day(41), seen_within=within) == [ADA, BOB]
    assert past.people(day(20), seen_within=within) == [ADA]
    assert past.people(day(50), seen_within=within) == [ADA]
    assert past.people(day(1), seen_within=within) == []


def test_threads_know_their_people_as_of_that_moment() -> None:
    past = Expertise(
        [
            OpenedIssue(number=5, author=ADA, at=day(1)),
            TookPart(number=5, by=BOB, at=day(2)),
            TookPart(number=6, by=CY, at=day(3)),
        ]
    )
    assert past.author_of(5, day(2)) == ADA
    assert past.author_of(5, day(1)) is None
    assert past.author_of(6, day(9)) is None
    assert past.people_of(5, day(2)) == {ADA}
    assert past.people_of(5, day(3)) == {ADA, BOB}
    assert past.people_of(6, day(9)) == frozenset()


def test_somebody_is_a_newcomer_until_their_third_pull_request() -> None:
    past = Expertise([opened(n, n) for n in (1, 2, 3)])
    assert past.is_newcomer(ADA, day(3))
    assert not past.is_newcomer(ADA, day(4))
    assert past.is_newcomer(BOB, day(4))


def test_what_every_pull_request_is_about_says_nothing() -> None:
    past = Expertise([opened(1, 1, title="test scalar"), opened(2, 2, title="test docs")])
    assert past.rarity("test", day(3)) == 0
    assert past.rarity("scalar", day(3)) > 0
    assert past.rarity("never seen", day(3)) > past.rarity("scalar", day(3))


@pytest.mark.parametrize(
    ("title", "body", "numbers"),
    [
        pytest.param("Fix #12", "Follow-up to #3.", (3, 12), id="title and body"),
        pytest.param("", "see https://github.com/acme/rockets/issues/8#issue", (8,), id="a link here"),
        pytest.param("", "https://github.com/other/place/pull/8", (), id="a link to elsewhere"),
        pytest.param("", "other/place#8", (), id="a short link to elsewhere"),
        pytest.param("", "`#8` <!-- #9 -->\n> #10", (), id="code, comments and quotes"),
        pytest.param("#7", "", (), id="itself"),
    ],
)
def test_an_opening_is_linked_to_what_it_mentions_in_its_own_repository(
    title: str, body: str, numbers: tuple[int, ...]
) -> None:
    url = "https://github.com/acme/rockets/pull/7"
    assert (
        linked_numbers(OpenedPullRequest(number=7, author=ADA, at=day(1), title=title, body=body, url=url))
        == numbers
    )
