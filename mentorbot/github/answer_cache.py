"""Keeps what GitHub answered to somebody's own token, so that a reading that was cut short can go on.

A folder for each token (by its hash) at each GitHub, each repository and each kind of reading, for its
owner's eyes only. What was answered together is one file, written as a whole or not at all: a line of JSON
that says what is in it, and the answers, compressed. Files that are anything else are ignored.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import secrets
import shutil
import stat
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from mentorbot.core.clock import Clock

KEPT_FOR = timedelta(days=7)
_CLOCKS_DIFFER = timedelta(minutes=5)
_FORMAT = 1
_SUFFIX = ".answers"
_LARGEST = 64 * 1024 * 1024


class CacheUnusable(Exception):  # noqa: N818 - says what is the case, as callers read it
    """The folder can't be used; the text says why, and what would help."""


@dataclass(frozen=True, slots=True)
class KeptAnswer:
    """An answer, and when GitHub gave it."""

    value: Any
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class WhoseAnswers:
    """What answers depend on beside the question: whose token, which GitHub, which repository, what for.

    `documents` are the texts of all questions: another version of the program may ask for more.
    """

    token: str
    api_url: str
    repository: str
    purpose: str
    documents: str = ""

    @property
    def place(self) -> Path:
        """The folder for them; it tells nobody the token, nor which repositories it reads."""
        who = hashlib.sha256(f"{self.api_url}\n{self.token}".encode()).hexdigest()[:32]
        what = hashlib.sha256(f"{self.repository.lower()}\n{self.documents}".encode()).hexdigest()[:16]
        return Path(who) / f"{self.purpose}-{what}"


class AnswerCache:
    """The answers to one reading's questions, by keys of the reader's; without a folder none are kept."""

    def __init__(self, folder: Path | None = None, *, clock: Clock) -> None:
        self._folder = folder
        self._clock = clock
        self._index: dict[str, tuple[Path, int, datetime]] = {}
        self._unpacked: tuple[Path, list[Any]] | None = None
        if folder is not None:
            self._index = dict(self._found(folder))

    @classmethod
    def opened(cls, base: Path, whose: WhoseAnswers, *, clock: Clock, fresh: bool = False) -> AnswerCache:
        """The cache below the program's own folder `base`; with `fresh` it begins empty.

        Raises CacheUnusable where the folder can't be made, or belongs to somebody else.
        """
        folder = base / whose.place
        try:
            _own_folder(base)
            _forget_old(base, before=clock() - KEPT_FOR)
            if fresh:
                shutil.rmtree(folder, ignore_errors=True)
            for one in (folder.parent, folder):
                one.mkdir(mode=0o700, exist_ok=True)
            return cls(folder, clock=clock)
        except OSError as error:
            raise CacheUnusable(
                f"Answers can't be kept in {base} ({error.strerror or error}): an interrupted reading begins "
                "anew. Set XDG_CACHE_HOME to a folder of yours."
            ) from error

    def __len__(self) -> int:
        return len(self._index)

    def get(self, key: str) -> KeptAnswer | None:
        """What was answered; None where nothing was, or it can't be read any more."""
        if key not in self._index:
            return None
        path, place, at = self._index[key]
        try:
            return KeptAnswer(self._answers(path)[place], at)
        except (OSError, ValueError, IndexError, zlib.error):
            del self._index[key]
            return None

    def keep(self, answers: Mapping[str, Any]) -> datetime:
        """Keep what was answered together; returns the moment it is kept with. No disk, no harm."""
        now = self._clock()
        if self._folder is None or not answers:
            return now
        keys = list(answers)
        head = json.dumps({"format": _FORMAT, "at": now.isoformat(), "keys": keys}).encode()
        body = zlib.compress(json.dumps(list(answers.values())).encode(), level=1)
        name = hashlib.sha256("\n".join(keys).encode()).hexdigest()[:32]
        path = self._folder / f"{name}{_SUFFIX}"
        with contextlib.suppress(OSError):  # a full disk: the reading goes on, only not the next one
            _write(path, head + b"\n" + body)
            self._index |= {key: (path, place, now) for place, key in enumerate(keys)}
        return now

    def _answers(self, path: Path) -> list[Any]:
        if self._unpacked is None or self._unpacked[0] != path:
            _, _, body = path.read_bytes().partition(b"\n")
            self._unpacked = (path, json.loads(zlib.decompress(body)))
        return self._unpacked[1]

    def _found(self, folder: Path) -> Iterator[tuple[str, tuple[Path, int, datetime]]]:
        now = self._clock()
        for path in sorted(folder.glob(f"*{_SUFFIX}")):
            with contextlib.suppress(OSError, ValueError, TypeError, KeyError):
                if not path.is_file() or path.stat().st_size > _LARGEST:
                    continue
                with path.open("rb") as file:
                    head = json.loads(file.readline())
                at = datetime.fromisoformat(head["at"])
                if head["format"] != _FORMAT or not now - KEPT_FOR < at < now + _CLOCKS_DIFFER:
                    continue
                yield from ((str(key), (path, place, at)) for place, key in enumerate(head["keys"]))


def _own_folder(base: Path) -> None:
    """Make the program's folder, for its owner alone. Raises OSError where it is not ours."""
    base.parent.mkdir(parents=True, exist_ok=True)
    base.mkdir(mode=0o700, exist_ok=True)
    found = base.lstat()
    if not stat.S_ISDIR(found.st_mode) or (hasattr(os, "geteuid") and found.st_uid != os.geteuid()):
        raise PermissionError(1, "it is no folder of yours")
    if stat.S_IMODE(found.st_mode) & 0o077:
        base.chmod(0o700)


def _forget_old(base: Path, *, before: datetime) -> None:
    """Delete what nobody may use any more, of all tokens and repositories."""
    for path in base.glob(f"*/*/*{_SUFFIX}"):
        with contextlib.suppress(OSError):
            if datetime.fromtimestamp(path.stat().st_mtime, UTC) < before:
                path.unlink()
    for folder in (*base.glob("*/*"), *base.glob("*")):
        with contextlib.suppress(OSError):
            folder.rmdir()  # only where it is empty


def _write(path: Path, content: bytes) -> None:
    """Write a file that only its owner can read, so that it is there as a whole or not at all."""
    unfinished = path.with_name(f".{secrets.token_hex(8)}.part")
    try:
        descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
        unfinished.replace(path)
    except OSError:
        unfinished.unlink(missing_ok=True)
        raise
