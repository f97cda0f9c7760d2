"""The docs cannot rot: their examples are tried, their links followed."""

from __future__ import annotations

import importlib
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from docs.generate import EVENTS_TELL, WHAT_FOR, command_line
from mentorbot.config.configuration import Source, read_configuration
from mentorbot.db.retention import CLOSED_TIMELINES_KEPT, IDS_KEPT, JOURNAL_KEPT, PAYLOADS_KEPT
from mentorbot.feature_api.feature_catalog import FeatureCatalog
from mentorbot.features import load
from mentorbot.github.manifest import permissions_needed
from mentorbot.github.webhook_subscriptions import subscribed_events

ROOT = Path(__file__).parent.parent
PAGES = sorted(
    [ROOT / "README.md", ROOT / "CHANGELOG.md", ROOT / "SECURITY.md", *(ROOT / "docs").rglob("*.md")]
)
HANDBOOK = FeatureCatalog(load())
INLINE = re.compile(r"`([^`\n]+)`")
COMMANDS = frozenset(listed.command.name for listed in HANDBOOK.commands())
COMMAND_LINE = frozenset(command_line())
EXAMPLES = frozenset({"first-reviews"})
"""Commands of features that the docs have as examples."""
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


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_every_link_to_a_heading_leads_to_one(page: Path) -> None:
    links = re.findall(r"\]\(([^)#\s]*)#([^)\s]+)\)", page.read_text(encoding="utf-8"))
    dead = [
        f"{link}#{anchor}"
        for link, anchor in links
        if "://" not in link and anchor not in anchors(page.parent / link if link else page)
    ]
    assert dead == []


def anchors(page: Path) -> set[str]:
    """The headings of a page as GitHub makes links of them."""
    text = re.sub(r"^```.*?^```", "", page.read_text(encoding="utf-8"), flags=re.DOTALL | re.MULTILINE)
    headings = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def test_every_page_can_be_found_from_the_first_one() -> None:
    found, to_read = set[Path](), [ROOT / "README.md"]
    while to_read:
        page = to_read.pop()
        if page in found:
            continue
        found.add(page)
        links = re.findall(r"\]\(([^)#\s]+\.md)", page.read_text(encoding="utf-8"))
        to_read += [(page.parent / link).resolve() for link in links if "://" not in link]
    assert [named(page) for page in PAGES if page not in found] == []


@pytest.mark.parametrize("page", [page for page in PAGES if page.name != "CHANGELOG.md"], ids=named)
def test_every_command_that_the_docs_name_is_one(page: Path) -> None:
    """On the command line and in comments: in code, as `mentorbot WORD`, `/mentorbot WORD` or `make WORD`."""
    text = page.read_text(encoding="utf-8")
    code = "\n".join((*re.findall(r"^```\n(.*?)^```", text, re.DOTALL | re.MULTILINE), *INLINE.findall(text)))
    comments = set(re.findall(r"^/mentorbot ([a-z]{3,})\b", code, re.MULTILINE))
    words = set(re.findall(r"^(?:\S+/)?mentorbot ([a-z][a-z-]+)", code, re.MULTILINE))
    targets = set(re.findall(r"^make ([a-z][a-z-]*)", code, re.MULTILINE))
    assert {word for word in comments if not any(name.startswith(word) for name in COMMANDS)} == set()
    assert words - COMMAND_LINE - EXAMPLES == set()
    assert targets - set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE)) == set()


def test_readme_is_read_in_two_minutes() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    prose = re.sub(r"\]\([^)]*\)|^```.*?^```", "", text, flags=re.DOTALL | re.MULTILINE)
    assert len(re.findall(r"\w+", prose)) < 600, "move something to a page of docs/"


def test_every_permission_and_every_event_of_the_app_has_its_reason() -> None:
    needed = {f"{name}: {access}" for name, access in permissions_needed(HANDBOOK).items()}
    assert needed - WHAT_FOR.keys() == set(), "say in docs/generate.py what for"
    assert set(subscribed_events(HANDBOOK.features)) - EVENTS_TELL.keys() == set(), "say what it tells"
    page = (ROOT / "docs/permissions.md").read_text(encoding="utf-8")
    assert all(f"| `{permission}` | {WHAT_FOR[permission]} |" in page for permission in needed)


def test_how_long_people_s_data_are_kept_is_what_the_page_says() -> None:
    page = (ROOT / "docs/privacy.md").read_text(encoding="utf-8")
    for kept, said in (
        (PAYLOADS_KEPT, "{} days after it was worked off"),
        (IDS_KEPT, "decided | {} days"),
        (CLOSED_TIMELINES_KEPT, "until {} days after it was closed"),
        (JOURNAL_KEPT, "and why | {} days"),
    ):
        assert said.format(kept.days) in page
    about = (ROOT / "mentorbot/web/templates/about.html").read_text(encoding="utf-8")
    assert f"sends after {PAYLOADS_KEPT.days} days" in about
    assert f"{CLOSED_TIMELINES_KEPT.days} days after it was closed" in about


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
