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


async def test_help_shows_a_newcomer_at_most_eight_commands_and_folds_away_the_rest(world: World) -> None:
    world.project(config="stalled:\nmentoring:\n  mentors: [olga]\nreview_exchange:\n")
    world.people("ada")
    pull = world.acts.open_pull_request("octo/tea", by="ada", title="Heat the kettle")
    world.acts.comment(pull, by="ada", body="/mentorbot help")
    await world.settled()
    shown, _, folded = world.said_in(pull)[-1].partition("<details>")
    lines = [line.split("`")[1] for line in shown.splitlines() if line.startswith("- ")]
    assert len(lines) <= 8
    assert {"/turn", "/ready", "/mentor me [area]", "/mentorbot why"} <= set(lines)
    assert "/waiting" not in shown
    assert "/mentor pair @mentee @mentor [area]" in folded


async def test_why_tells_an_author_first_when_they_are_reminded(world: World) -> None:
    world.project(config="stalled:\n  author: {after: 14 days, again: 14 days}\n")
    world.people("ada")
    await world.settled()  # a repository heard of by its first pull request has its past read only later
    pull = world.acts.open_pull_request("octo/tea", by="ada", title="Heat the kettle")
    world.acts.review(pull, by="olga", verdict="request_changes", body="Please add a test for this.")
    await world.settled()
    first = "**What comes next:**\n\n- If nothing happens here, I will remind"
    for by, whom in (("ada", "you"), ("olga", "the author")):
        world.acts.comment(pull, by=by, body="/mentorbot why")
        await world.settled()
        assert world.said_in(pull)[-1].startswith(f"{first} {whom} on 24 February 2026.")


async def test_who_speaks_to_it_as_to_a_person_is_told_once_how_to_ask(world: World) -> None:
    world.project()
    world.people("ada")
    issue = world.acts.open_issue("octo/tea", by="ada", title="The kettle is cold")
    await world.settled()
    first = world.acts.comment(issue, by="ada", body="@mentorbot can you help me?")
    await world.settled()
    second = world.acts.comment(issue, by="ada", body="@mentorbot hello?")
    quoted = world.acts.comment(issue, by="olga", body="> @mentorbot hello?\n\nIt is a bot.")
    await world.settled()
    assert [world.reactions_to(one) for one in (first, second, quoted)] == [["confused"], ["confused"], []]
    told = world.said_in(issue)[1:]
    assert len(told) == 1
    assert "I am a bot" in told[0]
    assert "`/mentorbot help`" in told[0]
