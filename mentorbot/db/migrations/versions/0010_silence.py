"""Keep who wants to be left alone, what threads are like, and which effects were asked for or held back."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    """Add the table and the columns; answers that wait were asked for."""
    op.create_table(
        "left_alone",
        sa.Column("id_hmac", sa.LargeBinary(), nullable=False, comment="keyed hash of the person's id"),
        sa.Column("wanted", sa.Boolean(), nullable=False, comment="false: they want to be talked to again"),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False, comment="when they said so"),
        sa.PrimaryKeyConstraint("id_hmac", name=op.f("pk_left_alone")),
        comment="who asked to be left alone, everywhere; it outlives 'forget', and names nobody",
        if_not_exists=True,  # a restore into an older store brings it along
    )
    op.add_column("threads", sa.Column("locked", sa.Boolean(), comment="NULL where nobody told"))
    labels: sa.Column[list[str]] = sa.Column("labels", postgresql.JSONB(), comment="NULL where nobody told")
    op.add_column("threads", labels)
    op.add_column(
        "effects",
        sa.Column(
            "asked",
            sa.Boolean(),
            nullable=False,
            server_default="false",
            comment="somebody's command led to it",
        ),
    )
    op.add_column(
        "effects",
        sa.Column(
            "held", sa.Text(), comment="the batch in which maintainers are asked about it; or 'let go'"
        ),
    )
    op.create_index(
        "ix_effects_greetings",
        "effects",
        ["repository_id", "created_at"],
        unique=False,
        postgresql_where=sa.text("occasion = 'greeting'"),
    )
    op.execute("UPDATE effects SET asked = true WHERE key LIKE 'answers/%' AND state <> 'done'")


def downgrade() -> None:
    """Drop them."""
    op.drop_index("ix_effects_greetings", table_name="effects")
    op.drop_column("effects", "held")
    op.drop_column("effects", "asked")
    op.drop_column("threads", "labels")
    op.drop_column("threads", "locked")
    op.drop_table("left_alone")
