from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from mentorbot.config.configuration import Configuration
from mentorbot.config.section import Section
from mentorbot.core.actions import Answer, Remember
from mentorbot.core.events import CommandGiven
from mentorbot.core.plan import Plan, Refusal
from mentorbot.domain.timeline import Act, ActKind, PullRequestTimeline
from mentorbot.domain.turns import Certainty, Evidence, Holder
from mentorbot.features.stalled.commands import facts, messages, rules
from mentorbot.features.stalled.config import Stalled
from mentorbot.features.stalled.records import AuthorNudges, Corrections
from mentorbot.features.stalled.turn.rules.turn_decision import Situation
from tests.builders import NOW, a_pull_request, an_event
from tests.domain.pasts import a_past, act, asks_for_changes
from tests.fakes import FakeGitHub, FakeRecords, FakeTimelines, some_ports
from tests.features.stalled.candidates import (
    ADA,
    BOB,
    BOT,
    DAY,
    LABELS,
    a_candidate,
    a_config,
    a_past_nudge,
    shown,
)

CONFIG = a_config(labels=LABELS)
LATER = NOW + 3 * DAY
DECIDE = {
    "turn": rules.tell_turn, "ready": rules.ready, "blocked": rules.blocked, "waiting": rules.waiting,
    "snooze": rules.snooze,
}  # fmt: skip


class OtherBotsToo(Section):
    short_commands: bool = False


async def told(
    command: str,
    past: PullRequestTimeline | None = None,
    *,
    records: FakeRecords | None = None,
    github: FakeGitHub | None = None,
    config: Stalled = CONFIG,
) -> Plan:
    """What is decided about a command of ada's, three days later."""
    name, *words = command.split()
    known = {7: past} if past is not None else {}
    ports = some_ports(
        now=LATER, timelines=FakeTimelines(known), records=records or FakeRecords(),
        github=github or FakeGitHub(), bot=BOT,
        configuration=Configuration(exists=True, sections={"chat": OtherBotsToo()}),
    )  # fmt: skip
    event = an_event(
        CommandGiven, thread=a_pull_request(number=7), by=ADA, name=name, words=tuple(words), at=LATER
    )
    return DECIDE[name](await facts.turn_command(event, config, ports), config)


def answer(plan: Plan) -> Answer:
    (found,) = (action for action in plan.actions if isinstance(action, Answer))
    return found


def said(plan: Plan) -> list[Act]:
    return [Act.from_json(one) for one in remembered(plan).value["acts"]]


def remembered(plan: Plan) -> Remember:
    """The record of what commands said."""
    found = [action for action in plan.actions if isinstance(action, Remember)]
    (record,) = (action for action in found if action.kind == Corrections.KIND)
    return record


async def test_ready_is_kept_shown_and_answered_with_a_thumb() -> None:
    plan = await told("ready", a_past(asks_for_changes("bob")))
    (act_,) = said(plan)
    assert (act_.kind, act_.by, act_.at) == (ActKind.DECLARED_READY, ADA, LATER)
    assert shown(plan.actions) == ["+awaiting review"]
    assert answer(plan) == Answer()
    assert plan.because == "@ada said that it is ready"


async def test_a_draft_that_is_ready_is_told_what_to_press() -> None:
    assert "**Ready for review**" in answer(await told("ready", a_past(act(ActKind.DRAFTED, "ada")))).text


async def test_blocked_keeps_the_reason() -> None:
    plan = await told("blocked the new engine is late", a_past())
    assert said(plan)[0].body == "the new engine is late"
    assert shown(plan.actions) == ["+blocked"]


@pytest.mark.parametrize(
    ("words", "outcome"),
    [
        ("author", "author"),
        ("for the author.", "author"),
        ("reviewers", "reviewers"),
        ("for review", "reviewers"),
    ],
)
async def test_waiting_is_understood_as_people_write_it(words: str, outcome: str) -> None:
    assert said(await told(f"waiting {words}", a_past()))[0].outcome == outcome


@pytest.mark.parametrize(
    ("command", "text"),
    [
        ("waiting godot", "`/mentorbot waiting author` or `/mentorbot waiting reviewers`"),
        ("snooze", "For how long?"),
        ("snooze soon", "I could not tell for how long: write `14 days`"),
        ("snooze 14", "I could not tell for how long"),
    ],
)
async def test_what_is_not_understood_says_what_to_write(command: str, text: str) -> None:
    plan = await told(command, a_past())
    assert answer(plan).reaction == "confused"
    assert text in answer(plan).text
    assert plan.actions == (answer(plan),)


@pytest.mark.parametrize("words", ["2 weeks", "for 2 weeks", "14 days"])
async def test_a_snooze_says_until_when(words: str) -> None:
    plan = await told(f"snooze {words}", a_past(asks_for_changes("bob")))
    assert said(plan)[0].ends_at == LATER + 14 * DAY
    assert answer(plan).text == "No nudges from me here until 19 March 2026."


async def test_corrections_build_on_each_other_and_only_the_latest_are_kept() -> None:
    records = FakeRecords()
    old = [
        Act(kind=ActKind.DECLARED_READY, at=NOW, id=f"old-{n}", by=ADA).to_json() for n in range(rules.KEPT)
    ]
    kept = records.put("correction", "7", {"acts": old})
    plan = await told("blocked", a_past(), records=records)
    assert remembered(plan).expected == kept.version
    assert len(said(plan)) == rules.KEPT
    records.remember(plan.actions)
    record_now = await records.get(Corrections, "7")
    assert record_now is not None
    assert record_now.value.acts[-1].kind is ActKind.DECLARED_BLOCKED
    again = await told("blocked", a_past(), records=records)
    assert len(said(again)) == rules.KEPT, "the same command is the same correction"


async def test_nothing_can_be_corrected_once_it_is_closed() -> None:
    closed = a_past(act(ActKind.CLOSED, "bob"))
    assert "closed" in answer(await told("ready", closed)).text
    assert "It is nobody's turn" in answer(await told("turn", closed)).text


async def test_what_the_projection_lacks_github_is_asked_for() -> None:
    github = FakeGitHub(timelines={7: a_past()})
    assert answer(await told("turn", github=github)).text
    with pytest.raises(Refusal, match="try again"):
        await told("turn")


async def test_turn_tells_evidence_rule_and_end() -> None:
    text = answer(await told("turn", a_past(asks_for_changes("bob", "Please add a *test*, @carol.")))).text
    assert "**It is the author's turn (ada)**, since 2 March 2026 (for 2 days)." in text
    assert "Why: The author hasn't answered bob yet." in text
    assert "([there](https://github.com/acme/rockets/pull/7#1))" in text
    assert "What ends it: The author answers or pushes" in text
    assert "on the first working day from 16 March 2026 on" in text
    assert "@carol" not in text
    assert "`/mentorbot waiting author`" in text


@pytest.mark.parametrize(
    ("candidate", "words"),
    [
        pytest.param(
            a_candidate(
                Holder.REVIEWERS, days=1, turn={"reviewers": (BOB,), "teams": ("core",), "evidence": ()}
            ),
            "**It is the reviewers' turn (bob and team core)**, since 1 March 2026 (for a day).",
            id="named reviewers",
        ),
        pytest.param(a_candidate(days=0), "since 2 March 2026 (today)", id="today"),
        pytest.param(
            a_candidate(turn={"snoozed_until": NOW + DAY}),
            "Nobody is reminded before 3 March 2026, as somebody asked for that.",
            id="snoozed",
        ),
        pytest.param(
            a_candidate(is_draft=True), "It is a draft, and those are left alone here.", id="ignored"
        ),
        pytest.param(a_candidate(Holder.EXTERNAL), "**It waits for something else**", id="external"),
        pytest.param(a_candidate(Holder.UNCLEAR), "**It is nobody's turn**", id="nobody's"),
        pytest.param(a_candidate(author=None), "**It is the author's turn**", id="an author who has left"),
        pytest.param(a_candidate(days=30), "on the first working day from 2 March 2026 on", id="due already"),
        pytest.param(
            a_candidate(turn={"evidence": (Evidence("x", "", "bob wrote."),) * 15}),
            "and 3 more",
            id="much evidence",
        ),
    ],
)
def test_whatever_the_turn_it_is_told_plainly(candidate: Any, words: str) -> None:
    assert words in messages.turn(candidate, CONFIG)


def test_what_was_said_already_is_not_announced_again() -> None:
    told_already = replace(
        a_candidate(days=20, past_nudges=[a_past_nudge(NOW, 1, NOW - DAY)]), situation=Situation.REVIEW
    )
    assert "first working day" not in messages.turn(told_already, CONFIG)
    assert "Did I get that wrong?" not in messages.turn(a_candidate(Holder.UNCLEAR), CONFIG)
    never = a_config(author={"nudge": False})
    assert "Authors are not reminded here" in messages.turn(a_candidate(), never)


def test_what_is_told_of_how_sure_it_is_does_not_contradict_itself() -> None:
    newcomers = messages.turn(a_candidate(turn={"certainty": Certainty.FAIRLY_SURE}), CONFIG)
    assert newcomers.startswith("**It is the author's turn")
    assert "unclear" not in newcomers
    guessed = messages.turn(a_candidate(turn={"certainty": Certainty.UNCLEAR}), CONFIG)
    assert guessed.count("unclear") == 1


def test_who_asks_hears_for_a_while_that_authors_are_nudged_again() -> None:
    again = AuthorNudges(went_on_at=NOW - DAY)
    assert "Since 1 March 2026 I send reminders to authors here again" in messages.turn(
        a_candidate(author_nudges=again), CONFIG
    )
    theirs = a_candidate(Holder.REVIEWERS, author_nudges=again)
    assert "here again" not in messages.turn(theirs, CONFIG)
    stopped = AuthorNudges(stopped_at=NOW, corrected=2, written=9)
    assert "/mentorbot nudges on" in messages.turn(a_candidate(author_nudges=stopped), CONFIG)
