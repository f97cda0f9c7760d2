"""The languages the bot speaks, and where their texts are: gettext catalogues in folders `translations`.

Each feature has a folder of its own, what the house says besides is in `mentorbot/translations`; packages
with features of their own add theirs (`add_catalogues`). The English text is its own key.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from pathlib import Path
from types import MappingProxyType

SOURCE = "en"

LANGUAGES: Mapping[str, str] = MappingProxyType(
    {
        SOURCE: "English",
        "de": "Deutsch",
        "fr": "Français",
        "es": "Español",
        "pt-BR": "Português (Brasil)",
        "pl": "Polski",
        "ja": "日本語",
        "zh-CN": "简体中文",
    }
)
"""Each language as `mentorbot.yml` names it (BCP 47), with its name in itself."""

REVIEWED = "# Reviewed by:"
"""How the line of a catalogue begins that says who has read it: a name, or `no`."""

FOLDER = "translations"

_HOUSE = Path(__file__).parents[1]
_outside: list[Path] = []


def add_catalogues(folder: Path) -> None:
    """Have texts found in the catalogues of this folder, too: those of a feature in another package."""
    if folder not in _outside:
        _outside.append(folder)
        catalogue.cache_clear()


def remove_catalogues(folder: Path) -> None:
    """Undo `add_catalogues`."""
    _outside.remove(folder)
    catalogue.cache_clear()


def catalogue_name(language: str) -> str:
    """The file of a language: `pt_BR.po`."""
    return f"{language.replace('-', '_')}.po"


def folders() -> Iterable[Path]:
    """Where catalogues are, the house's own first."""
    return [*sorted(_HOUSE.rglob(FOLDER)), *_outside]


@cache
def catalogue(language: str, folder: Path | None = None) -> NullTranslations:
    """All texts of a language, or those in one folder only. What has no translation is said in English."""
    places = folders() if folder is None else [folder]
    found: NullTranslations = NullTranslations()
    for file in (place / catalogue_name(language) for place in places):
        if file.is_file():
            told = _compiled(file, language)
            told.add_fallback(found)
            found = told
    return found


def unreviewed(language: str) -> bool:
    """True where somebody who speaks the language has yet to read some of its texts."""
    if language == SOURCE:
        return False
    files = [file for place in folders() if (file := place / catalogue_name(language)).is_file()]
    return not files or any(reviewer(file) in {"", "no"} for file in files)


def reviewer(file: Path) -> str:
    """Who has read the translations in a catalogue; `no` or nothing where nobody did."""
    with file.open(encoding="utf-8") as lines:
        for line in lines:
            if line.startswith(REVIEWED):
                return line.removeprefix(REVIEWED).strip()
            if not line.startswith("#"):
                break
    return ""


def _compiled(file: Path, language: str) -> GNUTranslations:
    """The texts of a catalogue; gettext wants them compiled."""
    from babel.messages.mofile import write_mo  # noqa: PLC0415 - only for those who speak another language
    from babel.messages.pofile import read_po  # noqa: PLC0415 - as above

    compiled = BytesIO()
    with file.open("rb") as text:
        write_mo(compiled, read_po(text, locale=language.replace("-", "_")))
    compiled.seek(0)
    return GNUTranslations(compiled)
