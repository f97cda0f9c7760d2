"""The ledger as a file: CSV for spreadsheets, JSON for scripts; both can be read back."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import cache
from typing import Any

from pydantic import TypeAdapter

from mentorbot.core.people import Person
from mentorbot.features.review_exchange.ledger.ledger import Entry, EntryKind, Place

COLUMNS = (
    "kind",
    "person_id",
    "person",
    "at",
    "repository_id",
    "repository",
    "number",
    "private",
    "what",
    "amount",
    "reason",
    "about_id",
    "about",
    "by_id",
    "by",
    "head",
    "verdict",
    "words",
    "lines",
    "fingerprint",
)
"""The columns of the CSV; amounts are hundredths of a review."""

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""How texts begin that spreadsheets take for formulas (https://owasp.org/www-community/attacks/CSV_Injection)."""


@cache
def _codec() -> TypeAdapter[list[Entry]]:
    return TypeAdapter(list[Entry])


class Illegible(Exception):  # noqa: N818 - says what is the case, as callers read it
    """The file holds no ledger; the message names the line."""


def to_json(entries: Iterable[Entry]) -> str:
    return json.dumps(
        [entry.remembered(expected=None).value for entry in entries], ensure_ascii=False, indent=1
    )


def to_csv(entries: Iterable[Entry]) -> str:
    """A table with a heading, for spreadsheets: no text in it is taken for a formula."""
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS, lineterminator="\n")
    writer.writeheader()
    for entry in entries:
        writer.writerow({name: _cell(value) for name, value in _row(entry).items()})
    return out.getvalue()


def read_json(text: str) -> list[Entry]:
    """The entries in what `to_json` wrote. Raises Illegible."""
    try:
        return _codec().validate_json(text)
    except ValueError as error:
        raise Illegible(f"This is no ledger in JSON: {error!r}") from error


def read_csv(text: str) -> list[Entry]:
    """The entries in what `to_csv` wrote. Raises Illegible naming the line."""
    reader = csv.DictReader(io.StringIO(text))
    missing = set(COLUMNS) - set(reader.fieldnames or ())
    if missing:
        raise Illegible(f"These columns are missing: {', '.join(sorted(missing))}")
    entries = []
    for row in reader:
        try:
            entries.append(_entry({name: _text(row[name]) for name in COLUMNS}))
        except (AttributeError, KeyError, TypeError, ValueError) as error:
            raise Illegible(f"Line {reader.line_num} is no entry: {error}") from error
    return entries


def _row(entry: Entry) -> dict[str, Any]:
    return {
        "kind": entry.kind.value,
        "person_id": entry.person.id,
        "person": entry.person.login,
        "at": entry.at.isoformat(),
        "repository_id": entry.place.repository_id,
        "repository": entry.place.full_name,
        "number": entry.place.number,
        "private": "yes" if entry.place.private else "no",
        "what": entry.what,
        "amount": entry.amount,
        "reason": entry.reason,
        "about_id": entry.about.id if entry.about else "",
        "about": entry.about.login if entry.about else "",
        "by_id": entry.by.id if entry.by else "",
        "by": entry.by.login if entry.by else "",
        "head": entry.head,
        "verdict": entry.verdict,
        "words": entry.words,
        "lines": entry.lines,
        "fingerprint": entry.fingerprint,
    }


def _entry(row: Mapping[str, str]) -> Entry:
    return Entry(
        kind=EntryKind(row["kind"]),
        person=Person(int(row["person_id"]), row["person"]),
        at=datetime.fromisoformat(row["at"]),
        place=Place(
            repository_id=int(row["repository_id"]),
            full_name=row["repository"],
            number=int(row["number"]),
            private=row["private"] == "yes",
        ),
        what=row["what"],
        amount=int(row["amount"]),
        reason=row["reason"],
        about=Person(int(row["about_id"]), row["about"]) if row["about_id"] else None,
        by=Person(int(row["by_id"]), row["by"]) if row["by_id"] else None,
        head=row["head"],
        verdict=row["verdict"],
        words=int(row["words"]),
        lines=int(row["lines"]),
        fingerprint=row["fingerprint"],
    )


def _cell(value: Any) -> str:
    text = str(value)
    return f"'{text}" if text.startswith((*_FORMULA, "'")) else text


def _text(cell: str) -> str:
    return cell.removeprefix("'")
