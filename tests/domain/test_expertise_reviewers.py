from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mentorbot.core.people import Person
from mentorbot.domain.expertise import (
    Expertise,
    Learned,
    Observation,
    OpenedIssue,
    OpenedPullRequest,
    Ranked,
    Reviewed,
    TookPart,
    Weights,
    in_order,
    rank_reviewers,
)
from tests.builders import a_person

MARCH = datetime(2026, 3, 1, tzinfo=UTC)
NOW = MARCH + timedelta(days=100)
ADA, BOB, CY, DEE = (a_person(login) for login in ("ada", "bob", "cy", "dee"))
ASKED = OpenedPullRequest(number=100, author=ADA, at=NOW, title="Speed up the scalar")


def after(days: float) -> datetime:
    return MARCH + timedelta(days=days)


def a_reviewed_pull(
    number: int, by: Sequence[Person], *, author: Person = DEE, title: str = "Docs", paths: Sequence[str] = ()
) -> list[Observation]:
    """A pull request opened on day `number` and reviewed the day after."""
    pull = OpenedPullRequest(
        number=number, author=author, at=after(number), title=title, paths=frozenset(paths)
    )
    return [pull, *(Reviewed(number=number, by=person, at=after(number + 1)) for person in by)]


def ranked(pull: OpenedPullRequest, *seen: Observation, exclude: Sequence[Person] = ()) -> list[Ranked]:
    return rank_reviewers(pull, Expertise(in_order(seen)), now=NOW, exclude=exclude)


def said(person: Person, ranking: Sequence[Ranked]) -> list[str]:
    (found,) = (one for one in ranking if one.person == person)
    return [str(reason) for reason in found.reasons]


DEES_FIRST: list[Observation] = [
    OpenedPullRequest(number=n, author=DEE, at=after(n), title="Docs") for n in (1, 2, 3, 4)
]
EVEN = [*DEES_FIRST, *a_reviewed_pull(80, [BOB, CY]), *a_reviewed_pull(82, [BOB, CY])]
LINKED_ISSUE: list[Observation] = [
    OpenedIssue(number=9, author=CY, at=after(5)),
    TookPart(number=9, by=BOB, at=after(6)),
]


@pytest.mark.parametrize(
    ("pull", "seen", "reason"),
    [
        pytest.param(ASKED, a_reviewed_pull(97, [CY]), "reviews many pull requests here", id="reviews a lot"),
        pytest.param(
            ASKED,
            a_reviewed_pull(50, [CY], author=ADA),
            "has reviewed one pull request by ada, last in April 2026",
            id="reviewed the author before",
        ),
        pytest.param(
            ASKED,
            a_reviewed_pull(50, [CY], title="Scalar cleanup"),
            "has reviewed one pull request about scalar, last in April 2026",
            id="reviewed the subject before",
        ),
        pytest.param(
            replace(ASKED, paths=frozenset({"src/field.h"})),
            a_reviewed_pull(50, [CY], paths=["src/field.h"]),
            "has reviewed one pull request in src/field.h, last in April 2026",
            id="reviewed the file before",
        ),
        pytest.param(
            ASKED,
            [OpenedPullRequest(number=60, author=CY, at=after(50), title="A new scalar")],
            "wrote one pull request about scalar, last in April 2026",
            id="wrote about the subject",
        ),
        pytest.param(
            replace(ASKED, body="Fixes #9"),
            LINKED_ISSUE,
            "opened #9, which is related",
            id="opened the issue",
        ),
        pytest.param(
            replace(ASKED, body="cc @CY"),
            (),
            "is mentioned in the description",
            id="is mentioned by the author",
        ),
        pytest.param(
            replace(ASKED, requested=frozenset({CY})),
            (),
            "was asked for a review",
            id="was asked by the author",
        ),
        pytest.param(
            ASKED, [TookPart(number=80, by=CY, at=after(99.5))], "was active here today", id="is around"
        ),
        pytest.param(
            ASKED,
            [TookPart(number=80, by=CY, at=after(95))],
            "was active here this week",
            id="was around lately",
        ),
        pytest.param(
            ASKED,
            [*a_reviewed_pull(70, [CY], author=a_person("newbie"))],
            "has reviewed one pull request by newcomers, last in May 2026",
            id="reviewed newcomers",
        ),
    ],
)
def test_of_two_alike_comes_first_who(
    pull: OpenedPullRequest, seen: Sequence[Observation], reason: str
) -> None:
    ranking = ranked(pull, *EVEN, *seen)
    assert ranking[0].person == CY
    assert reason in said(CY, ranking)


def test_who_took_part_in_what_is_mentioned_is_told_so() -> None:
    assert "took part in #9, which is related" in said(
        BOB, ranked(replace(ASKED, body="Fixes #9"), *EVEN, *LINKED_ISSUE)
    )


def test_the_score_is_the_sum_of_its_parts_and_the_weightiest_reason_comes_first() -> None:
    best = ranked(replace(ASKED, requested=frozenset({CY})), *EVEN)[0]
    assert best.score == pytest.approx(sum(part.score for part in best.parts))
    assert str(best.reasons[0]) == "was asked for a review"
    assert all(part.score for part in best.parts)


def test_a_weight_of_nothing_switches_a_part_off() -> None:
    nothing = Weights(
        active=0, present=0, reviewing=0, author=0, subject=0, wrote=0, linked=0, named=0, newcomers=0
    )
    past = Expertise(in_order(EVEN))
    assert {one.score for one in rank_reviewers(ASKED, past, now=NOW, weights=nothing)} == {0}


def test_author_bots_and_the_excluded_are_left_out() -> None:
    bot = a_person("acme-bot")
    seen: list[Observation] = [
        *a_reviewed_pull(50, [BOB, CY, bot]),
        TookPart(number=50, by=ADA, at=after(60)),
    ]
    assert [one.person for one in ranked(ASKED, *seen, exclude=[BOB, DEE])] == [CY]


def test_only_given_candidates_are_ranked_and_strangers_among_them_come_last() -> None:
    past = Expertise(in_order(EVEN))
    stranger = a_person("stranger")
    ranking = rank_reviewers(ASKED, past, now=NOW, candidates=[stranger, BOB, ADA])
    assert [one.person for one in ranking] == [BOB, stranger]
    assert ranking[-1].score == 0
    assert ranking[-1].reasons == ()


def test_who_was_away_for_more_than_a_year_is_not_proposed() -> None:
    past = Expertise(in_order(EVEN))
    assert rank_reviewers(ASKED, past, now=NOW + timedelta(days=400)) == []


def test_equals_come_in_the_order_of_their_accounts() -> None:
    first, second = Person(id=1, login="zoe"), Person(id=2, login="abe")
    ranking = ranked(ASKED, *a_reviewed_pull(80, [second, first]))
    assert [one.person for one in ranking[:2]] == [first, second]


@pytest.mark.parametrize(
    "pull",
    [
        pytest.param(replace(ASKED, author=None), id="its author deleted their account"),
        pytest.param(replace(ASKED, title=""), id="it says nothing"),
        pytest.param(replace(ASKED, author=a_person("somebody new")), id="its author was never seen"),
    ],
)
def test_somebody_is_found_even_when(pull: OpenedPullRequest) -> None:
    assert {one.person for one in ranked(pull, *EVEN)} >= {BOB, CY}


def test_a_project_without_a_past_has_nobody_to_propose() -> None:
    assert ranked(ASKED) == []


PEOPLE = st.sampled_from([ADA, BOB, CY, DEE])
NUMBERS = st.integers(min_value=1, max_value=5)
MOMENTS = st.integers(min_value=0, max_value=300).map(after)
TITLES = st.sampled_from(["Scalar speed", "Docs", "Fix scalar docs", "Build"])
PATHS = st.frozensets(st.sampled_from(["src/scalar.h", "docs/a.md"]))
OBSERVATIONS = st.lists(
    st.one_of(
        st.builds(OpenedPullRequest, number=NUMBERS, author=PEOPLE, at=MOMENTS, title=TITLES, paths=PATHS),
        st.builds(OpenedIssue, number=st.integers(6, 9), author=PEOPLE, at=MOMENTS),
        st.builds(Reviewed, number=NUMBERS, by=PEOPLE, at=MOMENTS),
        st.builds(TookPart, number=st.integers(1, 9), by=PEOPLE, at=MOMENTS),
        st.builds(Learned, number=NUMBERS, at=MOMENTS, paths=PATHS),
    ),
    max_size=40,
)
LINKING = replace(ASKED, body="Based on #2, fixes #6; cc @bob", paths=frozenset({"src/scalar.h"}))


@given(OBSERVATIONS)
def test_what_happens_later_never_changes_an_earlier_ranking(seen: list[Observation]) -> None:
    known_then = [one for one in seen if one.at < NOW]
    then = rank_reviewers(LINKING, Expertise(in_order(known_then)), now=NOW)
    seen_from_later = rank_reviewers(LINKING, Expertise(in_order(seen)), now=NOW)
    assert seen_from_later == then


@given(OBSERVATIONS, st.randoms(use_true_random=False))
def test_the_same_facts_give_the_same_ranking_however_they_arrived(
    seen: list[Observation], chance: Random
) -> None:
    shuffled = list(seen)
    chance.shuffle(shuffled)
    first = rank_reviewers(LINKING, Expertise(in_order(seen)), now=NOW)
    assert rank_reviewers(LINKING, Expertise(in_order(shuffled)), now=NOW) == first
