"""Whoever is looking at a page, where they logged in: all that pages know of login."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Visitor:
    """Somebody who logged in; `token` is GitHub's, and asks as them. `session` is what logging out ends."""

    id: int
    login: str
    token: str
    session: str
