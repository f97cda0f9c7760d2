"""What the bot does: a folder here *is* a feature, found by being here; no list names them.

Installed packages may bring more, as entry points of the group `mentorbot.features` (docs/feature-api.md).
Of these only those are loaded that MENTORBOT_FEATURES names: they run with all of the bot's rights.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterable, Sequence
from importlib.metadata import EntryPoint, entry_points
from pathlib import Path
from types import ModuleType
from typing import Any

from mentorbot.config.json_schema import json_schema
from mentorbot.config.section import Section
from mentorbot.core.languages import FOLDER, add_catalogues
from mentorbot.feature_api.feature import Feature, OutsideFeature, Trigger
from mentorbot.feature_api.feature_catalog import FeatureCatalog

GROUP = "mentorbot.features"


def load(package: ModuleType | None = None) -> tuple[Feature[Any], ...]:
    """The card of every feature folder in `package` (this one unless given), in the order of their names.

    Raises ImportError where a folder has no card (`FEATURE`) or its card bears another name.
    """
    home = package or importlib.import_module(__name__)
    folders = sorted(found.name for found in pkgutil.iter_modules(home.__path__) if found.ispkg)
    return tuple(_card(f"{home.__name__}.{folder}", folder) for folder in folders)


def load_catalog(
    outside: Sequence[str] = (), *, installed: Iterable[EntryPoint] | None = None
) -> FeatureCatalog:
    """All cards: those of the folders here, then those of `outside`, which `installed` packages bring.

    One of `outside` that can't be loaded, or contradicts a card before it, is left out with the reason.
    """
    features, told = load(), []
    points = tuple(entry_points(group=GROUP) if installed is None else installed)
    for name in outside:
        package = ", ".join(_package(point) for point in points if point.name == name)
        try:
            card = _outside_card(name, points)
            FeatureCatalog((*features, card))
        except (Exception, SystemExit) as error:  # noqa: BLE001 - whatever strangers' code does while it is imported
            told.append(OutsideFeature(name=name, package=package, left_out_because=_in_words(error)))
        else:
            features = (*features, card)
            told.append(OutsideFeature(name=name, package=package))
    return FeatureCatalog(features, outside=tuple(told))


class _NoFeature(Exception):  # noqa: N818 - says what is the case
    """What an entry point leads to can't be taken for a feature; the text says why."""


def _card(module_name: str, folder: str) -> Feature[Any]:
    card = getattr(importlib.import_module(module_name), "FEATURE", None)
    if not isinstance(card, Feature):
        raise ImportError(  # noqa: TRY004 - a folder without a card can't be imported as a feature
            f"{module_name} has no card: its __init__.py must define FEATURE = Feature(…)"
        )
    if card.name != folder:
        raise ImportError(
            f"{module_name} calls its feature {card.name!r}: name it {folder!r}, like its folder"
        )
    return card


def _outside_card(name: str, points: Sequence[EntryPoint]) -> Feature[Any]:
    """The card an installed package brings. Raises _NoFeature, and whatever the package raises."""
    found = [point for point in points if point.name == name]
    if not found:
        known = ", ".join(sorted({point.name for point in points})) or "none"
        raise _NoFeature(f"no installed package brings it (there are: {known})")
    if len(found) > 1:
        raise _NoFeature("more than one installed package brings it: uninstall all but one")
    card = found[0].load()
    if not isinstance(card, Feature):
        raise _NoFeature(f"{found[0].value} is no card: it must be a Feature(…)")
    if card.name != name:
        raise _NoFeature(f"its card is called {card.name!r}: name it {name!r}, like its entry point")
    if not (isinstance(card.config, type) and issubclass(card.config, Section)):
        raise _NoFeature("its card's config is no subclass of mentorbot.config.section.Section")
    if not all(isinstance(trigger, Trigger) for trigger in card.triggers):
        raise _NoFeature("its card has triggers that are none: use On, Every and Command")
    _add_translations(found[0].module)
    json_schema({name: card.config})  # keys of types that a config file can't have are found out here
    card.config()  # a section may be empty
    return card


def _add_translations(module: str) -> None:
    """Have what its package says translated by the catalogues in its folder `translations`."""
    home = importlib.import_module(module).__file__
    if home is not None and (folder := Path(home).parent / FOLDER).is_dir():
        add_catalogues(folder)


def _package(point: EntryPoint) -> str:
    return f"{point.dist.name} {point.dist.version}" if point.dist is not None else point.value


def _in_words(error: BaseException) -> str:
    text = " ".join(str(error).split())
    return text if isinstance(error, _NoFeature) else f"{type(error).__name__}: {text}"
