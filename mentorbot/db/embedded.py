"""A PostgreSQL of our own, from the wheel's programs, so that `make run` needs nothing installed."""

from __future__ import annotations

import fcntl
import hashlib
import os
import secrets
import socket
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import MappingProxyType
from typing import IO
from urllib.parse import quote

from mentorbot.db.postgres_programs import (
    Account,
    StoreUnusable,
    account_for_postgres,
    major_version,
    programs_for,
    run_program,
)

_ROOTS_FOLDER = Path("/var/lib/mentorbot")
_LONGEST_SOCKET_FOLDER = 85  # bytes; the kernel allows 107 for the socket's whole path
_PORT = 5432  # on a Unix socket only part of a file name
_USER = _DATABASE = "mentorbot"
_PATIENCE = 60  # seconds for start and stop

# Durable (fsync and synchronous_commit keep their defaults: on), yet made for one bot on a small machine.
_SETTINGS: Mapping[str, str] = MappingProxyType(
    {
        "max_connections": "100",
        "shared_buffers": "64MB",
        "max_wal_size": "2GB",
        "checkpoint_timeout": "15min",
        "wal_level": "minimal",
        "max_wal_senders": "0",
        "jit": "off",
        "max_parallel_workers_per_gather": "0",
        "autovacuum_naptime": "15s",
        "io_method": "sync",
        "timezone": "UTC",
        "log_timezone": "UTC",
        "logging_collector": "on",
        "log_filename": "postgresql-%a.log",
        "log_rotation_size": "10MB",
        "log_truncate_on_rotation": "on",
    }
)


class AlreadyRunning(StoreUnusable):
    """Another bot works on the same data."""


class EmbeddedPostgres:
    """The PostgreSQL whose files are under `data_dir`.

    `own=True` is for servers and workers that are the bot (a second one is refused); `own=False` for
    command lines, which share the store of a running server or start one for themselves. Whoever is the
    last to use it stops it.
    `settings` are added to postgresql.conf (tests trade durability for speed).
    """

    def __init__(
        self, data_dir: Path, *, own: bool = True, settings: Mapping[str, str] = MappingProxyType({})
    ) -> None:
        self._account = account_for_postgres()
        self._home = _home(data_dir, self._account)
        self._own = own
        self._settings = {**_SETTINGS, **settings}
        self._owner: IO[str] | None = None
        self._user: IO[str] | None = None

    @property
    def home(self) -> Path:
        """The folder with everything of this PostgreSQL."""
        return self._home

    def start(self) -> str:
        """Start PostgreSQL, or find the one that runs on this data, and return its `postgresql://` address.

        Takes 0.1 s, and 0.7 s the first time. Raises AlreadyRunning, StoreUnusable.
        """
        self._prepare_folders()
        if self._own:
            self._owner = self._become_owner()
        try:
            with self._alone():
                self._user = _locked(self._home / "in-use", fcntl.LOCK_SH)
                self._bring_up()
        except BaseException:
            self._let_go()
            raise
        return self._url()

    def stop(self) -> None:
        """Stop PostgreSQL unless somebody else still uses it. Harmless when it is not running."""
        if self._user is None:
            return
        with self._alone():
            self._user.close()
            self._user = None
            try:
                last_one = _locked(self._home / "in-use", fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                self._let_go()
                return
            with last_one:
                if self._is_running():
                    self._control("stop", "-m", "fast")
        self._let_go()

    def _prepare_folders(self) -> None:
        for folder in (self._home, self._home / "run", self._home / "log"):
            if not folder.exists():
                folder.mkdir(parents=True, mode=0o755 if folder == self._home else 0o700)
                self._account.own(folder)

    def _become_owner(self) -> IO[str]:
        path = self._home / "owner"
        try:
            lock = _locked(path, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            other = path.read_text(encoding="utf-8").strip() or "unknown"
            raise AlreadyRunning(
                f"Another mentorbot (process {other}) works on the data in {self._home}. "
                "Stop it first, or give this one a MENTORBOT_DATA of its own."
            ) from None
        lock.seek(0)
        lock.truncate()
        lock.write(str(os.getpid()))
        lock.flush()
        return lock

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Nobody else starts or stops PostgreSQL meanwhile."""
        with _locked(self._home / "starting", fcntl.LOCK_EX):
            yield

    def _let_go(self) -> None:
        for lock in (self._user, self._owner):
            if lock is not None:
                lock.close()
        self._user = self._owner = None

    def _bring_up(self) -> None:
        self._programs = programs_for(self._account, copies=self._home.parent / "programs")
        data = self._home / "data"
        if not (data / "complete").exists():
            self._create(data)
        found = (data / "PG_VERSION").read_text(encoding="utf-8").strip()
        if found != (ours := major_version(self._programs)):
            raise StoreUnusable(
                f"{data} was written by PostgreSQL {found}, and this mentorbot brings PostgreSQL {ours}: "
                "dump it with the mentorbot that wrote it and load it into a fresh MENTORBOT_DATA."
            )
        if not self._is_running():
            self._write_settings(data)
            self._control("start")

    def _create(self, data: Path) -> None:
        """Create the data folder. One that a crash left half done lacks `complete` and is made anew."""
        if data.exists():
            data.rename(data.with_name(f"data-incomplete-{int(time.time())}"))
        password = self._home / "password"
        password.touch(mode=0o600)
        password.write_text(secrets.token_urlsafe(24), encoding="utf-8")
        self._account.own(password)
        run_program(
            [
                self._programs / "initdb",
                f"--pgdata={data}",
                f"--username={_USER}",
                f"--pwfile={password}",
                "--auth=scram-sha-256",
                "--encoding=UTF8",
                "--locale=C",
                "--no-instructions",
            ],
            account=self._account,
            log=self._home / "log" / "initdb.log",
        )
        self._write_settings(data)
        # The database is made in single-user mode, which needs neither a connection nor a second program.
        statement = self._home / "run" / "create.sql"
        statement.write_text(f"CREATE DATABASE {_DATABASE};\n", encoding="utf-8")
        with statement.open("rb") as words:
            run_program(
                [
                    self._programs / "postgres",
                    "--single",
                    "-D",
                    data,
                    "-c",
                    "logging_collector=off",
                    "postgres",
                ],
                account=self._account,
                log=self._home / "log" / "initdb.log",
                stdin=words,
            )
        statement.unlink()
        (data / "complete").touch()

    def _write_settings(self, data: Path) -> None:
        """Write our settings each time, as socket folder and port may have changed."""
        host, port = self._place()
        chosen = {
            **self._settings,
            "listen_addresses": "" if host.startswith("/") else host,
            "unix_socket_directories": host if host.startswith("/") else "",
            "port": str(port),
        }
        text = "".join(f"{name} = '{value}'\n" for name, value in chosen.items())
        (data / "mentorbot.conf").write_text(text, encoding="utf-8")
        (data / "mentorbot.conf").chmod(0o644)
        main = data / "postgresql.conf"
        if "include 'mentorbot.conf'" not in (written := main.read_text(encoding="utf-8")):
            main.write_text(f"{written}\ninclude 'mentorbot.conf'\n", encoding="utf-8")

    def _place(self) -> tuple[str, int]:
        """A socket in our folder, or a loopback port where its path is too long for a socket's name."""
        folder = self._home / "run"
        if len(os.fsencode(folder)) <= _LONGEST_SOCKET_FOLDER:
            return str(folder), _PORT
        chosen = self._home / "run" / "port"
        if not self._is_running() or not chosen.exists():
            with socket.socket() as probe:
                probe.bind(("127.0.0.1", 0))
                chosen.write_text(str(probe.getsockname()[1]), encoding="utf-8")
        return "127.0.0.1", int(chosen.read_text(encoding="utf-8"))

    def _is_running(self) -> bool:
        return self._control("status", check=False) == 0

    def _control(self, order: str, *options: str, check: bool = True) -> int:
        log = self._home / "log" / "pg_ctl.log"
        if order == "start":
            log.write_bytes(b"")
        waiting = () if order == "status" else ("--wait", f"--timeout={_PATIENCE}")
        return run_program(
            [self._programs / "pg_ctl", order, f"--pgdata={self._home / 'data'}", *waiting, *options],
            account=self._account,
            log=log,
            check=check,
        )

    def _url(self) -> str:
        host, port = self._place()
        password = quote((self._home / "password").read_text(encoding="utf-8"), safe="")
        if host.startswith("/"):
            return f"postgresql://{_USER}:{password}@/{_DATABASE}?host={quote(host, safe='')}"
        return f"postgresql://{_USER}:{password}@{host}:{port}/{_DATABASE}"


def _home(data_dir: Path, account: Account) -> Path:
    """Where the files go: under `data_dir`, unless PostgreSQL's account cannot get there (root's home)."""
    data_dir = data_dir.absolute()
    existing = next(folder for folder in (data_dir, *data_dir.parents) if folder.exists())
    if account.may_enter(existing):
        return data_dir / "postgres"
    mark = hashlib.sha256(os.fsencode(data_dir)).hexdigest()[:8]
    return _ROOTS_FOLDER / f"postgres-{mark}"


def _locked(path: Path, how: int) -> IO[str]:
    """The file, locked until it is closed (also by a kill). Raises BlockingIOError with LOCK_NB."""
    file = path.open("a+", encoding="utf-8")
    try:
        fcntl.flock(file, how)
    except BaseException:
        file.close()
        raise
    return file
