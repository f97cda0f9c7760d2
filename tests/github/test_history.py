from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest

from mentorbot.core.errors import GitHubUnavailable, Impossible
from mentorbot.core.people import Person
from mentorbot.domain.contributions import AnswerSeen, PersonSeen, ReviewSeen, Sighting, ThreadSeen
from mentorbot.github.error_mapping import Missing, NotAllowed
from mentorbot.github.reader import RepositoryReader
from tests.github import hooks
from tests.github.conftest import Desk, as_person
from tests.github.scripted import Say, ScriptedGitHub

ISSUES = "/repos/acme/rockets/issues"


def _numbers(seen: list[Sighting]) -> list[int]:
    return [one.number for one in seen if isinstance(one, ThreadSeen)]


async def _all_of(reader: RepositoryReader, *, between: Any = None) -> list[Sighting]:
    seen: list[Sighting] = []
    cursor = None
    while True:
        page, cursor = await reader.past_threads(cursor)
        seen.extend(page)
        if cursor is None:
            return seen
        if between:
            between()


def _many_issues(desk: Desk, count: int) -> None:
    with desk.github.acts.quietly():
        for number in range(count):
            desk.github.clock.move(timedelta(seconds=10))
            desk.github.acts.open_issue("acme/rockets", by="ada", title=f"{number}")


async def test_the_whole_past_is_read_newest_first_a_hundred_a_request(desk: Desk) -> None:
    _many_issues(desk, 230)
    pull = desk.github.acts.open_pull_request("acme/rockets", by="linus", title="x", files={"a": "1"})
    desk.github.acts.merge(pull, by="grace")
    seen = await _all_of(desk.reader)
    assert _numbers(seen) == list(range(231, 0, -1))
    assert desk.counted.of("rest") == 3
    merged = next(one for one in seen if isinstance(one, ThreadSeen) and one.number == pull.number)
    assert merged.is_pull_request
    assert merged.merged_at is not None
    assert {one.person.login for one in seen if isinstance(one, PersonSeen)} == {"ada", "linus"}


async def test_what_is_opened_meanwhile_leaves_no_gap(desk: Desk) -> None:
    _many_issues(desk, 230)
    seen = await _all_of(desk.reader, between=lambda: _many_issues(desk, 3))
    assert set(_numbers(seen)) >= set(range(1, 231))


async def test_what_is_deleted_meanwhile_leaves_no_gap(desk: Desk) -> None:
    _many_issues(desk, 230)
    threads = desk.github.world.repositories[desk.repository.id].threads
    deleted: list[int] = []

    def delete() -> None:
        number = max(threads)
        del threads[number]
        deleted.append(number)

    seen = await _all_of(desk.reader, between=delete)
    assert set(_numbers(seen)) == set(range(1, 231))
    assert deleted


async def test_the_cursor_is_text_and_goes_on_in_another_process(desk: Desk) -> None:
    _many_issues(desk, 130)
    _, cursor = await desk.reader.past_threads(None)
    assert isinstance(cursor, str)
    other = desk.fresh_app().reader(desk.installation_id, desk.repository)
    seen, end = await other.past_threads(cursor)
    assert _numbers(list(seen)) == list(range(30, 0, -1))
    assert end is None


async def test_an_empty_repository_has_no_past(desk: Desk) -> None:
    assert await desk.reader.past_threads(None) == ((), None)
    assert await desk.reader.past_reviews(None) == ((), None)


async def test_githubs_own_cursors_leave_no_gaps_to_look_for(
    reader: RepositoryReader, scripted: ScriptedGitHub
) -> None:
    following = {"link": f'<{{url}}{ISSUES}?after=abc&page=2>; rel="next"'}
    scripted.on(
        "GET", ISSUES, Say(json=[hooks.an_issue(number=50)], headers=following), Say(json=[hooks.an_issue()])
    )
    assert _numbers(await _all_of(reader)) == [50, 3]
    assert len(scripted.asked(ISSUES)) == 2


async def test_a_last_page_that_is_empty_by_now_is_no_error(
    reader: RepositoryReader, scripted: ScriptedGitHub
) -> None:
    scripted.on("GET", ISSUES, Say(json=[]))
    cursor = json.dumps([f"{scripted.url}{ISSUES}?page=2", f"{scripted.url}{ISSUES}?page=1", 7])
    assert await reader.past_threads(cursor) == ((), None)


async def test_somebodys_earlier_threads_take_one_request(desk: Desk) -> None:
    acts = desk.github.acts
    first = acts.open_issue("acme/rockets", by="ada", title="One")
    second = acts.open_pull_request("acme/rockets", by="ada", title="Two", files={"a": "1"})
    acts.open_issue("acme/rockets", by="linus", title="Three")
    ada = as_person(acts.who("ada"))
    earlier = await desk.reader.earlier_threads(ada)
    assert [(one.number, one.is_pull_request) for one in earlier] == [
        (first.number, False),
        (second.number, True),
    ]
    assert desk.counted.of("rest", "graphql") == 1


async def test_threads_of_whoever_had_the_login_before_are_not_theirs(
    reader: RepositoryReader, scripted: ScriptedGitHub
) -> None:
    scripted.on("GET", ISSUES, Say(json=[hooks.an_issue(), hooks.an_issue(number=4, user=hooks.GRACE)]))
    assert _numbers(list(await reader.earlier_threads(Person(11, "ada")))) == [3]


@pytest.mark.parametrize(
    ("answer", "outcome"),
    [
        pytest.param(
            Say(status=422, json={"message": "cannot be searched"}), GitHubUnavailable, id="hidden: doubt"
        ),
        pytest.param(Say(status=404, json={"message": "Not Found"}), Missing, id="gone"),
        pytest.param(Say(status=409, json={"message": "?"}), Impossible, id="anything else"),
    ],
)
async def test_a_refused_question_about_somebody_is_no_empty_past(
    reader: RepositoryReader, scripted: ScriptedGitHub, answer: Say, outcome: type[Exception]
) -> None:
    scripted.on("GET", ISSUES, answer)
    with pytest.raises(outcome):
        await reader.earlier_threads(Person(11, "ada"))


async def test_past_reviews_and_answers_are_those_of_other_people(desk: Desk) -> None:
    acts = desk.github.acts
    acts.add_user("robot", kind="Bot")
    pull = acts.open_pull_request("acme/rockets", by="ada", title="Start it", files={"a.py": "1\n"})
    acts.comment(pull, by="ada", body="Anybody?")
    acts.comment(pull, by="robot", body="Beep.")
    acts.comment(pull, by="linus", body="Nice!")
    acts.approve(pull, by="grace")
    acts.review(pull, by="ada", body="Well.")
    seen, cursor = await desk.reader.past_reviews(None)
    assert cursor is None
    grace, linus = as_person(acts.who("grace")), as_person(acts.who("linus"))
    assert [one.by for one in seen if isinstance(one, ReviewSeen)] == [grace]
    assert [one.by for one in seen if isinstance(one, AnswerSeen)] == [grace, linus]


async def test_past_reviews_come_in_pages(desk: Desk) -> None:
    acts = desk.github.acts
    with acts.quietly():
        for number in range(60):
            pull = acts.open_pull_request("acme/rockets", by="ada", title=f"{number}", branch=f"b{number}")
            acts.approve(pull, by="grace")
    first, cursor = await desk.reader.past_reviews(None)
    second, end = await desk.reader.past_reviews(cursor)
    assert end is None
    reviewed = {one.number for one in (*first, *second) if isinstance(one, ReviewSeen)}
    assert len(reviewed) == 60


@pytest.mark.parametrize("status", [403, 404])
async def test_without_graphql_the_past_of_reviews_is_unknown_not_empty(
    reader: RepositoryReader, scripted: ScriptedGitHub, status: int
) -> None:
    scripted.on("POST", "/graphql", Say(status=status, json={"message": "Not here"}))
    with pytest.raises((NotAllowed, Missing), match="Not here"):
        await reader.past_reviews(None)
