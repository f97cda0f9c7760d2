"""Whatever people do, in whatever order: the ledger adds up, and can be made again from GitHub."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from datetime import timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from mentorbot.core.timeline import Verdict
from mentorbot.features.review_exchange.ledger import Kind, Ledger
from tests.builders import a_comment, a_person
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


def _run(story: Callable[[Project], Coroutine[Any, Any, None]]) -> None:
    project = Project()
    for login in PEOPLE:
        project.people.met[login] = a_person(login)
    asyncio.run(story(project))


def _comparable(ledger: Ledger) -> dict[str, tuple[Kind, int, object]]:
    return {entry.key: (entry.kind, entry.amount, entry.at) for entry in ledger.entries()}


@settings(max_examples=60, deadline=None)
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
