"""Whose turn it is, seen from outside: labels within seconds, commands, corrections by people."""

from __future__ import annotations

from datetime import timedelta

from tests.world import World

STALLED = """\
stalled:
  labels: {author: awaiting changes, reviewers: awaiting review, external: blocked}
"""


def _labels(pull: object) -> set[str]:
    return {label.name for label in pull.labels.values()}  # type: ignore[attr-defined]  # the sandbox's own kind


async def test_labels_follow_whose_turn_it_is_within_seconds(world: World) -> None:
    world.project(config=STALLED)
    world.people("ada")
    pull = world.acts.open_pull_request("octo/tea", by="ada", title="Heat the kettle")
    await world.settled()
    assert _labels(pull) == {"awaiting review"}
    await world.later(timedelta(hours=1))
    world.acts.request_changes(pull, by="olga", body="Could you add a test?")
    await world.settled()
    assert _labels(pull) == {"awaiting changes"}
    await world.later(timedelta(hours=1))
    world.acts.push_to(pull, files={"test.py": "assert hot()\n"})
    await world.settled()
    assert _labels(pull) == {"awaiting review"}
