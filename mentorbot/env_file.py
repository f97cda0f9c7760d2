"""Keeps new settings in a `.env` file: what else is in it stays, and nobody but its owner can read it."""

from __future__ import annotations

import os
import re
import secrets
import stat
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

from dotenv.parser import parse_stream

_PLAIN = re.compile(r"[A-Za-z0-9._/:+=@%~,?&-]*")
"""What every reader of such files (python-dotenv, Docker, shells) takes as it stands, without quotes."""


class CannotKeep(Exception):  # noqa: N818 - says what is the case, as callers read it
    """The file can't take these settings; the text says why."""


@dataclass(frozen=True, slots=True)
class EnvFile:
    """A `.env` file, which need not be there yet."""

    path: Path

    def check(self) -> None:
        """Raises CannotKeep where it surely can't be written."""
        target = self._target()
        if target.exists() and not target.is_file():
            raise CannotKeep(f"{self.path} is no file")
        if not os.access(target.parent, os.W_OK | os.X_OK):
            raise CannotKeep(f"the folder {target.parent} can't be written to")

    def keep(self, values: Mapping[str, str], *, without: Iterable[str] = ()) -> None:
        """Set these variables, each in its old place; those in `without` are unset. Raises CannotKeep.

        It is written as a whole, or stays as it was.
        """
        self.check()
        for name, value in values.items():
            if not _PLAIN.fullmatch(value):
                raise CannotKeep(f"{name} has characters that not every reader of such a file understands")
        try:
            before = self._target().read_text(encoding="utf-8") if self._target().exists() else ""
            self._replace(_with(before, values, frozenset(without)))
        except (OSError, UnicodeDecodeError) as error:
            why = error.strerror if isinstance(error, OSError) else "it is not UTF-8 text"
            raise CannotKeep(f"{self.path} can't be written ({why})") from error

    def _target(self) -> Path:
        """Where a link leads: the file it stands for is what others read."""
        return self.path.resolve()

    def _replace(self, text: str) -> None:
        target = self._target()
        fresh = target.with_name(f".{target.name}.{secrets.token_hex(6)}")
        descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, stat.S_IRUSR | stat.S_IWUSR)
        try:
            with os.fdopen(descriptor, "w", encoding="utf-8") as file:
                if (
                    target.exists() and hasattr(os, "geteuid") and os.geteuid() == 0
                ):  # it stays with whom it belonged to
                    os.fchown(file.fileno(), target.stat().st_uid, target.stat().st_gid)
                file.write(text)
                file.flush()
                os.fsync(file.fileno())
            fresh.replace(target)
        except BaseException:
            with suppress(FileNotFoundError):
                fresh.unlink()
            raise


def lines_of(values: Mapping[str, str]) -> str:
    """The same as text, for somebody to keep elsewhere."""
    return "".join(f"{name}={value}\n" for name, value in values.items())


def _with(before: str, values: Mapping[str, str], without: frozenset[str]) -> str:
    """The text with these values: in the last place of each name, as readers go by that, or at its end."""
    pieces: list[str] = []
    places: dict[str, int] = {}
    for binding in parse_stream(StringIO(before)):  # a value may go over several lines
        name, text = (binding.key or "").upper(), binding.original.string
        if name in without and binding.value:
            text = "".join(f"# {line}" for line in text.splitlines(keepends=True))
        elif name in values:
            places[name] = len(pieces)
        pieces.append(text)
    for name, place in places.items():
        space = re.match(r"\s*", pieces[place])
        pieces[place] = f"{space[0] if space else ''}{name}={values[name]}\n"
    missing = {name: value for name, value in values.items() if name not in places}
    text = "".join(pieces)
    if text and missing:
        text = text.rstrip("\n") + "\n\n# Written by mentorbot setup.\n"
    return text + lines_of(missing)
