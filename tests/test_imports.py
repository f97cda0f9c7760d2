from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent


def test_rooms_only_know_the_rooms_they_may_know() -> None:
    # In a process of its own: import-linter silences every logger that is there already.
    linter = Path(sys.executable).with_name("lint-imports")
    ended = subprocess.run(  # noqa: S603 - our own tool
        [linter, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert ended.returncode == 0, ended.stdout
