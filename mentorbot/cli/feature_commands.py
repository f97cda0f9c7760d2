"""The commands that features bring, and what these speak through and reach of the bot."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import typer
from typer.core import TyperGroup

from mentorbot.cli import output
from mentorbot.feature_api.command_line import (
    CannotGoOn,
    CommandLine,
    InstalledRepositories,
)
from mentorbot.loading import loading

if TYPE_CHECKING:
    from mentorbot.core.actions import Forget, Remember
    from mentorbot.core.people import Person
    from mentorbot.domain.timeline import PullRequestTimeline
    from mentorbot.feature_api.feature import Feature
    from mentorbot.feature_api.feature_catalog import FeatureCatalog
    from mentorbot.feature_api.ports import Ports
    from mentorbot.wiring import Bot

T = TypeVar("T")


class ProgramCommands(TyperGroup):
    """The program's own commands; those of features are added as soon as one of them may be meant.

    Loading all features takes its time, which `mentorbot migrate` need not wait for.
    """

    refused: Mapping[str, str] | None = None
    """Features whose commands are left out, each with the reason; None as long as nobody looked."""

    def list_commands(self, ctx: Any) -> list[str]:
        self.bring()
        return super().list_commands(ctx)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        if cmd_name not in self.commands:
            self.bring()
        return super().get_command(ctx, cmd_name)

    def bring(self) -> Mapping[str, str]:
        """Add what features bring, once; returns `refused`."""
        if self.refused is None:
            catalog = known_features()
            brought = commands_of_features(catalog, taken=self.commands)
            self.commands.update(brought.commands)
            self.refused = brought.refused
        return self.refused


@dataclass(frozen=True, slots=True)
class BroughtCommands:
    """Commands by name, and which features' commands are left out, with the reason."""

    commands: dict[str, Any] = field(default_factory=dict)
    refused: dict[str, str] = field(default_factory=dict)


def known_features() -> FeatureCatalog:
    """All features, those from elsewhere included, for commands that need no other setting."""
    with loading():
        from mentorbot.features import load_catalog  # noqa: PLC0415 - takes its time
        from mentorbot.settings import named_features  # noqa: PLC0415

        return load_catalog(named_features())


def commands_of_features(catalog: FeatureCatalog, *, taken: Collection[str]) -> BroughtCommands:
    """The commands on the cards of all features. One from elsewhere that spoils this is left out."""
    found = BroughtCommands()
    from_elsewhere = {one.name for one in catalog.outside}
    for feature in catalog.features:
        if feature.command_line is None:
            continue
        try:
            found.commands.update(_commands_of(feature, catalog, taken={*taken, *found.commands}))
        except Exception as error:
            if feature.name not in from_elsewhere:
                raise
            found.refused[feature.name] = f"{type(error).__name__}: {error}"
    return found


def _commands_of(feature: Feature[Any], catalog: FeatureCatalog, *, taken: Collection[str]) -> dict[str, Any]:
    program = typer.Typer()
    if feature.command_line is not None:
        feature.command_line(program, FeatureCommandLine(feature.name, catalog))
    found: dict[str, Any] = dict(typer.main.get_group(program).commands)
    if twice := sorted(found.keys() & set(taken)):
        raise ValueError(f"there is a command `mentorbot {twice[0]}` already")
    return found


class FeatureCommandLine(CommandLine):
    def __init__(self, feature: str, catalog: FeatureCatalog) -> None:
        self._feature = feature
        self._catalog = catalog

    say = staticmethod(output.say)
    say_json = staticmethod(output.say_json)
    busy = staticmethod(output.busy)
    key = staticmethod(output.key)
    text_of = staticmethod(output.text_of)

    def archived_pull_requests(self, path: Path) -> tuple[PullRequestTimeline, ...]:
        from mentorbot.github.archive import read  # noqa: PLC0415

        try:
            return _pull_requests(read(path))
        except OSError as error:
            raise CannotGoOn(f"Cannot read {path}: {error.strerror or error}.") from error
        except ValueError as error:
            raise CannotGoOn(str(error)) from error

    def run(self, work: Callable[[InstalledRepositories], Awaitable[T]]) -> T:
        from mentorbot.cli.startup import clock_of, shared_settings  # noqa: PLC0415
        from mentorbot.core.plan import Refusal  # noqa: PLC0415
        from mentorbot.wiring import opened_bot  # noqa: PLC0415

        settings = shared_settings()

        async def done() -> T:
            clock = await clock_of(settings)
            async with opened_bot(settings, clock=clock) as bot:
                try:
                    return await work(RepositoriesOfBot(bot, self._feature, clock()))
                except Refusal as refusal:
                    raise CannotGoOn(refusal.text) from refusal

        return output.run(done())


@dataclass(frozen=True, slots=True)
class RepositoriesOfBot(InstalledRepositories):
    """What one feature may see of the repositories, through a bot's store and GitHub."""

    bot: Bot
    feature: str
    moment: datetime

    @property
    def now(self) -> datetime:
        return self.moment

    async def ports(self, full_name: str) -> Ports:
        return await self.bot.engine.ports(full_name, self.feature)

    async def everywhere(self) -> AsyncIterator[Ports]:
        card = next(one for one in self.bot.catalog.features if one.name == self.feature)
        for place in await self.bot.store.repositories.active():
            ports = await self.ports(place.repository.full_name)
            if self.bot.catalog.is_on(card, ports.configuration):
                yield ports

    async def person(self, login: str) -> Person | None:
        return await self.bot.store.people.named(login)

    async def pull_requests_since(self, full_name: str, since: datetime) -> Sequence[int]:
        from mentorbot.db.observations import Observations  # noqa: PLC0415

        repository = (await self.ports(full_name)).repository
        return await Observations(self.bot.store.database).pull_requests(repository.id, since=since)

    async def remember(self, full_name: str, changes: Sequence[Remember | Forget]) -> None:
        await self.bot.engine.remember(full_name, self.feature, changes)


def _pull_requests(found: Iterable[object]) -> tuple[PullRequestTimeline, ...]:
    from mentorbot.domain.timeline import PullRequestTimeline  # noqa: PLC0415

    return tuple(one for one in found if isinstance(one, PullRequestTimeline))
