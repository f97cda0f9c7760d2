"""Tells of exceptions what is ours to tell: where they came from and what kind they are, nobody's words.

Libraries and features put what they choke on into their messages: a title, a comment, a row. Of a message,
only what stands in the program itself is told; everything else was put in from outside, and is left out.
"""

from __future__ import annotations

import os
import traceback
from collections.abc import Iterator
from types import CodeType, TracebackType

from mentorbot.observability.secret_redaction import REDACTED, redacted_text

LEFT_OUT = "…"
_SHORTEST = 4  # letters; less than that is found in everybody's words by chance
_LONGEST = 1_000
_MOST_FRAMES = 40
_MOST_ERRORS = 10


def redacted_exception(error: BaseException) -> str:
    """An exception in one line: its class, and the part of its message that is the program's own."""
    name = type(error).__qualname__
    words = _words(error)
    return f"{name}: {words}" if words else name


def redacted_traceback(error: BaseException) -> str:
    """An exception with its causes as Python shows them, each told by `redacted_exception`."""
    return "\n\n".join(_one_traceback(one, how) for one, how in reversed(list(_chain(error))))


def every_error(error: BaseException) -> Iterator[BaseException]:
    """The exception, what it came from, and what it is made of."""
    return (one for one, _ in _chain(error))


def _one_traceback(error: BaseException, how: str) -> str:
    frames = traceback.extract_tb(error.__traceback__, limit=-_MOST_FRAMES)
    lines = ["Traceback (most recent call last):\n", *frames.format()] if frames else []
    after = f"\n\n{how}" if how else ""
    return f"{''.join(lines)}{redacted_exception(error)}{after}"


def _chain(error: BaseException) -> Iterator[tuple[BaseException, str]]:
    seen: set[int] = set()
    ahead = [(error, "")]
    while ahead and len(seen) < _MOST_ERRORS:
        one, how = ahead.pop(0)
        if id(one) in seen:
            continue
        seen.add(id(one))
        yield one, how
        if one.__cause__ is not None:
            ahead.append((one.__cause__, "The above exception was the direct cause of the following one:"))
        elif one.__context__ is not None and not one.__suppress_context__:
            ahead.append((one.__context__, "While handling the above exception, another one occurred:"))
        if isinstance(one, BaseExceptionGroup):
            ahead += [(part, "The above exception is part of the following one:") for part in one.exceptions]


def _words(error: BaseException) -> str:
    if state := _sqlstate(error):
        return f"SQLSTATE {state}"
    for name in ("status", "status_code"):  # GitHub's answers
        if type(status := getattr(error, name, None)) is int or isinstance(status, int):
            return f"status {int(status)}"
    if isinstance(error, OSError) and error.errno is not None:
        return os.strerror(error.errno)
    return _own_part(redacted_text(_text_of(error)[:_LONGEST]), {REDACTED, *_literals(error.__traceback__)})


def _sqlstate(error: BaseException) -> str:
    """PostgreSQL's five characters, also where SQLAlchemy has wrapped the driver's error."""
    for one in (error, getattr(error, "orig", None)):
        state = getattr(one, "sqlstate", None)
        if isinstance(state, str) and state.isalnum():
            return state
    return ""


def _text_of(error: BaseException) -> str:
    try:
        return str(error)
    except Exception:  # noqa: BLE001 - whatever goes wrong in somebody's __str__, there is nothing to tell
        return ""


def _literals(trace: TracebackType | None) -> Iterator[str]:
    """The texts that stand in the code which raised it."""
    if trace is None:
        return
    while trace.tb_next is not None:
        trace = trace.tb_next
    yield from _texts_in(trace.tb_frame.f_code)


def _texts_in(code: CodeType) -> Iterator[str]:
    for constant in code.co_consts:
        if isinstance(constant, str) and len(constant.strip()) >= _SHORTEST:
            yield constant


def _own_part(message: str, literals: set[str]) -> str:
    """The message with everything left out that does not stand in the program."""
    ours = [False] * len(message)
    for literal in literals:
        start = message.find(literal)
        while start >= 0:
            ours[start : start + len(literal)] = [True] * len(literal)
            start = message.find(literal, start + len(literal))
    parts: list[str] = []
    for letter, is_ours in zip(message, ours, strict=True):
        if is_ours:
            parts.append(letter)
        elif not parts or parts[-1] != LEFT_OUT:
            parts.append(LEFT_OUT)
    return "".join(parts) if any(ours) else ""
