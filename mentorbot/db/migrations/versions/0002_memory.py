"""Create the tables for people, repositories and what happened in them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Create everything that remembers."""
    op.create_table(
        "acts",
        sa.Column("repository_id", sa.BigInteger(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("fresh_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("value", postgresql.JSONB(), nullable=False),
        sa.PrimaryKeyConstraint("repository_id", "number", "id", name=op.f("pk_acts")),
        comment="what happened in those pull requests",
    )
    op.create_table(
        "answers",
        sa.Column("repository_id", sa.BigInteger(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("first_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("repository_id", "number", "person_id", name=op.f("pk_answers")),
        comment="who wrote in a thread: the first by another human ends its author's wait",
    )
    op.create_index(
        op.f("ix_answers_repository_id_person_id"), "answers", ["repository_id", "person_id"], unique=False
    )
    op.create_table(
        "configs",
        sa.Column("repository_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("sources", postgresql.JSONB(), nullable=False),
        sa.Column("last_good", postgresql.JSONB(), server_default="{}", nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("fetched_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("stale", sa.Boolean(), server_default="false", nullable=False),
        sa.PrimaryKeyConstraint("repository_id", name=op.f("pk_configs")),
        comment="config files as last read, and the last good values of each section",
    )
    op.create_table(
        "installations",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("account_login", sa.Text(), nullable=False),
        sa.Column(
            "state", sa.Text(), server_default="active", nullable=False, comment="active, suspended, deleted"
        ),
        sa.Column("as_of", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_installations")),
        comment="where the App is installed",
    )
    op.create_table(
        "people",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("login", sa.Text(), nullable=False),
        sa.Column("is_bot", sa.Boolean(), nullable=False),
        sa.Column("as_of", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_people")),
        comment="accounts with the login they have now",
    )
    op.create_index("ix_people_login", "people", [sa.literal_column("lower(login)")], unique=False)
    op.create_table(
        "repositories",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("installation_id", sa.BigInteger(), nullable=False),
        sa.Column("full_name", sa.Text(), nullable=False),
        sa.Column("owner_id", sa.BigInteger(), nullable=False),
        sa.Column("owner_login", sa.Text(), nullable=False),
        sa.Column("private", sa.Boolean(), nullable=False),
        sa.Column("archived", sa.Boolean(), nullable=False),
        sa.Column("default_branch", sa.Text(), nullable=False),
        sa.Column(
            "active", sa.Boolean(), server_default="true", nullable=False, comment="may we work there?"
        ),
        sa.Column("as_of", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "seeding", sa.Text(), server_default="waiting", nullable=False, comment="the stage, or finished"
        ),
        sa.Column("cursor", postgresql.JSONB(), nullable=True, comment="where the stage goes on"),
        sa.Column("pages", sa.Integer(), server_default="0", nullable=False),
        sa.Column("seeded_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_repositories")),
        comment="repositories the App has worked in, and how far their past was read",
    )
    op.create_index(
        "ix_repositories_full_name", "repositories", [sa.literal_column("lower(full_name)")], unique=False
    )
    op.create_index(
        op.f("ix_repositories_installation_id"), "repositories", ["installation_id"], unique=False
    )
    op.create_table(
        "reviews",
        sa.Column("repository_id", sa.BigInteger(), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("repository_id", "person_id", "number", "at", name=op.f("pk_reviews")),
        comment="who reviewed what, and when",
    )
    op.create_index(
        op.f("ix_reviews_repository_id_number"), "reviews", ["repository_id", "number"], unique=False
    )
    op.create_table(
        "standings",
        sa.Column("repository_id", sa.BigInteger(), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column(
            "insider_at",
            sa.DateTime(timezone=True),
            nullable=True,
            comment="first moment at which GitHub said they belong to the project",
        ),
        sa.Column(
            "contributor_at",
            sa.DateTime(timezone=True),
            nullable=True,
            comment="first moment at which GitHub said they have a commit here",
        ),
        sa.Column(
            "asked_at",
            sa.DateTime(timezone=True),
            nullable=True,
            comment="when GitHub was asked about their past here",
        ),
        sa.PrimaryKeyConstraint("repository_id", "person_id", name=op.f("pk_standings")),
        comment="how people belong to repositories",
    )
    op.create_table(
        "threads",
        sa.Column("repository_id", sa.BigInteger(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("is_pull_request", sa.Boolean(), nullable=False),
        sa.Column("author_id", sa.BigInteger(), nullable=True),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("merged_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("as_of", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("repository_id", "number", name=op.f("pk_threads")),
        comment="issues and pull requests: who opened them and what became of them",
    )
    op.create_index(op.f("ix_threads_author_id"), "threads", ["author_id"], unique=False)
    op.create_index(
        "ix_threads_pull_requests",
        "threads",
        ["repository_id", "opened_at"],
        unique=False,
        postgresql_where=sa.text("is_pull_request"),
    )
    op.create_index(
        op.f("ix_threads_repository_id_author_id"), "threads", ["repository_id", "author_id"], unique=False
    )
    op.create_table(
        "timelines",
        sa.Column("repository_id", sa.BigInteger(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("opening", postgresql.JSONB(), nullable=False, comment="the pull request as it was opened"),
        sa.Column(
            "head_sha", sa.Text(), nullable=False, comment="its present head: what commit statuses refer to"
        ),
        sa.Column("as_of", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("repository_id", "number", name=op.f("pk_timelines")),
        comment="the projection of pull requests that webhooks keep up to date",
    )
    op.create_index(
        op.f("ix_timelines_repository_id_head_sha"), "timelines", ["repository_id", "head_sha"], unique=False
    )
