"""The package in docs/feature-api.md and two that are no good: built, installed afresh, and asked for."""

from __future__ import annotations

import importlib
import json
import os
import re
import subprocess
import sys
import sysconfig
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.cli.conftest import Beside
from tests.cli.test_doctor import all_well

ROOT = Path(__file__).parent.parent.parent
PAGE = (ROOT / "docs/feature-api.md").read_text(encoding="utf-8")
FILES = dict(re.findall(r"^\*\*`([\w./]+)`\*\*.*?^```\w+\n(.*?)^```", PAGE, re.DOTALL | re.MULTILINE))
MAY_BE_IMPORTED = {name for name in re.findall(r"`(mentorbot\.\w+\.\w+)`", PAGE) if "__" not in name}
NO_GOOD = {
    "pyproject.toml": """\
[project]
name = "mentorbot-no-good"
version = "0.1"
requires-python = ">=3.11"
[project.entry-points."mentorbot.features"]
broken = "mentorbot_no_good.broken:FEATURE"
second_help = "mentorbot_no_good:FEATURE"
[build-system]
requires = ["uv_build"]
build-backend = "uv_build"
""",
    "src/mentorbot_no_good/__init__.py": """\
from dataclasses import replace
from mentorbot.features.help import FEATURE as HELP
FEATURE = replace(HELP, name="second_help")
""",
    "src/mentorbot_no_good/broken.py": "raise RuntimeError('the kettle is cold')\n",
}


@dataclass(frozen=True, slots=True)
class Installed:
    """A fresh environment with both packages."""

    python: Path
    folder: Path

    def mentorbot(
        self, *words: str, features: str = "", **variables: str
    ) -> subprocess.CompletedProcess[str]:
        """Run `mentorbot WORDS` there."""
        return subprocess.run(  # noqa: S603 - our own program
            [self.python, "-m", "mentorbot", *words],
            cwd=self.folder,
            env={**_quiet(), "MENTORBOT_FEATURES": features},
            capture_output=True,
            text=True,
            check=False,
        )


def _quiet() -> Mapping[str, str]:
    """This environment, in words that are the same everywhere, without what would lead to other packages."""
    return {
        **{name: value for name, value in os.environ.items() if name not in {"PYTHONPATH", "VIRTUAL_ENV"}},
        "COLUMNS": "200",
        "NO_COLOR": "1",
    }


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Installed:
    folder = tmp_path_factory.mktemp("elsewhere")
    for name, files in (("first_review", FILES), ("no_good", NO_GOOD)):
        for path, text in files.items():
            file = folder / name / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")
        _uv("build", "--wheel", "--out-dir", str(folder / "wheels"), str(folder / name))
    _uv("venv", "--python", sys.executable, str(folder / "fresh"))
    python = folder / "fresh" / Path(sys.executable).parent.name / Path(sys.executable).name
    wheels = map(str, sorted((folder / "wheels").glob("*.whl")))
    _uv("pip", "install", "--no-index", "--no-deps", "--python", str(python), *wheels)
    # The bot itself, and what it needs, are those of this environment.
    packages = next((folder / "fresh").rglob("site-packages"))
    (packages / "mentorbot.pth").write_text(f"{ROOT}\n{sysconfig.get_path('purelib')}\n")
    return Installed(python, folder)


def _uv(*words: str) -> None:
    uv = Path(sys.executable).with_name("uv")
    ended = subprocess.run(  # noqa: S603 - our own tool
        [uv, *words, "--offline", "--no-config", "--no-cache"],
        capture_output=True,
        text=True,
        check=False,
        env=_quiet(),
    )
    assert ended.returncode == 0, ended.stderr


def test_a_feature_that_is_named_is_in_schema_help_and_manifest(installed: Installed) -> None:
    schema = json.loads(installed.mentorbot("schema", features="first_review").stdout)
    assert "${author}" in json.dumps(schema["properties"]["first_review"]) + json.dumps(schema["$defs"])
    assert "Tell who was thanked" in installed.mentorbot("--help", features="first_review").stdout


def test_one_that_is_not_named_is_not_loaded(installed: Installed) -> None:
    (installed.folder / "mentorbot.yml").write_text("first_review:\n")
    ended = installed.mentorbot("check", "mentorbot.yml")
    assert ended.returncode == 1
    assert "first_review" in ended.stdout
    assert installed.mentorbot("first-reviews", "octo/tea").returncode == 2


def test_sections_of_those_left_out_go_unread_without_a_word(installed: Installed) -> None:
    text = "first_review:\n  message: Thanks!\nbroken: 7\nsecond_help:\n  pots: [a]\n  pots: [b]\n"
    (installed.folder / "mentorbot.yml").write_text(text)
    ended = installed.mentorbot(
        "check", "mentorbot.yml", features="first_review, broken, second_help, nowhere"
    )
    assert ended.stdout == "mentorbot.yml: in order. On: first_review.\n"
    assert ended.returncode == 0


def test_the_doctor_tells_which_are_left_out_and_why(installed: Installed, beside: Beside) -> None:
    beside.do(all_well)
    ended = installed.mentorbot("doctor", "--json", features="first_review,broken,second_help,nowhere")
    assert ended.returncode == 1, ended.stderr
    found = {one["about"]: one for one in json.loads(ended.stdout)}
    assert found["feature first_review"]["said"] == "it comes from mentorbot-first-review 1.0"
    taken = "ValueError: second_help and help both know 'help': rename one"
    assert [found[f"feature {name}"]["said"] for name in ("broken", "second_help", "nowhere")] == [
        "it is left out (mentorbot-no-good 0.1): RuntimeError: the kettle is cold",
        f"it is left out (mentorbot-no-good 0.1): {taken}",
        "it is left out: no installed package brings it (there are: broken, first_review, second_help)",
    ]
    assert "MENTORBOT_FEATURES" in found["feature broken"]["cure"]
    told = installed.mentorbot("first-reviews", "octo/tea", "--json", features="first_review")
    assert (told.returncode, json.loads(told.stdout)) == (0, [])


def test_the_packages_own_tests_pass(installed: Installed) -> None:
    ended = subprocess.run(  # noqa: S603 - our own tool
        [installed.python, "-m", "pytest", "-q", "-p", "no:cacheprovider", "tests"],
        cwd=installed.folder / "first_review",
        env=_quiet(),
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 0, ended.stdout


def test_the_example_imports_only_what_the_page_allows() -> None:
    imported = {
        name
        for text in FILES.values()
        for name in re.findall(r"^from (mentorbot\.[\w.]+) import", text, re.MULTILINE)
    }
    assert imported
    assert imported <= MAY_BE_IMPORTED


@pytest.mark.parametrize("name", sorted(MAY_BE_IMPORTED))
def test_what_the_page_allows_is_there(name: str) -> None:
    assert importlib.import_module(name)
