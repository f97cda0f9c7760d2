"""Whose turn it is, seen from outside: labels within seconds, commands, corrections by people."""

from __future__ import annotations

from datetime import timedelta

import pytest

from mentorbot.sandbox.model import PullRequest
from tests.world import World

MINUTE = timedelta(minutes=1)
STALLED = """\
stalled:
  labels: {author: awaiting changes, reviewers: awaiting review, external: blocked}
"""
OTHERS_TURN, ADAS_TURN, NOBODYS_TURN = {"awaiting review"}, {"awaiting changes"}, {"blocked"}


@pytest.fixture
def tea(world: World) -> World:
    world.project(config=STALLED)
    world.people("ada", "grace", "dan")
    world.acts.add_collaborator("octo/tea", "grace", by="olga")
    return world


def shown(pull: PullRequest) -> set[str]:
    return {label.name for label in pull.labels.values()}


async def a_minute_later(world: World) -> None:
    await world.settled()
    world.github.clock.move(MINUTE)


async def asked_for_changes(world: World) -> PullRequest:
    pull = world.acts.open_pull_request("octo/tea", by="ada", title="Heat the kettle")
    await a_minute_later(world)
    world.acts.request_changes(pull, by="grace", body="Could you add a test?")
    await a_minute_later(world)
    assert shown(pull) == ADAS_TURN
    return pull


def check_fails(world: World, pull: PullRequest) -> None:
    world.acts.complete_check("octo/tea", pull.head_sha, "tests", conclusion="failure")


async def test_labels_follow_whose_turn_it_is_within_seconds(tea: World) -> None:
    pull = tea.acts.open_pull_request("octo/tea", by="ada", title="Heat the kettle")
    await a_minute_later(tea)
    assert shown(pull) == OTHERS_TURN
    tea.acts.request_changes(pull, by="grace", body="Could you add a test?")
    await a_minute_later(tea)
    assert shown(pull) == ADAS_TURN
    tea.acts.push_to(pull, files={"test.py": "assert hot()\n"})
    await a_minute_later(tea)
    assert shown(pull) == OTHERS_TURN


async def test_the_labels_are_made_with_a_colour_and_a_meaning(tea: World) -> None:
    pull = await asked_for_changes(tea)
    (label,) = pull.labels.values()
    assert label.description == "It is the author's turn"
    assert label.color != "ededed"


async def test_red_and_green_checks_on_a_fork_move_the_turn(tea: World) -> None:
    pull = tea.acts.open_pull_request("octo/tea", by="ada", title="Heat the kettle")
    await a_minute_later(tea)
    check_fails(tea, pull)
    await a_minute_later(tea)
    assert shown(pull) == ADAS_TURN
    tea.acts.push_to(pull, files={"kettle.py": "hotter()\n"})
    await a_minute_later(tea)
    assert shown(pull) == OTHERS_TURN


async def test_the_author_says_ready_and_is_believed(tea: World) -> None:
    pull = await asked_for_changes(tea)
    said = tea.acts.comment(pull, by="ada", body="/ready")
    await a_minute_later(tea)
    assert tea.reactions_to(said) == ["+1"]
    assert tea.said_in(pull) == []
    assert shown(pull) == OTHERS_TURN
    tea.acts.request_changes(pull, by="grace", body="Please add the test, too.")
    await a_minute_later(tea)
    assert shown(pull) == ADAS_TURN


async def test_only_the_author_says_ready_and_only_maintainers_say_for_whom_it_waits(tea: World) -> None:
    pull = await asked_for_changes(tea)
    refused = [tea.acts.comment(pull, by="dan", body=f"/{word}") for word in ("ready", "waiting reviewers")]
    await a_minute_later(tea)
    assert [tea.reactions_to(one) for one in refused] == [["-1"], ["-1"]]
    assert shown(pull) == ADAS_TURN
    tea.acts.comment(pull, by="grace", body="/waiting reviewers")
    await a_minute_later(tea)
    assert shown(pull) == OTHERS_TURN
    unclear = tea.acts.comment(pull, by="grace", body="/waiting godot")
    await a_minute_later(tea)
    assert tea.reactions_to(unclear) == ["confused"]


async def test_what_is_blocked_is_nobodys_turn_until_something_happens(tea: World) -> None:
    pull = await asked_for_changes(tea)
    tea.acts.comment(pull, by="ada", body="/blocked the new kettle is not delivered yet")
    await a_minute_later(tea)
    assert shown(pull) == NOBODYS_TURN
    tea.acts.comment(pull, by="ada", body="It has arrived, and works.")
    await a_minute_later(tea)
    assert shown(pull) == OTHERS_TURN


async def test_anybody_can_ask_whose_turn_it_is_and_sees_on_what_that_rests(tea: World) -> None:
    pull = await asked_for_changes(tea)
    tea.acts.comment(pull, by="dan", body="/turn")
    await a_minute_later(tea)
    (answer,) = tea.said_in(pull)
    assert "It is the author's turn" in answer
    assert "Could you add a test?" in answer
    assert f"/octo/tea/pull/{pull.number}#" in answer
    assert "What ends it" in answer
    assert "@grace" not in answer


async def test_turn_speaks_to_who_asks_and_of_a_merged_pull_request_says_by_whom_and_when(
    tea: World,
) -> None:
    pull = await asked_for_changes(tea)
    tea.acts.comment(pull, by="grace", body="`boil()` is nice.")
    tea.acts.comment(pull, by="ada", body="@mentorbot whose turn is it?")
    await a_minute_later(tea)
    assert shown(pull) == ADAS_TURN, "words to the bot answer nobody"
    tea.acts.comment(pull, by="ada", body="/turn")
    await a_minute_later(tea)
    to_ada = tea.said_in(pull)[-1]
    assert to_ada.startswith("**It is your turn**, since ")
    assert "What ends it: You answer or push a change." in to_ada
    assert "the author" not in to_ada
    assert "ada" not in to_ada
    tea.acts.merge(pull, by="olga")
    await a_minute_later(tea)
    for reader, merged in (("ada", "**olga merged this pull request** on "), ("olga", "**You merged this ")):
        tea.acts.comment(pull, by=reader, body="/turn")
        await a_minute_later(tea)
        said = tea.said_in(pull)[-1]
        assert said.startswith(merged)
        assert "ends" not in said


@pytest.mark.parametrize(
    "body",
    [
        "I have made the requested changes; please review again",
        "Thanks!\n\nI have made the requested changes; please review again.",
    ],
)
async def test_bedeveres_phrase_counts_as_ready(tea: World, body: str) -> None:
    pull = await asked_for_changes(tea)
    check_fails(tea, pull)
    await a_minute_later(tea)
    tea.acts.comment(pull, by="ada", body=body)
    await a_minute_later(tea)
    assert shown(pull) == OTHERS_TURN


async def test_githubs_button_to_ask_again_counts_as_ready(tea: World) -> None:
    pull = await asked_for_changes(tea)
    tea.acts.request_review(pull, "grace", by="ada")
    await a_minute_later(tea)
    assert shown(pull) == OTHERS_TURN


async def test_a_label_put_on_by_a_person_is_believed_until_something_newer_happens(tea: World) -> None:
    pull = tea.acts.open_pull_request("octo/tea", by="ada", title="Heat the kettle")
    await a_minute_later(tea)
    tea.acts.label(pull, "awaiting changes", by="grace")
    await a_minute_later(tea)
    assert shown(pull) == ADAS_TURN
    tea.acts.push_to(pull, files={"test.py": "assert hot()\n"})
    await a_minute_later(tea)
    assert shown(pull) == OTHERS_TURN


async def test_a_label_for_blocked_stays_for_as_long_as_a_person_wants(tea: World) -> None:
    pull = tea.acts.open_pull_request("octo/tea", by="ada", title="Heat the kettle")
    await a_minute_later(tea)
    tea.acts.create_label("octo/tea", "Blocked", by="olga")
    tea.acts.label(pull, "Blocked", by="grace")
    await a_minute_later(tea)
    tea.acts.comment(pull, by="ada", body="Any news?")
    await a_minute_later(tea)
    assert shown(pull) == {"Blocked"}
    tea.acts.unlabel(pull, "Blocked", by="grace")
    await a_minute_later(tea)
    assert shown(pull) == OTHERS_TURN


async def test_a_label_that_a_person_takes_off_is_not_put_back(tea: World) -> None:
    pull = tea.acts.open_pull_request("octo/tea", by="ada", title="Heat the kettle")
    await a_minute_later(tea)
    tea.acts.unlabel(pull, "awaiting review", by="grace")
    await a_minute_later(tea)
    tea.acts.comment(pull, by="dan", body="Nice.")
    await a_minute_later(tea)
    assert shown(pull) == set()
    tea.acts.request_changes(pull, by="grace", body="Could you add a test?")
    await a_minute_later(tea)
    assert shown(pull) == ADAS_TURN


async def test_without_labels_in_the_config_none_are_used(world: World) -> None:
    world.project(config="stalled: {}\n")
    world.people("ada")
    pull = world.acts.open_pull_request("octo/tea", by="ada", title="Heat the kettle")
    await world.settled()
    assert shown(pull) == set()


async def test_what_builds_on_another_pull_request_waits_until_that_is_merged(tea: World) -> None:
    first = tea.acts.open_pull_request("octo/tea", by="grace", title="Buy a kettle")
    await a_minute_later(tea)
    second = tea.acts.open_pull_request(
        "octo/tea", by="ada", title="Heat the kettle", body=f"Blocked by #{first.number}."
    )
    await a_minute_later(tea)
    assert shown(second) == NOBODYS_TURN
    tea.acts.merge(first, by="olga")
    await a_minute_later(tea)
    tea.acts.comment(second, by="dan", body="Nice.")
    await a_minute_later(tea)
    assert shown(second) == OTHERS_TURN


async def test_where_it_is_unclear_no_label_says_so_and_only_who_asks_reads_a_guess(tea: World) -> None:
    pull = tea.acts.open_pull_request("octo/tea", by="ada", title="Heat the kettle")
    await a_minute_later(tea)
    tea.acts.comment(pull, by="grace", body="The kettle could be a pot, in some way of looking at it.")
    await a_minute_later(tea)
    assert shown(pull) == set()
    for _ in range(30):
        await tea.later(timedelta(days=1))
    assert tea.said_in(pull) == []
    tea.acts.comment(pull, by="ada", body="/turn")
    await a_minute_later(tea)
    (said,) = tea.said_in(pull)
    assert said.startswith("**I am not sure whose turn it is.** Perhaps it is yours, since ")
    assert "The kettle could be a pot" in said
    assert "I remind nobody and set no label." in said
