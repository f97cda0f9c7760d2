"""A webhook as it arrives, and everything that can be read from its payload."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TypedDict

from mentorbot.core.entities import Repository
from mentorbot.core.events import (
    Event,
    InstallationChanged,
    LoginChanged,
    RepositoriesAdded,
    RepositoriesRemoved,
)
from mentorbot.core.people import Person
from mentorbot.domain.contributions import Sighting
from mentorbot.domain.timeline import Act, PullRequestTimeline
from mentorbot.github import entity_reader
from mentorbot.github.json_reader import JsonReader

AnyEvent = Event | RepositoriesAdded | RepositoriesRemoved | InstallationChanged | LoginChanged
"""What happened in a repository, or to an installation or an account."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ParsedWebhook:
    """What a payload tells, in our words; empty for webhooks and actions that nobody listens to.

    `acts` belong to timelines, each with the number of its pull request; `acts_on_heads` come with the SHA of
    a commit, and every pull request with that head has them. `opened` is the pull request as it was opened,
    as far as the payload tells. `updated_at` is when the issue or pull request changed last.
    """

    events: tuple[AnyEvent, ...] = ()
    sightings: tuple[Sighting, ...] = ()
    opened: PullRequestTimeline | None = None
    acts: tuple[tuple[int, Act], ...] = ()
    acts_on_heads: tuple[tuple[str, Act], ...] = ()
    updated_at: datetime | None = None


class EventFields(TypedDict):
    """The keyword arguments that every `Event` has in common."""

    at: datetime
    delivery: str
    installation_id: int
    repository: Repository
    by: Person


@dataclass(frozen=True, slots=True)
class WebhookEvent:
    """A webhook delivery: its event name, its payload and its `X-GitHub-Delivery`."""

    name: str
    payload: JsonReader
    delivery: str = ""

    @property
    def action(self) -> str:
        """GitHub's word for what happened; events without actions have none."""
        return self.payload.text("action", "")

    @property
    def sender(self) -> Person:
        """Who did it; the stand-in *ghost* where the account is gone."""
        found = self.payload.maybe("sender")
        if found is None or not entity_reader.is_identified(found):
            return entity_reader.GHOST
        return entity_reader.account(found)

    @property
    def installation_id(self) -> int:
        """The installation; 0 where the payload comes from a hook that is no App's."""
        installation = self.payload.maybe("installation")
        return installation.number("id") if installation else 0

    def event_fields(self, at: datetime) -> EventFields:
        """When, where and by whom: what every event has in common."""
        return {
            "at": at,
            "delivery": self.delivery,
            "installation_id": self.installation_id,
            "repository": entity_reader.repository(self.payload.at("repository")),
            "by": self.sender,
        }

    def previous(self, field: str) -> str | None:
        """What a title or body said before it was edited; None where GitHub does not tell."""
        changes = self.payload.maybe("changes")
        changed = changes.maybe(field) if changes else None
        return changed.text("from", "") if changed else None
