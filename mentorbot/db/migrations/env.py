"""Alembic's entry point: runs migrations on the connection that `mentorbot.db.schema` hands over."""

from __future__ import annotations

from alembic import context

from mentorbot.db.tables import metadata

connection = context.config.attributes["connection"]
context.configure(connection=connection, target_metadata=metadata)
with context.begin_transaction():
    context.run_migrations()
connection.commit()
