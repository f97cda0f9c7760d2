from __future__ import annotations

from mentorbot.core.people import Person
from mentorbot.github.availability import AT_ONCE, statuses_of
from tests.contract.graphql import problems_of_document
from tests.github.conftest import Desk, as_person


async def test_who_says_so_in_their_status_is_away(desk: Desk) -> None:
    world = desk.github.world
    desk.github.acts.set_status("linus", busy=True, message="On holiday")
    desk.github.acts.set_status("ada", busy=False, message="Drinking tea")
    people = {login: as_person(world.account(login)) for login in ("ada", "linus", "grace")}
    asked = desk.counted.of("graphql")

    assert await desk.reader.away(people.values()) == {people["linus"]}
    assert desk.counted.of("graphql") == asked + 1


async def test_nobody_is_asked_about_for_nobody_and_for_bots(desk: Desk) -> None:
    bot = as_person(desk.github.app.bot)
    assert await desk.reader.away([bot]) == frozenset()
    assert await desk.reader.away([]) == frozenset()
    assert desk.counted.of("graphql") == 0


async def test_a_login_that_is_somebody_elses_by_now_tells_nothing(desk: Desk) -> None:
    desk.github.acts.set_status("linus", busy=True)
    assert await desk.reader.away([Person(4711, "linus"), Person(4712, "nobody")]) == frozenset()


def test_the_question_is_one_that_github_describes() -> None:
    assert problems_of_document(statuses_of(1)) == []
    assert problems_of_document(statuses_of(AT_ONCE)) == []
