"""What maintainers are told at their desk of a project in shadow, and when nothing is."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from mentorbot.config.desk import DeskSection
from mentorbot.core.actions import (
    Action,
    AddLabel,
    CloseIssue,
    Comment,
    Forget,
    Occasion,
    OpenIssue,
    Remember,
    RequestReview,
)
from mentorbot.feature_api.ports import ToldOfShadow, WouldHaveSaid
from mentorbot.feature_api.records import Record
from mentorbot.features.desk.facts import WeekInShadow, projects_in_shadow
from mentorbot.features.desk.records import PostedReport
from mentorbot.features.desk.rules import report
from tests.builders import NOW, a_person, a_repository
from tests.fakes import FakeJournal, FakeRecords, some_ports

ADA = a_person("ada")
DAY = timedelta(days=1)
TEA = replace(a_repository(), full_name="acme/rockets", id=7)
HELLO = Comment(
    key="k", number=12, body="Hi @ada, see #3.\n\n- one\n- two", occasion=Occasion.GREETING, mentions=(ADA,)
)


def said(
    action: Action = HELLO, *, because: str = "first issue by @ada", ago: timedelta = DAY
) -> WouldHaveSaid:
    return WouldHaveSaid(at=NOW - ago, feature="welcome", action=action, because=because, people=(ADA.id,))


def a_week(*what: WouldHaveSaid, last: PostedReport | None = None, **changes: Any) -> WeekInShadow:
    told = ToldOfShadow(
        repository=TEA, desk=DeskSection(at="acme/desk"), since=NOW - 30 * DAY, said=tuple(what)
    )
    record = Record(kind=PostedReport.KIND, key="7", value=last, version=1) if last is not None else None
    week = WeekInShadow(now=NOW, week="2026-W07", told=told, last=record, public_url="https://bot.example")
    return replace(week, **changes)


LAST = PostedReport(issue="shadow of 7/2026-W06", until=NOW - 7 * DAY)


def body_of(found: WeekInShadow) -> str:
    (issue,) = (one for one in report(found, DeskSection()).actions if isinstance(one, OpenIssue))
    return issue.body


def test_a_report_tells_whom_where_why_and_the_text_and_notifies_nobody() -> None:
    body = body_of(a_week(said()))
    assert "`acme/rockets` is in shadow mode: I wrote nothing there." in body
    assert "[`acme/rockets#12`](https://bot.example/acme/rockets/12): a comment to ada." in body
    assert "Why: first issue by" in body
    assert "<details><summary>The text</summary>" in body
    assert "@ada" not in body
    assert " #3" not in body
    assert "github.com" not in body


def test_a_report_replaces_the_last_one() -> None:
    plan = report(a_week(said(), last=LAST), DeskSection())
    opened, kept, closed = plan.actions
    assert isinstance(opened, OpenIssue)
    assert opened.title == "What I would have said in week 07: acme/rockets"
    assert isinstance(kept, Remember)
    assert kept.value["issue"] == opened.key == "shadow of 7/2026-W07"
    assert isinstance(closed, CloseIssue)
    assert closed.issue == LAST.issue
    assert plan.about == (ADA.id,)


@pytest.mark.parametrize(
    ("found", "because"),
    [
        pytest.param(a_week(), "nothing would have been said in `acme/rockets`", id="nothing was"),
        pytest.param(
            a_week(said(ago=8 * DAY), last=LAST),
            "nothing would have been said in `acme/rockets`",
            id="it was told last week",
        ),
        pytest.param(
            a_week(said(), last=replace(LAST, issue="shadow of 7/2026-W07")),
            "this week's report on `acme/rockets` is there",
            id="it is there",
        ),
        pytest.param(
            a_week(told=ToldOfShadow(repository=TEA, desk=DeskSection())),
            "`acme/rockets` is not in shadow mode",
            id="it is live",
        ),
        pytest.param(WeekInShadow(now=NOW, why_not="no"), "no", id="it may not be told"),
    ],
)
def test_nothing_is_reported_where_there_is_nothing_to_report(found: WeekInShadow, because: str) -> None:
    plan = report(found, DeskSection())
    assert (plan.actions, plan.because) == ((), because)


def test_the_last_report_is_closed_once_the_project_is_live() -> None:
    live = ToldOfShadow(repository=TEA, desk=DeskSection(at="acme/desk"))
    closed, forgotten = report(a_week(told=live, last=LAST), DeskSection()).actions
    assert isinstance(closed, CloseIssue)
    assert "live now" in closed.body
    assert isinstance(forgotten, Forget)


def test_what_has_no_words_is_counted() -> None:
    label = AddLabel(key="l", number=3, label="stalled")
    assert "I would also have made 2 changes without words" in body_of(a_week(said(label), said(label)))
    assert "one change without words" in body_of(a_week(said(), said(label)))


@pytest.mark.parametrize(
    ("action", "told"),
    [
        pytest.param(
            RequestReview(key="r", number=3, reviewer=ADA), "a review request to ada", id="a person"
        ),
        pytest.param(
            RequestReview(key="r", number=3, team="triage"), "a review request to triage", id="a team"
        ),
        pytest.param(OpenIssue(key="o", title="A list", body="- a"), "an issue, “A list”", id="an issue"),
        pytest.param(replace(HELLO, mentions=()), "a comment to whoever reads there", id="to nobody by name"),
    ],
)
def test_each_kind_is_told_in_words(action: Action, told: str) -> None:
    assert told in body_of(a_week(said(action), public_url=""))


def test_ever_so_much_fits_into_one_issue_and_the_rest_is_counted() -> None:
    long = replace(HELLO, body="Tea @ada #1 <b> " * 2_000)
    body = body_of(a_week(*(said(long) for _ in range(200))))
    assert len(body) < 60_000
    assert "more are on the page." in body


def ports_of(told: ToldOfShadow | None, *, private: bool = True) -> Any:
    return some_ports(
        repository=replace(a_repository(), full_name="acme/desk", private=private),
        journal=FakeJournal(shadows={"acme/rockets": told} if told else {}),
        records=FakeRecords(),
    )


@pytest.mark.parametrize(
    ("ports", "why_not"),
    [
        pytest.param(
            ports_of(None, private=False),
            "a desk has to be a private repository: everybody can read this one",
            id="public",
        ),
        pytest.param(
            ports_of(None), "I don't work in `acme/rockets`, or it has another owner", id="not there"
        ),
        pytest.param(
            ports_of(ToldOfShadow(repository=TEA, desk=DeskSection(at="acme/other"))),
            "`acme/rockets` doesn't name this repository as its desk",
            id="another desk",
        ),
    ],
)
async def test_a_desk_is_told_only_what_both_sides_agree_to(ports: Any, why_not: str) -> None:
    config = DeskSection(projects=("acme/rockets",))
    (case,) = [case async for case in projects_in_shadow(config, ports)]
    assert case.facts.why_not == why_not


async def test_an_agreed_desk_is_told_since_the_last_report() -> None:
    told = ToldOfShadow(
        repository=TEA,
        desk=DeskSection(at="Acme/Desk"),
        since=NOW - 30 * DAY,
        said=(said(), said(ago=9 * DAY)),
    )
    ports = ports_of(told)
    ports.records.put(PostedReport.KIND, "7", {"issue": LAST.issue, "until": LAST.until.isoformat()})
    (case,) = [case async for case in projects_in_shadow(DeskSection(projects=("acme/rockets",)), ports)]
    assert case.facts.said == (said(),)
    assert case.facts.since == LAST.until
