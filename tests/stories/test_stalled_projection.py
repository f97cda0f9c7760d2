"""What the bot has learned act by act is what GitHub tells of the whole, whatever people do."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import timedelta

import pytest

from mentorbot.core.entities import Repository
from mentorbot.domain.turns import Turn, TurnSettings, whose_turn
from mentorbot.sandbox.acts.acting import RefusedError
from mentorbot.sandbox.model import PullRequest
from tests.world import World

REVIEWERS = ("grace", "hedy")
RULES = TurnSettings()


@pytest.mark.parametrize("seed", range(4))
async def test_what_was_learned_act_by_act_is_what_github_tells_of_the_whole(world: World, seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - which story is told is no secret
    home = world.project(config="stalled:\n  labels: {author: theirs, reviewers: ours}\n")
    world.people("ada", "dan", *REVIEWERS)
    for reviewer in REVIEWERS:
        world.acts.add_collaborator("octo/tea", reviewer, by="olga")
    pull = world.acts.open_pull_request("octo/tea", by="ada", title="Heat the kettle", draft=seed % 2 == 1)
    await world.settled()
    workplace = await world.bot.engine.workplace("octo/tea")
    assert workplace is not None
    for step in range(24):
        world.github.clock.move(timedelta(minutes=chance.randint(5, 300)))
        something_happens(world, pull, chance)
        await world.settled()
        if step % 6 == 5:
            learned = await world.bot.store.timelines.get(home.id, pull.number)
            assert learned is not None
            told = await told_by_github(world, workplace.repository, workplace.installation_id, pull.number)
            now = world.github.clock.now()
            here = whose_turn(learned, RULES, now=now)
            assert summed_up(here) == summed_up(told), f"after step {step}: {here.because}"
            assert learned.labels == frozenset(label.name for label in pull.labels.values())


async def told_by_github(world: World, repository: Repository, installation_id: int, number: int) -> Turn:
    timeline = await world.bot.app.reader(installation_id, repository).timeline(number)
    assert timeline is not None
    return whose_turn(timeline, RULES, now=world.github.clock.now())


def summed_up(turn: Turn) -> tuple[object, ...]:
    """All but since when: GitHub forgets what a comment said before its edit, and checks of older commits."""
    return turn.holder, turn.because, turn.reviewers, turn.teams


def something_happens(world: World, pull: PullRequest, chance: random.Random) -> None:
    """One of the things that people do; what GitHub wouldn't let happen doesn't."""
    acts = world.acts
    reviewer = chance.choice(REVIEWERS)
    said = chance.choice(
        ("Done.", "Why is it cold?", "LGTM", "Could you rename this?", "Thanks!", "I'll update it.")
    )
    might: list[Callable[[], object]] = [
        lambda: acts.comment(pull, by=chance.choice(("ada", "dan", reviewer)), body=said),
        lambda: acts.approve(pull, by=reviewer),
        lambda: acts.request_changes(pull, by=reviewer, body="Please add a test."),
        lambda: acts.push_to(pull, files={f"{chance.random()}.py": "hot()\n"}),
        lambda: acts.request_review(pull, reviewer, by="ada"),
        lambda: acts.remove_review_request(pull, reviewer, by="ada"),
        lambda: acts.mark_ready(pull, by="ada"),
        lambda: acts.convert_to_draft(pull, by="ada"),
        lambda: acts.edit(pull, by="ada", title=chance.choice(("WIP: Heat it", "Heat it"))),
        lambda: acts.dismiss_review(chance.choice([*pull.reviews.values()]), by="olga"),
        lambda: acts.edit_comment(chance.choice([*pull.comments.values()]), "Edited: could you rename it?"),
        lambda: acts.delete_comment(chance.choice([*pull.comments.values()])),
        lambda: acts.label(pull, "tea", by="olga"),
        lambda: acts.complete_check(
            "octo/tea", pull.head_sha, conclusion=chance.choice(("success", "failure"))
        ),
    ]
    try:
        chance.choice(might)()
    except (RefusedError, IndexError):  # nothing there to edit, dismiss or delete
        acts.comment(pull, by="ada", body="Hm.")
