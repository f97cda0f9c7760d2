"""The docs cannot rot: their examples are tried, their links followed."""

from __future__ import annotations

import importlib
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from mentorbot.config.configuration import Source, read_configuration
from mentorbot.feature_api.feature_catalog import FeatureCatalog
from mentorbot.features import load

ROOT = Path(__file__).parent.parent
PAGES = sorted([ROOT / "README.md", ROOT / "CHANGELOG.md", *(ROOT / "docs").rglob("*.md")])
HANDBOOK = FeatureCatalog(load())
MODULES = ("config", "facts", "messages", "rules", "__init__")
"""Of a feature, in the order of docs/add-a-feature.md."""


def fenced(language: str) -> Iterator[tuple[Path, str]]:
    for page in PAGES:
        for found in re.finditer(
            rf"^```{language}\n(.*?)^```", page.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE
        ):
            yield page, found[1]


def named(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize(
    ("page", "text"), [pytest.param(page, text, id=named(page)) for page, text in fenced("yaml")]
)
def test_every_config_in_the_docs_is_in_order(page: Path, text: str) -> None:
    source = Source(origin="repository", full_name="octo/tea", path=".github/mentorbot.yml", text=text)
    configuration = read_configuration([source], sections=HANDBOOK.sections(), last_good={})
    assert configuration.problems == ()
    assert configuration.sections


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_every_link_in_the_docs_leads_somewhere(page: Path) -> None:
    links = re.findall(r"\]\(([^)#\s]+)", page.read_text(encoding="utf-8"))
    dead = [link for link in links if "://" not in link and not (page.parent / link).exists()]
    assert dead == []


def test_every_test_that_the_page_on_security_names_exists() -> None:
    page = (ROOT / "docs/security.md").read_text(encoding="utf-8")
    named_tests = re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", page)
    missing = [
        f"{file}::{name}"
        for file, name in named_tests
        if not (ROOT / file).exists() or f"def {name}(" not in (ROOT / file).read_text(encoding="utf-8")
    ]
    assert len(named_tests) > 20
    assert missing == []


def test_the_example_feature_in_the_docs_works_as_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its files are put together as the page says and loaded as a feature, and its tests are run."""
    texts = [text for page, text in fenced("python") if page.name == "add-a-feature.md"]
    folder = tmp_path / "tried_features" / "tidy_up"
    folder.mkdir(parents=True)
    (folder.parent / "__init__.py").write_text("")
    for name, text in zip((*MODULES, "test_rules"), texts, strict=True):
        there = text.replace("mentorbot.features.tidy_up", "tried_features.tidy_up")
        (folder / f"{name}.py").write_text(there)
    monkeypatch.syspath_prepend(tmp_path)
    (card,) = load(importlib.import_module("tried_features"))
    catalog = FeatureCatalog((*(one for one in load() if one.name != card.name), card))
    assert "tidy_up" in catalog.config_reference()
    assert "tidy_up" in catalog.json_schema()["properties"]
    source = Source(
        origin="repository", full_name="octo/tea", path=".github/mentorbot.yml", text=card.example
    )
    configuration = read_configuration([source], sections=catalog.sections(), last_good={})
    assert configuration.is_on("tidy_up")
    assert [entry.name for entry in catalog.menu(configuration) if entry.is_on][-1] == "tidy_up"
    tests = vars(importlib.import_module("tried_features.tidy_up.test_rules"))
    tried = [test() for name, test in tests.items() if name.startswith("test_")]
    assert len(tried) == 3


def test_the_linter_has_nothing_to_say_about_the_example_feature(tmp_path: Path) -> None:
    texts = [text for page, text in fenced("python") if page.name == "add-a-feature.md"]
    folder = tmp_path / "tidy_up"
    folder.mkdir()
    for name, text in zip(MODULES, texts, strict=False):
        (folder / f"{name}.py").write_text(text)
    ruff = Path(sys.executable).with_name("ruff")
    ended = subprocess.run(  # noqa: S603 - our own tool
        [ruff, "check", "--no-cache", "--config", ROOT / "pyproject.toml", folder],
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 0, ended.stdout
