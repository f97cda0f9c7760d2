"""Help for newcomers that one section of the config has and others may mention: a guide, a mentor."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import Protocol, runtime_checkable

from mentorbot.config.configuration import Configuration
from mentorbot.core.people import Person
from mentorbot.domain.command_parser import commands_in
from mentorbot.feature_api.command_spelling import command_prefix
from mentorbot.feature_api.ports import Ports


@dataclass(frozen=True, slots=True, kw_only=True)
class Guidance:
    """What somebody who begins here can be told. Markdown, empty where there is nothing.

    `mentor_command` is the command that asks for a mentor, without what commands start with. In `mentor`,
    `${command}` stands for it as it is written in the repository at hand.
    """

    guide: str = ""
    mentor: str = ""
    mentor_command: str = ""


NO_GUIDANCE = Guidance()


@runtime_checkable
class OffersGuidance(Protocol):
    """A section that knows guides of areas, or how a mentor is found."""

    @property
    def guides_by_path(self) -> bool:
        """True where the touched files tell which guide fits."""
        ...

    def guidance(self, *, labels: Collection[str], paths: Collection[str]) -> Guidance:
        """What fits an issue or pull request with these labels that touches these files."""
        ...


def guides_by_path(configuration: Configuration) -> bool:
    """True where it is worth asking GitHub which files a pull request touches."""
    return any(section.guides_by_path for section in _offering(configuration))


def guidance(configuration: Configuration, *, labels: Collection[str], paths: Collection[str]) -> Guidance:
    """What the sections that are on have to offer; the first one that has something wins."""
    offers = [section.guidance(labels=labels, paths=paths) for section in _offering(configuration)]
    return Guidance(
        guide=next((offer.guide for offer in offers if offer.guide), ""),
        mentor=next((_with_command(offer, configuration) for offer in offers if offer.mentor), ""),
        mentor_command=next((offer.mentor_command for offer in offers if offer.mentor_command), ""),
    )


async def guidance_for(
    author: Person | None, ports: Ports, *, labels: Collection[str], paths: Collection[str], text: str = ""
) -> Guidance:
    """The same for the author of something: a mentor is offered only to people who have none yet.

    Who waits for one, is one, or asks for one in this very `text` needs no offer either.
    """
    found = guidance(ports.configuration, labels=labels, paths=paths)
    if not found.mentor_command or author is None:
        return found
    asks = commands_in(text, known={found.mentor_command}, short={found.mentor_command})
    if any(command.name for command in asks) or author.id in await ports.guided.people():
        return replace(found, mentor="", mentor_command="")
    return found


def _with_command(offer: Guidance, configuration: Configuration) -> str:
    return offer.mentor.replace("${command}", command_prefix(configuration) + offer.mentor_command)


def _offering(configuration: Configuration) -> list[OffersGuidance]:
    return [section for section in configuration.sections.values() if isinstance(section, OffersGuidance)]
