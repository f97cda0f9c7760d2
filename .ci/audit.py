"""Holds the locked versions against what is known of their vulnerabilities.

Ends with 1 where there are some. Where that can't be found out, it says so and ends with 0: a database that
is out of reach makes no build red.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
PIP_AUDIT = "pip-audit==2.10.1"
SECONDS = 40  # to fetch pip-audit itself, and to ask


def report() -> str:
    """What pip-audit finds, as JSON; nothing where it can't be had, or takes too long."""
    locked = ["--require-hashes", "--disable-pip", "--requirement", str(ROOT / "requirements-sandbox.lock")]
    command = [
        str(Path(sys.executable).with_name("uvx")),
        PIP_AUDIT,
        "--progress-spinner=off",
        "--format=json",
    ]
    try:
        done = subprocess.run(  # noqa: S603 - ourselves
            [*command, *locked], capture_output=True, text=True, timeout=SECONDS, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout


def verdict(found: str) -> tuple[int, str]:
    """The exit code, and a sentence."""
    try:
        dependencies = json.loads(found)["dependencies"]
        audited = [one for one in dependencies if "vulns" in one and "skip_reason" not in one]
    except (ValueError, KeyError, TypeError):
        audited = []
    if not audited:
        return 0, "Vulnerabilities: not looked up, as their database can't be reached from here."
    known = [
        f"{one['name']} {one['version']}: {flaw['id']}, mended in {' or '.join(flaw['fix_versions']) or '?'}"
        for one in audited
        for flaw in one["vulns"]
    ]
    if not known:
        return 0, f"Vulnerabilities: none known in {len(audited)} locked packages."
    return 1, "\n".join(["Vulnerabilities (`make lock` takes the newest versions):", *known])


if __name__ == "__main__":
    code, sentence = verdict(report())
    print(sentence)
    sys.exit(code)
