"""Hides an effect's key in what we write, so that a second attempt finds what the first one has written."""

from __future__ import annotations

import re
from urllib.parse import quote, unquote

MOST_CHARACTERS = 65_536
"""How long a comment or an issue's text may be, on GitHub."""

_MARKER = re.compile(r"<!-- mentorbot:(\S+) -->\s*\Z")
_CUT = "\n\n… (the rest was too long for GitHub)"
_FENCE = re.compile(r"^ {0,3}(`{3,}|~{3,})", re.MULTILINE)


def marked(body: str, key: str, *, footer: str = "") -> str:
    """The text with a footer, if there is one, and the key hidden at its end.

    Where all that would be longer than GitHub allows, the text is cut.
    """
    # Two hyphens would end an HTML comment in some readers' eyes.
    marker = f"\n\n<!-- mentorbot:{quote(key, safe='').replace('--', '-%2D')} -->"
    end = f"\n\n{footer}{marker}" if footer else marker
    return cut(body.rstrip(), MOST_CHARACTERS - len(end)) + end


def key_in(body: str) -> str | None:
    """The key hidden at the end of a text. Anybody can write one: look at the author too."""
    found = _MARKER.search(body)
    return unquote(found[1]) if found else None


def cut(text: str, limit: int) -> str:
    """The text in at most `limit` characters, saying so where it was longer, with no code block left open."""
    if len(text) <= limit:
        return text
    kept = text[: limit - len(_CUT) - 8].rstrip()
    fences = _FENCE.findall(kept)
    if len(fences) % 2:
        kept = f"{kept}\n{fences[-1][:4]}"
    return kept + _CUT
