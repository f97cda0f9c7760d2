"""What surrounds the rows of a backup as they go back into the database, all in one transaction."""
# ruff: noqa: S608 - built from our own names, numbers, and values in base 16

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from mentorbot.db.tables import metadata

if TYPE_CHECKING:
    from mentorbot.db.backup import Keys

_NAMES = ", ".join(f"'{table.name}'" for table in metadata.sorted_tables)
_KNOWN = f"relname IN ({_NAMES}, 'alembic_version', 'forgotten') OR relname LIKE 'procrastinate\\_%'"

OTHERS = """SELECT count(*) FROM pg_stat_activity
WHERE datname = current_database() AND usename = current_user AND pid <> pg_backend_pid()"""
_TABLES = "SELECT relname FROM pg_class WHERE relnamespace = current_schema()::regnamespace AND relkind = 'r'"
OURS = f"{_TABLES} AND relname IN ({_NAMES}) AND relname NOT IN ('secrets', 'schemas')"
STRANGERS = f"{_TABLES} AND NOT ({_KNOWN})"

# Dropping the schema as a whole takes more rights than the owner of a database has in older PostgreSQLs. All
# names are read before the first is dropped, as what goes takes others along.
_CLEAR = """DO $$
DECLARE
    things text[] := ARRAY(
        SELECT format('TABLE IF EXISTS %s', oid::regclass) FROM pg_class
        WHERE relnamespace = current_schema()::regnamespace AND relkind IN ('r', 'p')
        UNION ALL
        SELECT format('ROUTINE IF EXISTS %s', p.oid::regprocedure) FROM pg_proc AS p
        WHERE p.pronamespace = current_schema()::regnamespace
          AND (p.proname LIKE 'procrastinate\\_%' OR p.proname LIKE 'mentorbot\\_%')
        UNION ALL
        SELECT format('TYPE IF EXISTS %s', t.oid::regtype) FROM pg_type AS t
        WHERE t.typnamespace = current_schema()::regnamespace AND t.typname LIKE 'procrastinate\\_%'
          AND t.typtype IN ('e', 'c') AND NOT EXISTS (
              SELECT FROM pg_class AS c WHERE c.oid = t.typrelid AND c.relkind <> 'c'));
    thing text;
BEGIN
    FOREACH thing IN ARRAY things LOOP
        EXECUTE 'DROP ' || thing || ' CASCADE';
    END LOOP;
END $$;
"""

# A job that waits stands for one of its name that was under way; of several that were, one is enough.
_GIVE_BACK = """
DELETE FROM procrastinate_jobs AS running WHERE status = 'doing' AND queueing_lock IS NOT NULL AND EXISTS (
    SELECT FROM procrastinate_jobs AS other WHERE other.queueing_lock = running.queueing_lock
      AND (other.status = 'todo' OR (other.status = 'doing' AND other.id < running.id)));
UPDATE procrastinate_jobs SET status = 'todo', worker_id = NULL WHERE status = 'doing';
DELETE FROM procrastinate_workers;
"""

# What is open may have been done after the backup: another attempt looks first, as it does after a crash.
_LOOK_FIRST = "UPDATE effects SET attempts = greatest(attempts, 1) WHERE state <> 'done';\n"


def clear(schema: str) -> str:
    """The beginning: everything of ours goes."""
    quietly = "SET LOCAL client_min_messages = warning"
    return f"BEGIN;\n{quietly};\nSET LOCAL search_path = {_name(schema)};\n{_CLEAR}"


def finish(keys: Keys, *, forgotten: Sequence[tuple[bytes, str]], key: bytes | None) -> str:
    """The end, once all rows are back: secrets, jobs, effects, and those who asked to be forgotten."""
    return "".join(_finish(keys, forgotten, key))


def _finish(keys: Keys, forgotten: Sequence[tuple[bytes, str]], key: bytes | None) -> Iterator[str]:
    yield f"SET LOCAL search_path = {_name(keys.schema)};\n"
    secrets = {name: keys.secret(name) or b"" for name in keys.secrets}
    if key is not None:
        secrets["forgotten"] = key
    for name, value in secrets.items():
        yield f"INSERT INTO secrets (name, value) VALUES ({_text(name)}, '\\x{value.hex()}');\n"
    for id_, at in forgotten:
        yield (
            f"INSERT INTO forgotten (id_hmac, at) VALUES ('\\x{id_.hex()}', {_text(at)})"
            " ON CONFLICT DO NOTHING;\n"
        )
    yield _GIVE_BACK
    yield _LOOK_FIRST


def _name(identifier: str) -> str:
    return '"' + identifier.replace('"', '""') + '"'


def _text(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"
