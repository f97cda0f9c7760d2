from __future__ import annotations

from pathlib import Path

from importlinter import cli

ROOT = Path(__file__).parent.parent


def test_rooms_only_know_the_rooms_they_may_know() -> None:
    assert (
        cli.lint_imports(config_filename=str(ROOT / "pyproject.toml"), cache_dir=None)
        == cli.EXIT_STATUS_SUCCESS
    )
