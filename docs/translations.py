"""Brings the gettext catalogues up to date with the texts in the code; called by `make translations`.

    python docs/translations.py [--check]

Each feature's texts are in its own folder `translations`, all others in `mentorbot/translations`. A new text
gets an empty translation in every language, for a translator to fill in; what nobody says any more is taken
out. `--check` writes nothing, and exits with 1 where something would be written.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

from babel.core import Locale
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

import mentorbot
from mentorbot.core.languages import FOLDER, LANGUAGES, REVIEWED, SOURCE, catalogue_name, reviewer

HOME = Path(mentorbot.__file__).parent
FEATURES = HOME / "features"
_WORDS = ("say", "phrase")
_PLURALS = ("say_plural", "plural")
_KEYWORDS = {**dict.fromkeys(_WORDS), **dict.fromkeys(_PLURALS, (1, 2))}
_METHODS = [("**/templates/**.html", "jinja2"), ("**.py", "python")]
_NOT_SAID = frozenset({"cli", "sandbox"})  # they speak English, as the command line of features does
_WIDTH = 110


def texts() -> Mapping[Path, Catalog]:
    """Every text that may be said, by the folder its translations are in."""
    found: dict[Path, Catalog] = {}
    methods = {"python": "python", "jinja2": "jinja2.ext:babel_extract"}
    for file, _, text, comments, context in extract_from_dir(
        HOME,
        method_map=[(pattern, methods[kind]) for pattern, kind in _METHODS],
        keywords=_KEYWORDS,
        comment_tags=("Translators:",),
        strip_comment_tags=True,
    ):
        place = HOME / file
        if not is_said_to_people(place):
            continue
        found.setdefault(_owner(place), Catalog()).add(
            text,
            locations=[(place.relative_to(HOME).as_posix(), 0)],
            auto_comments=comments,
            context=context,
        )
    return found


def is_said_to_people(file: Path) -> bool:
    """True where what a file says is said in the language of a repository."""
    return file.relative_to(HOME).parts[0] not in _NOT_SAID and not file.name.endswith("command_line.py")


def up_to_date() -> Iterator[tuple[Path, bytes]]:
    """Each catalogue with what has to be in it. What has moved from one to another keeps its translation."""
    said = texts()
    for language in (one for one in LANGUAGES if one != SOURCE):
        known = {file: _read(file, language) for file in HOME.rglob(f"{FOLDER}/{catalogue_name(language)}")}
        for folder, wanted in said.items():
            file = folder / catalogue_name(language)
            own_first = sorted(known, key=lambda other: other != file)
            yield file, _merged(file, language, wanted, [known[one] for one in own_first])


def main(arguments: list[str]) -> int:
    wanted = dict(up_to_date())
    stale = [file for file, text in wanted.items() if not file.is_file() or file.read_bytes() != text]
    gone = [file for file in HOME.rglob(f"{FOLDER}/*.po") if file not in wanted]
    for file in (*stale, *gone):
        sys.stdout.write(f"{file.relative_to(HOME.parent)}\n")
    if "--check" in arguments:
        return bool(stale or gone)
    for file in stale:
        file.parent.mkdir(exist_ok=True)
        file.write_bytes(wanted[file])
    for file in gone:
        file.unlink()
    return 0


def _owner(file: Path) -> Path:
    """The folder with the translations of what is said in a file."""
    inside = file.relative_to(FEATURES).parts if file.is_relative_to(FEATURES) else ()
    return (FEATURES / inside[0] if len(inside) > 1 else HOME) / FOLDER


def _read(file: Path, language: str) -> Catalog:
    with file.open("rb") as text:
        return read_po(text, locale=language.replace("-", "_"))


def _merged(file: Path, language: str, said: Catalog, known: Sequence[Catalog]) -> bytes:
    """The texts with their translations as far as they are known, and who has read them."""
    reviewed = reviewer(file) if file.is_file() else ""
    merged = Catalog(
        locale=Locale.parse(language, sep="-"),
        project="mentorbot",
        version="0",
        header_comment=f"{_HEAD}\n{REVIEWED} {reviewed or 'no'}",
        creation_date=_NEVER,
        revision_date=_NEVER,
        last_translator=_NOBODY,
        language_team=_NOBODY,
        msgid_bugs_address=_NOBODY,
        fuzzy=False,
    )
    for message in said:
        if message.id:
            found = (catalogue.get(message.id, message.context) for catalogue in known)
            before = next((one for one in found if one is not None and any(one.string or ())), None)
            merged.add(
                message.id,
                before.string if before is not None else None,
                message.locations,
                auto_comments=message.auto_comments,
                user_comments=before.user_comments if before is not None else (),
                context=message.context,
            )
    written = BytesIO()
    write_po(written, merged, width=_WIDTH, include_lineno=False, sort_by_file=True)
    return written.getvalue()


_HEAD = "# The English texts are the keys; see docs/translate.md."
_NEVER = datetime(2026, 1, 1, tzinfo=UTC)  # a date would change with every run
_NOBODY = "-"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
