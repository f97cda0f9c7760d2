from __future__ import annotations

import io
import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest
import sentry_sdk
import structlog
from sentry_sdk.envelope import Envelope
from sentry_sdk.transport import Transport

from mentorbot.observability.crash_reports import start_crash_reports
from mentorbot.observability.logs import set_up_logging

TOKEN = "ghs_16C7e42F292c6912E7710c838347Ae178B4a"
PAT = "github_pat_11ABCDEFG0123456789_abcdefghijklmnopqrstuvwxyz"
PERSONAL = "ghp_abcdefghijklmnopqrstuvwxyz0123456789"
PEM = "-----BEGIN RSA PRIVATE KEY-----\nMIIEowIBAAKCAQEA\n-----END RSA PRIVATE KEY-----"
SIGNATURE = "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17"
PRIVATE_WORDS = "our unannounced merger"


class Mailbox(Transport):
    """A Sentry that keeps what it is sent."""

    def __init__(self) -> None:
        super().__init__()
        self.events: list[dict[str, Any]] = []

    def capture_envelope(self, envelope: Envelope) -> None:
        event = envelope.get_event()
        assert event is not None
        self.events.append(json.loads(json.dumps(event, default=str)))


@pytest.fixture
def sentry() -> Iterator[Mailbox]:
    """Sentry with a transport that stays here, fed by the log."""
    mailbox = Mailbox()
    report = start_crash_reports("https://key@sentry.example.com/1", release="test", transport=mailbox)
    root = logging.getLogger()
    before = root.handlers[:], root.level
    set_up_logging(shape="json", stream=io.StringIO(), report_crash=report)
    yield mailbox
    root.handlers[:], root.level = before
    structlog.reset_defaults()
    sentry_sdk.get_global_scope().set_client(None)


def test_an_error_arrives_with_feature_and_key_as_tags(sentry: Mailbox) -> None:
    with structlog.contextvars.bound_contextvars(feature="welcome", key="person 4711", delivery="d-1"):
        try:
            raise RuntimeError("no luck")
        except RuntimeError:
            structlog.get_logger("engine").exception("A feature failed")
    (event,) = sentry.events
    assert event["tags"] == {"feature": "welcome", "key": "person 4711", "delivery": "d-1"}
    assert event["exception"]["values"][0]["value"] == "no luck"


def test_errors_of_libraries_arrive_too(sentry: Mailbox) -> None:
    try:
        raise RuntimeError("no luck")
    except RuntimeError as error:
        logging.getLogger("aiohttp.server").exception("Error handling request", exc_info=error)
    logging.getLogger("asyncio").error("Task was destroyed but it is pending!")
    assert sentry.events[0]["exception"]["values"][0]["type"] == "RuntimeError"
    assert sentry.events[1]["message"] == "Task was destroyed but it is pending!"


def test_what_is_no_error_is_not_sent(sentry: Mailbox) -> None:
    structlog.get_logger("engine").warning("Put back until the limit lifts")
    assert sentry.events == []


@pytest.mark.parametrize(
    "secret",
    [
        pytest.param(TOKEN, id="installation token"),
        pytest.param(PERSONAL, id="personal token"),
        pytest.param(PAT, id="fine-grained token"),
        pytest.param(PEM, id="private key"),
        pytest.param(SIGNATURE, id="signature"),
        pytest.param("Authorization: Bearer abcdefghijklmnop1234567890", id="authorization header"),
        pytest.param("postgresql://bot:hunter2hunter2@db/bot", id="password in an address"),
    ],
)
def test_a_secret_never_leaves_wherever_it_stands(secret: str, sentry: Mailbox) -> None:
    log = structlog.get_logger("github")
    try:
        raise RuntimeError(f"GitHub said no to {secret}")
    except RuntimeError:
        log.exception(
            "While sending", said=[secret], headers={"deep": [secret]}, url=f"https://x/?t={secret}"
        )
    sent = json.dumps(sentry.events)
    core = secret.removeprefix("Authorization: Bearer ").split("\n")[-2 if "\n" in secret else 0]
    core = "hunter2" if "hunter2" in core else core
    assert core not in sent
    assert "GitHub said no to" in sent


@pytest.mark.parametrize(
    "name", ["body", "title", "payload", "Authorization", "X-Hub-Signature-256", "private_key", "Cookie"]
)
def test_what_is_named_as_a_secret_or_somebody_s_words_never_leaves(name: str, sentry: Mailbox) -> None:
    structlog.get_logger("engine").error("Unknown shape", details={name: PRIVATE_WORDS})
    (event,) = sentry.events
    assert PRIVATE_WORDS not in json.dumps(event)


@pytest.mark.parametrize(
    "message",
    [
        pytest.param(f"title: bad [type=x, input_value='{PRIVATE_WORDS}', input_type=str]", id="pydantic"),
        pytest.param(
            f"(psycopg.Error) no\n[SQL: INSERT]\n[parameters: ('{PRIVATE_WORDS}',)]", id="SQLAlchemy"
        ),
        pytest.param(f"duplicate key\nDETAIL:  Key (x)=({PRIVATE_WORDS}) exists.", id="PostgreSQL"),
    ],
)
def test_libraries_that_quote_people_are_cut_short(message: str, sentry: Mailbox) -> None:
    structlog.get_logger("db").error("Failed", exc_info=RuntimeError(message))
    (event,) = sentry.events
    assert PRIVATE_WORDS not in json.dumps(event["exception"])
