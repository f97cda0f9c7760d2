"""Knows which of GitHub's limits are in force, from status and headers, and keeps us from asking meanwhile.

https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api and
https://docs.github.com/en/graphql/overview/rate-limits-and-query-limits-for-the-graphql-api
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from mentorbot.core.clock import Clock
from mentorbot.core.errors import LimitReached
from mentorbot.github.error_mapping import error_message
from mentorbot.github.http_client import HttpResponse

EVERYTHING = "everything"
_TOO_MANY_REQUESTS = 429
_FORBIDDEN = 403
_OK = 200
_GRAPHQL_WORDS = (b"RATE_LIMITED", b"rate limit")
_DEFAULT_WAIT = timedelta(minutes=1)  # GitHub: "wait for at least one minute"
_MIN_WAIT = timedelta(seconds=5)  # clocks differ; a limit that has "just ended" has often not
_MAX_WAIT = timedelta(hours=2)  # no limit lasts longer than an hour: such a reset is not to be believed
_RESOURCES = {"rest": "core", "graphql": "graphql"}


class RateLimits:
    """An installation's limits. REST and GraphQL have a primary one each; secondary ones hold everything."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._held_until: dict[str, datetime] = {}

    def check(self, api: str) -> None:
        """Raise `LimitReached` while a limit is known to be in force."""
        now = self._clock()
        for resource in (_RESOURCES.get(api, api), EVERYTHING):
            until = self._held_until.get(resource)
            if until is not None and now < until:
                raise LimitReached(f"GitHub's limit ({resource}) is in force.", retry_at=until)

    def learn(self, answer: HttpResponse, *, api: str) -> None:
        """Remember what an answer tells about limits; raise `LimitReached` where one is why it refuses."""
        headers = answer.headers
        used_up = headers.get("x-ratelimit-remaining") == "0"
        resource = headers.get("x-ratelimit-resource") or _RESOURCES.get(api, api)
        if self._is_refusal(answer, used_up=used_up):
            secondary = (not used_up and api != "graphql") or "retry-after" in headers
            raise self.hold(EVERYTHING if secondary else resource, headers)
        if used_up and "x-ratelimit-reset" in headers:
            self.hold(resource, headers)

    def hold(self, resource: str, headers: Mapping[str, str]) -> LimitReached:
        """Ask nothing more of this resource until the limit lifts; what to raise."""
        now = self._clock()
        until = min(max(self._lifted(headers), now + _MIN_WAIT), now + _MAX_WAIT)
        self._held_until[resource] = max(until, self._held_until.get(resource, until))
        return LimitReached(f"GitHub's limit ({resource}) is in force.", retry_at=until)

    @staticmethod
    def _is_refusal(answer: HttpResponse, *, used_up: bool) -> bool:
        if answer.status == _TOO_MANY_REQUESTS or _is_graphql_limit(answer):
            return True
        if answer.status != _FORBIDDEN:
            return False
        # Some secondary limits come with neither header; then only the words tell.
        words = (error_message(answer.body) or "").lower()
        return used_up or "retry-after" in answer.headers or "rate limit" in words or "abuse" in words

    def _lifted(self, headers: Mapping[str, str]) -> datetime:
        now = self._clock()
        after, reset = headers.get("retry-after"), headers.get("x-ratelimit-reset")
        try:
            if after is not None:
                return now + timedelta(seconds=float(after)) if _is_number(after) else _http_date(after)
            if reset is not None and headers.get("x-ratelimit-remaining") == "0":
                return datetime.fromtimestamp(float(reset), UTC) + timedelta(seconds=1)
        except (ValueError, OverflowError, OSError):
            pass  # not a time after all: wait as if nothing had been told
        return now + _DEFAULT_WAIT


def _is_graphql_limit(answer: HttpResponse) -> bool:
    """GraphQL says it inside a 200. Words in somebody's text are no errors: only `errors` count."""
    if answer.status != _OK or not any(words in answer.body for words in _GRAPHQL_WORDS):
        return False
    try:
        found = json.loads(answer.body)
    except ValueError:
        return False
    errors = found.get("errors") if isinstance(found, dict) else None
    return any(
        error.get("type") == "RATE_LIMITED" or "rate limit" in str(error.get("message")).lower()
        for error in errors or ()
        if isinstance(error, dict)
    )


def _is_number(text: str) -> bool:
    return text.replace(".", "", 1).isdecimal()


def _http_date(text: str) -> datetime:
    found = parsedate_to_datetime(text)
    return found.replace(tzinfo=found.tzinfo or UTC)
