"""Errors to Sentry, tagged with feature and key, and without secrets or people's words."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from typing import Any, cast

import sentry_sdk
from sentry_sdk.transport import Transport
from sentry_sdk.types import Event, Hint
from structlog.typing import EventDict

from mentorbot.scrubbing import scrubbed, without_peoples_words

_QUOTED_VALUES = re.compile(
    r"(?<=input_value=).*?(?=, input_type=)"  # pydantic shows what it refused
    r"|(?<=\[parameters: ).*?(?=\]\n|\]\Z)"  # SQLAlchemy shows what it sent
    r"|(?<=DETAIL:  ).*",  # PostgreSQL shows the row
    re.DOTALL,
)
"""Where libraries repeat somebody's words in an error message."""

_TAGS = ("feature", "key", "delivery", "repository", "event_name")


def start_crash_reports(
    dsn: str, *, release: str, transport: Transport | None = None
) -> Callable[[EventDict], None]:
    """Switch Sentry on; returns what the log calls with each error line.

    Integrations are off, because they would send local variables, request bodies and headers along.
    """
    sentry_sdk.init(
        dsn=dsn,
        release=release,
        transport=transport,
        before_send=_before_send,
        before_breadcrumb=lambda _crumb, _hint: None,
        default_integrations=False,
        auto_enabling_integrations=False,
        include_local_variables=False,
        include_source_context=False,
        max_request_body_size="never",
        traces_sample_rate=0.0,
    )
    return _report


def _report(line: EventDict) -> None:
    with sentry_sdk.new_scope() as scope:
        for tag in _TAGS:
            if line.get(tag) is not None:
                scope.set_tag(tag, str(line[tag]))
        scope.set_context(
            "line", {name: value for name, value in line.items() if name not in {"exc_info", "_record"}}
        )
        error = _error_of(line)
        if error is None:
            sentry_sdk.capture_message(str(line.get("event", "")), level="error")
        else:
            sentry_sdk.capture_exception(error)


def _error_of(line: EventDict) -> BaseException | None:
    """The exception a line speaks of: `exc_info` is True, an exception, or what `sys.exc_info()` returns."""
    said = line.get("exc_info")
    if isinstance(said, BaseException):
        return said
    if said is True:
        return sys.exc_info()[1]
    if isinstance(said, tuple):
        return cast("BaseException | None", said[1])
    record: Any = line.get("_record")
    return record.exc_info[1] if record is not None and record.exc_info else None


def _before_send(event: Event, _hint: Hint) -> Event | None:
    """What Sentry may see of an event."""
    event.pop("request", None)
    event.pop("server_name", None)
    for error in (event.get("exception") or {}).get("values") or []:
        error["value"] = _QUOTED_VALUES.sub("…", str(error.get("value") or ""))
    return cast("Event", without_peoples_words(scrubbed(event)))
