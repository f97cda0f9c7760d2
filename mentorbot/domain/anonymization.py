"""What is left of people who asked to be forgotten: nobody in particular, without a name and without words.

Two mechanisms find somebody: what is *declared* to be about a numeric id, and in texts their login as a whole
word. `@ada` in `@ada-lovelace` is nobody's name but hers.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from mentorbot.core.people import Person
from mentorbot.core.translator import phrase
from mentorbot.domain.timeline import Act, PullRequestTimeline

FORGOTTEN = phrase("somebody who asked to be forgotten")

GHOST = "ghost"
"""The login of those without a name; GitHub shows deleted accounts by it."""

# `core.markdown.as_text` puts a character without width behind an @, and backslashes before underscores.
_BROKEN_UP = r"[\\\u200b]*"
# Not `core.people.MENTION`: what we wrote is broken up, and rather too many are found than too few.
_MENTION = re.compile(
    rf"(?<![A-Za-z0-9])@{_BROKEN_UP}([A-Za-z0-9](?:{_BROKEN_UP}[-_]*[A-Za-z0-9])*)", re.ASCII
)
_NO_PART_OF_A_LOGIN = re.compile(r"[\\\u200b]")


def anonymous(number: int) -> Person:
    """Nobody in particular, told apart from others of the kind by a number that is no account's."""
    return Person(-abs(number) - 1, GHOST)


def mentioned(text: str) -> frozenset[str]:
    """The logins, in small letters, that a text names with an @."""
    if "@" not in text:
        return frozenset()
    return frozenset(_NO_PART_OF_A_LOGIN.sub("", found[1]).lower() for found in _MENTION.finditer(text))


def without_mention(text: str, login: str) -> str:
    """The text with `@login` gone; whoever's login merely begins with it keeps theirs."""
    return _named(login, "@").sub(FORGOTTEN, text) if login else text


def without_mentions(text: str, logins: Iterable[str]) -> str:
    for login in logins:
        text = without_mention(text, login)
    return text


def without_name(text: str, login: str) -> str:
    """The text with their login gone, as a whole word with or without an @.

    For texts that are known to be about them: elsewhere, a login may be a word like any other.
    """
    return _named(login, "@?").sub(FORGOTTEN, text) if login else text


def without_names(text: str, logins: Iterable[str]) -> str:
    for login in logins:
        text = without_name(text, login)
    return text


def without_notifying(text: str, logins: Iterable[str]) -> str:
    """The text with these people named in it, but not told of it: "ada" for "@ada"."""
    for login in logins:
        text = _named(login, "@").sub(lambda found: found[0].partition("@")[2], text)
    return text


def contains_login(text: str, login: str) -> bool:
    """True where a text has the login as a whole word."""
    return bool(login) and _named(login, "@?").search(text) is not None


@lru_cache(maxsize=64)
def _named(login: str, at: str) -> re.Pattern[str]:
    letters = _BROKEN_UP.join(re.escape(letter) for letter in login)
    before, after = r"(?<![A-Za-z0-9])(?<![A-Za-z0-9][-_])", rf"(?!{_BROKEN_UP}[-_]*[A-Za-z0-9])"
    return re.compile(rf"{before}{at}{_BROKEN_UP}{letters}{after}", re.ASCII | re.IGNORECASE)


def in_strings(value: Any, change: Callable[[str], str]) -> Any:
    """JSON with every text in it changed; keys stay."""
    if isinstance(value, str):
        return change(value)
    if isinstance(value, list):
        return [in_strings(one, change) for one in value]
    if isinstance(value, Mapping):
        return {name: in_strings(one, change) for name, one in value.items()}
    return value


def without_person(value: Any, person_id: int) -> Any:
    """JSON in which this person is null; from lists they are gone, together with what they did.

    People in JSON are objects with their `id` and `login`; nothing else that equals the id is theirs.
    """
    if is_person(value, person_id):
        return None
    if isinstance(value, list):
        return [without_person(one, person_id) for one in value if not _is_theirs(one, person_id)]
    if isinstance(value, Mapping):
        return {name: without_person(one, person_id) for name, one in value.items()}
    return value


def is_person(value: Any, person_id: int) -> bool:
    return isinstance(value, Mapping) and "login" in value and value.get("id") == person_id


def people_in(value: Any) -> Iterator[int]:
    if isinstance(value, Mapping):
        if "login" in value and isinstance(value.get("id"), int):
            yield value["id"]
        for one in value.values():
            yield from people_in(one)
    elif isinstance(value, list):
        for one in value:
            yield from people_in(one)


def _is_theirs(value: Any, person_id: int) -> bool:
    return is_person(value, person_id) or (
        isinstance(value, Mapping) and is_person(value.get("by"), person_id)
    )


@dataclass(frozen=True, slots=True)
class Anonymizer:
    """Hides people in the past of one pull request.

    The same is always behind one pseudonym, so that whose turn it is can still be told. `pseudonyms` are who
    stands for whom, by id; in others' texts the `logins` go as far as they are known.
    """

    pseudonyms: Mapping[int, Person]
    logins: Collection[str] = ()

    def act(self, act: Act) -> Act:
        hidden = replace(act, by=self._hidden(act.by), subject=self._hidden(act.subject))
        if act.by is not None and act.by.id in self.pseudonyms:
            return replace(hidden, body="", title_before="", title_after="", node="")
        is_bots = act.by is not None and act.by.is_bot  # bots tell of people without an @
        return replace(
            hidden,
            body=without_names(act.body, self.logins) if is_bots else self._text(act.body),
            title_before=self._text(act.title_before),
            title_after=self._text(act.title_after),
        )

    def opening(self, timeline: PullRequestTimeline) -> PullRequestTimeline:
        """How it was opened: nameless and wordless where it was by one of them. `acts` stay as they are."""
        author = timeline.author
        if author is None or author.id not in self.pseudonyms:
            return replace(
                timeline, opened_title=self._text(timeline.opened_title), body=self._text(timeline.body)
            )
        branch = timeline.head.partition(":")[2]
        return replace(
            timeline,
            author=self.pseudonyms[author.id],
            opened_title="",
            body="",
            head=f":{branch}" if branch else "",  # owned by nobody: another ghost is not the author
        )

    def timeline(self, timeline: PullRequestTimeline) -> PullRequestTimeline:
        return replace(self.opening(timeline), acts=tuple(self.act(act) for act in timeline.acts))

    def _hidden(self, person: Person | None) -> Person | None:
        return self.pseudonyms.get(person.id, person) if person is not None else None

    def _text(self, text: str) -> str:
        return without_mentions(text, self.logins)
