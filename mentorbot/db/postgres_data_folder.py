"""PostgreSQL's data folder: made, brought up to today's layout, started and stopped, always as its account.

As root, all that we write ourselves lies in `home`, which is ours; the account's own folders below it
(`data`, `run`, `log`) are written by PostgreSQL's programs only.
"""

from __future__ import annotations

import os
import secrets
import shlex
import socket
import threading
import time
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from urllib.parse import quote

import psycopg

from mentorbot.db import safe_files
from mentorbot.db.postgres_programs import (
    StoreUnusable,
    SystemAccount,
    major_version,
    programs_for,
    run_program,
)
from mentorbot.db.postmaster import Postmaster

_LONGEST_SOCKET_FOLDER = 85  # bytes; the kernel allows 107 for the socket's whole path
_PORT = 5432  # on a Unix socket only part of a file name
_START = 60  # seconds; after a crash it first brings its files in order
_ANSWER = 10
_LOOK = 0.02
_STOPPING = (("fast", 1.5), ("immediate", 0.5))
_BY_FORCE = 1.0

USER = "mentorbot"
"""The bot's role, and the name of its database."""

_HOST_RULES = f"""# Written by mentorbot at each start. Only the bot's role logs in, with its password.
local all {USER} scram-sha-256
host all {USER} 127.0.0.1/32 scram-sha-256
"""


class DataMissing(StoreUnusable):
    """The data were there once: an empty store in their place would greet everybody anew."""


class PostgresCluster:
    """The files and programs of one PostgreSQL. Once told to `cancel`, whatever is under way ends soon."""

    def __init__(
        self,
        home: Path,
        account: SystemAccount,
        *,
        settings: Mapping[str, str],
        may_create_databases: bool = False,
    ) -> None:
        self._home = home
        self._account = account
        self._settings = settings
        self._rights = "CREATEDB" if may_create_databases else "NOCREATEDB"
        self._data = home / "data"
        self._postmaster = Postmaster(self._data, home / "run", account.owner)
        self._cancelled = threading.Event()

    @property
    def is_alive(self) -> bool:
        """True while PostgreSQL's main process lives (it may hang all the same)."""
        return self._postmaster.pid is not None

    @property
    def url(self) -> str:
        """Its address, with a password of the bot's own."""
        host, port = self._place()
        password = quote(safe_files.read(self._home / "password"), safe="")
        if host.startswith("/"):
            return f"postgresql://{USER}:{password}@/{USER}?host={quote(host, safe='')}"
        return f"postgresql://{USER}:{password}@{host}:{port}/{USER}"

    @property
    def is_cancelled(self) -> bool:
        return self._cancelled.is_set()

    def cancel(self) -> None:
        """Have everything that is under way end soon, with StoreUnusable."""
        self._cancelled.set()

    def allow(self) -> None:
        self._cancelled.clear()

    def prepare_folders(self) -> None:
        """Make the folders that are missing. Raises StoreUnusable where somebody else's are in the way."""
        self._home.parent.mkdir(parents=True, exist_ok=True)
        with suppress(FileExistsError):
            self._home.mkdir(mode=0o755)
        if self._account.is_another and self._home.lstat().st_uid == self._account.uid:
            safe_files.take_over(self._home)  # an older mentorbot gave it to PostgreSQL's account as a whole
        for folder in (self._home / "run", self._home / "log"):
            with suppress(FileExistsError):
                folder.mkdir(mode=0o700)
                self._account.own(folder)
            found = folder.lstat()
            if not folder.is_dir() or folder.is_symlink() or found.st_uid != self._account.owner:
                raise StoreUnusable(
                    f"{folder} is not the folder that mentorbot made: move it away, and start again."
                )

    def bring_up(self, *, alone: bool) -> None:
        """Start PostgreSQL, or find the one that runs; make its data where there are none.

        `alone` says that nobody else uses it now, so that data of an older layout may be brought up to date.
        """
        self._programs = programs_for(self._account, copies=self._home.parent / "programs")
        if not self._is_created:
            if not (self._data / "complete").exists():
                self._create()
            elif alone:
                self._modernise()
            else:
                raise StoreUnusable(f"An older mentorbot works on the data in {self._home}: stop it first.")
        self._check_version()
        if self.is_alive and not self._answers():
            self.end_by_force()
        if not self.is_alive:
            self._start()

    def shut_down(self) -> None:
        """Stop PostgreSQL: in order, at once where that takes too long, and by force where it hangs."""
        for mode, patience in _STOPPING:
            if not self.is_alive:
                return
            self._control("stop", f"--mode={mode}", "--no-wait")
            self._wait_for_end(patience)
        self.end_by_force()

    def end_by_force(self) -> None:
        """Kill PostgreSQL with all its processes, as its account, which can hit nobody else's.

        Nothing that it acknowledged is lost.
        """
        pid = self._postmaster.pid
        if pid is not None:
            for one in (pid, *self._postmaster.descendants()):
                self._control("kill", "KILL", str(one))
            self._wait_for_end(_BY_FORCE)

    def end_of_log(self) -> str:
        """The end of PostgreSQL's newest log, for people who have to find out what is the matter."""
        with suppress(OSError, ValueError):
            newest = max((self._home / "log").glob("*.log"), key=lambda path: path.lstat().st_mtime)
            lines = safe_files.read(newest, owner=self._account.owner).splitlines()
            return "\n".join(lines[-8:])
        return ""

    @property
    def _is_created(self) -> bool:
        with suppress(OSError):
            return bool(safe_files.read(self._home / "created"))
        return False

    def _check_version(self) -> None:
        try:
            found = safe_files.read(self._data / "PG_VERSION", owner=self._account.owner).strip()
        except OSError as error:
            raise DataMissing(
                f"PostgreSQL's data are missing in {self._data} ({error.strerror}), though mentorbot made "
                f"them once: put them back from a backup, or begin anew by removing {self._home}."
            ) from error
        if found != (ours := major_version(self._programs)):
            raise StoreUnusable(
                f"{self._data} was written by PostgreSQL {found}, and this mentorbot brings {ours}: "
                "back it up with the mentorbot that wrote it (`mentorbot backup FILE`) and restore it into a "
                "fresh MENTORBOT_DATA."
            )

    def _create(self) -> None:
        """Make the data. Those that a crash left half done are put aside, and made anew."""
        if self._data.exists():
            self._data.rename(self._data.with_name(f"data-incomplete-{int(time.time())}"))
        self._data.mkdir(mode=0o700)
        self._account.own(self._data)
        self._run(
            "initdb",
            f"--pgdata={self._data}",
            "--username=postgres",
            "--auth=reject",  # PostgreSQL's own superuser never logs in; who may is in our own file
            "--encoding=UTF8",
            "--locale=C",
            "--no-instructions",
        )
        self._give_to_the_bot(is_new=True)

    def _modernise(self) -> None:
        """Take the bot's superuser rights away in data that an older mentorbot made."""
        if self.is_alive:
            self.shut_down()
        self._give_to_the_bot(is_new=False)

    def _give_to_the_bot(self, *, is_new: bool) -> None:
        """Make the bot's role, which is no superuser, and its database."""
        password = secrets.token_urlsafe(24)
        safe_files.write(self._home / "password", password)
        self._write_settings()
        # In single-user mode, which needs neither a connection nor a second program.
        self._tell("postgres", _grant_statements(password, rights=self._rights, is_new=is_new))
        self._tell(USER, _HAND_OVER)
        safe_files.write(self._home / "created", "2\n")

    def _tell(self, database: str, statements: str) -> None:
        quiet = ("-c", "logging_collector=off", "-c", "log_min_error_statement=panic")  # no passwords there
        said = self._run(
            "postgres", "--single", "-j", "-D", str(self._data), *self._options(), *quiet, database,
            stdin=statements.encode(),
        )  # fmt: skip
        # It goes on after an error, and ends with 0.
        if failed := [line for line in said.splitlines() if "ERROR:" in line or "FATAL:" in line]:
            raise StoreUnusable(f"PostgreSQL's data in {self._data} could not be set up:\n{failed[0]}")

    def _start(self) -> None:
        self._postmaster.clear_away()
        self._write_settings()
        log = self._home / "log" / "startup.log"
        options = shlex.join(self._options())
        words = (f"--log={log}", f"--options={options}", "--wait", f"--timeout={_START}")
        if self._control("start", *words) != 0:
            raise StoreUnusable(
                f"PostgreSQL does not start. The end of its log in {log.parent}:\n{self.end_of_log()}"
            )

    def _answers(self) -> bool:
        """False where a connection gets no answer at all; a refusal is one."""
        try:
            psycopg.connect(self.url, connect_timeout=_ANSWER).close()
        except psycopg.OperationalError as error:
            return "FATAL" in str(error)
        except OSError:  # no password: it is not the PostgreSQL that we made
            return False
        return True

    def _wait_for_end(self, patience: float) -> None:
        deadline = time.monotonic() + patience
        while self.is_alive and time.monotonic() < deadline:
            time.sleep(_LOOK)

    def _options(self) -> list[str]:
        return ["-c", f"config_file={self._home / 'postgresql.conf'}"]

    def _write_settings(self) -> None:
        """Write our settings each time, as socket folder and port may have changed."""
        safe_files.write(self._home / "pg_hba.conf", _HOST_RULES, mode=0o644)
        host, port = self._place()
        chosen = {
            **self._settings,
            "hba_file": str(self._home / "pg_hba.conf"),
            "log_directory": str(self._home / "log"),
            "listen_addresses": "" if host.startswith("/") else host,
            "unix_socket_directories": host if host.startswith("/") else "",
            "port": str(port),
        }
        lines = [f"{name} = '{_quoted(value)}'\n" for name, value in chosen.items()]
        safe_files.write(self._home / "postgresql.conf", "".join(lines), mode=0o644)

    def _place(self) -> tuple[str, int]:
        """A socket in our folder, or a loopback port where its path is too long for a socket's name."""
        folder = self._home / "run"
        if len(os.fsencode(folder)) <= _LONGEST_SOCKET_FOLDER:
            return str(folder), _PORT
        chosen = self._home / "port"
        if self.is_alive:
            with suppress(OSError, ValueError):
                return "127.0.0.1", int(safe_files.read(chosen))
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        safe_files.write(chosen, str(port))
        return "127.0.0.1", port

    def _control(self, order: str, *words: str) -> int:
        data = () if order == "kill" else (f"--pgdata={self._data}",)
        cancelled = self._cancelled if order == "start" else None
        command = [self._programs / "pg_ctl", order, *data, *words]
        return run_program(command, account=self._account, check=False, cancelled=cancelled).code

    def _run(self, program: str, *words: str, stdin: bytes = b"") -> str:
        finished = run_program(
            [self._programs / program, *words], account=self._account, stdin=stdin, cancelled=self._cancelled
        )
        return finished.said


def _quoted(value: str) -> str:
    return value.replace("\\", "\\\\").replace("'", "''")


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

"""  # noqa: S608 - constants

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

"""  # noqa: S608 - constants


def _grant_statements(password: str, *, rights: str, is_new: bool) -> str:
    """For the database `postgres`: the bot's role with this password, and its database.

    In single-user mode a statement ends with a semicolon and an empty line. Iterations make passwords that
    people chose hard to guess; one of 24 random bytes is that anyway, and each connection would pay for them.
    """
    database = f"CREATE DATABASE {USER} OWNER {USER}" if is_new else f"ALTER DATABASE {USER} OWNER TO {USER}"
    return (
        f"{_RENAME}"
        "SET scram_iterations = 1;\n\n"
        f"ALTER ROLE {USER} LOGIN NOSUPERUSER NOCREATEROLE {rights} PASSWORD '{password}';\n\n"
        f"{database};\n\n"
    )
