"""What the doctor found."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at: is it well, what is the matter, and how to mend it."""

    about: str
    well: bool
    said: str
    cure: str = ""
