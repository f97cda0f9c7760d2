from __future__ import annotations

from dataclasses import replace

from mentorbot.core import events
from mentorbot.core.actions import Forget
from mentorbot.domain.timeline import Act, ActKind
from mentorbot.features.stalled.labels import facts
from mentorbot.features.stalled.labels.rules import sync_labels
from tests.builders import NOW, a_pull_request, an_event, an_issue
from tests.domain.pasts import a_past, asks_for_changes
from tests.fakes import FakeGitHub, FakeRecords, FakeTimelines, some_ports
from tests.features.stalled.candidates import ADA, BOT, LABELS, a_config, labels, shown

CONFIG = a_config(labels=LABELS)
PULL = a_pull_request(number=7)


async def test_whatever_happens_labels_follow_without_a_question_to_github() -> None:
    github = FakeGitHub()
    ports = some_ports(timelines=FakeTimelines({7: a_past(asks_for_changes("bob"))}), github=github, bot=BOT)
    found = await facts.changed(an_event(events.PullRequestPushed, thread=PULL), CONFIG, ports)
    # Heard two hours before by our clock: what was stamped long after now has not happened yet.
    assert shown(sync_labels(found, CONFIG).actions) == ["+awaiting review"]
    late = replace(ports, now=NOW.replace(hour=23))
    found = await facts.changed(an_event(events.PullRequestPushed, thread=PULL), CONFIG, late)
    assert shown(sync_labels(found, CONFIG).actions) == ["+awaiting changes"]
    assert github.asked == []


async def test_a_pull_request_that_was_never_seen_is_nobodys_business() -> None:
    event = an_event(events.PullRequestPushed, thread=PULL)
    assert await facts.changed(event, CONFIG, some_ports()) == ()


async def test_comments_move_the_turn_of_pull_requests_only() -> None:
    ports = some_ports(timelines=FakeTimelines({7: a_past(), 1: a_past(number=1)}), bot=BOT)
    on_pull, on_issue = (an_event(events.Commented, thread=thread) for thread in (PULL, an_issue(number=1)))
    assert len(await facts.changed(on_pull, CONFIG, ports)) == 1
    assert await facts.changed(on_issue, CONFIG, ports) == ()


async def test_what_is_closed_is_not_labelled_again_even_where_nobody_told_of_the_closing() -> None:
    ports = some_ports(timelines=FakeTimelines({7: a_past(labels(BOT, "awaiting review"))}), bot=BOT)
    for state, becomes in (("open", []), ("closed", ["-awaiting review"])):
        event = an_event(events.PullRequestUnlabelled, thread=replace(PULL, state=state), label="bug")
        found = await facts.changed(event, CONFIG, replace(ports, now=NOW.replace(hour=23)))
        assert shown(sync_labels(found, CONFIG).actions) == becomes
    unheard = FakeTimelines({7: a_past()}, ended={7: NOW})
    checks = an_event(
        events.ChecksFinished, by=ADA, head_sha="f00d", name="tests", outcome="failure", pull_requests=(7,)
    )
    assert await facts.checked(checks, CONFIG, some_ports(timelines=unheard, bot=BOT)) == ()


async def test_checks_concern_whatever_ends_with_that_commit_or_is_named() -> None:
    forked, named = a_past(number=3, head_sha="c0ffee"), a_past(number=4, head_sha="f00d")
    closed = a_past(Act(kind=ActKind.CLOSED, at=NOW, id="x", by=ADA), number=5, head_sha="c0ffee")
    ports = some_ports(timelines=FakeTimelines({one.number: one for one in (forked, named, closed)}), bot=BOT)
    event = an_event(
        events.ChecksFinished,
        by=ADA,
        head_sha="c0ffee",
        name="tests",
        outcome="failure",
        pull_requests=(4, 5, 99),
    )
    assert [one.number for one in await facts.checked(event, CONFIG, ports)] == [3, 4]


async def test_what_is_remembered_is_forgotten_once_it_is_closed() -> None:
    records = FakeRecords()
    records.put("correction", "7", {"acts": []})
    records.put("told", "8", {"in": 7, "key": "k", "rung": 1})
    ports = some_ports(timelines=FakeTimelines({7: a_past()}), records=records, bot=BOT)
    closed = an_event(events.PullRequestClosed, thread=PULL)
    plan = sync_labels(await facts.closed(closed, CONFIG, ports), CONFIG)
    assert plan.actions == (Forget(kind="correction", key="7"),)


async def test_one_that_was_never_seen_and_is_closed_leaves_nothing_to_forget() -> None:
    closed = an_event(events.PullRequestClosed, thread=PULL)
    assert await facts.closed(closed, CONFIG, some_ports()) == ()
