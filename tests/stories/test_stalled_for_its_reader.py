"""Nudges and labels as those meet them who are new, who may merge, who are bots, and who have holidays."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from mentorbot.engine.components import Components
from mentorbot.engine.observer import Unobserved
from mentorbot.sandbox.model import PullRequest
from tests.world import World

DAY = timedelta(days=1)
MONDAY = datetime(2026, 2, 9, 8, tzinfo=UTC)
STALLED = """\
calendar: {timezone: Europe/Berlin}
stalled:
  labels: {author: awaiting changes, reviewers: awaiting review, external: blocked}
"""


@pytest.fixture
def tea(world: World) -> World:
    """A project of olga's, where grace may merge, and ada and eve are new."""
    world.project(config=STALLED)
    world.people("ada", "eve", "grace")
    world.acts.add_collaborator("octo/tea", "grace", by="olga")
    return world


async def settled(world: World) -> None:
    """Everything is worked off, and the bot has looked at the clock: schedules start to run from there."""
    await world.settled()
    await world.bot.engine.tick()


async def jump(world: World, to: datetime) -> None:
    """It becomes that moment, and the bot looks at the clock once."""
    await world.later(to - world.github.clock.precise())


def shown(pull: PullRequest) -> set[str]:
    return {label.name for label in pull.labels.values()}


async def test_what_is_merged_no_longer_awaits_a_review(tea: World) -> None:
    pull = tea.acts.open_pull_request("octo/tea", by="ada", title="Heat the kettle")
    await tea.settled()
    assert shown(pull) == {"awaiting review"}
    tea.acts.merge(pull, by="grace")
    await tea.settled()
    assert shown(pull) == set()


async def test_what_was_merged_while_the_bot_was_away_no_longer_awaits_a_review(tea: World) -> None:
    pull = tea.acts.open_pull_request("octo/tea", by="ada", title="Heat the kettle")
    await settled(tea)
    assert shown(pull) == {"awaiting review"}
    with tea.acts.quietly():
        tea.acts.merge(pull, by="grace")
    workplace = await tea.bot.engine.workplace("octo/tea")
    assert workplace is not None
    rooms = Components(
        store=tea.bot.store, app=tea.bot.app, catalog=tea.bot.catalog,
        clock=tea.github.clock.precise, public_url="", observer=Unobserved(),
    )  # fmt: skip
    tea.github.clock.move(timedelta(hours=1))
    await rooms.backfill.reconcile(workplace)
    await jump(tea, MONDAY + DAY)
    assert shown(pull) == set()
    assert tea.comments_in(pull) == []


async def test_a_stranger_makes_nobody_hurry_and_who_may_merge_reads_one_line(tea: World) -> None:
    """Eve asks ada for changes and nobody of the project has looked; grace's own has waited as long."""
    adas = tea.acts.open_pull_request("octo/tea", by="ada", title="Heat the kettle")
    graces = tea.acts.open_pull_request("octo/tea", by="grace", title="Cool the kettle")
    await settled(tea)
    tea.acts.request_changes(adas, by="eve", body="Could you add a test?")
    tea.acts.request_changes(graces, by="olga", body="Could you add a test?")
    await settled(tea)
    for day in (15, 30, 45, 60):
        await jump(tea, MONDAY + day * DAY)
    assert tea.comments_in(adas) == []
    texts = [comment.body.partition("\n\n<sub>")[0] for comment in tea.comments_in(graces)]
    assert len(texts) == 2
    for text in texts:
        assert text.startswith("@grace, this has been waiting for you since 9 February 2026. [")
        assert "Could you add a test?" in text
        assert "\n" not in text


async def test_at_the_turn_of_the_year_nobody_is_reminded(tea: World) -> None:
    await settled(tea)
    await jump(tea, datetime(2026, 12, 15, 9, tzinfo=UTC))
    pull = tea.acts.open_pull_request("octo/tea", by="ada", title="Heat the kettle")
    asked = tea.acts.open_pull_request("octo/tea", by="ada", title="Cool the kettle")
    tea.acts.request_review(asked, "grace", by="ada")
    tea.acts.request_changes(pull, by="grace", body="Could you add a test?")
    await settled(tea)
    for day in range(23, 32):
        await jump(tea, datetime(2026, 12, day, 12, tzinfo=UTC))
    await jump(tea, datetime(2027, 1, 1, 12, tzinfo=UTC))
    assert tea.comments_in(pull) == [], "14 days were over on 29 December"
    assert tea.comments_in(asked) == [], "seven business days are over on 4 January"
    await jump(tea, datetime(2027, 1, 4, 12, tzinfo=UTC))
    assert [len(tea.comments_in(one)) for one in (pull, asked)] == [1, 1]
