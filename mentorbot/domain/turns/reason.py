"""Why it is somebody's turn, and what would end it: kept as facts, said when somebody reads it."""

from __future__ import annotations

from dataclasses import dataclass

from mentorbot.core.people import Person
from mentorbot.core.translator import say, say_list
from mentorbot.domain.anonymization import GHOST


@dataclass(frozen=True, slots=True)
class Wording:
    """A sentence of a rule: to anybody, and to the author or to who is named in it, where that differs."""

    text: str
    to_author: str = ""
    to_named: str = ""


@dataclass(frozen=True, slots=True)
class TurnReason:
    """A sentence about a turn. It has no language yet: what is kept or compared are facts.

    `people` fill `{name}` and `{names}`; None is somebody who left GitHub.
    """

    wording: Wording
    people: tuple[Person | None, ...] = ()
    number: int = 0
    label: str = ""

    def said(self, reader: Person | None = None, *, is_author: bool = False) -> str:
        """The sentence in plain text, in the language at hand; to a reader, in the second person."""
        text = self._text(reader, is_author=is_author)
        if not text:
            return ""
        names = sorted({name_of(person) for person in self.people})
        return say(
            text,
            name=names[0] if names else "",
            names=say_list(names) if len(names) > 1 else "".join(names),
            number=self.number,
            label=self.label,
        )

    def _text(self, reader: Person | None, *, is_author: bool) -> str:
        wording = self.wording
        if wording.to_named and reader is not None and reader in self.people:
            return wording.to_named
        return wording.to_author if is_author and wording.to_author else wording.text


def name_of(person: Person | None) -> str:
    """The login, without the @ that would notify; GitHub calls deleted accounts ghost."""
    return person.login if person is not None else GHOST
