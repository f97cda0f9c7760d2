"""Let what fails go on apart, let a job's successor take its turn, and know whose tables lie beside ours."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from mentorbot.db.procrastinate_schema import NAME, bundled_version

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Add what a failing delivery and a returned job need."""
    op.add_column(
        "deliveries",
        sa.Column("failing_since", sa.DateTime(timezone=True), nullable=True, comment="its first failure"),
    )
    op.add_column("deliveries", sa.Column("failures", sa.Integer(), server_default="0", nullable=False))
    op.create_index(
        "ix_deliveries_failing",
        "deliveries",
        ["repository_id", "number"],
        unique=False,
        postgresql_where=sa.text("state = 'received' AND failing_since IS NOT NULL"),
    )
    schemas = op.create_table(
        "schemas",
        sa.Column("name", sa.Text(), nullable=False, comment="whose tables"),
        sa.Column("version", sa.Text(), nullable=False, comment="the last of its migrations that ran here"),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_schemas")),
        comment="tables that others keep in this database",
    )
    op.bulk_insert(schemas, [{"name": NAME, "version": bundled_version()}])
    op.execute(_PUT_BACK_JOB)


# Procrastinate lets one job of a `queueing_lock` wait, while another one runs; `seed` queues its successor
# while it runs itself. Put back by procrastinate's own function, it would violate the index, and keep its
# `lock` for ever: nothing but its successor wants the same to be done, so that one takes its turn.
#
# A job that is no longer held by `held_by` was taken over or finished by somebody else: it is left alone. The
# advisory lock is the one under which jobs with a queueing lock are queued (`Jobs.defer`).
_PUT_BACK_JOB = """
CREATE FUNCTION mentorbot_put_back_job(
    job_id bigint, held_by bigint, retry_at timestamptz, new_priority integer, new_lock text
) RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
    _name text;
    _job procrastinate_jobs;
BEGIN
    SELECT queueing_lock INTO _name FROM procrastinate_jobs WHERE id = job_id;
    IF _name IS NOT NULL THEN
        PERFORM pg_advisory_xact_lock(hashtext('job ' || _name));
    END IF;
    SELECT * INTO _job FROM procrastinate_jobs
    WHERE id = job_id AND status = 'doing' AND (worker_id IS NULL OR worker_id = held_by)
    FOR UPDATE;
    IF NOT FOUND THEN
        RETURN false;
    END IF;
    UPDATE procrastinate_jobs
    SET scheduled_at = retry_at,
        attempts = greatest(attempts, _job.attempts + 1),
        priority = greatest(priority, coalesce(new_priority, _job.priority))
    WHERE queueing_lock = _name AND status = 'todo';
    IF FOUND THEN
        DELETE FROM procrastinate_jobs WHERE id = job_id;
    ELSE
        PERFORM procrastinate_retry_job_v2(job_id, retry_at, new_priority, NULL, new_lock);
    END IF;
    RETURN true;
END;
$$
"""
