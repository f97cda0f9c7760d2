"""What a sweep of many open pull requests asks of GitHub: one question per hundred, then none."""

from __future__ import annotations

import math
from datetime import timedelta

from mentorbot.engine.components import Components
from mentorbot.engine.observer import Unobserved
from tests.world import World

MANY = 230
PROMISED = 60 / 5_000
"""Requests for each open pull request."""


async def test_many_open_pull_requests_are_read_cheaply_and_then_swept_for_nothing(world: World) -> None:
    world.project(config="stalled: {}\n", installed=False)
    world.people("ada", "grace")
    world.acts.add_collaborator("octo/tea", "grace", by="olga")
    pulls = []
    with world.acts.quietly():
        for number in range(MANY):
            pull = world.acts.open_pull_request("octo/tea", by="ada", title=f"Heat kettle {number}")
            world.acts.request_changes(pull, by="grace", body="Could you add a test?")
            pulls.append(pull)
    world.acts.install("octo", by="olga")
    await world.settled()
    workplace = await world.bot.engine.workplace("octo/tea")
    assert workplace is not None
    rooms = Components(
        store=world.bot.store, app=world.bot.app, catalog=world.bot.catalog,
        clock=world.github.clock.precise, public_url="", observer=Unobserved(),
    )  # fmt: skip

    before = len(world.github.requests)
    await rooms.backfill.reconcile(workplace)
    assert len(world.requests(before)) <= math.ceil(MANY * PROMISED)

    configuration = await world.bot.engine.configuration("octo/tea")
    (morning,) = [
        name
        for name, trigger in rooms.sweeper.schedules(configuration)
        if name.startswith("stalled") and trigger.fresh is not None
    ]
    before = len(world.github.requests)
    decided = await rooms.sweeper.sweep(workplace, morning)
    assert len([decision for decision in decided if decision.number]) == MANY
    assert world.requests(before) == [], "nothing is asked while nobody is due"

    world.github.clock.move(timedelta(days=15))
    await world.bot.app.me()
    before = len(world.github.requests)
    await rooms.sweeper.sweep(workplace, morning)
    await world.settled()
    written = [comment for pull in pulls for comment in world.comments_in(pull)]
    assert len(written) == 3, "ada hears of all of hers in three comments"
    asked = world.requests(before)
    # By then the config is looked at again, and with it, by one question, the files of other bots.
    questions = [one for one in asked if one.graphql and "OtherBotsFiles" not in one.graphql]
    assert len(questions) <= len(written) + 1, "a last look each, and once whether ada is away"
    permissions = [one for one in asked if one.path.endswith("/permission")]
    assert len(asked) == len(questions) + len(permissions) + len(written)
    assert len(permissions) <= len(written) + 1, "what ada may do here: kept for a while, then asked again"
