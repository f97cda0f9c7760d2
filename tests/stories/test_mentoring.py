"""Mentors and mentees from the first question to the last: what both see."""

from __future__ import annotations

from datetime import timedelta

from tests.stories.mentoring_talk import CONFIG, DAY, HOUR, a_project, ask, asked_in, say
from tests.world import World


async def test_from_asked_to_graduated(world: World) -> None:
    a_project(world)
    issue = await ask(world, area="kettles")
    mentor = asked_in(world, issue)
    assert mentor in {"grace", "hedy"}
    assert await say(world, issue, mentor, "/mentor accept") == ["hooray"]
    assert f"@ada, meet {mentor}, your mentor." in world.said_in(issue)[-1]
    assert f"@{mentor}, this is ada." in world.said_in(issue)[-1]
    assert await say(world, issue, "ada", "/mentor help\n\nHow do I run the tests?") == ["+1"]
    assert f"@{mentor}, ada has a question for you" in world.said_in(issue)[-1]
    await say(world, issue, mentor, "/mentees")
    assert "| ada" in world.said_in(issue)[-1]
    assert await say(world, issue, mentor, "/mentor graduate") == ["hooray"]
    assert "@ada, you go on without a mentor from here." in world.said_in(issue)[-1]
    assert "volunteer" not in world.said_in(issue)[-1], "ada may not volunteer, so nobody invites her to"
    assert await say(world, issue, mentor, "/mentor graduate") == ["confused"]


async def test_a_mentor_who_declines_needs_no_reason_and_the_next_is_asked_at_once(world: World) -> None:
    a_project(world)
    issue = await ask(world, area="kettles")
    first = asked_in(world, issue)
    await say(world, issue, first, "/mentor decline")
    second = asked_in(world, issue)
    assert {first, second} == {"grace", "hedy"}
    await say(world, issue, second, "/mentor decline")
    assert f"{second}, thank you for your answer." in world.said_in(issue)[-1]
    assert "@ada, I have found nobody else yet, and I keep looking." in world.said_in(issue)[-1]


async def test_another_mentor_may_take_a_request_once_the_short_lock_is_over(world: World) -> None:
    a_project(world)
    issue = await ask(world, area="kettles")
    first = asked_in(world, issue)
    other = "hedy" if first == "grace" else "grace"
    assert await say(world, issue, other, "/mentor accept") == ["-1"], "it is another mentor's to answer"
    assert "minutes, any mentor can write `/mentor accept` here" in world.said_in(issue)[-1]
    assert await say(world, issue, "bob", "/mentor accept") == ["-1"]
    await world.later(timedelta(minutes=31))
    assert await say(world, issue, other, "/mentor accept") == ["hooray"]
    assert await say(world, issue, first, "/mentor accept") == ["confused"]
    assert f"{other} is ada's mentor" in world.said_in(issue)[-1]
    assert await say(world, issue, other, "/mentor accept") == ["confused"]
    assert "You are ada's mentor." in world.said_in(issue)[-1]


async def test_of_two_mentors_who_accept_at_once_one_gets_the_seat(world: World) -> None:
    a_project(world)
    issue = await ask(world, area="kettles")
    await world.later(timedelta(minutes=31))
    comments = [world.acts.comment(issue, by=one, body="/mentor accept") for one in ("grace", "hedy")]
    await world.settled()
    assert sorted(world.reactions_to(one) for one in comments) == [["confused"], ["hooray"]]
    assert sum("@ada, meet" in said for said in world.said_in(issue)) == 1


async def test_two_requests_at_once_never_take_more_seats_than_there_are(world: World) -> None:
    world.people("ada", "bob", "grace")
    world.project(config="mentoring: {mentors: [{login: grace, capacity: 1}]}")
    first, second = await ask(world, by="ada"), await ask(world, by="bob")
    assert asked_in(world, first) == "grace"
    assert "number 1 on the waiting list" in world.said_in(second)[-1], "grace is asked once at a time"
    comments = [world.acts.comment(one, by="grace", body="/mentor accept") for one in (first, second)]
    await world.settled()
    assert sorted(world.reactions_to(one) for one in comments) == [["confused"], ["hooray"]]


async def test_who_waits_for_long_is_not_forgotten(world: World) -> None:
    a_project(world, "mentoring: {areas: {cups: }, maintainers: [olga]}")
    issue = await ask(world, area="cups")
    assert "Nobody here offers help with `cups`" in world.said_in(issue)[-1]
    await world.later(7 * DAY)
    assert "@olga, ada has been waiting for a mentor for 7 days." in world.said_in(issue)[-1]
    said = len(world.said_in(issue))
    await world.later(DAY)
    assert len(world.said_in(issue)) == said
    await world.later(9 * DAY)
    assert len(world.said_in(issue)) == said + 1, "and again as long as it lasts"


async def test_a_mentor_who_leaves_the_team_is_replaced(world: World) -> None:
    world.people("ada", "grace", "hedy")
    world.project(config="mentoring: {mentors: [{team: mentors}]}")
    for one in ("grace", "hedy"):
        world.acts.add_member("octo", one, by="olga")
    world.acts.add_team("octo", "mentors", by="olga", members=("grace", "hedy"))
    issue = await ask(world)
    mentor = asked_in(world, issue)
    await say(world, issue, mentor, "/mentor accept")
    world.acts.remove_member("octo", mentor, by="olga")
    await world.later(2 * HOUR)
    assert any(
        "no longer a mentor here. That has nothing to do with you" in one for one in world.said_in(issue)
    )
    await world.later(2 * HOUR)
    assert asked_in(world, issue) == ({"grace", "hedy"} - {mentor}).pop()


async def test_a_mentor_with_a_new_login_stays_the_mentor(world: World) -> None:
    world.people("ada", "grace")
    world.project(config="mentoring: {mentors: [grace]}")
    issue = await ask(world)
    await say(world, issue, "grace", "/mentor accept")
    await world.later(2 * HOUR)
    world.acts.rename_user("grace", "admiral")
    world.people("grace")
    await say(world, issue, "admiral", "I have a new name.")
    await world.later(2 * HOUR)
    await say(world, issue, "ada", "/mentor help")
    assert "@admiral, ada has a question" in world.said_in(issue)[-1]
    assert not any("no longer a mentor" in one for one in world.said_in(issue))


async def test_another_match_is_asked_for_and_the_reason_stays_with_whoever_has_one(world: World) -> None:
    a_project(world)
    issue = await ask(world, area="kettles")
    mentor = asked_in(world, issue)
    await say(world, issue, mentor, "/mentor accept")
    elsewhere = world.acts.open_issue("octo/tea", by="ada", title="Something else")
    await say(world, elsewhere, "ada", "/mentor change")
    told = world.said_in(elsewhere)[-1]
    assert "nobody's fault" in told
    assert "the reason stays with whoever has it" in told
    other = asked_in(world, elsewhere)
    assert other != mentor
    await world.later(timedelta(minutes=31))
    assert await say(world, issue, mentor, "/mentor accept") == ["confused"], "those two are kept apart"
    assert "You and ada were a pair before" in world.said_in(issue)[-1]


async def test_a_maintainer_proposes_and_both_agree(world: World) -> None:
    a_project(world)
    issue = world.acts.open_issue("octo/tea", by="olga", title="Pairs")
    assert await say(world, issue, "bob", "/mentor pair @ada @bob") == ["-1"]
    assert await say(world, issue, "olga", "/mentor pair @ada @bob") == ["+1"]
    assert "@ada, a maintainer suggests bob as your mentor" in world.said_in(issue)[-1]
    assert "@bob, you would be ada's mentor" in world.said_in(issue)[-1]
    assert await say(world, issue, "bob", "/mentor accept") == ["+1"]
    assert await say(world, issue, "ada", "/mentor accept") == ["hooray"]
    await world.later(2 * HOUR)
    assert not any("no longer a mentor" in one for one in world.said_in(issue)), "bob needn't be listed"
    assert await say(world, issue, "olga", "/mentor pair @bob @ada") == ["confused"]
    assert "bob is ada's mentor, or the mentor of their mentor" in world.said_in(issue)[-1]


async def test_a_mentor_offers_and_the_newcomer_decides(world: World) -> None:
    a_project(world)
    issue = world.acts.open_issue("octo/tea", by="ada", title="Cold")
    await world.settled()
    assert await say(world, issue, "bob", "/mentor offer") == ["confused"], "an offer to help is never 👎"
    assert "You can help in any thread right away." in world.said_in(issue)[-1]
    assert await say(world, issue, "grace", "/mentor offer") == ["+1"]
    assert "@ada, grace offers to be your mentor" in world.said_in(issue)[-1]
    assert await say(world, issue, "ada", "/mentor accept") == ["hooray"]


async def test_a_forgotten_mentor_leaves_the_mentee_at_the_front_of_the_queue(world: World) -> None:
    a_project(world)
    issue = await ask(world, area="kettles")
    mentor = asked_in(world, issue)
    await say(world, issue, mentor, "/mentor accept")
    await world.forget(mentor)
    await world.later(2 * HOUR)
    assert any("no longer a mentor here" in one for one in world.said_in(issue))


async def test_a_forgotten_mentee_leaves_nothing_behind(world: World) -> None:
    a_project(world)
    issue = await ask(world, area="kettles")
    await say(world, issue, asked_in(world, issue), "/mentor accept")
    await world.forget("ada")
    number = issue.author.id
    for kind in ("pair", "bond", "story", "apart"):
        kept = await world.bot.store.records.all("mentoring", issue.repository.id, kind)
        assert not [one for one in kept if one.key.startswith(f"{number}/")]


async def test_a_volunteer_who_has_done_enough_is_asked_and_can_be_away_and_leave(world: World) -> None:
    world.people("ada", "bob", "cleo")
    world.project(config="mentoring: {eligible: {merged: 1}}")
    pull = world.acts.open_pull_request("octo/tea", by="bob", title="Heat the kettle")
    world.acts.merge(pull, by="olga")
    await world.settled()
    issue = world.acts.open_issue("octo/tea", by="olga", title="Mentors wanted")
    assert await say(world, issue, "cleo", "/mentor volunteer") == ["confused"]
    assert await say(world, issue, "bob", "/mentor volunteer") == ["heart"]
    assert await say(world, issue, "bob", "/mentor away 2 weeks") == ["+1"]
    wish = await ask(world)
    assert "All mentors who would fit are busy or away" in world.said_in(wish)[-1]
    assert await say(world, issue, "bob", "/mentor away") == ["+1"]
    await world.later(2 * HOUR)
    assert asked_in(world, wish) == "bob"
    await say(world, wish, "bob", "/mentor decline")
    assert await say(world, issue, "bob", "/mentor opt out") == ["+1"]
    assert await say(world, issue, "bob", "/mentor volunteer") == ["heart"]


async def test_an_offer_nobody_answers_goes_to_the_next_mentor(world: World) -> None:
    a_project(world)
    issue = await ask(world, area="kettles")
    first = asked_in(world, issue)
    await world.later(3 * DAY + HOUR)
    await world.later(2 * HOUR)
    assert asked_in(world, issue) != first


async def test_the_maintainers_see_the_whole_programme_and_others_do_not(world: World) -> None:
    a_project(world)
    issue = await ask(world, area="kettles")
    assert await say(world, issue, "bob", "/mentees") == ["-1"]
    assert await say(world, issue, "olga", "/mentees") == ["+1"]
    assert "One person waits for a mentor." in world.said_in(issue)[-1]
    assert "| grace" in world.said_in(issue)[-1]


async def test_a_greeting_offers_a_mentor_only_to_who_has_none_and_asks_for_none(world: World) -> None:
    a_project(world, f"welcome: {{}}\n{CONFIG}")
    asking = await ask(world, area="kettles")
    assert not any("Would you like a mentor" in one for one in world.said_in(asking)), "ada asks for one"
    pull = world.acts.open_pull_request("octo/tea", by="ada", title="Heat the kettle")
    await world.settled()
    assert world.said_in(pull), "ada is greeted"
    assert not any("Would you like a mentor" in one for one in world.said_in(pull)), "ada waits for one"
    other = world.acts.open_pull_request("octo/tea", by="bob", title="Warm the cup")
    await world.settled()
    assert any("Would you like a mentor" in one for one in world.said_in(other)), "bob has none"
