"""What people write stays out of the log and out of crash reports, whatever goes wrong."""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import psycopg
import pytest
import sentry_sdk
import structlog

from mentorbot.core.errors import AccessLost, GitHubUnavailable, Impossible
from mentorbot.core.events import PullRequestOpened
from mentorbot.core.plan import Plan
from mentorbot.db.connection import text
from mentorbot.db.store import Store
from mentorbot.feature_api.feature import Feature, On
from mentorbot.feature_api.ports import Ports
from mentorbot.observability.crash_reports import start_crash_reports
from mentorbot.observability.logs import set_up_logging
from tests.engine.office import GREETER, Greeting, a_pull_by, an_office
from tests.observability.test_crash_reports import Mailbox
from tests.world import World

CANARY = "canary7f3a"
WORDS = f'the {CANARY} sings: \'{CANARY}\' "{CANARY}" `{CANARY}` {{"{CANARY}": 1}}'


@dataclass
class Told:
    """All that was logged, in both shapes, and all that Sentry got."""

    as_json: io.StringIO = field(default_factory=io.StringIO)
    as_text: io.StringIO = field(default_factory=io.StringIO)
    mailbox: Mailbox = field(default_factory=Mailbox)

    @property
    def everything(self) -> str:
        sent = json.dumps(self.mailbox.events, ensure_ascii=False)
        return f"{self.as_json.getvalue()}\n{self.as_text.getvalue()}\n{sent}"

    def events(self) -> set[str]:
        return {json.loads(line)["event"] for line in self.as_json.getvalue().splitlines()}


@pytest.fixture
def told() -> Iterator[Told]:
    told = Told()
    report = start_crash_reports("https://key@sentry.example.com/1", release="test", transport=told.mailbox)
    root = logging.getLogger()
    before = root.handlers[:], root.level
    set_up_logging(shape="json", level="DEBUG", stream=told.as_json, report_crash=report)
    (in_json,) = root.handlers
    set_up_logging(shape="text", level="DEBUG", stream=told.as_text)
    root.addHandler(in_json)
    yield told
    root.handlers[:], root.level = before
    structlog.reset_defaults()
    sentry_sdk.get_global_scope().set_client(None)


def lines_with_it(told: Told) -> list[str]:
    return [line[:2000] for line in told.everything.splitlines() if CANARY in line]


async def test_a_week_of_words_and_faults_leaves_none_of_the_words(told: Told, world: World) -> None:
    config = f"welcome:\n  pull_request: 'Hello {CANARY}'\nstalled: {{{CANARY}: {CANARY}}}\n{CANARY}:\n"
    world.project(config=config)
    world.people("ada")
    await world.settled()
    acts, faults = world.acts, world.github.faults
    issue = acts.open_issue("octo/tea", by="ada", title=WORDS, body=f"/mentorbot {CANARY}\n{WORDS}")
    acts.comment(issue, by="ada", body=f"/mentor me {CANARY}")
    acts.comment(issue, by="olga", body=f"/mentorbot why {CANARY}\n/mentorbot mute {CANARY}")
    await world.settled()
    for fault in ("drop_before", "broken_body", "drop_after"):
        faults.add(fault, times=2)
    faults.add("status", times=2, status=502)
    faults.add("status", method="POST", times=2, status=422)
    pull = acts.open_pull_request("octo/tea", by="ada", title=WORDS, body=WORDS, branch=f"topic/{CANARY}")
    acts.approve(pull, by="olga", body=WORDS)
    acts.comment(pull, by="ada", body=f"/blocked {WORDS}")
    await world.settled()
    faults.clear()
    await world.later(timedelta(days=1))
    acts.merge(pull, by="olga")
    await world.settled()
    assert lines_with_it(told) == []
    assert "config_has_problems" in told.events()


async def _ask(event: PullRequestOpened, _section: Greeting, _ports: Ports) -> PullRequestOpened:
    return event


def _rule(event: PullRequestOpened, _section: Greeting) -> Plan:
    raise ValueError(f"I can't make sense of {event.thread.title}, {event.thread.body!r}")


def _rule_of_a_key(event: PullRequestOpened, _section: Greeting) -> Plan:
    nothing: dict[str, Plan] = {}
    return nothing[event.thread.title]


@pytest.mark.parametrize("rule", [_rule, _rule_of_a_key])
async def test_a_feature_that_breaks_at_somebody_s_words_does_not_repeat_them(
    rule: Any, told: Told, store: Store
) -> None:
    clumsy = Feature(
        name="clumsy",
        summary="Breaks.",
        config=Greeting,
        triggers=(On(PullRequestOpened, ask=_ask, decide=rule),),
    )
    office = an_office(store, clumsy)
    office.app.here.config = "clumsy:\n"
    await office.hear("pull_request", a_pull_by("ada", title=WORDS, body=WORDS))
    await office.work()
    assert lines_with_it(told) == []
    assert told.mailbox.events
    assert "_rule" in told.everything  # where it broke is told


@pytest.mark.parametrize(
    "answer",
    [
        Impossible(f"GitHub answered 422: {WORDS} is too long", status=422),
        AccessLost(f"GitHub answered 403: {WORDS}"),
        GitHubUnavailable(f"GitHub answered: {WORDS}"),
        RuntimeError(WORDS),
    ],
)
async def test_an_answer_of_github_that_repeats_words_is_not_repeated(
    answer: Exception, told: Told, store: Store
) -> None:
    office = an_office(store, GREETER)
    office.app.pen.down = answer
    await office.hear("pull_request", a_pull_by("ada", title=WORDS, body=WORDS))
    await office.work()
    assert lines_with_it(told) == []
    assert told.as_json.getvalue()


async def test_an_error_of_the_database_shows_no_row(told: Told, store: Store) -> None:
    add = text("INSERT INTO deliveries (id, event, received_at, reason) VALUES (:words, 'x', now(), :words)")
    await store.database.execute(add, {"words": WORDS})
    with pytest.raises(psycopg.Error, match=CANARY) as caught:
        await store.database.execute(add, {"words": WORDS})
    structlog.get_logger("db").error("Failed", error=caught.value, exc_info=caught.value)
    structlog.get_logger("db").error("Failed, told badly", error=repr(caught.value), why=str(caught.value))
    assert lines_with_it(told) == []
    assert "UniqueViolation: SQLSTATE 23505" in told.everything
