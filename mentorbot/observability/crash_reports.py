"""Errors to Sentry, tagged with feature and key, and without secrets or people's words."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

import sentry_sdk
from sentry_sdk.transport import Transport
from sentry_sdk.types import Event, Hint
from structlog.typing import EventDict

from mentorbot.observability.exception_redaction import LEFT_OUT, every_error, redacted_exception
from mentorbot.observability.log_rate_limit import error_of
from mentorbot.observability.secret_redaction import redacted
from mentorbot.observability.text_redaction import without_peoples_words

_NOT_TOLD = frozenset({"exc_info", "_record", "sender"})
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
    if line.get("repeated"):  # it was reported with the first of them
        return
    ours = without_peoples_words({name: value for name, value in line.items() if name not in _NOT_TOLD})
    with sentry_sdk.new_scope() as scope:
        for tag in _TAGS:
            if ours.get(tag) is not None:
                scope.set_tag(tag, str(ours[tag]))
        scope.set_context("line", ours)
        error = error_of(line)
        if error is None:
            sentry_sdk.capture_message(str(line.get("event", "")), level="error")
        else:
            sentry_sdk.capture_exception(error)


def _before_send(event: Event, hint: Hint) -> Event | None:
    """What Sentry may see of an event: no message that a library or a feature has put words into."""
    event.pop("request", None)
    event.pop("server_name", None)
    errors = (event.get("exception") or {}).get("values") or []
    ours = _messages(hint)
    for error in errors:
        messages = ours.get(str(error.get("type")), [])
        error["value"] = messages.pop() if messages else LEFT_OUT
    return cast("Event", redacted(event))


def _messages(hint: Hint) -> dict[str, list[str]]:
    """What may be told of each exception, by its class. Sentry has the innermost first, and so has this."""
    about = hint.get("exc_info")
    messages: dict[str, list[str]] = {}
    for error in every_error(about[1]) if about and about[1] is not None else ():
        words = redacted_exception(error).partition(": ")[2]
        messages.setdefault(type(error).__name__, []).append(words or LEFT_OUT)
    return messages
