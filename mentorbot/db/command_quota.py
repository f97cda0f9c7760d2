"""What people asked of the bot lately, counted: nobody may use up what is there for everybody."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from mentorbot.db.advisory_locks import LockSpace, lock_until_commit
from mentorbot.db.connection import AsyncConnection, text

LATELY, IN_AN_HOUR = timedelta(minutes=10), timedelta(hours=1)
_CLOCKS_DIFFER = timedelta(minutes=1)  # what is later was counted before the clock was set back


@dataclass(frozen=True, slots=True, kw_only=True)
class CommandRequest:
    """A command somebody gave; `part` tells apart those in one delivery."""

    delivery: str
    part: str
    person_id: int
    installation_id: int
    repository_id: int
    number: int
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class QuotaUsage:
    """What a person had of the bot before: commands, and comments that were answered in words.

    `lately` is within 10 minutes; `here` is in the thread at hand, all else in the whole installation.
    `words_beside` are answers in words to other commands in the same comment, which else don't count.
    """

    commands_lately: int
    commands_in_an_hour: int
    words_here_lately: int
    words_lately: int
    words_in_an_hour: int
    words_beside: int


class CommandQuota:
    """Reads and writes the counts; what is older than an hour is thrown away."""

    async def spent(self, connection: AsyncConnection, request: CommandRequest) -> QuotaUsage:
        """What this person had before; nobody else counts theirs until the transaction ends."""
        await lock_until_commit(connection, LockSpace.COMMAND_QUOTA, request.person_id)
        where = {
            "person": request.person_id,
            "installation": request.installation_id,
            "repository": request.repository_id,
            "number": request.number,
            "delivery": request.delivery,
            "lately": request.at - LATELY,
            "hour": request.at - IN_AN_HOUR,
            "clocks_differ": request.at + _CLOCKS_DIFFER,
        }
        return QuotaUsage(**(await connection.execute(_SPENT, where)).one()._asdict())

    async def add(self, connection: AsyncConnection, request: CommandRequest, *, in_words: bool) -> None:
        values = {name: getattr(request, name) for name in CommandRequest.__dataclass_fields__}
        await connection.execute(_ADD, {**values, "in_words": in_words})
        await connection.execute(_TIDY, {"person": request.person_id, "hour": request.at - IN_AN_HOUR})


# Several commands in one comment are answered in one: that counts once.
_SPENT = text(
    """SELECT count(*) FILTER (WHERE at > :lately) AS commands_lately,
              count(*) AS commands_in_an_hour,
              count(DISTINCT delivery) FILTER (
                  WHERE words AND at > :lately AND repository_id = :repository AND number = :number)
                  AS words_here_lately,
              count(DISTINCT delivery) FILTER (WHERE words AND at > :lately) AS words_lately,
              count(DISTINCT delivery) FILTER (WHERE words) AS words_in_an_hour,
              count(*) FILTER (WHERE in_words AND delivery = :delivery) AS words_beside
       FROM (SELECT *, in_words AND delivery <> :delivery AS words FROM requests) AS requests
       WHERE person_id = :person AND installation_id = :installation AND at > :hour
         AND at < :clocks_differ"""
)
_ADD = text(
    """INSERT INTO requests (delivery, part, person_id, installation_id, repository_id, number, at, in_words)
       VALUES (:delivery, :part, :person_id, :installation_id, :repository_id, :number, :at, :in_words)
       ON CONFLICT DO NOTHING"""
)
_TIDY = text("DELETE FROM requests WHERE person_id = :person AND at <= :hour")
