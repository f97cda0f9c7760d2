"""What was decided and what became of it, and what people asked for: the tables of that."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    Table,
    Text,
    UniqueConstraint,
    Uuid,
)
from sqlalchemy.dialects.postgresql import ARRAY

from mentorbot.db.metadata import metadata, moment

journal = Table(
    "journal",
    metadata,
    Column("id", BigInteger, primary_key=True, autoincrement=True),
    Column("at", moment, nullable=False),
    Column("feature", Text, nullable=False),
    Column("acted", Boolean, nullable=False),
    Column("refused", Boolean, nullable=False, server_default="false"),
    Column("because", Text, nullable=False),
    Column("repository_id", BigInteger, nullable=False),
    Column("number", Integer),
    Column("person_id", BigInteger),
    Column("delivery", Text),
    Column("place", Text, comment="entries with the same place replace each other, day by day"),
    Column("decision", Uuid, comment="what effects are linked to"),
    Column("people", ARRAY(BigInteger), nullable=False, server_default="{}", comment="everybody it tells of"),
    UniqueConstraint("repository_id", "place"),
    UniqueConstraint("decision"),
    Index(None, "repository_id", "number", "at"),
    Index(None, "person_id"),
    Index(None, "at"),
    comment="what the bot decided to do and not to do, and why",
)

consequences = Table(
    "consequences",
    metadata,
    Column("decision", Uuid, ForeignKey("journal.decision", ondelete="CASCADE"), primary_key=True),
    Column("effect_id", BigInteger, ForeignKey("effects.id", ondelete="CASCADE"), primary_key=True),
    Column("round", Integer, nullable=False, comment="how often the effect had been dropped before"),
    Column("added", Boolean, nullable=False, comment="false where it had been decided before"),
    Index(None, "effect_id"),
    comment="which effects an entry of the journal led to: what became of it is read from them",
)

requests = Table(
    "requests",
    metadata,
    Column("delivery", Text, primary_key=True),
    Column("part", Text, primary_key=True),
    Column("person_id", BigInteger, nullable=False),
    Column("installation_id", BigInteger, nullable=False),
    Column("repository_id", BigInteger, nullable=False),
    Column("number", Integer, nullable=False),
    Column("at", moment, nullable=False),
    Column("in_words", Boolean, nullable=False),
    Index(None, "person_id", "at"),
    comment="commands people gave in the last hour: nobody may use up what is there for everybody",
)
