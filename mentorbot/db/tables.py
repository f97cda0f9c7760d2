"""What is kept: every table of ours. Procrastinate keeps its own beside them, in the same database."""

# Long because the schema is one: whoever looks for a table need not know what it was put with.

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    DateTime,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    SmallInteger,
    Table,
    Text,
    UniqueConstraint,
    Uuid,
    text,
)
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
    }
)

moment = DateTime(timezone=True)
_people = ARRAY(BigInteger)
_SHADOW_OF = "the repository in whose shadow alone this is so; 0 where it really is"

deliveries = Table(
    "deliveries",
    metadata,
    Column("id", Text, primary_key=True, comment="X-GitHub-Delivery; a redelivery keeps it"),
    Column("event", Text, nullable=False),
    Column("action", Text, nullable=False, server_default=""),
    Column("installation_id", BigInteger),
    Column("repository_id", BigInteger),
    Column("number", Integer),
    Column("headers", JSONB, nullable=False, server_default="{}"),
    Column("payload", LargeBinary, comment="the raw body, deflated; NULL once it is done and old"),
    Column("received_at", moment, nullable=False),
    Column("state", Text, nullable=False, server_default="received"),
    Column("reason", Text, comment="why it is parked or ignored"),
    Column("settled_at", moment),
    Column("failing_since", moment, comment="its first failure"),
    Column("failures", Integer, nullable=False, server_default="0"),
    Index(None, "received_at"),
    Index(
        "ix_deliveries_failing",
        "repository_id",
        "number",
        postgresql_where=text("state = 'received' AND failing_since IS NOT NULL"),
    ),
    Index("ix_deliveries_parked", "received_at", postgresql_where=text("state = 'parked'")),
    comment="every webhook delivery that was acknowledged; state: received, done, ignored, parked",
)

decisions = Table(
    "decisions",
    metadata,
    Column("delivery", Text, primary_key=True),
    Column("part", Text, primary_key=True, comment="which trigger of which feature, for which event in it"),
    Column("at", moment, nullable=False),
    Index(None, "at"),
    comment="what was decided already: a delivery that is worked off again does not decide it twice",
)

effects = Table(
    "effects",
    metadata,
    Column("id", BigInteger, primary_key=True, autoincrement=True),
    Column("fingerprint", LargeBinary, nullable=False, comment="keyed hash of the key; outlives 'forget'"),
    Column("key", Text, comment="feature/repository id/key of the action; NULL once the person is forgotten"),
    Column("feature", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("installation_id", BigInteger, nullable=False),
    Column("repository_id", BigInteger, nullable=False),
    Column("number", Integer, nullable=False),
    Column("action", JSONB, nullable=False),
    Column("occasion", Text),
    Column("recheck", JSONB, comment="the trigger whose rule has to want it still, just before acting"),
    Column("because", Text, nullable=False),
    Column("delivery", Text),
    Column("priority", SmallInteger, nullable=False, server_default="0"),
    Column("state", Text, nullable=False, server_default="due"),
    Column("attempts", Integer, nullable=False, server_default="0"),
    Column("result", JSONB),
    Column("why", Text, comment="why it was dropped or parked, or put back"),
    Column("drops", JSONB, nullable=False, server_default="[]", comment="why, each time it was dropped"),
    Column("created_at", moment, nullable=False),
    Column("tried_at", moment, comment="by the database's clock: GitHub's limits know no other"),
    Column("done_at", moment),
    Column("paced", Boolean, nullable=False, server_default="false", comment="waits for its turn to write"),
    Column("failures", SmallInteger, nullable=False, server_default="0"),
    Column("failing_since", moment, comment="by the database's clock"),
    Column(
        "doubtful",
        Boolean,
        nullable=False,
        server_default="false",
        comment="GitHub may have two of it",
    ),
    Column("people", _people, nullable=False, server_default="{}", comment="everybody it tells of"),
    Column("asked", Boolean, nullable=False, server_default="false", comment="somebody's command led to it"),
    Column("held", Text, comment="the batch in which maintainers are asked about it; or 'let go'"),
    Column(
        "shadow",
        Boolean,
        nullable=False,
        server_default="false",
        comment="decided in shadow: it is never done",
    ),
    UniqueConstraint("fingerprint"),
    Index(None, "people", postgresql_using="gin"),
    Index(None, "repository_id", "number"),
    Index(None, "installation_id", "tried_at"),
    Index("ix_effects_paced", "installation_id", postgresql_where=text("paced AND state = 'due'")),
    Index("ix_effects_open", "state", postgresql_where=text("state <> 'done'")),
    Index(
        "ix_effects_greetings",
        "repository_id",
        "created_at",
        postgresql_where=text("occasion = 'greeting'"),
    ),
    Index("ix_effects_shadowed", "repository_id", "number", postgresql_where=text("state = 'shadowed'")),
    comment="what the bot does to the world, once; state: due, doing, done, dropped, parked, shadowed",
)

mentions = Table(
    "mentions",
    metadata,
    Column("person_id", BigInteger, primary_key=True),
    Column("effect_id", BigInteger, primary_key=True),
    Column("at", moment, nullable=False),
    Column("shadow_of", BigInteger, nullable=False, server_default="0", comment=_SHADOW_OF),
    Index(None, "person_id", "at"),
    Index("ix_mentions_shadow_of", "shadow_of", postgresql_where=text("shadow_of <> 0")),
    comment="who was mentioned in nudges, over all repositories",
)

records = Table(
    "records",
    metadata,
    Column("feature", Text, primary_key=True),
    Column("repository_id", BigInteger, primary_key=True),
    Column("kind", Text, primary_key=True),
    Column("key", Text, primary_key=True),
    Column(
        "shadow_of",
        BigInteger,
        primary_key=True,
        autoincrement=False,
        server_default="0",
        comment=_SHADOW_OF,
    ),
    Column("value", JSONB, nullable=False),
    Column("version", Integer, nullable=False),
    Column("person_id", BigInteger, comment="whose it is"),
    Column("people", _people, nullable=False, server_default="{}", comment="everybody who is in it"),
    Index(None, "repository_id", "kind"),
    Index(None, "people", postgresql_using="gin"),
    Index("ix_records_shadow_of", "shadow_of", postgresql_where=text("shadow_of <> 0")),
    comment="what features remember",
)

people = Table(
    "people",
    metadata,
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("login", Text, nullable=False),
    Column("is_bot", Boolean, nullable=False),
    Column("as_of", moment, nullable=False),
    Column("former", ARRAY(Text), nullable=False, server_default="{}", comment="logins they had before"),
    Index("ix_people_login", text("lower(login)")),
    comment="accounts with the login they have now",
)

standings = Table(
    "standings",
    metadata,
    Column("repository_id", BigInteger, primary_key=True),
    Column("person_id", BigInteger, primary_key=True),
    Column("insider_at", moment, comment="first moment at which GitHub said they belong to the project"),
    Column("contributor_at", moment, comment="first moment at which GitHub said they have a commit here"),
    Column("asked_at", moment, comment="when GitHub was asked about their past here"),
    comment="how people belong to repositories",
)

threads = Table(
    "threads",
    metadata,
    Column("repository_id", BigInteger, primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("is_pull_request", Boolean, nullable=False),
    Column("author_id", BigInteger),
    Column("title", Text, nullable=False),
    Column("opened_at", moment, nullable=False),
    Column("closed_at", moment),
    Column("merged_at", moment),
    Column("as_of", moment, nullable=False),
    Column("locked", Boolean, comment="NULL where nobody told"),
    Column("labels", JSONB, comment="NULL where nobody told"),
    Index(None, "repository_id", "author_id"),
    Index(None, "author_id"),
    Index("ix_threads_pull_requests", "repository_id", "opened_at", postgresql_where=text("is_pull_request")),
    comment="issues and pull requests: who opened them and what became of them",
)

reviews = Table(
    "reviews",
    metadata,
    Column("repository_id", BigInteger, primary_key=True),
    Column("person_id", BigInteger, primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("at", moment, primary_key=True),
    Index(None, "repository_id", "number"),
    comment="who reviewed what, and when",
)

answers = Table(
    "answers",
    metadata,
    Column("repository_id", BigInteger, primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("person_id", BigInteger, primary_key=True),
    Column("first_at", moment, nullable=False),
    Column("last_at", moment, nullable=False),
    Index(None, "repository_id", "person_id"),
    comment="who wrote in a thread: the first by another human ends its author's wait",
)

timelines = Table(
    "timelines",
    metadata,
    Column("repository_id", BigInteger, primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("opening", JSONB, nullable=False, comment="the pull request as it was opened"),
    Column("head_sha", Text, nullable=False, comment="its present head: what commit statuses refer to"),
    Column("as_of", moment, nullable=False),
    Index(None, "repository_id", "head_sha"),
    comment="the projection of pull requests that webhooks keep up to date",
)

acts = Table(
    "acts",
    metadata,
    Column("repository_id", BigInteger, primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("id", Text, primary_key=True),
    Column("fresh_at", moment, nullable=False),
    Column("value", JSONB, nullable=False),
    comment="what happened in those pull requests",
)

installations = Table(
    "installations",
    metadata,
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("account_id", BigInteger, nullable=False),
    Column("account_login", Text, nullable=False),
    Column("state", Text, nullable=False, server_default="active", comment="active, suspended, deleted"),
    Column("as_of", moment, nullable=False),
    comment="where the App is installed",
)

repositories = Table(
    "repositories",
    metadata,
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("installation_id", BigInteger, nullable=False),
    Column("full_name", Text, nullable=False),
    Column("owner_id", BigInteger, nullable=False),
    Column("owner_login", Text, nullable=False),
    Column("private", Boolean, nullable=False),
    Column("archived", Boolean, nullable=False),
    Column("default_branch", Text, nullable=False),
    Column("active", Boolean, nullable=False, server_default="true", comment="may we work there?"),
    Column("as_of", moment, nullable=False),
    Column("seeding", Text, nullable=False, server_default="waiting", comment="the stage, or finished"),
    Column("cursor", JSONB, comment="where the stage goes on"),
    Column("pages", Integer, nullable=False, server_default="0"),
    Column("seeded_at", moment),
    Index(None, "installation_id"),
    Index("ix_repositories_full_name", text("lower(full_name)")),
    comment="repositories the App has worked in, and how far their past was read",
)

configs = Table(
    "configs",
    metadata,
    Column("repository_id", BigInteger, primary_key=True, autoincrement=False),
    Column("sources", JSONB, nullable=False),
    Column("last_good", JSONB, nullable=False, server_default="{}"),
    Column("version", Integer, nullable=False),
    Column("fetched_at", moment, nullable=False),
    Column("stale", Boolean, nullable=False, server_default="false"),
    Column("other_bots", JSONB, comment="other bots at work there; NULL where GitHub doesn't tell"),
    Column(
        "shadow",
        Boolean,
        nullable=False,
        server_default="false",
        comment="nothing is written to the repository",
    ),
    Column("mode_since", moment, comment="NULL where it was never another"),
    comment="config files as last read, and the last good values of each section",
)

rounds = Table(
    "rounds",
    metadata,
    Column("repository_id", BigInteger, primary_key=True),
    Column("round", Text, primary_key=True, comment="which schedule of which feature"),
    Column("due_at", moment, nullable=False, comment="the last due moment that was taken care of"),
    comment="the clock's memory: due and not yet done",
)

journal = Table(
    "journal",
    metadata,
    Column("id", BigInteger, primary_key=True, autoincrement=True),
    Column("at", moment, nullable=False),
    Column("feature", Text, nullable=False),
    Column("acted", Boolean, nullable=False),
    Column("refused", Boolean, nullable=False, server_default="false"),
    Column("because", Text, nullable=False),
    Column("repository_id", BigInteger, nullable=False),
    Column("number", Integer),
    Column("person_id", BigInteger),
    Column("delivery", Text),
    Column("place", Text, comment="entries with the same place replace each other, day by day"),
    Column("decision", Uuid, comment="what effects are linked to"),
    Column("people", ARRAY(BigInteger), nullable=False, server_default="{}", comment="everybody it tells of"),
    UniqueConstraint("repository_id", "place"),
    UniqueConstraint("decision"),
    Index(None, "repository_id", "number", "at"),
    Index(None, "person_id"),
    Index(None, "at"),
    comment="what the bot decided to do and not to do, and why",
)

consequences = Table(
    "consequences",
    metadata,
    Column("decision", Uuid, ForeignKey("journal.decision", ondelete="CASCADE"), primary_key=True),
    Column("effect_id", BigInteger, ForeignKey("effects.id", ondelete="CASCADE"), primary_key=True),
    Column("round", Integer, nullable=False, comment="how often the effect had been dropped before"),
    Column("added", Boolean, nullable=False, comment="false where it had been decided before"),
    Index(None, "effect_id"),
    comment="which effects an entry of the journal led to: what became of it is read from them",
)

requests = Table(
    "requests",
    metadata,
    Column("delivery", Text, primary_key=True),
    Column("part", Text, primary_key=True),
    Column("person_id", BigInteger, nullable=False),
    Column("installation_id", BigInteger, nullable=False),
    Column("repository_id", BigInteger, nullable=False),
    Column("number", Integer, nullable=False),
    Column("at", moment, nullable=False),
    Column("in_words", Boolean, nullable=False),
    Index(None, "person_id", "at"),
    comment="commands people gave in the last hour: nobody may use up what is there for everybody",
)

bookmarks = Table(
    "bookmarks",
    metadata,
    Column("name", Text, primary_key=True),
    Column("value", JSONB, nullable=False),
    comment="where the program goes on after a restart",
)

unread = Table(
    "unread",
    metadata,
    Column("repository_id", BigInteger, primary_key=True),
    Column("what", Text, primary_key=True),
    Column("why", Text, nullable=False),
    Column("since", moment, nullable=False),
    comment="what could not be read of a repository when it was tried last",
)

restores = Table(
    "restores",
    metadata,
    Column("at", moment, primary_key=True),
    Column("made_at", moment, nullable=False, comment="of the backup"),
    comment="when a backup was restored: for a while effects may have been done that aren't known here",
)

sessions = Table(
    "sessions",
    metadata,
    Column("digest", LargeBinary, primary_key=True, comment="SHA-256 of what the cookie holds"),
    Column("ends_at", moment, nullable=False),
    comment="who is logged in, by no name: a session that is not here is over",
)

schemas = Table(
    "schemas",
    metadata,
    Column("name", Text, primary_key=True, comment="whose tables"),
    Column("version", Text, nullable=False, comment="the last of its migrations that ran here"),
    comment="tables that others keep in this database",
)

secrets = Table(
    "secrets",
    metadata,
    Column("name", Text, primary_key=True),
    Column("value", LargeBinary, nullable=False),
    comment="the keys of fingerprints: those of effects, and those of people who are forgotten",
)

forgotten = Table(
    "forgotten",
    metadata,
    Column("id_hmac", LargeBinary, primary_key=True, comment="keyed hash of the person's id"),
    Column("at", moment, nullable=False),
    comment="who asked to be forgotten: told apart, but named to nobody without the key",
)

left_alone = Table(
    "left_alone",
    metadata,
    Column("id_hmac", LargeBinary, primary_key=True, comment="keyed hash of the person's id"),
    Column("wanted", Boolean, nullable=False, comment="false: they want to be talked to again"),
    Column("at", moment, nullable=False, comment="when they said so"),
    comment="who asked to be left alone, everywhere; it outlives 'forget', and names nobody",
)
