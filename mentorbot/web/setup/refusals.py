"""What the pages of the set-up say instead of going on."""

from __future__ import annotations


class SetupRefused(Exception):  # noqa: N818 - says what is the case, as callers read it
    """A page is not shown, or a step not done; the text names the cure."""

    def __init__(self, status: int, title: str, text: str) -> None:
        super().__init__(text)
        self.status = status
        self.title = title
