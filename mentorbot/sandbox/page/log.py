"""The live log: who did what, what the bot was told of it, what it did, and why it did or didn't."""

from __future__ import annotations

import json
import re
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice, takewhile
from typing import Literal

from mentorbot.sandbox.answers import Json
from mentorbot.sandbox.apps import Delivery
from mentorbot.sandbox.clock import stamp
from mentorbot.sandbox.page.reasons import JournalReason
from mentorbot.sandbox.page.sentences import done, heard, number_in
from mentorbot.sandbox.simulated_github import RecordedRequest, SimulatedGitHub

_MOST_LINES = 500
_REFUSED = 400
_IN_PATH = re.compile(r"/repos/([^/]+/[^/]+)(?:/(?:issues|pulls)/(\d+))?")
_COMMENT_IN_PATH = re.compile(r"/issues/comments/(\d+)")


@dataclass(frozen=True, slots=True, kw_only=True)
class LogLine:
    """One line: somebody did something (`heard` by the bot), the bot `did` something, or gave a `reason`.

    `outcome` is what became of the delivery or request by now.
    """

    id: int
    at: str
    kind: Literal["heard", "did", "reason"]
    who: str
    text: str
    full_name: str | None
    number: int | None
    outcome: str = ""
    acted: bool | None = None
    feature: str | None = None


@dataclass(frozen=True, slots=True)
class _Noted:
    """Something that happened; what there is to say about it is worked out when somebody asks."""

    id: int
    what: Delivery | RecordedRequest | JournalReason
    full_name: str | None = None


class Log:
    """Watches the world and notes what happens, cheaply: simulations of whole histories are watched too."""

    def __init__(self, github: SimulatedGitHub) -> None:
        self._github = github
        self._noted: deque[_Noted] = deque(maxlen=_MOST_LINES)
        self._delivery_id = max(github.webhooks.log, default=0)
        self._requests = len(github.requests)
        self._reasons: set[JournalReason] = set()
        self.count = 0
        github.world.watchers.append(self._look)

    def stop(self) -> None:
        self._github.world.watchers.remove(self._look)

    def lines(self, after: int = 0) -> list[LogLine]:
        """What was noted after the line of that id, oldest first; what people did before what the bot did."""
        self._look()
        found = (self._line(one) for one in self._noted if one.id > after)
        return [line for line in found if line is not None]

    def explain(self, full_name: str, reasons: Sequence[JournalReason]) -> bool:
        """Note the reasons that are new; whether there were any."""
        fresh = [one for one in reasons if one not in self._reasons]
        self._reasons.update(fresh)
        for reason in fresh:
            self._note(reason, full_name)
        return bool(fresh)

    def _look(self) -> None:
        log = self._github.webhooks.log
        fresh = list(takewhile(lambda number: number > self._delivery_id, reversed(log)))
        for number in reversed(fresh):
            self._delivery_id = number
            self._note(log[number])
        requests = self._github.requests
        if len(requests) < self._requests:  # a test has cleared the list
            self._requests = 0
        for request in islice(requests, self._requests, None):
            self._requests += 1
            if request.installation_id is not None and (request.method != "GET"):
                self._note(request)

    def _note(self, what: Delivery | RecordedRequest | JournalReason, full_name: str | None = None) -> None:
        self.count += 1
        self._noted.append(_Noted(self.count, what, full_name))

    def _line(self, noted: _Noted) -> LogLine | None:
        if isinstance(noted.what, Delivery):
            return self._heard(noted.id, noted.what)
        if isinstance(noted.what, RecordedRequest):
            return self._did(noted.id, noted.what)
        reason = noted.what
        return LogLine(
            id=noted.id,
            at=reason.at,
            kind="reason",
            who=self._github.app.name,
            text=reason.because,
            full_name=noted.full_name,
            number=reason.number,
            acted=reason.acted,
            feature=reason.feature,
        )

    def _heard(self, number: int, delivery: Delivery) -> LogLine | None:
        """What somebody did; None for what the bot did itself, as it hears that too."""
        payload: Json = json.loads(delivery.body)
        sender = payload.get("sender", {}).get("login", "GitHub")
        if delivery.is_redelivery or sender in {self._github.app.bot.login, "GitHub"}:
            return None
        name = ".".join(filter(None, (delivery.event, delivery.action)))
        return LogLine(
            id=number,
            at=stamp(delivery.delivered_at),
            kind="heard",
            who=sender,
            text=heard(delivery.event, payload),
            full_name=payload.get("repository", {}).get("full_name"),
            number=number_in(payload),
            outcome=f"{name} → {delivery.status_code or delivery.status.lower()}",
        )

    def _did(self, number: int, request: RecordedRequest) -> LogLine | None:
        """What the bot did; None for questions, which GraphQL sends as POST too."""
        deed = done(request.method, request.path, request.body)
        if deed is None:
            return None
        full_name, thread = self._about(request)
        return LogLine(
            id=number,
            at=stamp(request.at),
            kind="did",
            who=self._github.app.name,
            text=deed,
            full_name=full_name,
            number=thread,
            outcome=f"GitHub refused it: {request.status}" if request.status >= _REFUSED else "",
        )

    def _about(self, request: RecordedRequest) -> tuple[str | None, int | None]:
        comment_id = _COMMENT_IN_PATH.search(request.path)
        comment = self._github.world.comments.get(int(comment_id[1])) if comment_id else None
        if comment is not None:
            return comment.thread.repository.full_name, comment.thread.number
        found = _IN_PATH.search(request.path)
        return (found[1], int(found[2]) if found[2] else None) if found else (None, None)
