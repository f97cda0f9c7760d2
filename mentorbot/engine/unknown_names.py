"""Names that somebody asks about, and the bot has never met."""

from __future__ import annotations


class UnknownRepository(Exception):  # noqa: N818 - says what is the case, as callers read it
    """The App isn't installed in a repository of that name."""
