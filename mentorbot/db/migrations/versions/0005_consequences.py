"""Link the journal's entries to their effects, and count what people ask for."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0005"
down_revision = "0004"

_NAME_DECISIONS = "UPDATE journal SET decision = gen_random_uuid() WHERE acted AND place IS NULL"
# An entry and its effects were written in one transaction, with the same words, at nearly the same moment.
# A sweep wrote many such, of as many threads: those of the same thread belong together.
_LINK_WHAT_WAS_BEFORE = """
    INSERT INTO consequences (decision, effect_id, round, added)
    SELECT DISTINCT ON (effects.id) journal.decision, effects.id, 0, TRUE
    FROM journal JOIN effects ON effects.repository_id = journal.repository_id
        AND effects.feature = journal.feature AND effects.because = journal.because
        AND effects.delivery IS NOT DISTINCT FROM journal.delivery
        AND effects.created_at BETWEEN journal.at - interval '1 hour' AND journal.at + interval '1 hour'
    WHERE journal.decision IS NOT NULL
    ORDER BY effects.id, journal.number IS DISTINCT FROM effects.number,
        abs(extract(epoch FROM effects.created_at - journal.at))
"""


def upgrade() -> None:
    """Create the links, and find those of what was decided before as far as that can be told."""
    op.add_column(
        "effects",
        sa.Column(
            "drops",
            postgresql.JSONB(),
            server_default="[]",
            nullable=False,
            comment="why, each time it was dropped",
        ),
    )
    op.alter_column(
        "journal", "place", comment="entries with the same place replace each other: a daily 'not yet'"
    )
    op.add_column("journal", sa.Column("refused", sa.Boolean(), server_default="false", nullable=False))
    op.add_column(
        "journal",
        sa.Column("decision", sa.Uuid(), nullable=True, comment="what effects are linked to"),
    )
    op.execute(_NAME_DECISIONS)
    op.create_unique_constraint(op.f("uq_journal_decision"), "journal", ["decision"])
    op.create_table_comment("journal", "what the bot decided to do and not to do, and why")
    op.create_table(
        "consequences",
        sa.Column("decision", sa.Uuid(), nullable=False),
        sa.Column("effect_id", sa.BigInteger(), nullable=False),
        sa.Column(
            "round", sa.Integer(), nullable=False, comment="how often the effect had been dropped before"
        ),
        sa.Column("added", sa.Boolean(), nullable=False, comment="false where it had been decided before"),
        sa.ForeignKeyConstraint(
            ["decision"], ["journal.decision"], name=op.f("fk_consequences_decision"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["effect_id"], ["effects.id"], name=op.f("fk_consequences_effect_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("decision", "effect_id", name=op.f("pk_consequences")),
        comment="which effects an entry of the journal led to: what became of it is read from them",
    )
    op.create_index(op.f("ix_consequences_effect_id"), "consequences", ["effect_id"], unique=False)
    op.execute(_LINK_WHAT_WAS_BEFORE)
    op.create_table(
        "requests",
        sa.Column("delivery", sa.Text(), nullable=False),
        sa.Column("part", sa.Text(), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("installation_id", sa.BigInteger(), nullable=False),
        sa.Column("repository_id", sa.BigInteger(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("in_words", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("delivery", "part", name=op.f("pk_requests")),
        comment="commands people gave in the last hour: nobody may use up what is there for everybody",
    )
    op.create_index(op.f("ix_requests_person_id_at"), "requests", ["person_id", "at"], unique=False)
