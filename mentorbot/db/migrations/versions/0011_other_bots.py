"""Keep which other bots act in a repository, as last read."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    """Add the column; all config files are looked at again, as other bots' files are with them."""
    found: sa.Column[list[object]] = sa.Column(
        "other_bots", postgresql.JSONB(), comment="other bots at work there; NULL where GitHub doesn't tell"
    )
    op.add_column("configs", found)
    op.execute("UPDATE configs SET stale = true")


def downgrade() -> None:
    """Drop it."""
    op.drop_column("configs", "other_bots")
