"""Markdown that can be trusted: whatever users wrote is shown as they wrote it, and does nothing.

GitHub looks for mentions, references and links in the *rendered* text, where backslashes are gone already
(https://github.github.com/gfm/#autolinks-extension-): those are broken up by a character without width
instead.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence

from mentorbot.core.people import LOGIN, Person

_NO_WIDTH = "\u200b"
# Joiners make emoji and whole scripts readable; other invisible characters only hide something.
_JOINERS = frozenset("\u200c\u200d")
_LOGIN = re.compile(rf"{LOGIN}(\[bot\])?")
_MARKED_UP = re.compile(r"[\\`*_{}\[\]|~$]")
_ORDINAL = re.compile(r"^([0-9]{1,9})([.)])", re.ASCII)
_HTML = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
# What GitHub turns into notifications, cross-references and links without any markup around it.
_ACTIVE = re.compile(r"[@#]|(?i:\bgh(?=-[0-9])|\bwww(?=\.)|\b(?:https?|ftp|mailto|xmpp)(?=:))")
_BACKTICKS = re.compile(r"`+")
_BARE_PIPE = re.compile(r"(?<!\\)\|")


def as_text(written: str, *, limit: int = 200) -> str:
    """One line of Markdown that shows what somebody wrote (at most `limit` characters) and nothing else.

    Mentions, references, links, images, HTML, Markdown and characters that turn the writing direction lose
    their power.
    """
    plain = one_line(written)
    if len(plain) > limit:
        plain = plain[: max(limit - 1, 0)].rstrip() + "…"
    return _neutralised(plain)


def as_quote(written: str, *, limit: int = 2_000) -> str:
    """A block quote of what somebody wrote, line by line, each as harmless as `as_text` makes it."""
    cut = written if len(written) <= limit else written[: max(limit - 1, 0)] + "…"
    return "\n".join(f"> {_neutralised(one_line(line))}".rstrip() for line in cut.splitlines())


def mention(person: Person) -> str:
    """The person's name as GitHub notifies them; plain text where this can't be a login."""
    return f"@{person.login}" if _LOGIN.fullmatch(person.login) else as_text(person.login)


def code(written: str, *, limit: int = 200) -> str:
    """Inline code that shows what somebody wrote and can't be left by any number of backticks."""
    plain = one_line(written).replace(
        "<!--", f"<{_NO_WIDTH}!--"
    )  # our own marker is searched for in raw text
    if len(plain) > limit:
        plain = plain[: max(limit - 1, 0)] + "…"
    if not plain:
        return "(nothing)"
    longest = max((len(run) for run in _BACKTICKS.findall(plain)), default=0)
    fence = "`" * (longest + 1)
    gap = " " if plain[0] == "`" or plain[-1] == "`" else ""
    return f"{fence}{gap}{plain}{gap}{fence}"


def table(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table of cells that are Markdown already; what would end a cell is escaped."""
    lines = [headings, ["---"] * len(headings), *rows]
    return "\n".join("| " + " | ".join(_cell(cell) for cell in line) + " |" for line in lines)


def folded(summary: str, body: str) -> str:
    """Markdown that is hidden until somebody opens it. `summary` is a text of ours, without Markdown."""
    # The blank lines make GitHub read Markdown inside the HTML again.
    return f"<details><summary>{summary}</summary>\n\n{body}\n\n</details>"


def _cell(cell: str) -> str:
    return _BARE_PIPE.sub(r"\\|", " ".join(cell.split()))


def one_line(written: str) -> str:
    """The text without line breaks, runs of spaces and characters that can't be seen."""
    spaced = "".join(" " if char.isspace() else char for char in written)
    return " ".join("".join(char for char in spaced if _is_visible(char)).split())


def _is_visible(char: str) -> bool:
    return char in _JOINERS or unicodedata.category(char) not in {"Cc", "Cf", "Cs"}


def _neutralised(plain: str) -> str:
    broken_up = _ACTIVE.sub(lambda found: found[0] + _NO_WIDTH, plain)
    unmarked = _MARKED_UP.sub(r"\\\g<0>", broken_up)
    # What only means something as the first character of a line: lists, headings, other bots' commands.
    started = _ORDINAL.sub(r"\1\\\2", unmarked)
    if started and started[0] in "-+#=:/!.":
        started = "\\" + started
    return "".join(_HTML.get(char, char) for char in started)
