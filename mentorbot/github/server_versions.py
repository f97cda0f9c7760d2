"""Asks servers of different ages: what an older Enterprise Server does not know by its new name."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import structlog

_log = structlog.get_logger(__name__)
_FULL, _SHORT = "fullDatabaseId", "databaseId"


class ServerVersion:
    """How one server is asked. It is found out by the first question that the server doesn't understand."""

    def __init__(self) -> None:
        self._is_old = False

    def adapt(self, document: str) -> str:
        """A GraphQL document as this server understands it."""
        return document.replace(_FULL, _SHORT) if self._is_old else document

    def detect_older(self, response: Mapping[str, Any], *, sent: str) -> bool:
        """True where the answer to what was sent shows that this server is an older one: ask again.

        https://docs.github.com/en/graphql/overview/breaking-changes
        """
        if _FULL not in sent or not any(_is_unknown_field(error) for error in response.get("errors") or ()):
            return False
        if not self._is_old:
            _log.info("server_knows_short_ids_only")
        self._is_old = True
        return True


def _is_unknown_field(error: Any) -> bool:
    if not isinstance(error, Mapping):
        return False
    details = error.get("extensions")
    named = details.get("fieldName") if isinstance(details, Mapping) else None
    return named == _FULL or f"'{_FULL}' doesn't exist" in str(error.get("message"))


# Where a manifest names what a server doesn't know, it makes no App at all. What is left out needlessly is
# told late, what is asked for in vain ends the set-up: so these are the versions that surely know it.
# https://docs.github.com/en/enterprise-server@3.5/developers/webhooks-and-events/webhooks/webhook-events-and-payloads
_KNOWN_SINCE: Mapping[str, tuple[int, int]] = {
    "actions": (3, 0),
    "merge_group": (3, 8),
    "pull_request_review_thread": (3, 5),
    "workflow_job": (3, 3),
    "workflow_run": (3, 0),
}


def unknown_to(version: str | None) -> frozenset[str]:
    """The permissions and events of Apps that an Enterprise Server of this version doesn't know.

    None stands for github.com, which knows all. So does a version that can't be read.
    """
    numbers = re.match(r"(\d+)\.(\d+)", version or "")
    if numbers is None:
        return frozenset()
    this = int(numbers[1]), int(numbers[2])
    return frozenset(name for name, since in _KNOWN_SINCE.items() if this < since)
