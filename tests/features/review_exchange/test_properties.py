"""Whatever people do, in whatever order: the ledger adds up, and can be made again from GitHub."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from dataclasses import replace
from datetime import timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from mentorbot.core.actions import Remember
from mentorbot.domain.contributor_history import ContributorHistory
from mentorbot.domain.timeline import Verdict
from mentorbot.features.review_exchange.ledger.ledger import Entry, EntryKind, Ledger
from mentorbot.features.review_exchange.ledger.ledger_store import AccountLock
from mentorbot.features.review_exchange.rebuild import rebuilt
from tests.builders import a_comment, a_person, a_repository
from tests.features.review_exchange.project import Project

BEGINNING = (("open", "ada"), ("open", "bob"), ("open", "cyd"), ("wait", 30))
PEOPLE = ("ada", "bob", "cyd", "olga")
people = st.sampled_from(PEOPLE)
pulls = st.integers(0, 4)
verdicts = st.sampled_from(list(Verdict))
acts = st.one_of(
    st.tuples(st.just("open"), people),
    st.tuples(st.just("review"), people, pulls, verdicts, st.booleans()),
    st.tuples(st.just("line"), people, pulls),
    st.tuples(st.just("test"), people, pulls),
    st.tuples(st.just("approve"), people, pulls),
    st.tuples(st.just("push"), pulls, st.booleans()),
    st.tuples(st.just("close"), pulls, st.booleans()),
    st.tuples(st.just("delete"), pulls),
    st.tuples(st.just("dismiss"), pulls),
    st.tuples(st.just("react"), people, pulls, st.sampled_from(("+1", "-1", "heart"))),
    st.tuples(st.just("exchange"), pulls),
    st.tuples(st.just("thanks"), people, pulls, people),
    st.tuples(st.just("gift"), people),
    st.tuples(st.just("wait"), st.sampled_from((1, 30, 200, 600))),
)


async def _do(project: Project, act: tuple[Any, ...]) -> None:  # noqa: C901, PLR0912 - one case for each act
    numbers = sorted(project.timelines.seen)

    def pull(place: int) -> int:
        return numbers[place % len(numbers)]

    match act:
        case ("open", who):
            await project.opens(who)
        case ("wait", hours):
            await project.wait(hours=hours)
        case _ if not numbers:
            return
        case ("review", who, place, verdict, old):
            head = f"sha{pull(place)}-0" if old else None
            await project.reviews(who, pull(place), verdict=verdict, sha=head)
        case ("line", who, place):
            await project.says(who, pull(place), "Why is this not a set of names?", path="a.py")
        case ("test", who, place):
            await project.says(who, pull(place), "I tested this on macOS and all tests pass.")
        case ("approve", who, place):
            await project.says(who, pull(place), "LGTM")
        case ("push", place, force):
            await project.pushes(pull(place), force=force)
        case ("close", place, merged):
            if project.timelines.seen[pull(place)].is_open:
                await project.closes(pull(place), merged=merged)
        case ("delete", place):
            await _delete_last(project, pull(place))
        case ("dismiss", place):
            await _dismiss_last(project, pull(place))
        case ("react", who, place, content):
            if any(
                a.is_remark and a.by != project.thread(pull(place)).author
                for a in _acts(project, pull(place))
            ):
                project.reacts(who, pull(place), content)
        case ("exchange", place):
            author = project.thread(pull(place)).author
            assert author is not None
            await project.says(author.login, pull(place), "/exchange")
        case ("thanks", who, place, whom):
            author = project.thread(pull(place)).author
            if who == "olga" or (author is not None and author.login == who):
                await project.says(who, pull(place), f"/thanks @{whom}")
        case ("gift", whom):
            await project.says("olga", pull(0), f"/credits give @{whom} 1")


def _acts(project: Project, number: int) -> Any:
    return project.timelines.seen[number].acts


async def _delete_last(project: Project, number: int) -> None:
    comments = [a for a in _acts(project, number) if a.id.startswith("comment-") and "-deleted" not in a.id]
    gone = {a.about for a in _acts(project, number) if a.about}
    left = [a for a in comments if a.id not in gone]
    if left:
        written = a_comment(
            id=int(left[-1].id.removeprefix("comment-")), author=left[-1].by, body=left[-1].body
        )
        await project.deletes(number, written)


async def _dismiss_last(project: Project, number: int) -> None:
    gone = {a.about for a in _acts(project, number) if a.about}
    left = [a for a in _acts(project, number) if a.id.startswith("review-") and a.id not in gone]
    left = [a for a in left if "-dismissed" not in a.id]
    if left:
        await project.dismisses("olga", number, int(left[-1].id.removeprefix("review-")))


@settings(max_examples=40)
@given(st.lists(st.tuples(st.booleans(), acts), max_size=50))
def test_two_repositories_with_one_ledger_do_as_well(story: list[tuple[bool, tuple[Any, ...]]]) -> None:
    async def play(tea: Project) -> None:
        coffee = Project(repository=a_repository(id=2, full_name="acme/coffee")).sharing(tea)
        coffee.people.met = tea.people.met
        for in_coffee, act in ((where, act) for act in BEGINNING for where in (False, True)):
            await _do(coffee if in_coffee else tea, act)
        for in_coffee, act in story:
            tea.now = coffee.now = max(tea.now, coffee.now) + timedelta(minutes=1)
            await _do(coffee if in_coffee else tea, act)
            tea.now = coffee.now = max(tea.now, coffee.now)
            await tea.rounds()
            await coffee.rounds()
            assert coffee.ledger().problems() == []
        assert _comparable(coffee.ledger()) == _comparable(tea.ledger())
        assert not [key for key in coffee.records.kept if key[0] == Entry.KIND]
        again = await rebuilt(await tea.past(), await coffee.past())
        assert _comparable(again) == _comparable(tea.ledger())

    _run(play)


@settings(max_examples=30)
@given(st.lists(acts, max_size=30), st.lists(st.integers(0, 29), max_size=4))
def test_renames_and_transfers_change_nothing(story: list[tuple[Any, ...]], at: list[int]) -> None:
    async def play(moved: Project) -> None:
        stayed = Project()
        stayed.people.met = moved.people.met
        for place, act in enumerate((*BEGINNING, *story)):
            if place in at:
                name = f"{'other' if place % 2 else 'acme'}/renamed-{place}"
                moved.repository = replace(moved.repository, full_name=name)
            for project in (moved, stayed):
                project.now += timedelta(minutes=1)
                await _do(project, act)
                await project.rounds()
        assert _comparable(moved.ledger()) == _comparable(stayed.ledger())

    _run(play)


@given(st.integers(1, 3), st.integers(2, 4))
def test_of_many_who_spend_at_once_as_many_win_as_there_are_credits(credits_: int, wishes: int) -> None:
    async def play(project: Project) -> None:
        project.people.known["ada"] = ContributorHistory(person=a_person("ada"), pull_requests=1)
        numbers = [await project.opens("ada") for _ in range(wishes)]
        await project.says("olga", numbers[0], f"/credits give @ada {credits_}")
        waiting = [await project.decides("ada", number, "/exchange") for number in numbers]
        spent = 0
        while waiting:
            lost = []
            for again, plan in waiting:
                try:
                    project.take(plan)
                except AssertionError:  # somebody was faster: the fake store says so as the real one does
                    lost.append(again)
                    continue
                spent += any(
                    isinstance(action, Remember) and action.kind == AccountLock.KIND
                    for action in plan.actions
                )
            waiting = [await again() for again in lost]
        assert spent == min(credits_, wishes)
        assert project.balance("ada") == 200 * max(0, credits_ - wishes)
        assert project.ledger().problems() == []

    _run(play)


def _run(story: Callable[[Project], Coroutine[Any, Any, None]]) -> None:
    project = Project()
    for login in PEOPLE:
        project.people.met[login] = a_person(login)
    asyncio.run(story(project))


def _comparable(ledger: Ledger) -> dict[str, tuple[EntryKind, int, object]]:
    return {entry.key: (entry.kind, entry.amount, entry.at) for entry in ledger.entries()}


@settings(max_examples=60)
@given(st.lists(acts, max_size=50))
def test_the_ledger_always_adds_up_and_can_be_made_again(story: list[tuple[Any, ...]]) -> None:
    async def play(project: Project) -> None:
        for act in (*BEGINNING, *story):
            project.now += timedelta(minutes=1)  # GitHub tells seconds; nobody acts twice in one
            await _do(project, act)
            await project.rounds()
            assert project.ledger().problems() == []
        await project.wait(days=40)
        await project.rounds()
        live = project.ledger()
        assert live.problems() == []
        assert _comparable(await project.rebuilt()) == _comparable(live)

    _run(play)
