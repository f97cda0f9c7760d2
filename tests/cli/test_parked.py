from __future__ import annotations

import json
from datetime import timedelta

import pytest

from mentorbot.core.actions import Comment, Occasion
from mentorbot.core.plan import plan
from mentorbot.engine.decide import Decision
from mentorbot.engine.persist import persist
from tests.cli.commanded import Ended, command
from tests.cli.conftest import Beside
from tests.world import World

WORDS = "Hello @ada, the secret word is \x1b[31mswordfish"


async def something_parked(world: World) -> None:
    """A delivery of an unknown shape, and a comment that GitHub refuses as the thread is locked."""
    world.project()
    world.people("ada")
    issue = world.acts.open_issue("octo/tea", by="olga", title="The kettle is cold")
    await world.settled()
    world.github.webhooks.send("issues", {"action": "opened", "repository": {"id": 1}})
    place = await world.bot.engine.workplace("octo/tea")
    assert place is not None
    decision = Decision(
        feature="welcome",
        repository=place.repository,
        installation_id=place.installation_id,
        plan=plan(
            Comment(key="k", number=issue.number, body=WORDS, occasion=Occasion.CELEBRATION), because="…"
        ),
        at=world.github.clock.now(),
        number=issue.number,
    )
    world.github.faults.add("status", method="POST", path=".*/comments", status=422, times=1)
    store = world.bot.store
    async with store.transaction() as connection:
        await persist(connection, store, [decision], now=world.github.clock.now())
    await world.settled()


async def a_week_later(world: World) -> None:
    world.github.clock.move(timedelta(days=8))


async def half_a_minute_later(world: World) -> None:
    """What was begun is looked for after 15 seconds, before it is written again."""
    await world.settled()
    await world.later(timedelta(seconds=30))


def parked_ids() -> dict[str, str]:
    found = json.loads(command("parked", "--json").out)
    return {one["id"].partition("-")[0]: one["id"] for one in found}


async def settled(world: World) -> None:
    await world.settled()


def test_what_is_parked_is_listed_and_is_a_problem(beside: Beside) -> None:
    beside.do(something_parked)
    ended = command("parked")
    assert ended.code == 1
    assert "issues opened in no repository" in ended.out
    assert "Comment of welcome in octo/tea#1, 0 hours old: GitHub said no" in ended.out
    assert "2 parked." in ended.out
    assert "swordfish" not in ended.out
    assert "swordfish" not in command("parked", "--json").out


def test_where_nothing_is_parked_all_is_well(beside: Beside) -> None:
    assert command("parked") == Ended(0, "Nothing is parked.\n", "")
    assert command("parked", "retry", "--all").code == 0


def test_one_is_tried_again_after_its_age_and_words_were_shown(beside: Beside) -> None:
    beside.do(something_parked)
    id_ = parked_ids()["effect"]
    ended = command("parked", "retry", id_)
    assert ended.code == 0
    assert f"{id_}  Comment of welcome in octo/tea#1, 0 hours old" in ended.out
    assert "    | Hello @ada, the secret word is [31mswordfish" in ended.out
    beside.do(half_a_minute_later)
    assert list(parked_ids()) == ["delivery"]
    (issue,) = beside.world.github.world.find_repository("octo/tea").threads.values()  # type: ignore[union-attr]  # it is there
    assert any("swordfish" in said for said in beside.world.said_in(issue))


def test_who_says_no_has_nothing_tried(beside: Beside) -> None:
    beside.do(something_parked)
    ended = command("parked", "retry", "--all", "--ask", stdin="n\n")
    assert ended.code == 1
    assert "Nothing was tried" in ended.out
    assert set(parked_ids()) == {"delivery", "effect"}


def test_what_would_come_too_late_is_given_up(beside: Beside) -> None:
    beside.do(something_parked)
    beside.do(a_week_later)
    ended = command("parked", "retry", "--all", "--yes")
    assert "effect-" in ended.out
    assert "would come too late" in ended.out
    assert "8 days old" in ended.out
    beside.do(settled)
    assert "effect" not in parked_ids()


def test_for_scripts_it_tells_what_became_of_each(beside: Beside) -> None:
    beside.do(something_parked)
    id_ = parked_ids()["effect"]
    assert json.loads(command("parked", "retry", id_, "--json").out)["again"] == [id_]


@pytest.mark.parametrize(
    ("words", "code"),
    [
        pytest.param(["parked", "retry"], 2, id="neither an id nor all"),
        pytest.param(["parked", "retry", "effect-1", "--all"], 2, id="both"),
        pytest.param(["parked", "retry", "effect-4711"], 1, id="an id that is not parked"),
    ],
)
def test_what_is_to_be_tried_has_to_be_said(words: list[str], code: int, beside: Beside) -> None:
    assert command(*words).code == code
