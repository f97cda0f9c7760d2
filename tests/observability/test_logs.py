from __future__ import annotations

import io
import json
import logging
from collections.abc import Iterator
from typing import Literal

import pytest
import structlog

from mentorbot.observability.logs import set_up_logging


@pytest.fixture(autouse=True)
def leave_logging_as_it_was() -> Iterator[None]:
    """Other tests want pytest's own handlers back."""
    root = logging.getLogger()
    before = root.handlers[:], root.level
    yield
    root.handlers[:], root.level = before
    structlog.reset_defaults()


def log_to(shape: Literal["text", "json"], level: str = "INFO") -> io.StringIO:
    out = io.StringIO()
    set_up_logging(shape=shape, level=level, stream=out)
    return out


def test_every_line_carries_delivery_feature_and_key_whoever_writes_it() -> None:
    out = log_to("json")
    with structlog.contextvars.bound_contextvars(delivery="d-1", feature="welcome", key="person 4711"):
        structlog.get_logger("engine").info("Acted")
        logging.getLogger("some.library").warning("Slow %s", "answer")
    ours, theirs = map(json.loads, out.getvalue().splitlines())
    for line in (ours, theirs):
        assert (line["delivery"], line["feature"], line["key"]) == ("d-1", "welcome", "person 4711")
    assert (ours["event"], ours["level"]) == ("Acted", "info")
    assert (theirs["event"], theirs["level"], theirs["logger"]) == ("Slow answer", "warning", "some.library")


def test_text_lines_are_for_people() -> None:
    out = log_to("text")
    structlog.get_logger("web").info("Listening", port=3000)
    assert "Listening" in out.getvalue()
    assert "port=3000" in out.getvalue()


def test_secrets_stay_out_of_the_log() -> None:
    out = log_to("json")
    structlog.get_logger("github").info("Got ghs_16C7e42F292c6912E7710c838347Ae178B4a", token="abc", tries=2)
    line = json.loads(out.getvalue())
    assert line["event"] == "Got [scrubbed]"
    assert line["token"] == "[scrubbed]"
    assert line["tries"] == 2


def test_an_exception_is_one_json_line_with_its_traceback() -> None:
    out = log_to("json")
    try:
        raise RuntimeError("no luck")
    except RuntimeError:
        structlog.get_logger("engine").exception("Failed")
    (line,) = map(json.loads, out.getvalue().splitlines())
    assert "RuntimeError: no luck" in line["exception"]


def test_libraries_are_quiet_unless_debugging() -> None:
    out = log_to("text")
    logging.getLogger("alembic.some_part").info("Running upgrade")
    structlog.get_logger("engine").debug("Looked")
    assert out.getvalue() == ""
    out = log_to("text", level="DEBUG")
    logging.getLogger("alembic.some_part").info("Running upgrade")
    structlog.get_logger("engine").debug("Looked")
    assert len(out.getvalue().splitlines()) == 2
