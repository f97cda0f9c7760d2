"""What a visitor of the page asks for: the fields of a form, read with care."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from mentorbot.sandbox.acting import RefusedError
from mentorbot.sandbox.acts import Acts
from mentorbot.sandbox.answers import Json
from mentorbot.sandbox.model import Account, Issue, PullRequest, Repository
from mentorbot.sandbox.page_rights import Rights, rights
from mentorbot.sandbox.simulated_github import SimulatedGitHub

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class PageForm:
    """What a visitor wants done: the fields of a form. RefusedError when one is missing or means nothing."""

    github: SimulatedGitHub
    body: Json

    @property
    def acts(self) -> Acts:
        """What can be done."""
        return self.github.acts

    @property
    def by(self) -> Account:
        """Whom the visitor acts as."""
        return self.acts.who(self.text("by"))

    @property
    def repository(self) -> Repository:
        """The repository this is about."""
        return self.acts.where(self.text("full_name"))

    @property
    def thread(self) -> Issue:
        """The issue or pull request this is about."""
        return self.acts.thread(f"{self.text('full_name')}#{self.whole('number')}")

    @property
    def pull(self) -> PullRequest:
        """The same, when it must be a pull request."""
        return self.acts.pull(self.thread.reference)

    @property
    def may(self) -> Rights:
        """What the visitor may do with it."""
        return rights(self.thread, self.by)

    def text(self, name: str) -> str:
        """A text that must be there."""
        value = self.body.get(name)
        if not isinstance(value, str) or not value.strip():
            raise RefusedError(f"Please fill in: {name.replace('_', ' ')}.")
        return value.replace("\r\n", "\n")

    def words(self, name: str) -> str:
        """A text that may be empty."""
        value = self.body.get(name)
        return value.replace("\r\n", "\n") if isinstance(value, str) else ""

    def whole(self, name: str) -> int:
        """A whole number that must be there."""
        value = self.body.get(name)
        if isinstance(value, bool) or not isinstance(value, int | str) or not str(value).isdecimal():
            raise RefusedError(f"Please give a number: {name.replace('_', ' ')}.")
        return int(value)

    def files(self) -> dict[str, str | None]:
        """The files a commit changes, by path."""
        given = self.body.get("files")
        rows = [one for one in given if isinstance(one, dict)] if isinstance(given, list) else []
        found = {str(one.get("path", "")).strip(): str(one.get("text", "")) for one in rows}
        found.pop("", None)
        return {path: text.replace("\r\n", "\n") for path, text in found.items()}

    def needs(self, *, allowed: bool, whose: str) -> None:
        """RefusedError unless it is allowed; `whose` it is."""
        if not allowed:
            raise RefusedError(f"{self.by.login} can't do that here: {whose}")

    def one_of(self, name: str, known: Sequence[T]) -> T:
        """One of a few values."""
        for one in known:
            if one == self.body.get(name):
                return one
        raise RefusedError(f"Please choose: {name} is one of {', '.join(map(str, known))}.")
