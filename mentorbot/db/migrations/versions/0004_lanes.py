"""Give effects lanes: who waits for their turn, what keeps failing, and of what there may be two."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Add what is known about an effect's wait, and let those that wait now do so in their lanes."""
    for name, comment in (
        ("paced", "waits for its turn to write"),
        ("doubtful", "GitHub may have two of it"),
    ):
        op.add_column(
            "effects",
            sa.Column(name, sa.Boolean(), nullable=False, server_default="false", comment=comment),
        )
    op.add_column("effects", sa.Column("failures", sa.SmallInteger(), nullable=False, server_default="0"))
    op.add_column(
        "effects",
        sa.Column("failing_since", sa.DateTime(timezone=True), comment="by the database's clock"),
    )
    op.create_index(
        "ix_effects_paced",
        "effects",
        ["installation_id"],
        postgresql_where=sa.text("paced AND state = 'due'"),
    )
    op.execute(
        """UPDATE procrastinate_jobs
           SET queue_name = CASE WHEN priority >= 40 THEN 'mentorbot answers' ELSE 'mentorbot effects' END
           WHERE status = 'todo' AND task_name = 'act'"""
    )
