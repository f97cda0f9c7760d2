"""Quotes what people wrote as they wrote it: with their code, and without what they merely repeat."""

from __future__ import annotations

import re

from mentorbot.domain.turns.comment_parser import (
    COMMAND,
    EMPHASIS,
    FENCED,
    FOLDED,
    HEADING,
    HTML_COMMENT,
    IMAGE,
    INLINE_CODE,
    LINK,
    QUOTED,
)

_LEFT_OUT = "…"
_LOOKED_AT = 5_000
_SEVERAL = re.compile(rf"{_LEFT_OUT}(?:\s*{_LEFT_OUT})+")


def quotation(body: str, *, limit: int) -> str:
    """The first of somebody's words in one line of plain text; what is left out between them shows as "…".

    It is no Markdown yet: `core.markdown.as_text` makes it harmless.
    """
    text = body[:_LOOKED_AT].replace("\r", "")
    for silent in (HTML_COMMENT, COMMAND, QUOTED, HEADING):
        text = silent.sub("\n", text)
    for shown in (FENCED, FOLDED, IMAGE):
        text = shown.sub(f"\n{_LEFT_OUT}\n", text)
    words = _SEVERAL.sub(_LEFT_OUT, " ".join(_without_markup(text).split())).strip(f"{_LEFT_OUT} ")
    return words if len(words) <= limit else words[:limit].rsplit(" ", 1)[0] + " " + _LEFT_OUT


def _without_markup(text: str) -> str:
    """The text without stars and link targets, save in code, where every sign counts."""
    shown, end = [], 0
    for found in INLINE_CODE.finditer(text):
        shown += [_plain(text[end : found.start()]), found[0]]
        end = found.end()
    return "".join([*shown, _plain(text[end:])])


def _plain(text: str) -> str:
    return EMPHASIS.sub("", LINK.sub(r"\1", text))
