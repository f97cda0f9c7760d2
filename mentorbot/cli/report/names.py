"""Takes people's names out of what a report quotes.

Logins of everybody who is known to have been there go, wherever they stand as a word, and so does whatever
has an @ before it. A person's other names aren't known.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from mentorbot.core.people import Person

# `core.markdown` puts a character without width behind an @, and backslashes before underscores and brackets.
_ESCAPED = r"[\\\u200b]*"
_WORD = rf"[A-Za-z0-9](?:{_ESCAPED}[-_]*{_ESCAPED}[A-Za-z0-9])*"
_NO_PART_OF_A_LOGIN = re.compile(r"[\\\u200b]")
_PARTS = re.compile(r"([-_]+)")

AUTHOR, REVIEWER, SOMEBODY = "author", "reviewer", "somebody"


@dataclass(frozen=True, slots=True)
class Names:
    """Who is known in a repository, and whether they may be named.

    `repository` is OWNER/REPO: both words stay, as the report is about them, and so do addresses in it.
    """

    people: Mapping[str, Person]
    repository: str
    are_shown: bool
    _words: re.Pattern[str] = field(init=False)

    def __post_init__(self) -> None:
        ours = rf"https?://[^/\s]+/{re.escape(self.repository)}/[^\s)\"<>]*"
        # Teams are named as @owner/team; they are nobody in particular.
        found = re.compile(
            rf"(?P<ours>{ours})|(?P<at>@{_ESCAPED})?(?P<word>{_WORD})(?(at)(?P<team>/[\w-]+)?)", re.ASCII
        )
        object.__setattr__(self, "_words", found)

    @classmethod
    def of(cls, people: Iterable[Person | None], *, repository: str, are_shown: bool) -> Names:
        stay = {word.lower() for word in repository.split("/")}
        known = {
            person.login.lower(): person for person in people if person is not None and not person.is_bot
        }
        return cls({login: one for login, one in known.items() if login not in stay}, repository, are_shown)

    def hidden(
        self, text: str, *, author: Person | None = None, reviewers: Iterable[Person] = (), keep: str = ""
    ) -> str:
        """The text with roles for names: "@author", "@reviewer", "somebody". `keep` is a login that stays."""
        if self.are_shown:
            return text
        roles = {person.id: REVIEWER for person in reviewers}
        if author is not None:
            roles[author.id] = AUTHOR
        return self._words.sub(lambda found: self._without(found, roles, keep.lower()), text)

    def _without(self, found: re.Match[str], roles: Mapping[int, str], keep: str) -> str:
        if found["ours"]:
            return found[0]
        word = _NO_PART_OF_A_LOGIN.sub("", found["word"]).lower()
        rest = found["team"] or ""
        if word == keep:
            return found[0]
        if word in self.people:
            return f"{'@' if found['at'] else ''}{self._role(word, roles)}{rest}"
        if found["at"] and not rest and not word.startswith(self._placeholder_words):
            return f"@{SOMEBODY}"
        return (found["at"] or "") + self._without_in_parts(found["word"], roles, keep) + rest

    @property
    def _placeholder_words(self) -> tuple[str, ...]:
        return AUTHOR, REVIEWER, SOMEBODY, "mentorbot"

    def _without_in_parts(self, word: str, roles: Mapping[int, str], keep: str) -> str:
        """The same for `ada` in `ada-approved`."""
        if "-" not in word and "_" not in word:
            return word
        pieces, out, place = _PARTS.split(word), list[str](), 0
        while place < len(pieces):
            for end in range(len(pieces), place, -2):
                run = _NO_PART_OF_A_LOGIN.sub("", "".join(pieces[place:end])).lower()
                if run != keep and run in self.people:
                    out.append(self._role(run, roles))
                    break
            else:
                end = place + 1
                out.append(pieces[place])
            out += pieces[end : end + 1]
            place = end + 1
        return "".join(out)

    def _role(self, login: str, roles: Mapping[int, str]) -> str:
        return roles.get(self.people[login].id, SOMEBODY)
