"""Commands: who may, what is answered, and what stays unanswered."""

from __future__ import annotations

from typing import Any

import pytest

from mentorbot.core.actions import Answer, Comment, React
from mentorbot.core.entities import PullRequest
from mentorbot.core.events import CommandGiven
from mentorbot.core.people import Permission, Person
from mentorbot.core.plan import Plan, Refusal, plan, refuse
from mentorbot.db.store import Store
from mentorbot.feature_api.authorization import Who
from mentorbot.feature_api.feature import Command, Feature, PlainWords
from mentorbot.feature_api.ports import Ports
from tests.builders import a_pull_request
from tests.engine.office import Greeting, Office, an_office
from tests.engine.pulse import felt
from tests.github import hooks

MOST_WORK = 0.5
"""Seconds of work between two turns of the loop. Read there, the longest comment takes more than one."""


async def ask(event: CommandGiven, _section: Greeting, _ports: Ports) -> CommandGiven:
    if "impossible" in event.words:
        raise Refusal("There are no credits left.")
    if "forbidden" in event.words:
        raise Refusal("Somebody else was asked. You can offer to help here.", allowed=False)
    return event


def decide(event: CommandGiven, _section: Greeting) -> Plan:
    text = f"{event.name}: {event.text}" if event.words else ""
    return plan(Answer(text=text), because=f"@{event.by.login} said {event.line}")


def decide_plain_words(event: CommandGiven, _section: Greeting) -> Plan:
    return refuse("Write a command.", because=f"@{event.by.login} said {event.line}")


def command(usage: str, who: Who = Who.ANYONE, **more: Any) -> Command[CommandGiven, Greeting]:
    return Command(usage=usage, help="…", who=who, ask=ask, decide=decide, **more)


TALK = Feature(
    name="talk",
    summary="Talks.",
    config=Greeting,
    triggers=(
        command("turn"),
        command("ready", Who.AUTHOR, on="pull requests"),
        command("waiting <whom>", Who.MAINTAINERS),
        command("snooze <duration>", Who.PARTIES),
        command("long", short=False),
        command("offer", Who.MAINTAINERS, offers_help=True),
        command("accept", offers_help=True),
        PlainWords(ask=ask, decide=decide_plain_words),
    ),
)


def an_office_that_talks(store: Store) -> Office:
    office = an_office(store, TALK)
    office.app.here.config = "talk:\n"
    return office


async def say(office: Office, body: str, *, by: dict[str, Any] = hooks.GRACE, **more: Any) -> None:
    issue = hooks.an_issue(number=4, pull_request={"url": "…"})
    comment = hooks.a_comment(user=by, body=body, **more)
    await office.hear(
        "issue_comment", hooks.an_issue_hook("created", issue=issue, comment=comment, sender=by)
    )
    await office.work()


def reactions(office: Office) -> list[str]:
    return [action.content for action in office.app.pen.done if isinstance(action, React)]


async def test_a_command_is_answered_with_a_reaction_and_a_comment_where_there_is_something_to_say(
    store: Store,
) -> None:
    office = an_office_that_talks(store)

    await say(office, "Whose move is it?\n\n/turn please")

    assert reactions(office) == ["+1"]
    assert office.said == ["turn: please"]


async def test_where_there_is_nothing_to_say_the_reaction_is_the_answer(store: Store) -> None:
    office = an_office_that_talks(store)

    await say(office, "/turn")

    assert [type(action) for action in office.app.pen.done] == [React]


@pytest.mark.parametrize(
    ("body", "by", "permission", "reaction", "said"),
    [
        pytest.param("/ready", hooks.ADA, Permission.READ, "+1", [], id="the author is the author"),
        pytest.param(
            "/ready",
            hooks.GRACE,
            Permission.ADMIN,
            "-1",
            ["Only the person who opened this can do that. You can ask them here in a comment."],
            id="nobody else is",
        ),
        pytest.param(
            "/waiting author", hooks.GRACE, Permission.TRIAGE, "+1", ["waiting: author"], id="triage"
        ),
        pytest.param(
            "/waiting author",
            hooks.ADA,
            Permission.READ,
            "-1",
            ["Only the maintainers can do that. You can ask them here in a comment."],
            id="a reader",
        ),
        pytest.param("/snooze 1w", hooks.ADA, Permission.READ, "+1", ["snooze: 1w"], id="author as party"),
        pytest.param(
            "/snooze 1w", hooks.GRACE, Permission.WRITE, "+1", ["snooze: 1w"], id="maintainer as party"
        ),
        pytest.param(
            "/snooze 1w",
            hooks.GRACE,
            Permission.READ,
            "-1",
            [
                (
                    "Only the person who opened this, the reviewers who were asked, and the maintainers "
                    "can do that. You can ask them here in a comment."
                )
            ],
            id="a passer-by",
        ),
        pytest.param(
            "/turn impossible",
            hooks.GRACE,
            Permission.READ,
            "confused",
            ["There are no credits left."],
            id="refused",
        ),
    ],
)
async def test_who_may_give_a_command_is_decided_by_real_permission(
    store: Store, body: str, by: dict[str, Any], permission: Permission, reaction: str, said: list[str]
) -> None:
    office = an_office_that_talks(store)
    office.app.here.permissions = {"grace": permission, "ada": permission}
    office.app.here.threads = {4: a_pull_request(number=4)}

    await say(office, body, by=by)

    assert reactions(office) == [reaction]
    assert office.said == said


@pytest.mark.parametrize(
    ("body", "said"),
    [
        pytest.param(
            "/offer",
            "Only the maintainers can do that. You can ask them here in a comment.",
            id="they may not",
        ),
        pytest.param(
            "/accept forbidden", "Somebody else was asked. You can offer to help here.", id="not now"
        ),
    ],
)
async def test_an_offer_to_help_is_never_answered_with_a_thumb_down(
    store: Store, body: str, said: str
) -> None:
    office = an_office_that_talks(store)

    await say(office, body)

    assert reactions(office) == ["confused"]
    assert office.said == [said]


async def test_who_speaks_to_us_by_our_name_is_answered(store: Store) -> None:
    office = an_office_that_talks(store)

    await say(office, "Hi @mentorbot, can you help me?")

    assert reactions(office) == ["confused"]
    assert office.said == ["Write a command."]
    assert await office.why(4) == ["@grace said Hi @mentorbot, can you help me?"]


async def test_a_command_beside_our_name_is_all_that_is_answered(store: Store) -> None:
    office = an_office_that_talks(store)

    await say(office, "@mentorbot please:\n\n/turn now")

    assert reactions(office) == ["+1"]
    assert office.said == ["turn: now"]


async def test_an_edit_that_leaves_what_was_said_to_us_is_not_answered_again(store: Store) -> None:
    office = an_office_that_talks(store)
    await say(office, "@mentorbot help me")

    comment = hooks.a_comment(body="@mentorbot help me\n\nPlease.")
    changes = {"body": {"from": "@mentorbot help me"}}
    await office.hear("issue_comment", hooks.an_issue_hook("edited", comment=comment, changes=changes))
    await office.work()

    assert reactions(office) == ["confused"]


async def test_an_asked_reviewer_is_a_party(store: Store) -> None:
    office = an_office_that_talks(store)
    asked: PullRequest = a_pull_request(number=4, requested_reviewers=(Person(12, "grace"),))
    office.app.here.threads = {4: asked}

    await say(office, "/snooze 1w")

    assert office.said == ["snooze: 1w"]


@pytest.mark.parametrize(
    "body",
    [
        pytest.param("> /turn", id="quoted"),
        pytest.param("`/turn`", id="code"),
        pytest.param("/long", id="has no short form"),
        pytest.param("/unknown", id="another bot's"),
        pytest.param("Thanks!", id="no command"),
        pytest.param("> @mentorbot help me", id="a quote of what somebody said to us"),
        pytest.param("`@mentorbot help me`", id="code with our name"),
        pytest.param("As @mentorbot says, it is my turn.", id="spoken of, not to"),
        pytest.param("@mentorbots, can you help?", id="somebody with a longer name"),
        pytest.param("Thank you, @mentorbot!", id="thanks"),
    ],
)
async def test_what_is_no_command_of_ours_gets_no_answer(store: Store, body: str) -> None:
    office = an_office_that_talks(store)

    await say(office, body)

    assert office.app.pen.done == []


async def test_what_was_meant_for_us_and_is_not_understood_gets_a_reaction_and_no_comment(
    store: Store,
) -> None:
    office = an_office_that_talks(store)

    await say(office, "/mentorbot tunr")

    assert reactions(office) == ["confused"]
    assert office.said == []
    assert await office.why(4) == [
        "@grace wrote `/mentorbot tunr`, which is no command; perhaps `/mentorbot turn` was meant"
    ]


async def test_a_command_of_a_feature_that_is_off_is_told_so_when_we_are_addressed(store: Store) -> None:
    office = an_office(store, TALK)
    office.app.here.config = "calendar:\n"

    await say(office, "/mentorbot turn")
    await say(office, "/turn")

    assert len(office.said) == 1
    assert "`talk` is off in this repository" in office.said[0]


async def test_without_a_config_file_commands_get_no_answer_at_all(store: Store) -> None:
    office = an_office_that_talks(store)
    office.app.here.config = None

    await say(office, "/mentorbot turn")

    assert office.app.pen.done == []


async def test_bots_are_not_obeyed(store: Store) -> None:
    office = an_office_that_talks(store)

    await say(office, "/turn", by=hooks.ROBOT)

    assert office.app.pen.done == []


async def test_an_edit_runs_only_what_is_new_in_it(store: Store) -> None:
    office = an_office_that_talks(store)
    await say(office, "/turn one")

    comment = hooks.a_comment(body="/turn one\n\n/turn two")
    await office.hear(
        "issue_comment",
        hooks.an_issue_hook("edited", comment=comment, changes={"body": {"from": "/turn one"}}),
    )
    await office.work()

    assert office.said == ["turn: one", "turn: two"]


async def test_nobody_waits_while_ever_so_long_comments_are_read(store: Store) -> None:
    office = an_office_that_talks(store)
    await say(office, "/turn one")  # what happens only once is over then

    long = ("/turn two\n\n" + "/a\n\n" * 16_384)[:65_536]
    comment = hooks.a_comment(body=long)
    changes = {"body": {"from": long[::-1]}}
    await office.hear("issue_comment", hooks.an_issue_hook("edited", comment=comment, changes=changes))
    async with felt() as pulse:
        await office.work()

    assert pulse.most < MOST_WORK
    assert office.said == ["turn: one", "turn: two"]


async def test_several_commands_in_one_comment_are_done_in_order_and_answered_together(
    store: Store,
) -> None:
    office = an_office_that_talks(store)

    await say(office, "/turn one\n\n/turn two\n\n/snooze 2w", by=hooks.ADA)

    assert office.said == [
        "`/turn one`\n\nturn: one\n\n`/turn two`\n\nturn: two\n\n`/snooze 2w`\n\nsnooze: 2w"
    ]
    assert reactions(office) == ["+1"]


async def test_an_opening_text_and_a_review_may_hold_commands(store: Store) -> None:
    office = an_office_that_talks(store)

    issue = hooks.an_issue(body="/turn issue")
    await office.hear("issues", hooks.an_issue_hook("opened", issue=issue, sender=hooks.ADA))
    review = hooks.a_review(body="/turn review")
    await office.hear("pull_request_review", hooks.a_pull_hook("submitted", review=review))
    await office.work()

    assert sorted(office.said) == ["turn: issue", "turn: review"]
    kinds = {action.to.kind for action in office.app.pen.done if isinstance(action, React)}
    assert kinds == {"issue", "review"}


async def test_a_pull_request_command_in_an_issue_is_refused_with_the_place_where_it_works(
    store: Store,
) -> None:
    office = an_office_that_talks(store)

    comment = hooks.a_comment(body="/ready", user=hooks.ADA)
    await office.hear("issue_comment", hooks.an_issue_hook("created", comment=comment, sender=hooks.ADA))
    await office.work()

    assert office.said == ["This works in pull requests only. Write it in one of them."]
    assert all(isinstance(action, Comment | React) for action in office.app.pen.done)
