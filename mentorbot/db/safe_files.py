"""Reads and writes files without following links that somebody else may have planted.

As root, the bot shares folders with the unprivileged account that PostgreSQL runs as. What the bot writes
goes into a folder that belongs to the bot alone, through that folder's descriptor, and takes the place of
whatever lies there under that name.
"""

from __future__ import annotations

import fcntl
import os
import secrets
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from mentorbot.db.postgres_programs import StoreUnusable

_OTHERS_MAY_WRITE = stat.S_IWGRP | stat.S_IWOTH
_NO_LINKS = os.O_NOFOLLOW | os.O_CLOEXEC | os.O_NONBLOCK  # nor waiting for a pipe


def write(path: Path, text: str, *, mode: int = 0o600) -> None:
    """Write a file of ours as a whole. Raises StoreUnusable where its folder isn't ours alone."""
    with _our_folder(path.parent) as folder, _replacing(folder, path.name, mode) as file:
        file.write(text.encode())


@contextmanager
def replacing(path: Path, *, mode: int = 0o600) -> Iterator[IO[bytes]]:
    """A file to write, which takes the place of `path` at the end of the block, or never existed."""
    folder = os.open(path.parent, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        with _replacing(folder, path.name, mode) as file:
            yield file
    finally:
        os.close(folder)


def read(path: Path, *, owner: int | None = None) -> str:
    """The text of a plain file that belongs to `owner` (unset: to us). Raises OSError for anything else."""
    with os.fdopen(os.open(path, os.O_RDONLY | _NO_LINKS), "rb") as file:
        if not _is_plain(file.fileno(), os.geteuid() if owner is None else owner):
            raise PermissionError(f"{path} is no file of ours")
        return file.read().decode(errors="replace")


def locked(path: Path, how: int) -> IO[str]:
    """A file of ours, locked until it is closed (also by a kill). Raises BlockingIOError with LOCK_NB."""
    with _our_folder(path.parent) as folder:
        file = os.fdopen(_opened(folder, path.name), "r+", encoding="utf-8")
    try:
        fcntl.flock(file, how)
    except BaseException:
        file.close()
        raise
    return file


def take_over(path: Path) -> None:
    """Make a folder ours alone; what lies in it stays as it is. It must be no link."""
    folder = os.open(path, os.O_RDONLY | os.O_DIRECTORY | _NO_LINKS)
    try:
        os.fchown(folder, os.geteuid(), os.getegid())
        os.fchmod(folder, stat.S_IMODE(os.fstat(folder).st_mode) & ~_OTHERS_MAY_WRITE)
    finally:
        os.close(folder)


@contextmanager
def _our_folder(path: Path) -> Iterator[int]:
    folder = os.open(path, os.O_RDONLY | os.O_DIRECTORY | _NO_LINKS)
    try:
        found = os.fstat(folder)
        if found.st_uid != os.geteuid() or found.st_mode & _OTHERS_MAY_WRITE:
            raise StoreUnusable(
                f"{path} belongs to the user with the number {found.st_uid} and has the rights "
                f"{stat.S_IMODE(found.st_mode):o}, but only mentorbot may write there: run mentorbot as that "
                "user, close the folder to others (`chmod go-w`), or name another MENTORBOT_DATA."
            )
        yield folder
    finally:
        os.close(folder)


@contextmanager
def _replacing(folder: int, name: str, mode: int) -> Iterator[IO[bytes]]:
    fresh = f".{name}.{secrets.token_hex(6)}"
    descriptor = os.open(fresh, os.O_RDWR | os.O_CREAT | os.O_EXCL | _NO_LINKS, mode, dir_fd=folder)
    try:
        with os.fdopen(descriptor, "w+b") as file:
            os.fchmod(file.fileno(), mode)
            yield file
            file.flush()
            os.fsync(file.fileno())
        os.replace(fresh, name, src_dir_fd=folder, dst_dir_fd=folder)
    except BaseException:
        with suppress(FileNotFoundError):
            os.unlink(fresh, dir_fd=folder)
        raise
    os.fsync(folder)


def _opened(folder: int, name: str) -> int:
    """The descriptor of a file of ours, made where there is none; what isn't ours gives way to it."""
    while True:
        try:
            found = os.open(name, os.O_RDWR | _NO_LINKS, dir_fd=folder)
        except FileNotFoundError:
            with suppress(FileExistsError):  # somebody was faster: theirs will do
                return os.open(name, os.O_RDWR | os.O_CREAT | os.O_EXCL | _NO_LINKS, 0o600, dir_fd=folder)
        except OSError:  # a link, a folder, a pipe
            _make_way(folder, name)
        else:
            if _is_plain(found, os.geteuid()):
                return found
            os.close(found)
            _make_way(folder, name)


def _make_way(folder: int, name: str) -> None:
    """Rename what lies where a file of ours belongs: it is not ours to delete."""
    with suppress(FileNotFoundError):
        os.rename(name, f"{name}-not-ours-{secrets.token_hex(4)}", src_dir_fd=folder, dst_dir_fd=folder)


def _is_plain(descriptor: int, owner: int) -> bool:
    found = os.fstat(descriptor)
    return stat.S_ISREG(found.st_mode) and found.st_uid == owner and found.st_nlink == 1
