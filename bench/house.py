"""How easy the house is to live in: prints one JSON object.

    python bench/house.py [--list]

Files and lines per room; import circles, those that only type checkers see included; public class names with
more than one meaning; `decide=` of cards outside `rules`; how many files of ours are passed between a webhook
and the comment it leads to, traced on a real run: the whole bot, a PostgreSQL, the simulated GitHub. With
`--list`, which files these are. `tests/test_house.py` asks for the circles, names and rules.
"""

from __future__ import annotations

import argparse
import ast
import asyncio
import json
import sys
import tempfile
import threading
from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from types import FrameType
from typing import Any, Self

if __package__ in {None, ""}:  # run as a file: the packages are beside its folder
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import grimp

import mentorbot
from bench.history import forgetful_postgres, settings_for
from mentorbot import features
from mentorbot.observability.logs import set_up_logging
from mentorbot.sandbox.model import Issue
from mentorbot.sandbox.server import running_github
from mentorbot.sandbox.simulated_github import SimulatedGitHub
from mentorbot.wiring import Bot, running_bot

HOME = Path(mentorbot.__file__).parent
SANDBOX = HOME / "sandbox"
SAME_THING = frozenset(
    {
        "Account",
        "App",
        "ChangedFile",
        "Comment",
        "Delivery",
        "Installation",
        "Issue",
        "PullRequest",
        "PushedCommit",
        "Repository",
        "Review",
    }
)
"""GitHub's nouns, which the simulated GitHub has as well: there they are what is simulated."""

CONFIGS = {
    "octo/tea": "welcome: {pull_request: default}\n",
    "octo/kettle": "review_exchange: {give: 2, get: 1, checklist: off, check_run: false}\n",
}
_WITHIN = 60.0  # seconds for a comment to appear, with every call traced


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="How easy the house is to live in, as one line of JSON.")
    parser.add_argument("--list", action="store_true", help="the files passed, not only how many")
    listed: bool = parser.parse_args().list
    passed = asyncio.run(files_passed())
    found: dict[str, Any] = {
        "rooms": rooms(),
        "python_files": files(),
        "import_circles": circles(),
        "double_class_names": double_class_names(),
        "decides_outside_rules": decides_outside_rules(),
        "files_passed": {way: sorted(files) if listed else len(files) for way, files in passed.items()},
    }
    sys.stdout.write(json.dumps(found) + "\n")


def sources() -> list[Path]:
    """Every module of the program."""
    return sorted(HOME.rglob("*.py"))


def lines_of(path: Path) -> int:
    """How long a file is."""
    return len(path.read_text().splitlines())


def rooms() -> dict[str, dict[str, int]]:
    """Python files and lines of each folder right below `mentorbot`; what lies beside them is `root`."""
    found: dict[str, dict[str, int]] = defaultdict(lambda: {"files": 0, "lines": 0})
    for path in sources():
        parts = path.relative_to(HOME).parts
        room = found[parts[0] if len(parts) > 1 else "root"]
        room["files"] += 1
        room["lines"] += lines_of(path)
    return dict(found)


def files() -> dict[str, Any]:
    """The median and the largest file, and how much there is with and without the sandbox."""
    lengths = {path: lines_of(path) for path in sources()}
    largest = max(lengths, key=lambda path: lengths[path])
    sandbox = sum(length for path, length in lengths.items() if SANDBOX in path.parents)
    return {
        "count": len(lengths),
        "median_lines": median(lengths.values()),
        "largest": str(largest.relative_to(HOME)),
        "largest_lines": lengths[largest],
        "lines_without_sandbox": sum(lengths.values()) - sandbox,
        "lines_of_sandbox": sandbox,
    }


def circles() -> list[list[str]]:
    """Modules that import one another, however far around: each circle as its modules."""
    graph = grimp.build_graph("mentorbot", cache_dir=None)
    knows = {module: graph.find_modules_directly_imported_by(module) for module in graph.modules}
    return [sorted(circle) for circle in strongly_connected(knows) if len(circle) > 1]


def double_class_names() -> dict[str, list[str]]:
    """Public classes of one name in several places, but for those that are the same thing."""
    homes: dict[str, list[str]] = defaultdict(list)
    for path in sources():
        for node in ast.parse(path.read_text()).body:
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                homes[node.name].append(str(path.relative_to(HOME)))
    return {
        name: places
        for name, places in homes.items()
        if len(places) > 1
        and not (name in SAME_THING and len([place for place in places if "sandbox" not in place]) == 1)
    }


def decides_outside_rules() -> list[str]:
    """The `decide=` of all cards that point elsewhere than into a module, or a package, called `rules`."""
    found = []
    for feature in features.load():
        for trigger in feature.triggers:
            decide: Callable[..., object] = trigger.decide  # type: ignore[attr-defined]
            if "rules" not in decide.__module__.split("."):
                found.append(f"{feature.name}: {decide.__module__}.{decide.__qualname__}")
    return found


async def files_passed() -> dict[str, set[str]]:
    """Files of ours in which something was called from an act on GitHub until the bot's comment on it."""
    set_up_logging(level="ERROR")
    with tempfile.TemporaryDirectory(prefix="mentorbot-house-", ignore_cleanup_errors=True) as folder:
        data = Path(folder)
        async with (
            forgetful_postgres(data) as database_url,
            running_github(start=datetime(2026, 2, 9, 8, tzinfo=UTC)) as github,
            running_bot(
                settings_for(github, data=data, database_url=database_url), clock=github.clock.precise
            ) as bot,
        ):
            github.deliver_to(f"{bot.url}/github/webhook")
            return await _traced(github, bot)


async def _traced(github: SimulatedGitHub, bot: Bot) -> dict[str, set[str]]:
    """Somebody else comes first in each repository, so that all is known about the place by then."""
    acts = github.acts
    olga, _, _ = (acts.add_user(login) for login in ("olga", "grace", "ada"))
    acts.add_organization("octo", owners=(olga,))
    for name, config in CONFIGS.items():
        acts.create_repository(name, files={".github/mentorbot.yml": config}, by="olga")
    acts.install("octo", by="olga")
    for name in CONFIGS:
        acts.open_pull_request(name, by="grace", title="Boil it faster")
    boiling = acts.open_pull_request("octo/kettle", by="ada", title="Boil it slower")
    acts.comment(boiling, by="olga", body="/credits give @ada 1 for the docs")
    await _settled(github, bot)

    with _Tracer() as first:
        pull = acts.open_pull_request("octo/tea", by="ada", title="Steep it longer")
        await _answered(github, pull, 1)
    await _settled(github, bot)
    said = len(_said(github, boiling))
    with _Tracer() as exchange:
        acts.comment(boiling, by="ada", body="/exchange")
        await _answered(github, boiling, said + 1)
    await _settled(github, bot)
    return {"first_pull_request": first.files, "exchange": exchange.files}


class _Tracer:
    """Notes in which of our files, the sandbox's apart, anything is called."""

    def __init__(self) -> None:
        self.files: set[str] = set()

    def __enter__(self) -> Self:
        threading.setprofile(self._note)
        sys.setprofile(self._note)
        return self

    def __exit__(self, *_: object) -> None:
        sys.setprofile(None)
        threading.setprofile(None)

    def _note(self, frame: FrameType, event: str, _: object) -> None:
        name = frame.f_code.co_filename
        if event == "call" and name.startswith(str(HOME)) and not name.startswith(str(SANDBOX)):
            self.files.add(str(Path(name).relative_to(HOME)))


def _said(github: SimulatedGitHub, thread: Issue) -> list[str]:
    return [one.body for one in thread.comments.values() if one.author is github.app.bot]


async def _answered(github: SimulatedGitHub, thread: Issue, times: int) -> None:
    async with asyncio.timeout(_WITHIN):
        while len(_said(github, thread)) < times:  # noqa: ASYNC110 - the sandbox tells of no comment
            await asyncio.sleep(0.001)


async def _settled(github: SimulatedGitHub, bot: Bot) -> None:
    before = -1
    while before != len(github.webhooks.log):
        before = len(github.webhooks.log)
        await github.settled()
        await bot.engine.settled()


def strongly_connected(knows: dict[str, set[str]]) -> Iterator[set[str]]:
    """Kosaraju's algorithm: who is reached from where, and back again."""
    known_by: dict[str, set[str]] = defaultdict(set)
    for module, others in knows.items():
        for other in others:
            known_by[other].add(module)
    seen: set[str] = set()
    order = [one for module in knows for one in _walk(module, knows, seen)]
    seen = set()
    for module in reversed(order):
        if module not in seen:
            yield set(_walk(module, known_by, seen))


def _walk(start: str, to: dict[str, set[str]], seen: set[str]) -> list[str]:
    """What is reached from here and not seen yet, each after what is reached from it."""
    order: list[str] = []
    path = [(start, iter(sorted(to.get(start, ()))))] if start not in seen else []
    seen.add(start)
    while path:
        module, others = path[-1]
        other = next((one for one in others if one not in seen), None)
        if other is None:
            order.append(module)
            path.pop()
        else:
            seen.add(other)
            path.append((other, iter(sorted(to.get(other, ())))))
    return order


if __name__ == "__main__":
    main()
