"""The tables that keep the program itself going, and its secrets; the others stand in `tables`."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, LargeBinary, Table, Text
from sqlalchemy.dialects.postgresql import JSONB

from mentorbot.db.metadata import metadata, moment

bookmarks = Table(
    "bookmarks",
    metadata,
    Column("name", Text, primary_key=True),
    Column("value", JSONB, nullable=False),
    comment="where the program goes on after a restart",
)

unread = Table(
    "unread",
    metadata,
    Column("repository_id", BigInteger, primary_key=True),
    Column("what", Text, primary_key=True),
    Column("why", Text, nullable=False),
    Column("since", moment, nullable=False),
    comment="what could not be read of a repository when it was tried last",
)

restores = Table(
    "restores",
    metadata,
    Column("at", moment, primary_key=True),
    Column("made_at", moment, nullable=False, comment="of the backup"),
    comment="when a backup was restored: for a while effects may have been done that aren't known here",
)

sessions = Table(
    "sessions",
    metadata,
    Column("digest", LargeBinary, primary_key=True, comment="SHA-256 of what the cookie holds"),
    Column("ends_at", moment, nullable=False),
    comment="who is logged in, by no name: a session that is not here is over",
)

schemas = Table(
    "schemas",
    metadata,
    Column("name", Text, primary_key=True, comment="whose tables"),
    Column("version", Text, nullable=False, comment="the last of its migrations that ran here"),
    comment="tables that others keep in this database",
)

secrets = Table(
    "secrets",
    metadata,
    Column("name", Text, primary_key=True),
    Column("value", LargeBinary, nullable=False),
    comment="the keys of fingerprints: those of effects, and those of people who are forgotten",
)

forgotten = Table(
    "forgotten",
    metadata,
    Column("id_hmac", LargeBinary, primary_key=True, comment="keyed hash of the person's id"),
    Column("at", moment, nullable=False),
    comment="who asked to be forgotten: told apart, but named to nobody without the key",
)
