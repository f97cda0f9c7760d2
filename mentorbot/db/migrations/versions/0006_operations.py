"""Create the tables for what an operator wants to know: where work goes on, and what could not be read."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Create them."""
    op.create_table(
        "bookmarks",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("value", postgresql.JSONB(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_bookmarks")),
        comment="where the program goes on after a restart",
    )
    op.create_table(
        "unread",
        sa.Column("repository_id", sa.BigInteger(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("repository_id", "what", name=op.f("pk_unread")),
        comment="what could not be read of a repository when it was tried last",
    )


def downgrade() -> None:
    """Drop them."""
    op.drop_table("unread")
    op.drop_table("bookmarks")
