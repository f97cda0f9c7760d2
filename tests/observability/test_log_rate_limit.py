"""A fault that repeats itself fills no disk."""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest
import structlog

from mentorbot.observability.log_rate_limit import MINUTE, MOST_A_MINUTE, RepeatFilter
from mentorbot.observability.logs import set_up_logging

LOG = structlog.get_logger("engine")


class Log:
    """What is written, at times that the test sets."""

    def __init__(self) -> None:
        self.now = 0.0
        self.out = io.StringIO()
        set_up_logging(shape="json", stream=self.out)
        (handler,) = logging.getLogger().handlers
        handler.filters[:] = [RepeatFilter(clock=lambda: self.now)]

    @property
    def lines(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.out.getvalue().splitlines()]


@pytest.fixture
def log() -> Iterator[Log]:
    root = logging.getLogger()
    before = root.handlers[:], root.level
    yield Log()
    root.handlers[:], root.level = before
    structlog.reset_defaults()


def fail(number: int, *, error: type[Exception] = RuntimeError) -> None:
    try:
        raise error("no luck")
    except error:
        LOG.exception("Failed", delivery=f"d-{number}")


def test_after_some_lines_a_minute_the_rest_are_counted_and_told(log: Log) -> None:
    for number in range(5_000):
        fail(number)
    assert len(log.lines) == MOST_A_MINUTE + 1
    assert len(log.out.getvalue()) < 10_000
    log.now = MINUTE
    LOG.info("Anything")
    fail(0)
    told = [line for line in log.lines if line["event"] == "Lines left out, like one that was written"]
    assert [(line["line"], line["times"]) for line in told] == [("Failed", 5_000 - MOST_A_MINUTE)]
    assert log.lines[-1]["event"] == "Failed"


def test_a_traceback_is_shown_once_a_minute_and_then_the_kind_of_error(log: Log) -> None:
    for number in range(3):
        fail(number)
    first, *later = log.lines
    assert "Traceback" in first["exception"]
    assert [line.get("exception") for line in later] == [None, None]
    assert [line["error"] for line in later] == ["RuntimeError"] * 2
    log.now = MINUTE
    fail(4)
    assert "Traceback" in log.lines[-1]["exception"]


def test_other_errors_other_words_and_other_loggers_are_counted_by_themselves(log: Log) -> None:
    for number in range(MOST_A_MINUTE * 2):
        fail(number)
    fail(0, error=LookupError)
    LOG.warning("Failed in another way")
    structlog.get_logger("web").warning("Failed")
    assert [line["logger"] for line in log.lines[-3:]] == ["engine", "engine", "web"]
    assert "LookupError" in log.lines[-3]["exception"]


def test_lines_of_libraries_are_limited_too_and_their_tracebacks(log: Log) -> None:
    for number in range(MOST_A_MINUTE * 2):
        try:
            raise RuntimeError("no luck")
        except RuntimeError:
            logging.getLogger("aiohttp.server").exception("Error handling request %s", number)
    assert len(log.lines) == MOST_A_MINUTE + 1
    assert sum("exception" in line for line in log.lines) == 1


def test_what_goes_well_is_always_written(log: Log) -> None:
    for _ in range(MOST_A_MINUTE * 3):
        LOG.info("Decided")
    assert len(log.lines) == MOST_A_MINUTE * 3


def test_ever_new_lines_are_not_all_remembered(log: Log) -> None:
    repeats = RepeatFilter(clock=lambda: 0.0)
    for number in range(5_000):
        repeats.filter(logging.LogRecord("x", logging.ERROR, "", 0, f"line {number}", None, None))
    assert len(repeats._counts) <= 1_000
