"""Starts `mentorbot` as a process of its own, the way people and init systems do."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import IO, Any

from mentorbot.settings import PLATFORMS, Settings
from tests.patience import PATIENCE


@dataclass(frozen=True, slots=True)
class Process:
    """A running mentorbot. Its output goes to a file, so that it never waits for a reader."""

    popen: subprocess.Popen[bytes]
    port: int
    output: Path

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def said(self) -> str:
        return self.output.read_text()

    def wait_until_ready(self) -> None:
        """Wait for `/readyz`."""
        started = time.monotonic()
        while time.monotonic() - started < PATIENCE:
            if self.popen.poll() is not None:
                raise AssertionError(f"it ended with {self.popen.returncode}: {self.said()}")
            try:
                if ask(f"{self.url}/readyz")[0] == 200:
                    return
            except OSError:
                time.sleep(0.02)
        raise AssertionError(f"not ready after {PATIENCE} s: {self.said()}")

    def wait_until_said(self, words: str) -> None:
        deadline = time.monotonic() + PATIENCE
        while words not in self.said():
            assert time.monotonic() < deadline, self.said()
            time.sleep(0.02)

    def stop(self, signal_: int = signal.SIGTERM) -> int:
        """Tell it to stop; return its exit code."""
        self.popen.send_signal(signal_)
        return self.popen.wait(PATIENCE)


@contextmanager
def mentorbot(
    folder: Path,
    *words: str,
    port: int | None = None,
    variables: Mapping[str, str] = MappingProxyType({}),
    program: Sequence[str | Path] = (),
    is_read: bool = True,
) -> Iterator[Process]:
    """`mentorbot WORDS` in `folder` with these variables, its data in `folder/data`; killed at the end.

    Unless it `is_read`, it speaks into a pipe whose other end is closed.
    Where a `program` is given, one that was installed elsewhere, it sees nothing of this checkout.
    """
    chosen = port or two_free_ports()
    output = folder / f"output-{chosen}-{'-'.join(words).replace('/', '-')}.txt"
    output.touch()
    env = environment(folder, {"PORT": str(chosen), **variables})
    with output.open("wb") if is_read else _pipe_without_reader() as out:
        popen = subprocess.Popen(  # noqa: S603 - our own program
            [*(program or (sys.executable, "-m", "mentorbot")), *words],
            cwd=folder,
            env=without_checkout(env) if program else env,
            stdout=out,
            stderr=subprocess.STDOUT,
        )
    try:
        yield Process(popen, chosen, output)
    finally:
        if popen.poll() is None:
            popen.kill()
            popen.wait()


def _pipe_without_reader() -> IO[bytes]:
    """What fails at whatever is written to it."""
    reader, writer = os.pipe()
    os.close(reader)
    return os.fdopen(writer, "wb")


def environment(folder: Path, variables: Mapping[str, str]) -> Mapping[str, str]:
    """This process's environment without settings of ours, then these."""
    ours = {*(name.upper() for name in Settings.model_fields), *PLATFORMS}
    inherited = {name: value for name, value in os.environ.items() if name.upper() not in ours}
    return {**inherited, "MENTORBOT_DATA": str(folder / "data"), **variables}


def without_checkout(variables: Mapping[str, str]) -> Mapping[str, str]:
    """An environment in which Python finds nothing but what is installed, and nothing is traced."""
    ours = {"PYTHONPATH", "COVERAGE_PROCESS_START", "COVERAGE_PROCESS_CONFIG"}
    return {name: value for name, value in variables.items() if name not in ours}


def two_free_ports() -> int:
    """A port that is free, as is the one after it (the sandbox's)."""
    while True:
        with socket.socket() as one, socket.socket() as other:
            one.bind(("127.0.0.1", 0))
            port: int = one.getsockname()[1]
            try:
                other.bind(("127.0.0.1", port + 1))
            except OSError:
                continue
            return port


def ask(url: str, body: Any = None) -> tuple[int, str]:
    """GET, or POST of JSON; status and text."""
    request = urllib.request.Request(url, None if body is None else json.dumps(body).encode())  # noqa: S310 - ours
    if body is not None:
        request.add_header("Content-Type", "application/json")
    try:
        with urllib.request.urlopen(request, timeout=PATIENCE) as answer:  # noqa: S310 - the same
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.read().decode()
