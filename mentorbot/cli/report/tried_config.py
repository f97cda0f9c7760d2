"""The config that a report is about: a file that is tried, the repository's own, or one to begin with."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from mentorbot.cli.output import text_of
from mentorbot.config.configuration import CONFIG_PATH, Configuration, Source, read_configuration
from mentorbot.feature_api.command_line import CannotGoOn

if TYPE_CHECKING:
    from mentorbot.feature_api.feature_catalog import FeatureCatalog

_HEADER = """\
# Put this into .github/mentorbot.yml on the default branch. The bot does what is named here, and no more;
# a section that you leave out is off. All settings: docs/configuration.md
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class TriedConfig:
    """A config, its text as a file has it, and a sentence saying whose it is."""

    configuration: Configuration
    text: str
    origin: str


def tried_config(
    catalog: FeatureCatalog, sources: Sequence[Source] = (), *, file: Path | None = None
) -> TriedConfig:
    """The file that is tried, else the repository's, else one with all that can be simulated switched on.

    So it is where the repository's has a mistake: that is told, and loses nobody the report. Raises
    CannotGoOn for mistakes in the file that is tried.
    """
    if file is not None:
        text = text_of(file)
        return _read(catalog, [Source("repository", "", str(file), text)], text, f"{file}, as you asked.")
    written = [source for source in sources if source.text is not None]
    why = "there is no config file yet."
    if written:
        try:
            return _read(catalog, written, _joined(written), "what is in force in the repository now.")
        except CannotGoOn as mistake:
            why = f"the repository's has a mistake: {mistake}"
    text = starter_text(catalog)
    source = Source("repository", "", CONFIG_PATH, text)
    return _read(catalog, [source], text, f"one with the usual settings, as {why}")


def starter_text(catalog: FeatureCatalog) -> str:
    """A complete config file to begin with."""
    return "\n".join([_HEADER, *(feature.starter for feature in catalog.features if feature.starter)])


def _read(catalog: FeatureCatalog, sources: Sequence[Source], text: str, origin: str) -> TriedConfig:
    found = read_configuration(sources, sections=catalog.sections(), last_good={})
    simulated = {feature.name for feature in catalog.features if feature.simulates is not None}
    problems = [one for one in found.problems if one.section in {"", "calendar", "language", *simulated}]
    if problems:
        first = problems[0]
        path = next((source.path for source in sources if source.origin == first.origin), CONFIG_PATH)
        raise CannotGoOn(f"{path}:{first.line}:{first.column}: {first.fact}")
    return TriedConfig(configuration=found, text=text, origin=origin)


def _joined(sources: Sequence[Source]) -> str:
    """One file as it is; of several each under its name, as they hold together only where they are."""
    if len(sources) == 1:
        return sources[0].text or ""
    return "\n".join(f"# {source.full_name} {source.path}\n{source.text}" for source in sources)
