"""What the bot does: a folder here *is* a feature, found by being here; no list names them."""

from __future__ import annotations

import importlib
import pkgutil
from types import ModuleType
from typing import Any

from mentorbot.feature_api.feature import Feature


def load(package: ModuleType | None = None) -> tuple[Feature[Any], ...]:
    """The card of every feature folder in `package` (this one unless given), in the order of their names.

    Raises ImportError where a folder has no card (`FEATURE`) or its card bears another name.
    """
    home = package or importlib.import_module(__name__)
    folders = sorted(found.name for found in pkgutil.iter_modules(home.__path__) if found.ispkg)
    return tuple(_card(f"{home.__name__}.{folder}", folder) for folder in folders)


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
