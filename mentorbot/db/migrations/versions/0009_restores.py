"""Keep when a backup was restored: what was done since it was made is not known here."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    """Create the table."""
    op.create_table(
        "restores",
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False, comment="of the backup"),
        sa.PrimaryKeyConstraint("at", name=op.f("pk_restores")),
        comment="when a backup was restored: for a while effects may have been done that aren't known here",
    )


def downgrade() -> None:
    """Drop it."""
    op.drop_table("restores")
