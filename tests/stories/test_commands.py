"""What people say to the bot, and what it answers."""

from __future__ import annotations

from tests.world import World


async def test_help_is_answered_with_a_reaction_and_the_commands(world: World) -> None:
    world.project()
    world.people("ada")
    issue = world.acts.open_issue("octo/tea", by="ada", title="The kettle is cold")
    await world.settled()
    asked = world.acts.comment(issue, by="ada", body="Hello!\n\n/mentorbot help")
    await world.settled()
    assert world.reactions_to(asked) == ["+1"]
    assert "/mentorbot why" in world.said_in(issue)[-1]


async def test_why_tells_what_was_done_and_why(world: World) -> None:
    world.project()
    world.people("ada")
    issue = world.acts.open_issue("octo/tea", by="ada", title="The kettle is cold")
    await world.settled()
    world.acts.comment(issue, by="ada", body="/mentorbot why")
    await world.settled()
    assert "first issue by" in world.said_in(issue)[-1]


async def test_config_tells_the_settings_in_force(world: World) -> None:
    world.project()
    issue = world.acts.open_issue("octo/tea", by="olga", title="The kettle is cold")
    world.acts.comment(issue, by="olga", body="/mentorbot config")
    await world.settled()
    assert "`welcome`" in world.said_in(issue)[-1]


async def test_an_edited_comment_runs_only_what_is_new_in_it(world: World) -> None:
    world.project()
    issue = world.acts.open_issue("octo/tea", by="olga", title="The kettle is cold")
    comment = world.acts.comment(issue, by="olga", body="/mentorbot help")
    await world.settled()
    assert len(world.said_in(issue)) == 1
    world.acts.edit_comment(comment, "/mentorbot help\n\nPlease.")
    await world.settled()
    assert len(world.said_in(issue)) == 1
    world.acts.edit_comment(comment, "/mentorbot help\n\nPlease.\n\n/mentorbot config")
    await world.settled()
    assert len(world.said_in(issue)) == 2


async def test_words_in_code_quotes_and_by_bots_are_no_commands(world: World) -> None:
    world.project()
    world.acts.add_user("parrot[bot]", kind="Bot")
    issue = world.acts.open_issue("octo/tea", by="olga", title="How to ask")
    world.acts.comment(
        issue, by="olga", body="```\n/mentorbot help\n```\n> /mentorbot help\n\nor `/mentorbot help`"
    )
    world.acts.comment(issue, by="parrot[bot]", body="/mentorbot help")
    await world.settled()
    assert world.said_in(issue) == []


async def test_mute_is_for_the_author_and_maintainers(world: World) -> None:
    world.project()
    world.people("ada", "grace")
    issue = world.acts.open_issue("octo/tea", by="ada", title="The kettle is cold")
    await world.settled()
    refused = world.acts.comment(issue, by="grace", body="/mentorbot mute")
    await world.settled()
    assert world.reactions_to(refused) == ["-1"]
    done = world.acts.comment(issue, by="ada", body="/mentorbot mute 2 weeks")
    await world.settled()
    assert world.reactions_to(done) == ["+1"]
    assert await world.bot.store.journal.about(issue.repository.id, issue.number, limit=5)


async def test_an_unknown_command_is_answered_and_not_obeyed(world: World) -> None:
    world.project()
    issue = world.acts.open_issue("octo/tea", by="olga", title="The kettle is cold")
    asked = world.acts.comment(issue, by="olga", body="/mentorbot dance")
    await world.settled()
    assert world.reactions_to(asked) == ["confused"]
