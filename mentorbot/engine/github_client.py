"""What the engine asks of GitHub: `mentorbot.github` has it, and tests put fakes in its place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol

from mentorbot.config.configuration import Source
from mentorbot.core.entities import Repository
from mentorbot.core.people import Person
from mentorbot.domain.contributions import Sighting, ThreadSeen
from mentorbot.domain.thread_marks import ThreadMarks
from mentorbot.domain.timeline import PullRequestTimeline
from mentorbot.feature_api.ports import GitHub, Writer
from mentorbot.github.app import AppIdentity, InstallationGrant
from mentorbot.github.missed_deliveries import DeliveryAttempts, ListedDelivery, MissedDelivery


class RepositoryClient(GitHub, Protocol):
    """What features may ask about a repository, and beyond that its config files and its past."""

    async def config_sources(self) -> tuple[Source, Source]: ...

    async def other_bots_files(self) -> Mapping[str, str] | None:
        """The files by which other bots are set up, by path; None where GitHub doesn't tell."""
        ...

    async def earlier_threads(self, person: Person) -> Sequence[ThreadSeen]:
        """What this person opened here."""
        ...

    async def past_threads(self, cursor: str | None) -> tuple[Sequence[Sighting], str | None]:
        """A page of issues and pull requests, newest first, and the cursor of the next one."""
        ...

    async def past_reviews(self, cursor: str | None) -> tuple[Sequence[Sighting], str | None]:
        """A page of reviews and first answers, newest first, and the cursor of the next one."""
        ...

    async def open_numbers(self) -> Sequence[int]:
        """The numbers of all open pull requests, lowest first, without GraphQL."""
        ...

    async def timeline_over_rest(self, number: int) -> PullRequestTimeline | None:
        """Everything that happened in a pull request, as far as REST tells."""
        ...

    async def marks(self, number: int) -> ThreadMarks | None:
        """What an issue or pull request wears now, and who put it there; None where it is gone."""
        ...


class AppClient(Protocol):
    """The App's ways to GitHub. All methods raise what `mentorbot.core.errors` names."""

    def reader(self, installation_id: int, repository: Repository) -> RepositoryClient: ...

    def writer(self, installation_id: int) -> Writer: ...

    async def me(self) -> AppIdentity:
        """Who we are; asked once an hour at most."""
        ...

    async def installations(self) -> Sequence[InstallationGrant]: ...

    async def repositories(self, installation_id: int) -> Sequence[Repository]: ...

    async def deliveries_tried(self, *, since: datetime) -> DeliveryAttempts:
        """What GitHub tried to deliver since then: cheap, as it is only a list."""
        ...

    async def missed_delivery(self, failed: ListedDelivery) -> MissedDelivery | None:
        """One of the failed ones with its payload: a request each. None where it is kept no longer."""
        ...
