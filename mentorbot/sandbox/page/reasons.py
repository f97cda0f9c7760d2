"""Why the bot did or did not act, read where everybody can read it: on the journal page of a repository."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html.parser import HTMLParser

import aiohttp

_TIME_LIMIT = aiohttp.ClientTimeout(total=2)
_FOUND = 200
_ANSWERED = frozenset({"acted", "refused"})
_ENDED = _ANSWERED | {"left-alone", "dropped", "shadowed", "failed", "unknown"}
"""How entries are marked whose end is known; what waits is told when it is over."""


@dataclass(frozen=True, slots=True, kw_only=True)
class JournalReason:
    """One entry of the bot's journal; `at` is ISO 8601, `number` None where it is about no thread.

    `acted` tells that something is on GitHub now: what was decided, or a refusal to whoever asked.
    """

    at: str
    feature: str
    acted: bool
    because: str
    number: int | None


async def reasons(http: aiohttp.ClientSession, bot_url: str, full_name: str) -> list[JournalReason]:
    """The latest of a repository's journal, oldest first; none while the bot is away or knows it not."""
    try:
        async with http.get(f"{bot_url}/{full_name}", timeout=_TIME_LIMIT) as answer:
            text = await answer.text() if answer.status == _FOUND else ""
    except (aiohttp.ClientError, TimeoutError):
        return []
    return read_journal(text)


def read_journal(html: str) -> list[JournalReason]:
    """The entries on a journal page, oldest first."""
    page = _JournalPage()
    page.feed(html)
    page.close()
    return page.found[::-1]


class _JournalPage(HTMLParser):
    """Picks the entries out of a journal page by the classes they are marked with."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[JournalReason] = []
        self._within: list[tuple[str, str]] = []
        self._acted: bool | None = None
        self._because = self._meta = self._at = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        name = given.get("class") or ""
        self._within.append((tag, name))
        if tag == "li" and name in _ENDED:
            self._acted, self._because, self._meta, self._at = name in _ANSWERED, "", "", ""
        if tag == "time":
            self._at = given.get("datetime") or ""

    def handle_endtag(self, tag: str) -> None:
        while self._within and self._within.pop()[0] != tag:
            pass
        if tag == "li" and self._acted is not None:
            self.found.append(self._entry(acted=self._acted))
            self._acted = None

    def handle_data(self, data: str) -> None:
        if self._acted is None:
            return
        classes = [name for _, name in self._within]
        if "meta" in classes:
            self._meta += data
        elif "because" in classes and "what" not in classes:
            self._because += data

    def _entry(self, *, acted: bool) -> JournalReason:
        number = re.search(r"#(\d+)", self._meta)
        return JournalReason(
            at=self._at,
            feature=self._meta.split("·")[0].strip(),
            acted=acted,
            because=" ".join(self._because.split()),
            number=None if number is None else int(number[1]),
        )
