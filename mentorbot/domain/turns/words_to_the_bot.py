"""Whether a comment only speaks to the bot: by commands, or by its name. Such words answer and ask nobody."""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import lru_cache

from mentorbot.core.people import MENTION
from mentorbot.domain.turns.comment_parser import (
    COMMAND,
    FENCED,
    FOLDED,
    HTML_COMMENT,
    IMAGE,
    QUOTED,
    own_words,
)

OUR_NAME = "mentorbot"

_LONGEST = 2_000
"""Longer comments tell people something."""

_MIGHT_BE_A_COMMAND = re.compile(r"^[ \t]*/[A-Za-z]", re.MULTILINE)
_SENTENCE_END = re.compile(r"(?<=[.!?…])\s+")
_WORD = re.compile(r"\w")
_COURTESY = r"(?:hi|hello|hey|dear|ok|okay|oh|ah|no|yes|sorry|please|pls|thanks?(?: you)?|thx|good|cheers)"
_ONLY_COURTESY = re.compile(
    rf"^\W*{_COURTESY}(?:\W+(?:a lot|so much|very much|there|{_COURTESY}))?\W*$", re.IGNORECASE
)
_THANKS = r"(?:hi|hello|hey|ok|okay|sorry|good|thanks?(?: you)?|thx|cheers)"
# "@mentorbot says that …" is said about it, not to it.
_ABOUT_IT = (
    r"(?:(?:says?|said|thinks?|thought|seems?|told|tells|asked|asks|wants?|wrote|keeps?|nudged|reminded|'s|and)"
    r"|(?:is|was|has|had|did|does|will)(?! (?:I|you|it|this|that|my)\b))\b"
)
# A slug may be a common word ("helper"): without an @ or a comma, only what one says to a bot counts.
_ASKED = (
    r"(?:help|why|what|who|whose|when|where|how|turn|ready|please|pls|stop|thanks?|thank you"
    r"|(?:can|could|would|will) you)\b"
)


def only_speaks_to_the_bot(body: str, names: Collection[str] = (OUR_NAME,)) -> bool:
    """True for a comment of nothing but commands, and of sentences that call the bot by one of its `names`.

    Where it might speak to somebody else as well, it does: a question behind the bot's name, on the same
    line, is for the bot; whatever else calls nobody is for people.
    """
    if len(body) > _LONGEST or not _might(body, names):
        return False
    text = body.replace("\r", "")
    for silent in (HTML_COMMENT, QUOTED):
        text = silent.sub("\n", text)
    if any(shown.search(text) for shown in (FENCED, FOLDED, IMAGE)):
        return False
    if not COMMAND.sub("", text).strip():
        return COMMAND.search(text) is not None
    lines = [line for line in own_words(text).splitlines() if _WORD.search(line)]
    called = _called(tuple(names))
    return bool(lines) and all(_is_for_the_bot(line, called, names) for line in lines)


def _might(body: str, names: Collection[str]) -> bool:
    """False for nearly all comments, at next to no cost."""
    lower = body.lower()
    return any(name.lower() in lower for name in names) or _MIGHT_BE_A_COMMAND.search(body) is not None


def _is_for_the_bot(line: str, called: re.Pattern[str], names: Collection[str]) -> bool:
    ours = {name.lower() for name in names}
    if any(found[1].lower() not in ours for found in MENTION.finditer(line)):
        return False
    was_called = False
    for sentence in _SENTENCE_END.split(line.strip()):
        if called.search(sentence):
            was_called = True
        elif not (_ONLY_COURTESY.search(sentence) or (was_called and sentence.rstrip().endswith("?"))):
            return False
    return was_called


@lru_cache(maxsize=64)
def _called(names: tuple[str, ...]) -> re.Pattern[str]:
    """Finds the bot's name where a sentence speaks to it: in front, or behind thanks and the like."""
    name = rf"(?:{'|'.join(re.escape(one) for one in names)})(?:\[bot\])?(?![\w/-])"
    before = rf"^\W*(?:{_COURTESY}\W+){{0,3}}"
    return re.compile(
        rf"{before}@{name}(?!\W*{_ABOUT_IT})"
        rf"|{before}(?<!@){name}(?:\s*[,:!?.]|\s*$|\s+{_ASKED})(?!\W*{_ABOUT_IT})"
        rf"|^\W*{_COURTESY}\W+{name}(?!\W*{_ABOUT_IT})"
        rf"|^\W*{_THANKS}\b[^.!?\n]{{0,60}}\W@?{name}\W*$",
        re.IGNORECASE,
    )
