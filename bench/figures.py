"""The figures of a measurement, as a table for people and as one JSON object."""

from __future__ import annotations

import json
import os
import platform
import statistics
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from bench import generator
from bench.processes import ROOT

_PAGE = ROOT / "bench" / "README.md"
KEPT = ROOT / "bench" / "figures.json"
_BEGIN, _END = "<!-- figures -->", "<!-- end of figures -->"


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One line of the table. `ok` is None where nothing is promised; `values` are for the JSON object."""

    key: str
    what: str
    measured: str
    ratio: str = ""
    goal: str = ""
    ok: bool | None = None
    values: Mapping[str, Any] = field(default_factory=dict)

    @property
    def row(self) -> str:
        """As a line of Markdown."""
        verdict = {True: "ok", False: "**missed**", None: ""}[self.ok]
        return f"| {self.what} | {self.measured} | {self.ratio} | {self.goal} | {verdict} |"


def median(values: Sequence[float]) -> float:
    """The middle one of several rounds."""
    return statistics.median(values)


def table(figures: Sequence[Figure], notes: Sequence[str] = ()) -> str:
    """The figures as Markdown, with the machine they are from."""
    rows = "\n".join(figure.row for figure in figures)
    head = "| what | measured | beside bare | goal | |\n| --- | --- | --- | --- | --- |"
    told = " ".join((f"Measured on {_machine()}; the load came from {generator.name()}.", *notes))
    return f"{head}\n{rows}\n\n{told}\n"


def _machine() -> str:
    system = f"{platform.system()} {platform.machine()}"
    return f"{system}, {os.cpu_count()} cores, Python {platform.python_version()}"


def as_json(figures: Sequence[Figure], notes: Sequence[str] = ()) -> dict[str, Any]:
    """All figures by their keys."""
    return {
        "machine": _machine(),
        "generator": generator.name(),
        "notes": list(notes),
        "missed": [figure.key for figure in figures if figure.ok is False],
        **{figure.key: {**figure.values, "ok": figure.ok} for figure in figures},
    }


def write(text: str, told: Mapping[str, Any]) -> None:
    """Put the table into `bench/README.md`, and the JSON object into `bench/figures.json`."""
    KEPT.write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")
    page = _PAGE.read_text(encoding="utf-8")
    before, _, rest = page.partition(_BEGIN)
    _, _, after = rest.partition(_END)
    _PAGE.write_text(f"{before}{_BEGIN}\n\n{text}\n{_END}{after}", encoding="utf-8")
