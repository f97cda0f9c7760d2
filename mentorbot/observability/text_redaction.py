"""Takes people's words out of what leaves this process: logs and crash reports."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from mentorbot.observability.exception_redaction import LEFT_OUT, redacted_exception
from mentorbot.observability.secret_redaction import REDACTED

_WRITTEN_BY_PEOPLE = frozenset(
    {
        "body",
        "body_html",
        "body_text",
        "title",
        "payload",
        "payload_bytes",
        "data",
        "message_body",
        "text",
        "diff_hunk",
        "login",
        "person",
        "because",
        "problems",
    }
)

_KEY_WORDS = frozenset(
    re.findall(
        r"\w+",
        "answer ask as balance by check closes comment digest disputed done empty first guide head help in "
        "issue issues label last merged mended milestones of off offer on one pair person pull react request "
        "review reviews since solved team the to turn unlabel waiting why",
    )
)
"""What stands in the keys of effects and is ours; the words of commands stand there, too."""

_KEY_PART = re.compile(r"[^\s/,]+")
_NUMBER = re.compile(r"(?:pr|#|[+-])?[0-9][0-9a-f.:TZ+-]*|[0-9a-f]{7,64}")

_OUR_WORDS = frozenset({"event", "part", "exception", "level", "logger", "timestamp", "line", "message"})
"""Names of values that the program itself writes; our event texts are constants."""

_REASONS = frozenset({"error", "reason", "why"})
_OUR_START = re.compile(
    r"GitHub answered [0-9]{3}|[A-Z]\w+(?:Error|Exception|Unavailable|Reached)(?: [0-9A-Z]{5}\b)?"
)
_QUOTED = re.compile(r"([\"'`])(?:(?!\1).)*\1")
_LONGEST = 300
_LONGEST_TRACEBACK = 20_000


def without_peoples_words(value: Any, *, name: str = "") -> Any:
    """The value, however deep, without what people wrote: it may come from a private repository.

    Exceptions are told without what was put into them. Of reasons only their beginning is ours. Any other
    text of more than one word may be somebody's, unless its name is known for texts of our own.
    """
    if isinstance(value, BaseException):
        return redacted_exception(value)
    if isinstance(value, Mapping):
        return {key: without_peoples_words(inner, name=str(key)) for key, inner in value.items()}
    if name.lower() in _WRITTEN_BY_PEOPLE and not isinstance(value, int | float | None):
        return REDACTED if value else value
    if isinstance(value, str):
        return _without_words(value, name)
    if isinstance(value, list | tuple | set | frozenset):
        return [without_peoples_words(inner, name=name) for inner in value]
    return value


def _without_words(text: str, name: str) -> str:
    if name == "key":
        return cut(_own_key(text))
    if name in _OUR_WORDS:
        return cut(text)
    if name in _REASONS or any(character.isspace() for character in text):
        start = _OUR_START.match(text)
        return start[0] if start else REDACTED
    return cut(text)


def _own_key(key: str) -> str:
    return _KEY_PART.sub(
        lambda part: part[0] if part[0] in _KEY_WORDS or _NUMBER.fullmatch(part[0]) else LEFT_OUT, key
    )


def cut(text: str) -> str:
    """The text, no longer than anybody would want to read it in a log."""
    limit = _LONGEST_TRACEBACK if "\n" in text else _LONGEST
    return text if len(text) <= limit else text[:limit] + LEFT_OUT


def without_quotes(text: str) -> str:
    """What a library says in a line of its own, without what it quotes."""
    return _QUOTED.sub(rf"\1{LEFT_OUT}\1", text.partition("\n")[0])
