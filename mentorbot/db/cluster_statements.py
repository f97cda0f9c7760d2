"""What is told to a new PostgreSQL, and to one that an older mentorbot made: who may do what in it."""

from __future__ import annotations

USER = "mentorbot"
"""The bot's role, and the name of its database."""

HOST_RULES = f"""# Written by mentorbot at each start. Only the bot's role logs in, with its password.
local all {USER} scram-sha-256
host all {USER} 127.0.0.1/32 scram-sha-256
"""

# ruff: noqa: S608 - built from constants
# An older mentorbot made its role PostgreSQL's first one, which can't lose the superuser's rights: that one
# gets another name, as which nobody can log in, and the bot a new role.
_RENAME = f"""DO $$
BEGIN
    IF EXISTS (SELECT FROM pg_roles WHERE oid = 10 AND rolname = '{USER}') THEN
        CREATE ROLE renaming SUPERUSER;
        SET LOCAL SESSION AUTHORIZATION renaming;
        ALTER ROLE {USER} RENAME TO postgres;
        ALTER ROLE postgres PASSWORD NULL;
    END IF;
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{USER}') THEN
        CREATE ROLE {USER};
    END IF;
END $$;

"""

# Nobody can drop the role as whom they work, which is why that one goes only now.
# What the bot's migrations made belongs to the bot; what belongs to an extension or to the system stays.
_HAND_OVER = f"""DROP ROLE IF EXISTS renaming;

DO $$
DECLARE
    thing text;
BEGIN
    FOR thing IN
        SELECT format('ALTER TABLE %s OWNER TO {USER}', oid::regclass) FROM pg_class
        WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p', 'v', 'm')
        UNION ALL
        SELECT format('ALTER SEQUENCE %s OWNER TO {USER}', c.oid::regclass) FROM pg_class AS c
        WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'S'
          AND NOT EXISTS (SELECT FROM pg_depend AS d WHERE d.objid = c.oid AND d.deptype IN ('a', 'i'))
        UNION ALL
        SELECT format('ALTER ROUTINE %s OWNER TO {USER}', oid::regprocedure) FROM pg_proc
        WHERE pronamespace = 'public'::regnamespace
        UNION ALL
        SELECT format('ALTER TYPE %s OWNER TO {USER}', oid::regtype) FROM pg_type
        WHERE typnamespace = 'public'::regnamespace AND typtype = 'e'
    LOOP
        EXECUTE thing;
    END LOOP;
END $$;

"""


def grant_statements(password: str, *, rights: str, is_new: bool) -> str:
    """For the database `postgres`: the bot's role with this password, and its database.

    In single-user mode a statement ends with a semicolon and an empty line.
    """
    database = f"CREATE DATABASE {USER} OWNER {USER}" if is_new else f"ALTER DATABASE {USER} OWNER TO {USER}"
    return (
        f"{_RENAME}"
        f"ALTER ROLE {USER} LOGIN NOSUPERUSER NOCREATEROLE {rights} PASSWORD '{password}';\n\n"
        f"{database};\n\n"
    )


def hand_over_statements() -> str:
    """For the bot's database: all that is in it belongs to the bot."""
    return _HAND_OVER
