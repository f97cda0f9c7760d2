"""What mentors and maintainers are told by the week, where; milestones and guides, each once."""

from __future__ import annotations

from datetime import timedelta

from mentorbot.sandbox.model import Issue
from tests.stories.mentoring_talk import say
from tests.world import World

DAY = timedelta(days=1)


def notices(world: World, full_name: str) -> list[Issue]:
    """The issues the bot opened there, oldest first."""
    me = world.github.app.bot
    repository = world.github.world.repository(full_name)
    found = [one for one in repository.threads.values() if one.author is me]
    return sorted(found, key=lambda one: one.number)


async def a_pair(world: World, config: str, *, private: bool = False, name: str = "octo/tea") -> Issue:
    world.people("ada", "grace")
    world.project(name, config=config, private=private)
    for one in ("ada", "grace"):
        world.acts.add_collaborator(name, one, by="olga", role="read")
    await world.settled()  # a repository heard of by its first issue has its past read only later
    issue = world.acts.open_issue(name, by="ada", title="Where do I start?", body="/mentor me")
    await world.settled()
    world.acts.comment(issue, by="grace", body="/mentor accept")
    await world.settled()
    await world.bot.engine.tick()
    return issue


async def test_in_a_private_repository_the_weekly_summary_is_an_issue_that_replaces_the_last(
    world: World,
) -> None:
    await a_pair(world, "mentoring: {mentors: [grace]}", private=True)
    await world.later(7 * DAY)
    mine, programme = notices(world, "octo/tea")
    assert mine.body is not None
    assert "@grace, somebody could use a word from you: ada." in mine.body
    assert "| ada" in mine.body
    assert programme.title == "Mentoring in week 08"
    await world.later(7 * DAY)
    assert [one.state for one in notices(world, "octo/tea")] == ["closed", "closed", "open", "open"]


async def test_somebody_silent_for_56_days_is_quiet_in_the_mentors_summary(world: World) -> None:
    config = "mentoring: {mentors: [grace], silent_mentee: {ask: [60 days], pause: 90 days, end: 120 days}}"
    await a_pair(world, config, private=True)
    for _ in range(8):
        await world.later(7 * DAY)
        world.acts.open_issue("octo/tea", by="grace", title="Still here")
        await world.settled()
    mine = [one for one in notices(world, "octo/tea") if "@grace" in (one.body or "")][-1]
    assert "somebody could use a word from you: ada." in (mine.body or "")
    assert "| Quiet since 9 February 2026: ask how it goes. |" in (mine.body or "")
    assert "All is well" not in (mine.body or "")


async def test_hello_is_said_with_words_to_the_mentee_and_not_with_an_accept(world: World) -> None:
    issue = await a_pair(world, "mentoring: {mentors: [grace]}", private=True)
    await say(world, issue, "grace", "/mentees")
    assert "New: say hello." in world.said_in(issue)[-1]
    await say(world, issue, "grace", "Welcome! Shall we start with the kettle?")
    await say(world, issue, "grace", "/mentees")
    assert "New: say hello." not in world.said_in(issue)[-1]
    assert "Nothing waits for you." in world.said_in(issue)[-1]


async def test_mentees_in_a_public_thread_tells_what_is_public_and_links_to_the_rest(world: World) -> None:
    world.project("octo/desk", config="mentoring: {desk_for: [octo/tea]}", private=True)
    issue = await a_pair(world, "mentoring: {mentors: [grace], desk: octo/desk}")
    await world.later(timedelta(minutes=1))  # the past of a repository that is new is read a little later
    await say(world, issue, "grace", "/mentees")
    told = world.said_in(issue)[-1]
    assert "| ada | – | – |" in told
    assert "say hello" not in told
    assert "/octo/desk/issues" in told


async def test_where_everybody_can_read_there_is_no_summary_unless_it_is_wanted(world: World) -> None:
    await a_pair(world, "mentoring: {mentors: [grace]}")
    await world.later(7 * DAY)
    assert notices(world, "octo/tea") == []


async def test_wanted_here_it_says_only_what_everybody_may_know(world: World) -> None:
    await a_pair(world, "mentoring: {mentors: [grace], digest: here, ladder: [{name: reporter}]}")
    await world.later(21 * DAY)
    (mine,) = notices(world, "octo/tea")
    assert "@grace, this is what your mentees work on." in (mine.body or "")
    for word in ("Quiet", "All is well", "Nothing waits", "Last seen", "day ago", "days ago"):
        assert word not in (mine.body or ""), word


async def test_a_private_desk_gets_the_summaries_and_who_meets_a_rung(world: World) -> None:
    world.project("octo/desk", config="mentoring: {desk_for: [octo/tea]}", private=True)
    await a_pair(
        world,
        "mentoring: {mentors: [grace], desk: octo/desk, ladder: [{name: reviewer, merged: 1}]}",
    )
    pull = world.acts.open_pull_request("octo/tea", by="ada", title="Heat the kettle")
    world.acts.merge(pull, by="olga")
    await world.settled()
    await world.later(7 * DAY)
    await world.later(timedelta(hours=2))
    assert notices(world, "octo/tea") == []
    mine, programme = notices(world, "octo/desk")
    assert "(octo/tea)" in mine.title
    assert "ada, for reviewer: one merged pull request." in (programme.body or "")
    await world.later(7 * DAY)
    await world.later(timedelta(hours=2))
    assert "reviewer" not in (notices(world, "octo/desk")[-1].body or ""), "once"


async def test_a_desk_that_everybody_can_read_gets_nothing(world: World) -> None:
    world.project("octo/desk", config="mentoring: {desk_for: [octo/tea]}")
    await a_pair(world, "mentoring: {mentors: [grace], desk: octo/desk}")
    await world.later(7 * DAY)
    await world.later(timedelta(hours=2))
    assert notices(world, "octo/desk") == []


async def test_a_milestone_is_said_aloud_once(world: World) -> None:
    issue = await a_pair(world, "mentoring: {mentors: [grace], milestones: [first merge]}")
    await world.later(DAY)
    pull = world.acts.open_pull_request("octo/tea", by="ada", title="Heat the kettle")
    world.acts.merge(pull, by="olga")
    await world.settled()
    await world.later(DAY)
    assert "🎉 @ada, you have reached something new here: first merge." in world.said_in(issue)[-1]
    said = len(world.said_in(issue))
    await world.later(DAY)
    assert len(world.said_in(issue)) == said


async def test_the_guide_for_a_failing_check_is_shown_once(world: World) -> None:
    await a_pair(world, 'mentoring: {mentors: [grace], guides: {"docs*": "https://example.org/docs"}}')
    pull = world.acts.open_pull_request("octo/tea", by="ada", title="Heat the kettle")
    await world.settled()
    for _ in range(2):
        world.acts.complete_check("octo/tea", pull.head_sha, "docs build", conclusion="failure")
        await world.settled()
    (said,) = world.said_in(pull)
    assert "https://example.org/docs" in said
