"""Config files are strangers' words: whatever they hold, nobody else waits, and what is in force stays so."""

from __future__ import annotations

import asyncio
import io
import pickle
from collections.abc import Callable
from typing import Any

import pytest

from mentorbot.config.configuration import (
    CONFIG_PATH,
    MOST_PROBLEMS,
    Configuration,
    Source,
    proposed_configuration,
    read_configuration,
)
from mentorbot.config.yaml_reader import MOST_BYTES
from mentorbot.engine import limited_process
from mentorbot.engine.configuration import MOST_BRACKETS, SHORT, TOO_COMPLICATED, ConfigReader, R
from mentorbot.engine.limited_process import OutOfResources, answer, run_limited
from mentorbot.feature_api.feature_catalog import FeatureCatalog
from mentorbot.features import load
from tests.engine.pulse import felt

SECTIONS = FeatureCatalog(load()).sections()
EXAMPLE = "".join(feature.example for feature in load())
MOST_WORK = 2.0
"""Seconds of work between two turns of the loop. The figure is in `bench/strangers.py`; read on the loop,
these files take many seconds each."""


def many(line: Callable[[int], str], *, length: int = MOST_BYTES, before: str = "", after: str = "") -> str:
    """As many of these lines as fit."""
    lines: list[str] = []
    size = len(before) + len(after)
    while size + len(fresh := line(len(lines))) <= length:
        lines.append(fresh)
        size += len(fresh)
    return before + "".join(lines) + after


def hostile(length: int) -> dict[str, str]:
    """What somebody could write to keep the bot busy, in so many characters."""
    return {
        "unknown sections": many(lambda n: f"k{n}: 1\n", length=length),
        "unknown keys": many(lambda n: f" k{n}: 1\n", before="welcome:\n", length=length),
        "slips": many(lambda n: f"aftre{n}: 1,", before="stalled: {author: {", after="}}", length=length),
        "slips in lists": many(
            lambda n: f"{{lgin: a{n}}},", before="mentoring: {mentors: [", after="]}", length=length
        ),
        "time zones": many(
            lambda n: f"\n  - {{login: a{n}, timezone: Europa/Berlin{n}}}",
            before="mentoring:\n mentors:",
            length=length,
        ),
        "weekdays": many(lambda n: f"\n - Mondai{n}", before="calendar:\n weekend:", length=length),
        "holidays": many(lambda n: f"\n - D{n}", before="calendar:\n holidays:", length=length),
        "areas": many(
            lambda n: f"\n  a{n}: {{paths: ['*{n}*']}}", before="mentoring:\n areas:", length=length
        ),
        "patterns": many(
            lambda n: "\n    - '*a*a*a*a*a*a*a*a*b'",
            before="mentoring:\n areas:\n  x:\n   paths:",
            length=length,
        ),
        "milestones": many(lambda n: f"\n - {n + 5}", before="first_merge:\n milestones:", length=length),
        "brackets": "[" * length,
        "braces": "{a: " * (length // 4),
        "dashes": "- " * (length // 2),
        "questions": "? " * (length // 2),
        "anchors": many(lambda n: f"k{n}: &a{n} 1\n", length=length),
        "a cycle": "welcome: &a {pull_request: *a}\n",
        "merge keys": many(lambda n: f"k{n}: {{<<: *a}}\n", before="a: &a {b: 1}\n", length=length),
        "a billion laughs": "a: &a [x,x,x,x,x,x,x,x,x]\n"
        + "".join(f"{key}: &{key} [{','.join([f'*{chr(ord(key) - 1)}'] * 9)}]\n" for key in "bcdefg"),
        "aliases of a long text": many(
            lambda n: "*x,", before=f"a: &x {'y' * (length // 2)}\nwelcome: [", after="]", length=length
        ),
        "one long text": f"welcome: {{pull_request: '{'x' * (length - 30)}'}}",
        "one long key": f"{'x' * (length - 4)}: 1",
        "placeholders": "welcome: {pull_request: '" + "${a" * ((length - 30) // 3) + "'}",
        "a long number": f"stalled: {{author: {{after: {'9' * (length - 40)}}}}}",
        "a long duration": "stalled: {author: {after: '" + "1 day " * ((length - 40) // 6) + "'}}",
        "twice": "a: 1\n" * (length // 5),
        "tags": many(lambda n: "\n - !x y", before="a:", length=length),
        "escapes": many(lambda n: '\n - "\\0"', before="a:", length=length),
        "tabs": "a:\n" + "\t" * (length - 4),
        "wide characters": "a: '" + "\U0001f600" * (length // 5) + "'",
        "joined characters": "a: '" + "e\u0301\u200d" * (length // 8) + "'",
        "lines": "\n" * length,
    }


def read_here(text: str, last_good: dict[str, Any] | None = None) -> Configuration:
    return read_configuration(
        [Source("repository", "o/r", CONFIG_PATH, text)], sections=SECTIONS, last_good=last_good or {}
    )


LAST_GOOD = {"repository": {"welcome": {"pull_request": "Hello!"}}}
SHORT_ONES = {
    name: text for name, text in hostile(SHORT).items() if text.count("[") + text.count("{") <= MOST_BRACKETS
}


@pytest.mark.parametrize("name", SHORT_ONES)
def test_what_is_read_at_once_is_told_within_bounds(name: str) -> None:
    problems = read_here(SHORT_ONES[name]).problems
    assert len(problems) <= MOST_PROBLEMS
    assert sum(len(problem.message) for problem in problems) < 50_000


async def test_whatever_a_stranger_writes_the_loop_goes_on_and_what_was_good_stays() -> None:
    reader = ConfigReader()
    texts = hostile(MOST_BYTES - 200)
    async with felt() as pulse:
        read = [
            await reader.read(
                [Source("repository", "o/r", CONFIG_PATH, texts[name])],
                sections=SECTIONS,
                last_good=LAST_GOOD,
            )
            for name in ("slips in lists", "brackets", "aliases of a long text", "time zones")
        ]
    assert pulse.most < MOST_WORK
    for configuration in read:
        assert 1 <= len(configuration.problems) <= MOST_PROBLEMS
        assert sum(len(problem.message) for problem in configuration.problems) < 50_000
    assert all(configuration.is_on("welcome") for configuration in read[1:3])  # unreadable as a whole


@pytest.mark.parametrize("name", hostile(SHORT))
def test_no_file_has_more_problems_than_are_told(name: str) -> None:
    assert len(read_here(hostile(MOST_BYTES // 4)[name]).problems) <= MOST_PROBLEMS


async def test_a_long_file_is_read_in_process_with_the_same_result() -> None:
    text = f"{EXAMPLE}\n# {'x' * SHORT}"
    reader, current = ConfigReader(), read_here("welcome:\n  isue: default\n", LAST_GOOD)
    source = Source("repository", "o/r", CONFIG_PATH, text)
    assert await reader.read([source], sections=SECTIONS, last_good={}) == read_here(text)
    assert await reader.propose(text, current) == proposed_configuration(text, current)
    assert await reader.propose(None, current) == proposed_configuration(None, current)


async def test_a_mistake_in_a_long_file_is_told_with_its_line() -> None:
    text = f"welcome:\n  isue: default\n# {'x' * SHORT}"
    proposed = await ConfigReader().propose(text, read_here(""))
    assert [(problem.line, problem.suggestion) for problem in proposed.problems] == [(2, "issue")]


def busy(*_arguments: Any, **_more: Any) -> Configuration:
    while True:
        pass


def greedy(*_arguments: Any, **_more: Any) -> Configuration:
    return [bytearray(1024 * 1024 * 64) for _ in range(1024)]  # type: ignore[return-value]


def failing(*_arguments: Any, **_more: Any) -> Configuration:
    raise LookupError


@pytest.mark.parametrize("hostile_one", [busy, greedy])
async def test_what_takes_too_long_or_too_much_is_ended(hostile_one: Callable[..., Configuration]) -> None:
    with pytest.raises(OutOfResources):
        await run_limited(hostile_one, cpu_seconds=1)


async def test_what_breaks_for_another_reason_is_not_blamed_on_the_file() -> None:
    with pytest.raises(RuntimeError, match="ended with 1"):
        await run_limited(failing)


class ImpatientReader(ConfigReader):
    """One to whom everything that is long is too long."""

    async def _in_process(self, read: Callable[..., R], *arguments: Any, **more: Any) -> Any:
        raise OutOfResources


class SlowReader(ConfigReader):
    """One that is never done with what is proposed."""

    async def _in_process(self, read: Callable[..., R], *arguments: Any, **more: Any) -> Any:
        if read is proposed_configuration:
            await asyncio.Event().wait()
        return read(*arguments, **more)


async def test_what_is_in_force_is_read_while_strangers_propose_file_after_file() -> None:
    text = f"{EXAMPLE}\n# {'x' * SHORT}"
    source = Source("repository", "o/r", CONFIG_PATH, text)
    reader = SlowReader()
    proposals = [asyncio.create_task(reader.propose(text, read_here(""))) for _ in range(3)]
    await asyncio.sleep(0)

    async with asyncio.timeout(20):
        assert await reader.read([source], sections=SECTIONS, last_good={}) == read_here(text)

    for proposal in proposals:
        proposal.cancel()
    await asyncio.gather(*proposals, return_exceptions=True)


async def test_a_file_that_takes_too_long_says_so_and_leaves_what_was_good_in_force() -> None:
    text = f"{EXAMPLE}\n# {'x' * SHORT}"
    source = Source("repository", "o/r", CONFIG_PATH, text)
    owners = Source("owner", "o/.github", CONFIG_PATH, "calendar: {timezone: Europe/Berlin}")
    read = await ImpatientReader().read([source, owners], sections=SECTIONS, last_good=LAST_GOOD)
    assert set(read.sections) == {"welcome", "calendar"}
    (problem,) = read.problems
    assert (problem.section, problem.origin) == ("", "repository")
    assert problem.message == f"The file can't be read. {TOO_COMPLICATED}"
    proposed = await ImpatientReader().propose(text, read)
    assert [one.message for one in proposed.problems] == [problem.message]


def test_the_process_limits_itself_and_answers_or_says_that_memory_is_short() -> None:
    limited: list[int] = []
    task: Any = (7, read_configuration, ([],), {"sections": {}, "last_good": {}})
    result = io.BytesIO()
    assert answer(io.BytesIO(pickle.dumps(task)), result, limit=limited.append) == 0
    assert pickle.loads(result.getvalue()) == Configuration(exists=False)  # noqa: S301 - just written
    assert limited == [7]
    exhausted = pickle.dumps((7, out_of_memory, (), {}))
    assert answer(io.BytesIO(exhausted), io.BytesIO(), limit=limited.append) == limited_process._NO_MEMORY


def out_of_memory() -> Configuration:
    raise MemoryError


async def test_other_bots_files_that_are_long_are_read_by_a_process_of_its_own() -> None:
    text = f"firstPRWelcomeComment: Hello there\n# {'x' * SHORT}\n"
    found = await ConfigReader().find_other_bots({".github/boring-cyborg.yml": text})
    assert [bot.name for bot in found or ()] == ["boring-cyborg"]


async def test_other_bots_files_that_take_too_long_leave_it_unknown_what_they_do() -> None:
    text = f"firstPRWelcomeComment: Hello there\n# {'x' * SHORT}\n"
    assert await ImpatientReader().find_other_bots({".github/boring-cyborg.yml": text}) is None
    assert await ImpatientReader().find_other_bots({".github/workflows/build.yml": text}) == ()
