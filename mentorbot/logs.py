"""One log for everything, text or JSON, on standard error: delivery, feature and key are in every line."""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable, MutableMapping, Sequence
from typing import Any, Literal, TextIO

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

from mentorbot.scrubbing import scrubbed

CrashReporter = Callable[[EventDict], None]
"""Gets the whole line of every error: see `mentorbot.crash_reports`."""

_CHATTY = ("procrastinate", "alembic", "asyncio", "aiohttp", "sqlalchemy", "gidgethub")
"""Libraries whose INFO lines say nothing to somebody who runs a bot."""


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
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    for name in _CHATTY:
        logging.getLogger(name).setLevel(level if level == "DEBUG" else logging.WARNING)
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
        _reporting(report_crash),
        structlog.stdlib.ProcessorFormatter.remove_processors_meta,
        structlog.processors.format_exc_info,
        _scrub,
    ]
    if shape == "json":
        return [*shared, structlog.processors.JSONRenderer(default=str, ensure_ascii=False)]
    return [*shared, structlog.dev.ConsoleRenderer(colors=out.isatty(), pad_event_to=0)]


def _reporting(report_crash: CrashReporter | None) -> Processor:
    def report(_logger: WrappedLogger, _method: str, line: EventDict) -> EventDict:
        if report_crash is not None and line.get("level") in {"error", "critical"}:
            report_crash(line)
        return line

    return report


def _scrub(_logger: WrappedLogger, _method: str, line: EventDict) -> MutableMapping[str, Any]:
    return {name: scrubbed(value, name=name) for name, value in line.items()}
