"""Commands in what people write: found, checked against who may give them, and answered.

All commands in one comment get one reaction and one comment: their replies are collected in the store until
the last one is decided, and then released as one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from mentorbot.config.configuration import Configuration
from mentorbot.core.actions import Action, Answer, Comment, Occasion, React
from mentorbot.core.entities import Issue, PullRequest
from mentorbot.core.events import (
    CommandGiven,
    Commented,
    CommentEdited,
    Event,
    IssueOpened,
    PullRequestOpened,
    Reactable,
    ReviewEdited,
    ReviewSubmitted,
)
from mentorbot.core.markdown import code
from mentorbot.core.people import Permission, Person
from mentorbot.core.plan import Plan, Refusal, refuse
from mentorbot.core.translator import phrase, say
from mentorbot.db.connection import AsyncConnection
from mentorbot.db.effects import Effect
from mentorbot.db.store import Store
from mentorbot.domain.command_parser import SpokenCommand, commands_in, words_to_bot
from mentorbot.engine.jobs import act_job
from mentorbot.feature_api.authorization import Authorization, Who
from mentorbot.feature_api.feature import Command
from mentorbot.feature_api.feature_catalog import FeatureCatalog
from mentorbot.feature_api.ports import Ports
from mentorbot.feature_api.reference import ListedCommand

_WHO_CAN = {
    Who.AUTHOR: phrase("Only the person who opened this can do that. You can ask them here in a comment."),
    Who.MAINTAINERS: phrase("Only the maintainers can do that. You can ask them here in a comment."),
    Who.MERGERS: phrase("Only people who may merge here can do that. You can ask them here in a comment."),
    Who.AUTHOR_OR_MAINTAINERS: phrase(
        "Only the person who opened this and the maintainers can do that. You can ask them here in a comment."
    ),
    Who.PARTIES: phrase(
        "Only the person who opened this, the reviewers who were asked, and the maintainers can do that. "
        "You can ask them here in a comment."
    ),
}
"""What somebody is told who may not: who can, and what to do instead."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CommandText:
    """Something written where commands may stand. `before` is what an edit replaced."""

    text: str
    before: str | None
    thread: Issue | PullRequest
    source: Reactable


def command_text_in(event: Event) -> CommandText | None:
    """The words somebody wrote in this event, if it is one of writing and the words are their own.

    Who moves an issue here opens it with the words of somebody else, and who may edit a stranger's comment
    speaks neither for the stranger nor for themselves: nobody's commands are run in anybody else's name.
    """
    found = _text_and_author(event)
    if found is None:
        return None
    author, words = found
    return words if author is not None and author == event.by else None


def _text_and_author(event: Event) -> tuple[Person | None, CommandText] | None:
    """Whose words they are, and the words; None for what is no writing, or no new one."""
    if isinstance(event, Commented | CommentEdited):
        comment = event.comment
        if isinstance(event, CommentEdited) and comment.previous_body is None:
            return None  # something other than the words changed
        kind = "review_comment" if comment.path is not None else "issue_comment"
        source = Reactable(kind=kind, id=comment.id, node_id=comment.node_id, url=comment.url)
        before = comment.previous_body if isinstance(event, CommentEdited) else None
        return comment.author, CommandText(
            text=comment.body, before=before, thread=event.thread, source=source
        )
    if isinstance(event, ReviewSubmitted | ReviewEdited):
        review = event.review
        before = event.previous_body if isinstance(event, ReviewEdited) else None
        if isinstance(event, ReviewEdited) and before is None:
            return None
        source = Reactable(kind="review", id=review.id, node_id=review.node_id, url=review.url)
        return review.author, CommandText(text=review.body, before=before, thread=event.thread, source=source)
    if isinstance(event, IssueOpened | PullRequestOpened):
        thread = event.thread
        source = Reactable(kind="issue", id=thread.number, node_id=thread.node_id, url=thread.url)
        return thread.author, CommandText(text=thread.body, before=None, thread=thread, source=source)
    return None


def might_hold_command(event: Event) -> bool:
    """False for nearly all events, at next to no cost: no slash and no @, nothing said to us."""
    words = command_text_in(event)
    return words is not None and ("/" in words.text or "@" in words.text) and not event.by.is_bot


def commands_given(
    event: Event, *, catalog: FeatureCatalog, configuration: Configuration, bot: Person
) -> Sequence[CommandGiven]:
    """The commands in an event, in order. One without a name was meant for us, but isn't understood."""
    words = command_text_in(event)
    if words is None or event.by.is_bot or event.by == bot or not configuration.exists:
        return ()
    known, short = catalog.spoken_names(configuration)
    default = catalog.default_command.command.name if catalog.default_command else ""
    found = commands_in(words.text, known=known, short=short, default=default, before=words.before)
    if not found:
        return _in_plain_words(event, words, catalog=catalog, bot=bot)
    many = len(found) > 1
    return [replace(_given(event, words, command), is_one_of_many=many) for command in found]


async def decide_command(
    event: CommandGiven, listed: ListedCommand | None, ports: Ports, *, catalog: FeatureCatalog
) -> Plan:
    """What to do about a command: what its rule says, or a refusal. Raises what asking raises."""
    if event.in_plain_words and catalog.plain_words is not None:
        answering, plain_words = catalog.plain_words
        section = ports.configuration.section(answering.name)
        return plain_words.decide(await plain_words.ask(event, section, ports), section)
    who, line = event.by.login, event.line[:100]
    if listed is None:
        # A reaction only: whoever writes nonsense is not to get as many comments for it.
        return refuse("", because=_no_command(event))
    command, feature = listed.command, listed.feature
    if not catalog.is_on(feature, ports.configuration):
        return refuse(
            say(
                "`{feature}` is off in this repository. Its maintainers can switch it on in "
                "`.github/mentorbot.yml`.",
                feature=feature.name,
            ),
            because=say(
                "@{login} wrote `{line}`, but `{feature}` is off", login=who, line=line, feature=feature.name
            ),
        )
    if (wrong := _wrong_kind_of_thread(command, event)) is not None:
        return refuse(wrong, because=say("@{login} wrote `{line}` in the wrong place", login=who, line=line))
    if not (await _authorization(event, command, ports)).may(command.who):
        return refuse(
            say(_WHO_CAN[command.who]),
            because=say(
                "@{login} wrote `{line}`, which is for {who}",
                login=who,
                line=line,
                who=say(command.who.value),
            ),
            allowed=command.offers_help,
        )
    section = ports.configuration.section(feature.name)
    try:
        decided = command.decide(await command.ask(event, section, ports), section)
    except Refusal as refusal:
        because = say("@{login} wrote `{line}`: {answer}", login=who, line=line, answer=refusal.text)
        decided = refuse(refusal.text, because=because, allowed=refusal.allowed, about=refusal.about)
    return _without_thumbs_down(decided) if command.offers_help else decided


def _without_thumbs_down(decided: Plan) -> Plan:
    """The same decision; whoever offers help is told what else they can do, not that they did wrong."""
    return replace(
        decided,
        actions=tuple(
            replace(action, reaction="confused")
            if isinstance(action, Answer) and action.reaction == "-1"
            else action
            for action in decided.actions
        ),
    )


def reply_actions(event: CommandGiven, answer: Answer) -> tuple[Action, ...]:
    """A reaction on the words, and a comment where there is something to say.

    All commands in one comment have the same keys: they are answered with one reaction and one comment.
    """
    source, number = event.source, event.thread.number
    comment = f"{source.kind} {source.id}, {event.delivery}"
    reaction = React(key=f"react to {comment}", number=number, to=source, content=answer.reaction)
    if not answer.text:
        return (reaction,)
    reply = Comment(
        key=f"answer {comment}",
        number=number,
        body=f"{code(event.line)}\n\n{answer.text}" if event.is_one_of_many else answer.text,
        occasion=Occasion.ANSWER,
        mentions=(event.by,),
    )
    return reaction, reply


async def release_replies(
    connection: AsyncConnection, store: Store, deliveries: Sequence[str], *, decided: bool = False
) -> None:
    """Have what deliveries are answered said, once everything in them is decided or given up: in one comment.

    Until then it is collected, in the store: whatever comes between, each answer is said once. `decided` says
    that all commands are, though the rest of the delivery is not.
    """
    found = await store.command_replies.let_go(connection, deliveries, decided=decided)
    await store.jobs.defer(connection, [act_job(effect.id, effect) for effect in found])


async def collect_reply(
    connection: AsyncConnection, store: Store, effect: Effect, part: str, *, now: datetime
) -> tuple[int, str]:
    """Add an answer to those of the same comment; what comes too late for that is said by itself."""
    id_ = await store.command_replies.collect(connection, effect, now=now)
    if id_ is None:
        effect = replace(effect, key=f"{effect.key}, {part}")
        id_ = await store.command_replies.collect(connection, effect, now=now)
    return id_ or 0, effect.key


def _given(event: Event, words: CommandText, command: SpokenCommand) -> CommandGiven:
    given = CommandGiven(
        at=event.at,
        delivery=event.delivery,
        installation_id=event.installation_id,
        repository=event.repository,
        by=event.by,
        thread=words.thread,
        name=command.name,
        words=command.words,
        line=command.line,
        source=words.source,
    )
    return replace(given, words=(command.suggestion,)) if not command.name and command.suggestion else given


def _in_plain_words(
    event: Event, words: CommandText, *, catalog: FeatureCatalog, bot: Person
) -> Sequence[CommandGiven]:
    """What somebody said to us as to a person, by the App's name; empty for nearly all comments."""
    slug = bot.login.removesuffix("[bot]")
    said = words_to_bot(words.text, slug=slug, before=words.before) if catalog.plain_words else ""
    if not said:
        return ()
    return [replace(_given(event, words, SpokenCommand("", (), said)), in_plain_words=True)]


def _no_command(event: CommandGiven) -> str:
    """Why nothing is done, and what was perhaps meant."""
    who, line = event.by.login, event.line[:100]
    if event.words and _is_name(event):
        return say(
            "@{login} wrote `{line}`, which is no command; perhaps `/mentorbot {command}` was meant",
            login=who,
            line=line,
            command=event.words[0],
        )
    return say("@{login} wrote `{line}`, which is no command", login=who, line=line)


def _is_name(event: CommandGiven) -> bool:
    """True where the only word is a suggestion of ours, not something somebody wrote."""
    return len(event.words) == 1 and event.words[0] not in event.line


def _wrong_kind_of_thread(command: Command[Any, Any], event: CommandGiven) -> str | None:
    if command.on == "pull requests" and not event.thread.is_pull_request:
        return say("This works in pull requests only. Write it in one of them.")
    if command.on == "issues" and event.thread.is_pull_request:
        return say("This works in issues only. Write it in one of them.")
    return None


async def _authorization(event: CommandGiven, command: Command[Any, Any], ports: Ports) -> Authorization:
    """How they stand to the thread; GitHub is asked only for what decides."""
    if command.who is Who.ANYONE:
        return Authorization()
    known = Authorization.of(event.by, thread=event.thread, permission=Permission.NONE)
    if known.may(command.who) or command.who is Who.AUTHOR:
        return known
    standing = replace(known, permission=await ports.github.permission(event.by))
    if standing.may(command.who) or command.who is not Who.PARTIES or not event.thread.is_pull_request:
        return standing
    # A comment's payload doesn't say who was asked for a review.
    pull_request = await ports.github.pull_request(event.thread.number)
    asked = pull_request.requested_reviewers if pull_request else ()
    return replace(standing, is_asked_reviewer=event.by in asked)
