"""What the engine needs of the GitHub App (`mentorbot.github.app.GitHubApp` has it)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Protocol

from mentorbot.config.configuration import Source
from mentorbot.core.entities import Repository
from mentorbot.core.people import Person
from mentorbot.domain.contributions import Sighting, ThreadSeen
from mentorbot.domain.timeline import PullRequestTimeline
from mentorbot.feature_api.ports import GitHub, Writer


class Reader(GitHub, Protocol):
    """Questions about one repository, and about its past."""

    async def config_sources(self) -> tuple[Source, Source]:
        """The repository's config file and its owner's."""
        ...

    async def earlier_threads(self, person: Person) -> Sequence[ThreadSeen]:
        """What this person opened here."""
        ...

    async def past_threads(self, cursor: str | None) -> tuple[Sequence[Sighting], str | None]:
        """A page of issues and pull requests, newest first, and the cursor of the next one."""
        ...

    async def open_numbers(self) -> Sequence[int]:
        """The numbers of all open pull requests, lowest first, without GraphQL."""
        ...

    async def timeline_over_rest(self, number: int) -> PullRequestTimeline | None:
        """Everything that happened in a pull request, as far as REST tells."""
        ...

    async def past_reviews(self, cursor: str | None) -> tuple[Sequence[Sighting], str | None]:
        """A page of reviews and first answers, newest first, and the cursor of the next one."""
        ...


class Identity(Protocol):
    """Who the App is."""

    @property
    def bot(self) -> Person:
        """The account it writes as."""
        ...


class Grant(Protocol):
    """An installation, as GitHub has it."""

    @property
    def installation_id(self) -> int:
        """Its id."""
        ...

    @property
    def account(self) -> Person:
        """Where it is installed."""
        ...

    @property
    def suspended(self) -> bool:
        """True where it may not work at present."""
        ...


class Failed(Protocol):
    """A delivery that never reached us, as GitHub's list has it."""

    @property
    def id(self) -> str:
        """Its `X-GitHub-Delivery`."""
        ...

    @property
    def at(self) -> datetime:
        """When GitHub tried last."""
        ...


class Tried(Protocol):
    """What GitHub tried to deliver."""

    @property
    def failed(self) -> Sequence[Failed]:
        """What never arrived, oldest first."""
        ...

    @property
    def until(self) -> datetime | None:
        """When the latest attempt was."""
        ...


class Missed(Protocol):
    """A delivery that never reached us."""

    @property
    def id(self) -> str:
        """Its `X-GitHub-Delivery`."""
        ...

    @property
    def event(self) -> str:
        """Its event name."""
        ...

    @property
    def payload(self) -> bytes:
        """Its body."""
        ...

    @property
    def received_at(self) -> datetime:
        """When GitHub tried last."""
        ...

    @property
    def headers(self) -> Mapping[str, str]:
        """Its headers."""
        ...


class App(Protocol):
    """The App's ways to GitHub. All methods raise what `mentorbot.core.errors` names."""

    def reader(self, installation_id: int, repository: Repository) -> Reader:
        """Questions about one repository."""
        ...

    def writer(self, installation_id: int) -> Writer:
        """Performs actions in one installation."""
        ...

    async def me(self) -> Identity:
        """Who we are."""
        ...

    async def installations(self) -> Sequence[Grant]:
        """Where the App is installed."""
        ...

    async def repositories(self, installation_id: int) -> Sequence[Repository]:
        """The repositories of an installation."""
        ...

    async def deliveries_tried(self, *, since: datetime) -> Tried:
        """What GitHub tried to deliver since then: cheap, as it is only a list."""
        ...

    async def missed_delivery(self, failed: Any) -> Missed | None:
        """One of the failed ones with its payload: a request each. None where it is kept no longer."""
        ...
