"""What every act needs: to find what it is about, to note it in the timeline, and to tell the App."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

from mentorbot.sandbox.answers import Json
from mentorbot.sandbox.model import Account, Issue, Organization, PullRequest, Repository, Team, TimelineEvent
from mentorbot.sandbox.webhooks import Webhooks
from mentorbot.sandbox.world import NotThereError, World

Who = Account | str
"""Somebody, or their login."""
Where = Repository | str
"""A repository, or `owner/name`."""
Thread = Issue | str
"""An issue or pull request, or `owner/name#5`."""
Pull = PullRequest | str
"""A pull request, or `owner/name#5`."""

_T = TypeVar("_T")


class RefusedError(Exception):
    """GitHub would not let this happen; the message says why."""


class Acting:
    """The part that all acts share."""

    def __init__(self, world: World, webhooks: Webhooks) -> None:
        self.world = world
        self.webhooks = webhooks

    @contextmanager
    def quietly(self) -> Iterator[None]:
        """What is done meanwhile causes no webhooks: for what happened before the App came."""
        with self.webhooks.quietly():
            yield

    def who(self, who: Who) -> Account:
        return self.world.account(who) if isinstance(who, str) else who

    def where(self, where: Where) -> Repository:
        return self.world.repository(where) if isinstance(where, str) else where

    def thread(self, thread: Thread) -> Issue:
        return self.world.thread(thread) if isinstance(thread, str) else thread

    def pull(self, pull: Pull) -> PullRequest:
        found = self.thread(pull)
        if not isinstance(found, PullRequest):
            raise NotThereError(f"{found.reference} is an issue: this act needs a pull request")
        return found

    def requested(self, who: Who | Team) -> Account | Team:
        """Whom a login, or which team `organisation/slug`, means."""
        if isinstance(who, str) and "/" in who:
            return self.world.team(who)
        return who if isinstance(who, Team) else self.who(who)

    @staticmethod
    def found(table: dict[int, _T], key: _T | int, what: str) -> _T:
        """The thing of that id; NotThereError when there is none."""
        if not isinstance(key, int):
            return key
        if key not in table:
            raise NotThereError(f"there is no {what} {key}")
        return table[key]

    def note(self, thread: Issue, kind: str, actor: Account, **details: Any) -> TimelineEvent:
        event = TimelineEvent(
            id=self.world.next_id("event"),
            kind=kind,
            actor=actor,
            created_at=self.world.clock.now(),
            thread=thread,
            **details,
        )
        thread.timeline.append(event)
        thread.updated_at = event.created_at
        return event

    def tell(
        self,
        event: str,
        action: str | None,
        about: Repository | Organization,
        *,
        sender: Account,
        body: Callable[[], Json],
    ) -> None:
        self.webhooks.announce(
            event,
            sender=sender,
            body=body,
            action=action,
            repository=about if isinstance(about, Repository) else None,
            organization=about if isinstance(about, Organization) else None,
        )
        self.world.changed()
