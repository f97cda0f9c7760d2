"""A PostgreSQL of our own, from the wheel's programs, so that `make run` needs nothing installed."""

from __future__ import annotations

import fcntl
import hashlib
import os
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import MappingProxyType
from typing import IO

from mentorbot.db import safe_files
from mentorbot.db.postgres_data_folder import DataMissing, PostgresCluster
from mentorbot.db.postgres_programs import StoreUnusable, SystemAccount, account_for_postgres

_ROOTS_FOLDER = Path("/var/lib/mentorbot")
_OTHERS_ARE_BUSY = 2.0  # seconds that stopping waits for others who start or stop PostgreSQL just then
_LOOK = 0.05

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
        "lc_messages": "C",
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
    last to use it stops it. The bot's role is no superuser; tests, which give each test a database, may have
    it create databases. `settings` are added to PostgreSQL's (tests trade durability for speed).
    Methods may be called from any thread; `stop` ends a `start` or `revive` that is under way.
    """

    def __init__(
        self,
        data_dir: Path,
        *,
        own: bool = True,
        settings: Mapping[str, str] = MappingProxyType({}),
        may_create_databases: bool = False,
    ) -> None:
        account = account_for_postgres()
        self._home = _home(data_dir, account)
        self._cluster = PostgresCluster(
            self._home,
            account,
            settings={**_SETTINGS, **settings},
            may_create_databases=may_create_databases,
        )
        self._own = own
        self._owner: IO[str] | None = None
        self._user: IO[str] | None = None
        self._one_at_a_time = threading.Lock()

    @property
    def home(self) -> Path:
        return self._home

    @property
    def is_alive(self) -> bool:
        return self._cluster.is_alive

    def start(self) -> str:
        """Start PostgreSQL, or find the one that runs on this data, and return its `postgresql://` address.

        Takes 0.1 s, and 0.7 s the first time. Raises AlreadyRunning, StoreUnusable.
        """
        with self._one_at_a_time:
            self._cluster.prepare_folders()
            if self._own:
                self._owner = self._lock_as_owner()
            try:
                with self._startup_lock():
                    self._user, alone = self._lock_as_user()
                    self._cluster.bring_up(alone=alone)
            except BaseException:
                self._release_locks()
                raise
            return self._cluster.url

    def revive(self) -> None:
        """Start PostgreSQL again after it died or hangs, unless somebody else has. Raises StoreUnusable."""
        with self._one_at_a_time:
            try:
                with self._startup_lock():
                    self._cluster.bring_up(alone=False)
            except OSError as error:
                raise DataMissing(
                    f"The folder {self._home} is gone ({error.strerror}): put it back."
                ) from error

    def stop(self) -> None:
        """Stop PostgreSQL unless somebody else still uses it. Harmless when it is not running."""
        self._cluster.cancel()
        with self._one_at_a_time:
            if self._user is not None:
                self._stop_unless_used(self._user)
            self._release_locks()
            self._cluster.allow()

    def _stop_unless_used(self, mine: IO[str]) -> None:
        try:
            with self._startup_lock(patience=_OTHERS_ARE_BUSY):
                mine.close()
                with safe_files.locked(self._home / "in-use", fcntl.LOCK_EX | fcntl.LOCK_NB):
                    self._cluster.shut_down()
        except BlockingIOError:
            return  # whoever still uses it, or is about to, stops it
        except (OSError, StoreUnusable):
            self._cluster.end_by_force()  # its folder was taken away under it

    def end_of_log(self) -> str:
        return self._cluster.end_of_log()

    def _lock_as_owner(self) -> IO[str]:
        path = self._home / "owner"
        try:
            lock = safe_files.locked(path, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            other = safe_files.read(path).strip() or "unknown"
            raise AlreadyRunning(
                f"Another mentorbot (process {other}) works on the data in {self._home}. "
                "Stop it first, or give this one a MENTORBOT_DATA of its own."
            ) from None
        lock.seek(0)
        lock.truncate()
        lock.write(str(os.getpid()))
        lock.flush()
        return lock

    def _lock_as_user(self) -> tuple[IO[str], bool]:
        """The lock of all who use it, shared; and whether nobody else does."""
        path = self._home / "in-use"
        try:
            lock = safe_files.locked(path, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return safe_files.locked(path, fcntl.LOCK_SH), False
        fcntl.flock(lock, fcntl.LOCK_SH)
        return lock, True

    @contextmanager
    def _startup_lock(self, *, patience: float | None = None) -> Iterator[None]:
        """Nobody else starts or stops PostgreSQL meanwhile. Raises BlockingIOError when patience ends."""
        deadline = None if patience is None else time.monotonic() + patience
        while True:
            try:
                lock = safe_files.locked(self._home / "starting", fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if deadline is not None and time.monotonic() > deadline:
                    raise
                if deadline is None and self._cluster.is_cancelled:
                    raise StoreUnusable("Told to stop while another mentorbot started PostgreSQL.") from None
            time.sleep(_LOOK)
        with lock:
            yield

    def _release_locks(self) -> None:
        for lock in (self._user, self._owner):
            if lock is not None:
                lock.close()
        self._user = self._owner = None


def _home(data_dir: Path, account: SystemAccount) -> Path:
    """Where the files go: below the folder that was named, or nowhere. Raises StoreUnusable."""
    data_dir = data_dir.absolute()
    existing = next(folder for folder in (data_dir, *data_dir.parents) if folder.exists())
    ways_out = "run mentorbot as another user than root, or set DATABASE_URL"
    if not account.may_enter(existing):
        raise StoreUnusable(
            f"As root, mentorbot runs PostgreSQL as the user {account.name}, who can't reach MENTORBOT_DATA "
            f"({data_dir}): name a folder that everybody may pass through, for instance {_ROOTS_FOLDER}, "
            f"{ways_out}.{_of_old(data_dir)}"
        )
    home = data_dir / "postgres"
    if account.may_move(home):
        raise StoreUnusable(
            f"As root, mentorbot runs PostgreSQL as the user {account.name}, to whom MENTORBOT_DATA "
            f"({data_dir}) or a folder above it belongs: name one that belongs to root, for instance "
            f"{_ROOTS_FOLDER}, {ways_out}."
        )
    return home


def _of_old(data_dir: Path) -> str:
    """Where an older mentorbot put the data instead, without saying so."""
    mark = hashlib.sha256(os.fsencode(data_dir)).hexdigest()[:8]
    old = _ROOTS_FOLDER / f"postgres-{mark}"
    if not old.exists():
        return ""
    fresh = _ROOTS_FOLDER / mark
    return (
        f" An older mentorbot put these data into {old}: to go on with them, "
        f"`mkdir {fresh} && mv {old} {fresh / 'postgres'}`, and set MENTORBOT_DATA={fresh}."
    )
