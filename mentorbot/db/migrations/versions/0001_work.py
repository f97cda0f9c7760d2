"""Create the tables for what is heard, decided and done, with procrastinate's beside them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from procrastinate.schema import SchemaManager
from sqlalchemy.dialects import postgresql

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Create everything that work needs."""
    _create_procrastinate()
    _create_tables()
    _tune()


def _create_procrastinate() -> None:
    # Many statements in one text: only psycopg's own connection takes that.
    driver = op.get_bind().connection.driver_connection
    assert driver is not None  # noqa: S101 - tells mypy what is so on an open connection
    driver.execute(SchemaManager.get_schema())


def _tune() -> None:
    # Payloads come deflated; trying to compress them again would only cost time.
    op.execute("ALTER TABLE deliveries ALTER COLUMN payload SET STORAGE EXTERNAL")
    # Fetching a job asks for earlier jobs with the same lock; procrastinate has no index that begins with it.
    op.execute(
        "CREATE INDEX mentorbot_jobs_lock_ix ON procrastinate_jobs (lock, priority DESC, id)"
        " WHERE status IN ('todo', 'doing')"
    )
    # Jobs come and go by the hundred a second: dead rows are swept early, or fetching slows down.
    sweep_early = "autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000"
    for table in ("procrastinate_jobs", "procrastinate_events"):
        op.execute(f"ALTER TABLE {table} SET ({sweep_early})")
    op.execute(
        "INSERT INTO secrets (name, value) VALUES ('effects',"
        " decode(replace(gen_random_uuid()::text || gen_random_uuid()::text, '-', ''), 'hex'))"
    )


def _create_tables() -> None:
    op.create_table(
        "deliveries",
        sa.Column("id", sa.Text(), nullable=False, comment="X-GitHub-Delivery; a redelivery keeps it"),
        sa.Column("event", sa.Text(), nullable=False),
        sa.Column("action", sa.Text(), server_default="", nullable=False),
        sa.Column("installation_id", sa.BigInteger(), nullable=True),
        sa.Column("repository_id", sa.BigInteger(), nullable=True),
        sa.Column("number", sa.Integer(), nullable=True),
        sa.Column("headers", postgresql.JSONB(), server_default="{}", nullable=False),
        sa.Column(
            "payload",
            sa.LargeBinary(),
            nullable=True,
            comment="the raw body, deflated; NULL once it is done and old",
        ),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.Text(), server_default="received", nullable=False),
        sa.Column("reason", sa.Text(), nullable=True, comment="why it is parked or ignored"),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deliveries")),
        comment="every webhook delivery that was acknowledged; state: received, done, ignored, parked",
    )
    op.create_index(
        "ix_deliveries_parked",
        "deliveries",
        ["received_at"],
        unique=False,
        postgresql_where=sa.text("state = 'parked'"),
    )
    op.create_index(op.f("ix_deliveries_received_at"), "deliveries", ["received_at"], unique=False)
    op.create_table(
        "decisions",
        sa.Column("delivery", sa.Text(), nullable=False),
        sa.Column(
            "part", sa.Text(), nullable=False, comment="which trigger of which feature, for which event in it"
        ),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("delivery", "part", name=op.f("pk_decisions")),
        comment="what was decided already: a delivery that is worked off again does not decide it twice",
    )
    op.create_index(op.f("ix_decisions_at"), "decisions", ["at"], unique=False)
    op.create_table(
        "effects",
        sa.Column("id", sa.BigInteger(), autoincrement=True, nullable=False),
        sa.Column(
            "fingerprint",
            sa.LargeBinary(),
            nullable=False,
            comment="keyed hash of the key; outlives 'forget'",
        ),
        sa.Column(
            "key",
            sa.Text(),
            nullable=True,
            comment="feature/repository id/key of the action; NULL once the person is forgotten",
        ),
        sa.Column("feature", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("installation_id", sa.BigInteger(), nullable=False),
        sa.Column("repository_id", sa.BigInteger(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("action", postgresql.JSONB(), nullable=False),
        sa.Column("occasion", sa.Text(), nullable=True),
        sa.Column(
            "recheck",
            postgresql.JSONB(),
            nullable=True,
            comment="the trigger whose rule has to want it still, just before acting",
        ),
        sa.Column("because", sa.Text(), nullable=False),
        sa.Column("delivery", sa.Text(), nullable=True),
        sa.Column("priority", sa.SmallInteger(), server_default="0", nullable=False),
        sa.Column("state", sa.Text(), server_default="due", nullable=False),
        sa.Column("attempts", sa.Integer(), server_default="0", nullable=False),
        sa.Column("result", postgresql.JSONB(), nullable=True),
        sa.Column("why", sa.Text(), nullable=True, comment="why it was dropped or parked, or put back"),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "tried_at",
            sa.DateTime(timezone=True),
            nullable=True,
            comment="by the database's clock: GitHub's limits know no other",
        ),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_effects")),
        sa.UniqueConstraint("fingerprint", name=op.f("uq_effects_fingerprint")),
        comment="what the bot does to the world, once per key; state: due, doing, done, dropped, parked",
    )
    op.create_index(
        op.f("ix_effects_installation_id_tried_at"), "effects", ["installation_id", "tried_at"], unique=False
    )
    op.create_index(
        "ix_effects_open", "effects", ["state"], unique=False, postgresql_where=sa.text("state <> 'done'")
    )
    op.create_index(
        op.f("ix_effects_repository_id_number"), "effects", ["repository_id", "number"], unique=False
    )
    op.create_table(
        "mentions",
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("effect_id", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("person_id", "effect_id", name=op.f("pk_mentions")),
        comment="who was mentioned in nudges, over all repositories",
    )
    op.create_index(op.f("ix_mentions_person_id_at"), "mentions", ["person_id", "at"], unique=False)
    op.create_table(
        "records",
        sa.Column("feature", sa.Text(), nullable=False),
        sa.Column("repository_id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("value", postgresql.JSONB(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("feature", "repository_id", "kind", "key", name=op.f("pk_records")),
        comment="what features remember",
    )
    op.create_index(op.f("ix_records_repository_id_kind"), "records", ["repository_id", "kind"], unique=False)
    op.create_table(
        "journal",
        sa.Column("id", sa.BigInteger(), autoincrement=True, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("feature", sa.Text(), nullable=False),
        sa.Column("acted", sa.Boolean(), nullable=False),
        sa.Column("because", sa.Text(), nullable=False),
        sa.Column("repository_id", sa.BigInteger(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=True),
        sa.Column("person_id", sa.BigInteger(), nullable=True),
        sa.Column("delivery", sa.Text(), nullable=True),
        sa.Column(
            "place",
            sa.Text(),
            nullable=True,
            comment="entries with the same place replace each other: a sweep's daily 'not yet'",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_journal")),
        sa.UniqueConstraint("repository_id", "place", name=op.f("uq_journal_repository_id_place")),
        comment="what the bot did and did not do, and why",
    )
    op.create_index(op.f("ix_journal_at"), "journal", ["at"], unique=False)
    op.create_index(op.f("ix_journal_person_id"), "journal", ["person_id"], unique=False)
    op.create_index(
        op.f("ix_journal_repository_id_number_at"), "journal", ["repository_id", "number", "at"], unique=False
    )
    op.create_table(
        "rounds",
        sa.Column("repository_id", sa.BigInteger(), nullable=False),
        sa.Column("round", sa.Text(), nullable=False, comment="which schedule of which feature"),
        sa.Column(
            "due_at",
            sa.DateTime(timezone=True),
            nullable=False,
            comment="the last due moment that was taken care of",
        ),
        sa.PrimaryKeyConstraint("repository_id", "round", name=op.f("pk_rounds")),
        comment="the clock's memory: due and not yet done",
    )
    op.create_table(
        "secrets",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("value", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_secrets")),
        comment="the key of the effects' fingerprints",
    )
