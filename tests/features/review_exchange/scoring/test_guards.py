"""Ways to get credits for nothing. Each is stopped by a guard with a name, and works without that guard."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import pytest

from mentorbot.domain.timeline import Verdict
from mentorbot.features.review_exchange.ledger.ledger import EntryKind
from tests.builders import a_person
from tests.features.review_exchange.project import WORDS, Project

Story = Callable[[Project], Awaitable[tuple[str, int]]]


async def reviews_own_work(project: Project) -> tuple[str, int]:
    number = await project.opens("mallory")
    await project.wait(hours=1)
    await project.reviews("mallory", number)
    return "mallory", number


async def reviews_a_bots_work(project: Project) -> tuple[str, int]:
    number = await project.opens("dependabot")
    await project.wait(hours=1)
    await project.reviews("mallory", number)
    return "mallory", number


async def comes_after_the_merge(project: Project) -> tuple[str, int]:
    number = await project.opens("ada")
    await project.closes(number, merged=True)
    await project.wait(hours=1)
    await project.reviews("mallory", number)
    return "mallory", number


async def reviews_what_is_gone(project: Project) -> tuple[str, int]:
    number = await project.opens("ada")
    await project.wait(hours=1)
    await project.pushes(number)
    await project.wait(hours=1)
    await project.reviews("mallory", number, sha=f"sha{number}-0")
    return "mallory", number


async def says_a_formula(project: Project) -> tuple[str, int]:
    number = await project.opens("ada")
    await project.wait(hours=1)
    await project.reviews("mallory", number, "LGTM, thanks a lot!", verdict=Verdict.APPROVED)
    await project.wait(hours=1)
    await project.closes(number)
    return "mallory", number


async def repeats_what_was_said(project: Project) -> tuple[str, int]:
    first, second = await project.opens("ada"), await project.opens("bob")
    await project.wait(hours=1)
    await project.reviews("mallory", first, WORDS.format("x"))
    await project.wait(days=1)
    await project.reviews("mallory", second, WORDS.format("x"))
    return "mallory", second


async def writes_the_review_later(project: Project) -> tuple[str, int]:
    number = await project.opens("ada")
    await project.wait(hours=1)
    comment = await project.says("mallory", number, "LGTM")
    await project.wait(days=2)
    await project.edits(number, comment, f"LGTM. {WORDS.format('y')}")
    await project.closes(number)
    return "mallory", number


async def writes_it_once_more(project: Project) -> tuple[str, int]:
    number = await project.opens("ada")
    await project.wait(hours=1)
    comment = await project.says("mallory", number, f"LGTM. {WORDS.format('z')}")
    await project.wait(hours=1)
    await project.deletes(number, comment)
    await project.wait(hours=1)
    await project.says("mallory", number, f"LGTM. {WORDS.format('z')}")
    return "mallory", number


async def was_dismissed(project: Project) -> tuple[str, int]:
    number = await project.opens("ada")
    await project.wait(hours=1)
    review = await project.reviews("mallory", number, verdict=Verdict.APPROVED)
    await project.wait(hours=1)
    await project.dismisses("olga", number, review)
    return "mallory", number


async def swaps_with_a_friend(project: Project) -> tuple[str, int]:
    hers, his = await project.opens("mallory"), await project.opens("trudy")
    await project.wait(hours=1)
    await project.reviews("mallory", his)
    await project.wait(hours=1)
    await project.reviews("trudy", hers)
    return "trudy", hers


async def reviews_all_day(project: Project) -> tuple[str, int]:
    numbers = [await project.opens(f"author{n}") for n in range(6)]
    await project.wait(minutes=10)
    for number in numbers:
        await project.wait(minutes=10)
        await project.reviews("mallory", number)
    return "mallory", numbers[-1]


async def approves_everything(project: Project) -> tuple[str, int]:
    number = 0
    for turn in range(8):
        number = await project.opens(f"author{turn}")
        await project.wait(days=1)
        own = "every place that came to mind over lunch reads quite well today, somehow"
        body = f"LGTM. This part {'a' * (turn + 1)} and {own}."
        await project.reviews("mallory", number, body, verdict=Verdict.APPROVED)
    return "mallory", number


async def reviews_one_friend_only(project: Project) -> tuple[str, int]:
    number = 0
    for other in ("ada", "bob"):  # otherwise the two would be a closed circle as well
        number = await project.opens(other)
        await project.wait(days=1)
        await project.reviews("mallory", number)
    for _ in range(6):
        number = await project.opens("trudy")
        await project.wait(days=1)
        await project.reviews("mallory", number)
    return "mallory", number


STORIES = [
    pytest.param("own", reviews_own_work, id="own"),
    pytest.param("bots", reviews_a_bots_work, id="bots"),
    pytest.param("after_close", comes_after_the_merge, id="after_close"),
    pytest.param("old_head", reviews_what_is_gone, id="old_head"),
    pytest.param("substance", says_a_formula, id="substance"),
    pytest.param("copied", repeats_what_was_said, id="copied"),
    pytest.param("edited", writes_the_review_later, id="edited"),
    pytest.param("recreated", writes_it_once_more, id="recreated"),
    pytest.param("dismissed", was_dismissed, id="dismissed"),
    pytest.param("same_day_swap", swaps_with_a_friend, id="same_day_swap"),
    pytest.param("daily_cap", reviews_all_day, id="daily_cap"),
    pytest.param("approve_only", approves_everything, id="approve_only"),
    pytest.param("pair", reviews_one_friend_only, id="pair"),
]
OFF = {"substance": None, "edited": None, "daily_cap": None, "approve_only": None, "pair": None}


@pytest.mark.parametrize(("guard", "story"), STORIES)
async def test_a_guard_refuses_and_says_its_name(guard: str, story: Story) -> None:
    project = Project()
    who, number = await story(project)
    assert any(f"({guard})" in sentence for sentence in project.why), project.why
    state = project.state(who, number)
    if guard not in {"own", "bots"}:  # nobody took these for reviews: no line in the ledger
        assert state is not None
        assert state[0] in {EntryKind.REFUSED, EntryKind.VOIDED}
    await project.wait(days=60)
    earned = project.ledger().of(a_person(who), EntryKind.EARNED, place=project.place(number))
    assert earned == []
    assert project.ledger().problems() == []


@pytest.mark.parametrize(("guard", "story"), STORIES)
async def test_without_the_guard_it_would_have_worked(guard: str, story: Story) -> None:
    project = Project().set(**{guard: OFF.get(guard, False)})
    who, number = await story(project)
    await project.wait(days=60)
    earned = project.ledger().of(a_person(who), EntryKind.EARNED, place=project.place(number))
    assert sum(entry.amount for entry in earned) > 0


async def _a_ring(project: Project) -> tuple[str, int]:
    """Three accounts that review each other in a circle, never both on one day."""
    number, ring = 0, ["mallory", "trudy", "eve"]
    for turn in range(9):
        author, reviewer = ring[turn % 3], ring[(turn + 1) % 3]
        number = await project.opens(author)
        await project.wait(days=2)
        await project.reviews(reviewer, number)
    return ring[0], number


async def test_a_closed_circle_waits_for_a_maintainer_and_nobody_is_accused() -> None:
    project = Project()
    _, number = await _a_ring(project)
    before = sum(project.balance(login) for login in ("mallory", "trudy", "eve"))
    await project.wait(days=8)
    after = sum(project.balance(login) for login in ("mallory", "trudy", "eve"))
    assert after == before
    assert "A maintainer has to confirm the review by" in project.why[-1]
    said = " ".join(project.texts())
    assert "cluster" not in said
    reviewer = next(
        act.by.login for act in project.timelines.seen[number].acts if act.by is not None and act.is_remark
    )
    project.reacts("olga", number)
    await project.wait(hours=1)
    assert project.state(reviewer, number) == (EntryKind.EARNED, "👍")


async def test_without_that_guard_the_circle_earns_by_silence() -> None:
    project = Project().set(clusters=False)
    await _a_ring(project)
    before = sum(project.balance(login) for login in ("mallory", "trudy", "eve"))
    await project.wait(days=8)
    assert sum(project.balance(login) for login in ("mallory", "trudy", "eve")) > before


async def _asks_where_nobody_comes(project: Project) -> None:
    """Somebody spends a credit again and again where nobody reviews, for the interest."""
    await project.says("olga", await project.opens("olga"), "/credits give @mallory 1")
    for _ in range(3):
        number = await project.opens("mallory")
        await project.says("mallory", number, "/exchange")
        await project.wait(days=22)


async def test_interest_is_no_income() -> None:
    project = Project()
    await _asks_where_nobody_comes(project)
    assert project.balance("mallory") == 200 + 2 * 100  # at most once in 30 days


async def test_without_that_guard_it_would_be() -> None:
    project = Project().set(interest=None)
    await _asks_where_nobody_comes(project)
    assert project.balance("mallory") == 200 + 3 * 100
