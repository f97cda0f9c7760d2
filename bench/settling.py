"""Looks at a bot's store from outside: what of what it heard is not yet done, and since when it could be."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import psycopg
from psycopg.rows import dict_row

from mentorbot.sandbox.simulated_github import RecordedRequest, SimulatedGitHub

LOOK_AGAIN_AFTER_WRITING = timedelta(seconds=15)
"""So long the bot leaves a write alone whose answer it never got: GitHub may still be at it."""

_OPEN = """
SELECT id, NULL AS key, repository_id, number, installation_id FROM deliveries
WHERE state NOT IN ('done', 'ignored', 'parked')
UNION ALL
SELECT delivery, key, repository_id, number, installation_id FROM effects WHERE state IN ('due', 'doing')
"""
_JOBS = """
SELECT id, task_name, status::text, lock, queueing_lock, attempts, args,
       scheduled_at, coalesce(scheduled_at <= now(), true) AS is_due
FROM procrastinate_jobs WHERE status IN ('todo', 'doing') ORDER BY id
"""
_READS = {"GET", "HEAD"}
_WRITES_A_MINUTE = 50
_LEAST_LIMIT = 6.0  # the bot trusts no limit that ends sooner than in 5 s


@dataclass(frozen=True, slots=True)
class Late:
    """Something that outlived a kill: when it could have been done, and when it was."""

    delivery: str
    thread: tuple[int, int]
    allowed: datetime
    settled: datetime

    @property
    def seconds(self) -> float:
        """How long that took."""
        return max((self.settled - self.allowed).total_seconds(), 0.0)


@dataclass(frozen=True, slots=True)
class Took:
    """How long something took from its 202 until all was done, as far as it took long enough to be seen."""

    installation: int
    heard: datetime
    seconds: float


@dataclass(slots=True)
class Watch:
    """Looks again and again which deliveries are not worked off, and keeps when each of them was.

    `kills` are told from outside. Where a kill came between hearing and settling, the delivery counts as late
    from the last kill on, or from the end of what kept the bot from writing there: a limit in force on the
    installation, a write of which nobody knows whether GitHub did it, as much written as is good in a minute.
    """

    github: SimulatedGitHub
    database_url: str
    kills: list[datetime] = field(default_factory=list)
    late: list[Late] = field(default_factory=list)
    took: list[Took] = field(default_factory=list)
    _open: dict[str, tuple[tuple[int, int], int]] = field(default_factory=dict)

    async def run(self, *, every: float = 0.25) -> None:
        """Look until cancelled."""
        while True:
            await self.look()
            await asyncio.sleep(every)

    async def look(self) -> None:
        """Look once."""
        now = datetime.now(UTC)
        found = {
            row["id"]: ((row["repository_id"] or 0, row["number"] or 0), row["installation_id"] or 0)
            for row in await rows(self.database_url, _OPEN)
            if row["id"] is not None
        }
        for id_ in [one for one in self._open if one not in found]:
            self._settle(id_, *self._open.pop(id_), at=now)
        heard = self._heard()
        for id_, place in found.items():
            if id_ in heard:
                self._open.setdefault(id_, place)

    def give_up(self) -> None:
        """What is still open is late by now."""
        for id_, place in self._open.items():
            self._settle(id_, *place, at=datetime.now(UTC))

    def _heard(self) -> Mapping[str, datetime]:
        return {
            one.guid: one.delivered_at + timedelta(seconds=one.duration)
            for one in self.github.webhooks.log.values()
            if one.status_code == 202
        }

    def _settle(self, id_: str, thread: tuple[int, int], installation: int, *, at: datetime) -> None:
        heard = self._heard().get(id_)
        if heard is not None:
            self.took.append(Took(installation, heard, (at - heard).total_seconds()))
        kills = [kill for kill in self.kills if heard is not None and heard < kill < at]
        if kills:
            allowed = max([kills[-1], *self._excuses(thread, installation, before=at)])
            self.late.append(Late(id_, thread, allowed, at))

    def _excuses(self, thread: tuple[int, int], installation: int, *, before: datetime) -> list[datetime]:
        """Until when the rules forbade to go on here, as far as that began before it was done."""
        ends = []
        for request in self.github.requests:
            if not request.fault or request.at > before:
                continue
            lasts = timedelta(seconds=request.fault_lasts)
            if request.fault in {"primary_limit", "secondary_limit"}:
                if request.installation_id in {installation, None}:
                    ends.append(
                        request.at + max(lasts, timedelta(seconds=_LEAST_LIMIT)) + timedelta(seconds=1)
                    )
            elif self._is_ambiguous(request) and self._is_in(request, thread):
                ends.append(request.at + LOOK_AGAIN_AFTER_WRITING)
        ends += [
            request.at + LOOK_AGAIN_AFTER_WRITING
            for request in self._cut_short(before)
            if self._is_in(request, thread)
        ]
        paced = [
            one.at for one in self.github.requests if self._is_write(one, installation) and one.at < before
        ]
        if len(paced) >= _WRITES_A_MINUTE:
            ends.append(paced[-_WRITES_A_MINUTE] + timedelta(minutes=1))
        return ends

    @staticmethod
    def _is_write(request: RecordedRequest, installation: int) -> bool:
        """Whether it counts where the bot paces itself: it writes at most so much in a minute."""
        return (
            request.installation_id == installation
            and request.method not in _READS
            and request.graphql is None
        )

    def _cut_short(self, before: datetime) -> list[RecordedRequest]:
        """Writes under way when a process was killed: it never saw the answer."""
        second = timedelta(seconds=1)
        return [
            request
            for request in self.github.requests
            if self._is_ambiguous(request) and request.at < before
            if any(
                kill - second - timedelta(seconds=request.fault_lasts) < request.at < kill
                for kill in self.kills
            )
        ]

    @staticmethod
    def _is_ambiguous(request: RecordedRequest) -> bool:
        if request.graphql is not None and not request.graphql.lstrip().startswith("mutation"):
            return False  # a question
        return request.method not in _READS and request.fault not in {"revoked_token", "stale"}

    def _is_in(self, request: RecordedRequest, thread: tuple[int, int]) -> bool:
        """Whether a request is about this issue or pull request, or may be (reactions name a comment)."""
        repository = self.github.world.repositories.get(thread[0])
        if repository is None or f"/{repository.full_name}/" not in request.path:
            return request.path == "/graphql"
        numbers = request.path.split(f"/{repository.full_name}/", 1)[1].split("/")
        return str(thread[1]) in numbers or "comments" in numbers[:2] or "check-runs" in numbers


async def rows(database_url: str, query: str, **values: object) -> list[dict[str, Any]]:
    """What a query finds."""
    async with await psycopg.AsyncConnection.connect(
        database_url, autocommit=True, row_factory=dict_row
    ) as connection:
        cursor = await connection.execute(query.encode(), values)
        return await cursor.fetchall()


async def left(github: SimulatedGitHub, database_url: str) -> list[str]:
    """What is still to be done, in sentences; nothing where all is settled."""
    problems = [
        f"{'effect ' + str(row['key']) if row['key'] else 'delivery ' + str(row['id'])} is not done"
        for row in await rows(database_url, _OPEN)
    ]
    for job in await rows(database_url, _JOBS):
        if job["is_due"] or job["status"] == "doing":
            problems.append(
                f"job {job['id']} ({job['task_name']} {job['args']}) is {job['status']}, "
                f"lock {job['lock']!r}, once {job['queueing_lock']!r}, after {job['attempts']} attempts"
            )
        elif job["task_name"] in {"act", "decide", "decide part", "seed"}:
            problems.append(
                f"job {job['id']} ({job['task_name']} {job['args']}) waits until {job['scheduled_at']}"
            )
    problems += [
        f"the past of {row['full_name']} is not read yet: {row['seeding']}"
        for row in await rows(database_url, "SELECT full_name, seeding FROM repositories WHERE active")
        if row["seeding"] != "finished"
    ]
    known = {row["id"] for row in await rows(database_url, "SELECT id FROM deliveries")}
    problems += [f"delivery {guid} never arrived" for guid in undelivered(github) if guid not in known]
    return problems


def undelivered(github: SimulatedGitHub) -> Sequence[str]:
    """Webhooks that no attempt brought over, and that were not fetched back."""
    known: dict[str, bool] = {}
    for delivery in github.webhooks.log.values():
        known[delivery.guid] = known.get(delivery.guid, False) or delivery.status_code == 202
    return [guid for guid, arrived in known.items() if not arrived]


async def settled(
    github: SimulatedGitHub, database_url: str, *, patience: float, deadline: float, every: float = 0.25
) -> list[str]:
    """Wait until nothing is left to do; what is left where nothing changed for so long, or time is over."""
    changed, before, quiet = time.monotonic(), list[str](), 0
    while True:
        await github.settled()
        found = await left(github, database_url)
        if found != before:
            changed, before = time.monotonic(), found
        quiet = 0 if found else quiet + 1
        if quiet >= 3 or time.monotonic() > min(changed + patience, deadline):
            return found
        await asyncio.sleep(every)
