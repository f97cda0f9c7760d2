"""One log for everything, text or JSON, on standard error: delivery, feature and key are in every line.

It holds nobody's words and no secrets, and no fault can fill a disk with it.
"""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable, MutableMapping, Sequence
from typing import Any, Literal, TextIO

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

from mentorbot.observability.exception_redaction import redacted_traceback
from mentorbot.observability.log_rate_limit import RepeatFilter, error_of
from mentorbot.observability.secret_redaction import REDACTED, redacted
from mentorbot.observability.text_redaction import without_peoples_words, without_quotes

CrashReporter = Callable[[EventDict], None]
"""Gets the whole line of every error: see `mentorbot.observability.crash_reports`."""

_VERBOSE_LIBRARIES = ("procrastinate", "alembic", "asyncio", "aiohttp", "gidgethub")
"""Libraries whose INFO lines say nothing to somebody who runs a bot."""


_LIBRARIES_SHOWING_DATA = ("sqlalchemy", "psycopg", "markdown_it", "ruamel")
"""Libraries whose DEBUG lines show rows, which are people's words."""


def set_up_logging(
    *,
    level: str = "INFO",
    shape: Literal["text", "json"] = "text",
    stream: TextIO | None = None,
    report_crash: CrashReporter | None = None,
) -> None:
    """Send structlog's and the standard library's lines through one formatter."""
    out = stream or sys.stderr
    handler = logging.StreamHandler(out)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(processors=_processors(out, shape, report_crash))
    )
    handler.addFilter(RepeatFilter())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    for name in _VERBOSE_LIBRARIES:
        logging.getLogger(name).setLevel(level if level == "DEBUG" else logging.WARNING)
    for name in _LIBRARIES_SHOWING_DATA:
        logging.getLogger(name).setLevel(logging.WARNING)
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        wrapper_class=structlog.stdlib.BoundLogger,
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=False,
    )


def _processors(
    out: TextIO, shape: Literal["text", "json"], report_crash: CrashReporter | None
) -> Sequence[Processor]:
    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        _libraries_in_a_line,
        _reporting(report_crash),
        _redact_exceptions,
        structlog.stdlib.ProcessorFormatter.remove_processors_meta,
        _scrub,
    ]
    if shape == "json":
        return [*shared, structlog.processors.JSONRenderer(default=str, ensure_ascii=False)]
    return [*shared, structlog.dev.ConsoleRenderer(colors=out.isatty(), pad_event_to=0)]


def _libraries_in_a_line(_logger: WrappedLogger, _method: str, line: EventDict) -> EventDict:
    """What libraries say may quote anything; asyncio shows whole exceptions behind the first line."""
    if not line.get("_from_structlog", True):
        line["event"] = without_quotes(str(line["event"]))
    return line


def _reporting(report_crash: CrashReporter | None) -> Processor:
    def report(_logger: WrappedLogger, _method: str, line: EventDict) -> EventDict:
        if report_crash is not None and line.get("level") in {"error", "critical"}:
            report_crash(line)
        return line

    return report


def _redact_exceptions(_logger: WrappedLogger, _method: str, line: EventDict) -> EventDict:
    error = error_of(line)
    line.pop("exc_info", None)
    if error is not None:
        line["exception"] = redacted_traceback(error)
    return line


def _scrub(_logger: WrappedLogger, _method: str, line: EventDict) -> MutableMapping[str, Any]:
    kept = without_peoples_words(line)
    return {name: redacted(value, name=name) for name, value in kept.items() if value != REDACTED}
