"""Known vulnerabilities make a build red; a database that is out of reach doesn't."""

from __future__ import annotations

import json
import runpy
from pathlib import Path
from typing import Any

import pytest

VERDICT = runpy.run_path(str(Path(__file__).parents[1] / ".ci" / "audit.py"))["verdict"]
FLAW = {"id": "PYSEC-1", "fix_versions": ["2.0"]}


def found(**package: Any) -> str:
    return json.dumps({"dependencies": [{"name": "tea", "version": "1.0", **package}]})


@pytest.mark.parametrize(
    ("report", "code", "said"),
    [
        pytest.param("", 0, "can't be reached", id="pip-audit could not be had, or took too long"),
        pytest.param("<html>", 0, "can't be reached", id="a proxy answered"),
        pytest.param(found(skip_reason="not found"), 0, "can't be reached", id="nothing could be looked up"),
        pytest.param(found(vulns=[]), 0, "none known in 1 locked", id="nothing is known"),
        pytest.param(found(vulns=[FLAW]), 1, "tea 1.0: PYSEC-1, mended in 2.0", id="something is known"),
    ],
)
def test_only_what_is_known_to_be_vulnerable_makes_a_build_red(report: str, code: int, said: str) -> None:
    ended, sentence = VERDICT(report)

    assert ended == code
    assert said in sentence
