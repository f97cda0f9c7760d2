"""A stretch of a real project's history through the whole bot: whom it greets and celebrates, nobody else.

The stretch (of bitcoin-core/secp256k1 in 2025 and 2026) was cut from the saved history: numbers, people and
moments only, no texts. `make history` names all of it in HISTORY_ARCHIVE, and any other archive of that shape
can be named there as well.
"""

from __future__ import annotations

import gzip
import json
import os
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

from bench.deliveries_of import ToldThen
from bench.history import prepared, told
from bench.replaying import Written, replay
from bench.saved_history import read
from tests.postgres import PostgresForTests

STRETCH = Path(__file__).parent / "secp256k1-1765-1850.jsonl.gz"
ARCHIVE = Path(os.environ.get("HISTORY_ARCHIVE", STRETCH))
BY_A_BOT, BEGINNING = 1770, 1797
"""What of the stretch is replayed: enough for a minute less of waiting."""
Step = tuple[str, int, str]
"""Whose, in which thread, when."""


def archived() -> list[dict[str, Any]]:
    with gzip.open(ARCHIVE, "rt", encoding="utf-8") as lines:
        return [one for one in map(json.loads, lines) if is_replayed(number_of(one))]


def number_of(one: dict[str, Any]) -> int:
    return int((one.get("pull") or one["issue"])["number"])


def is_replayed(number: int) -> bool:
    return ARCHIVE != STRETCH or number == BY_A_BOT or number >= BEGINNING


def login(account: dict[str, Any] | None) -> str:
    """Empty for bots and for accounts that are gone."""
    if not account or account.get("type") == "Bot" or account["login"] == "ghost":
        return ""
    return str(account["login"])


def with_rights_since() -> dict[str, str]:
    """Who evidently was no outsider any more, since when: they handled what others had opened."""
    since: dict[str, str] = {}
    for one in archived():
        for event in one["events"]:
            actor = login(event.get("actor"))
            handles = event["event"] in {"closed", "reopened", "labeled", "unlabeled", "milestoned", "locked"}
            if handles and actor and actor != login((one.get("pull") or one["issue"]).get("user")):
                since[actor] = min(event["created_at"], since.get(actor, "9999"))
    return since


def expected_greetings() -> list[Step]:
    """Everybody's first issue, if nothing of theirs was here, and first pull request, if no review was."""
    steps: list[tuple[str, int, str, str]] = []
    for one in archived():
        thread = one.get("pull") or one["issue"]
        author = login(thread.get("user"))
        steps.append((thread["created_at"], thread["number"], one["type"], author))
        for event in [*one["events"], *one.get("comments", ())]:
            reviewer = login(event.get("user"))
            if reviewer != author and (event.get("event") == "reviewed" or "path" in event):
                moment = event.get("submitted_at") or event["created_at"]
                steps.append((moment, thread["number"], "review", reviewer))
    rights, greeted = with_rights_since(), []
    did: dict[str, set[str]] = {"": {"issue", "pull"}}
    for moment, number, kind, who in sorted(steps):
        earlier = did.setdefault(who, set())
        is_first = (kind == "issue" and not earlier) or (kind == "pull" and not earlier - {"issue"})
        if is_first and moment < rights.get(who, "9999"):
            greeted.append((who, number, moment))
        earlier.add(kind)
    return sorted(greeted)


def expected_first_merges() -> list[Step]:
    """Everybody's first merged pull request, unless they had rights by then."""
    rights = with_rights_since()
    merged: dict[str, tuple[str, int]] = {}
    for one in archived():
        thread = one.get("pull") or one["issue"]
        if thread.get("merged_at") and (who := login(thread.get("user"))):
            step = (thread["merged_at"], thread["number"])
            merged[who] = min(step, merged.get(who, step))
    return sorted(
        (who, number, moment) for who, (moment, number) in merged.items() if moment < rights.get(who, "9999")
    )


def renumbered(deliveries: Iterable[ToldThen]) -> Iterable[ToldThen]:
    """What could be greeted and celebrated, as if GitHub had sent it anew."""
    return (replace(one, id=f"again-{one.id}") for one in deliveries if one.step)


def steps_in(comments: Iterable[Written]) -> list[Step]:
    return sorted((one.login, one.number, one.as_json()["at"]) for one in comments)


async def test_newcomers_and_nobody_else_are_greeted_and_celebrated_once(
    postgres: PostgresForTests, tmp_path: Path
) -> None:
    url = postgres.fresh_database()
    threads = tuple(thread for thread in read(ARCHIVE) if is_replayed(thread.number))
    async with prepared(threads, data=tmp_path, database_url=url) as (place, bot):
        outcome = await replay(told(threads, place), place, bot)
        assert outcome.errors == ()
        assert steps_in(outcome.greeted) == expected_greetings()
        assert steps_in(outcome.first_merges) == expected_first_merges()
        assert len(outcome.written) == len(outcome.greeted) + len(outcome.first_merges)

        again = await replay(told(threads, place), place, bot)
        assert again.written == outcome.written
        anew = await replay(renumbered(told(threads, place)), place, bot)
        assert anew.written == outcome.written
        assert anew.errors == ()
