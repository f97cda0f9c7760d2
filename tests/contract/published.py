"""Finds what GitHub publishes about itself: beside this repository, or else in its npm packages."""

from __future__ import annotations

import fcntl
import gzip
import shutil
import subprocess
from functools import cache
from pathlib import Path

import pytest

_ROOT = Path(__file__).parents[2]
_SHARED = _ROOT.parent / "shared" / "contract"
_BUILT = _ROOT / "build" / "contract"
_PACKAGES = (
    "@octokit/openapi@23.0.2",
    "@octokit/graphql-schema@15.26.1",
    "@octokit/webhooks-examples@7.6.1",
    "@octokit/webhooks-schemas@7.6.1",
)
_IN_PACKAGES = {
    "openapi.api.github.com.json": "openapi/generated/api.github.com.json",
    "schema.graphql": "graphql-schema/schema.graphql",
    "webhook-examples.json": "webhooks-examples/api.github.com/index.json",
    "webhook-schemas.json": "webhooks-schemas/schema.json",
}


@cache
def published(name: str) -> str:
    """The text of one of GitHub's publications.

    They are not ours to copy into the project: without the shared folder they are installed once from npm,
    and a test that needs them is skipped where there is no npm either.
    """
    shared = _SHARED / f"{name}.gz"
    if shared.exists():
        return gzip.decompress(shared.read_bytes()).decode()
    installed = _BUILT / "node_modules" / "@octokit" / _IN_PACKAGES[name]
    if not installed.exists():
        _install()
    return installed.read_text()


def _install() -> None:
    npm = shutil.which("npm")
    if npm is None:
        pytest.skip(
            "GitHub's own descriptions are not here: install npm, or put them into ../shared/contract"
        )
    _BUILT.mkdir(parents=True, exist_ok=True)
    with (_BUILT / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # several test workers may come here at once
        command = [npm, "install", "--no-save", "--no-audit", "--no-fund", "--ignore-scripts"]
        subprocess.run([*command, "--prefix", str(_BUILT), *_PACKAGES], check=True, capture_output=True)  # noqa: S603 — fixed arguments
