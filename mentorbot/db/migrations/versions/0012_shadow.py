"""Keep which repositories are in shadow, and what is decided there apart from what really happened."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"

_STATES = "what the bot does to the world, once per key; state: due, doing, done, dropped, parked"
_RECORD = ("feature", "repository_id", "kind", "key")


def upgrade() -> None:
    """Add the columns; all that is there is real."""
    op.add_column(
        "configs",
        sa.Column(
            "shadow",
            sa.Boolean(),
            nullable=False,
            server_default="false",
            comment="nothing is written to the repository",
        ),
    )
    op.add_column(
        "configs",
        sa.Column("mode_since", sa.DateTime(timezone=True), comment="NULL where it was never another"),
    )
    op.add_column(
        "effects",
        sa.Column(
            "shadow",
            sa.Boolean(),
            nullable=False,
            server_default="false",
            comment="decided in shadow: it is never done",
        ),
    )
    op.create_index(
        "ix_effects_shadowed",
        "effects",
        ["repository_id", "number"],
        unique=False,
        postgresql_where=sa.text("state = 'shadowed'"),
    )
    op.create_table_comment(
        "effects", "what the bot does to the world, once; state: due, doing, done, dropped, parked, shadowed"
    )
    for table in ("mentions", "records"):
        op.add_column(
            table,
            sa.Column(
                "shadow_of",
                sa.BigInteger(),
                nullable=False,
                server_default="0",
                comment="the repository in whose shadow alone this is so; 0 where it really is",
            ),
        )
    op.drop_constraint(op.f("pk_records"), "records", type_="primary")
    op.create_primary_key(op.f("pk_records"), "records", [*_RECORD, "shadow_of"])
    op.create_index(
        "ix_records_shadow_of",
        "records",
        ["shadow_of"],
        unique=False,
        postgresql_where=sa.text("shadow_of <> 0"),
    )
    op.create_index(
        "ix_mentions_shadow_of",
        "mentions",
        ["shadow_of"],
        unique=False,
        postgresql_where=sa.text("shadow_of <> 0"),
    )


def downgrade() -> None:
    """Drop them, and all that was so in shadow only."""
    op.execute("DELETE FROM records WHERE shadow_of <> 0")
    op.execute("DELETE FROM mentions WHERE shadow_of <> 0")
    op.execute("UPDATE effects SET state = 'dropped', why = 'it was in shadow' WHERE state = 'shadowed'")
    op.drop_index("ix_mentions_shadow_of", table_name="mentions")
    op.drop_index("ix_records_shadow_of", table_name="records")
    op.drop_constraint(op.f("pk_records"), "records", type_="primary")
    op.create_primary_key(op.f("pk_records"), "records", list(_RECORD))
    for table in ("records", "mentions"):
        op.drop_column(table, "shadow_of")
    op.drop_index("ix_effects_shadowed", table_name="effects")
    op.drop_column("effects", "shadow")
    op.create_table_comment("effects", _STATES)
    op.drop_column("configs", "mode_since")
    op.drop_column("configs", "shadow")
