"""Who corrects the bot with what, what is kept of it, and what the journal says."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from mentorbot.core.actions import Answer, Forget, Remember
from mentorbot.core.events import CommandGiven, Commented
from mentorbot.core.people import Person
from mentorbot.domain.timeline import Act, ActKind, PullRequestTimeline
from mentorbot.domain.turns import Holder
from mentorbot.features.stalled.learning import facts, messages
from mentorbot.features.stalled.learning.facts import GoOnRequest, HeardNudge, LearnedByNow
from mentorbot.features.stalled.learning.learned import LearnedTurns, written_nudge
from mentorbot.features.stalled.learning.rules import (
    A_MOMENT,
    Lesson,
    WhatWasSaid,
    keep_nudge,
    learn,
    lesson_from,
    let_go_on,
)
from mentorbot.features.stalled.nudge_history import past_nudges_in
from mentorbot.features.stalled.records import AuthorNudges
from mentorbot.features.stalled.turn.rules.turn_decision import decide_turn
from tests.builders import NOW, a_comment, a_person, a_pull_request, an_event
from tests.domain.pasts import a_past, act, approves, asks_for_changes, pushes, says
from tests.fakes import FakeRecords, some_ports
from tests.features.stalled.candidates import ADA, BOB, BOT, DAY, a_config, our_comment
from tests.features.stalled.test_learned import a_label, a_nudge, in_force, nudges

CONFIG = a_config(words={"robots": ["script"]})
RULES = CONFIG.turn_rules()
EVE, BOT_OF_OTHERS = a_person("eve"), a_person("other[bot]", is_bot=True)
HOUR = timedelta(hours=1)


def nudged(*acts: Act, at: datetime = NOW + 15 * DAY, rung: int = 1) -> PullRequestTimeline:
    """A pull request in which something is open, and the author or the reviewers were nudged for it."""
    past = a_past(*acts)
    turn = decide_turn(past, (), CONFIG, rules=RULES, now=at).turn
    return past.with_acts([replace(our_comment(7, turn, rung, at), node="IC_1")])


NUDGED = nudged(asks_for_changes("bob"))


def lesson(
    kind: ActKind,
    past: PullRequestTimeline,
    *,
    by: Person = ADA,
    outcome: str = "",
    at: datetime = NOW + 16 * DAY,
    learned: LearnedTurns | None = None,
) -> Lesson:
    """What is learned where somebody says so."""
    known = WhatWasSaid(
        before=decide_turn(past, (), CONFIG, rules=RULES, now=at - A_MOMENT),
        past_nudges=past_nudges_in(past, BOT),
        learned=learned or LearnedTurns(),
    )
    return lesson_from(Act(kind=kind, at=at, id="said", by=by, outcome=outcome), known, CONFIG)


def label_in(found: Lesson) -> tuple[str, str, str, str] | None:
    """What the bot said, what people said, how, and the moment ("03-17")."""
    kept = [one.value for one in found.records if isinstance(one, Remember) and one.kind == "label"]
    return (kept[0]["said"], kept[0]["turn"], kept[0]["how"], kept[0]["at"][5:10]) if kept else None


READY, BLOCKED, WAITING = ActKind.DECLARED_READY, ActKind.DECLARED_BLOCKED, ActKind.DECLARED_WAITING
LATE = NOW + 17 * DAY + HOUR


@pytest.mark.parametrize(
    ("found", "label"),
    [
        pytest.param(
            lesson(WAITING, NUDGED, by=BOB, outcome="reviewers"),
            ("author", "reviewers", "command", "03-18"),
            id="waiting for another side",
        ),
        pytest.param(
            lesson(WAITING, a_past(), by=BOB, outcome="author"),
            ("reviewers", "author", "command", "03-18"),
            id="waiting, before anybody was nudged",
        ),
        pytest.param(lesson(WAITING, NUDGED, by=BOB, outcome="author"), None, id="waiting, as the bot said"),
        pytest.param(lesson(BLOCKED, NUDGED), ("author", "external", "command", "03-18"), id="blocked"),
        pytest.param(
            lesson(BLOCKED, a_past()), ("reviewers", "external", "command", "03-18"), id="blocked, in review"
        ),
        pytest.param(
            lesson(WAITING, a_past(says("bob", "This could be a loop.")), by=BOB, outcome="author"),
            ("unclear", "author", "command", "03-18"),
            id="what was unclear, even where the bot's guess was that",
        ),
        pytest.param(lesson(ActKind.SNOOZED, NUDGED), None, id="a snooze says nothing of that"),
        pytest.param(
            lesson(WAITING, a_past(act(WAITING, "carol", outcome="author")), by=BOB, outcome="reviewers"),
            None,
            id="who contradicts another maintainer doesn't correct the bot",
        ),
        pytest.param(lesson(READY, NUDGED), ("author", "reviewers", "ready", "03-17"), id="ready at once"),
        pytest.param(lesson(READY, NUDGED, at=LATE), None, id="ready two days after the nudge"),
        pytest.param(
            lesson(READY, a_past(asks_for_changes("bob"))), None, id="ready where nobody was nudged"
        ),
        pytest.param(
            lesson(READY, nudged(asks_for_changes("bob"), says("ada", "Done, please look."))),
            None,
            id="ready where the reviewers were nudged",
        ),
    ],
)
def test_what_is_a_correction_and_what_is_none(
    found: Lesson, label: tuple[str, str, str, str] | None
) -> None:
    assert label_in(found) == label


@pytest.mark.parametrize(
    "work",
    [
        pytest.param(pushes(at=NOW + 15 * DAY + HOUR), id="a push"),
        pytest.param(says("ada", "Done.", at=NOW + 15 * DAY + HOUR), id="an answer"),
    ],
)
def test_ready_after_work_is_no_correction(work: Act) -> None:
    found = lesson(READY, NUDGED.with_acts([replace(work, id="work")]))
    assert found == Lesson(because=messages.HELPED)


def test_ready_after_others_have_moved_it_is_none_either() -> None:
    moved = approves("bob")
    found = lesson(READY, NUDGED.with_acts([replace(moved, id="moved", at=NOW + 15 * DAY + HOUR)]))
    assert found == Lesson()


def test_work_before_what_is_open_does_not_count() -> None:
    past = nudged(pushes(), says("ada", "There."), asks_for_changes("bob"))
    assert label_in(lesson(READY, past)) == ("author", "reviewers", "ready", "03-17")


def test_where_no_act_is_the_ground_it_counts_from_the_turns_beginning() -> None:
    past = replace(a_past(title="WIP: make rockets fly"), opened_title="WIP: make rockets fly")
    turn = decide_turn(past, (), CONFIG, rules=RULES, now=NOW + 15 * DAY).turn
    assert (turn.holder, turn.evidence) == (Holder.AUTHOR, ())
    past = past.with_acts([our_comment(7, turn, 1, NOW + 15 * DAY)])
    assert label_in(lesson(READY, past)) == ("author", "reviewers", "ready", "03-17")


def test_a_label_names_the_nudge_and_who_said_so_is_declared() -> None:
    label, nudge = lesson(READY, NUDGED).records
    assert isinstance(label, Remember)
    assert isinstance(nudge, Remember)
    assert label.about == (ADA.id,)
    assert label.value["outlives_people"] is True
    assert label.value["nudge"] == nudge.key == "pull request 7/author since 2026-03-02/rung 1"
    assert nudge.value["node"] == "IC_1"
    assert str(ADA.id) not in label.key
    nobody = lesson(READY, NUDGED, by=ADA)
    assert nobody.records == (label, nudge), "the same decision twice is the same records"


def test_the_journal_says_what_the_bot_said_and_what_people_said() -> None:
    assert lesson(BLOCKED, NUDGED).because == (
        "I was corrected: I said “It is the author's turn”, and they say “It waits for something else”"
    )


def test_where_it_was_unclear_nobody_was_wrong() -> None:
    unclear = a_past(says("bob", "This could be a loop."))
    assert lesson(WAITING, unclear, by=BOB, outcome="author").because == (
        "I was not sure whose turn it was, and they say “It is the author's turn”"
    )


def test_the_second_correction_stops_nudges_of_authors_at_once() -> None:
    learned = LearnedTurns(nudges=nudges(4), labels=(a_label(2),), state=in_force())
    found = lesson(READY, NUDGED, learned=learned)
    state = found.records[-1]
    assert isinstance(state, Remember)
    assert (state.kind, state.key, state.expected) == ("author nudges", "here", 3)
    assert (state.value["corrected"], state.value["written"]) == (2, 5)
    assert "people corrected 2 of my last 5 reminders" in found.because
    assert "`/mentorbot nudges on`" in found.because
    first = replace(learned, state=None)
    fresh = lesson(READY, NUDGED, learned=first).records[-1]
    assert isinstance(fresh, Remember)
    assert fresh.expected == 0


async def test_our_own_nudge_is_remembered_when_it_comes_back_to_us() -> None:
    (comment,) = (one for one in NUDGED.acts if one.by == BOT)
    written = replace(a_comment(body=comment.body), author=BOT, node_id="IC_1", written_at=comment.at)
    event = an_event(Commented, thread=a_pull_request(number=7), by=BOT, comment=written)
    found = await facts.comment(event, CONFIG, some_ports(bot=BOT))
    (nudge,) = past_nudges_in(NUDGED, BOT)
    assert found == HeardNudge(written_nudge(nudge))
    (record,) = keep_nudge(found, CONFIG).actions
    assert isinstance(record, Remember)
    assert record.key == nudge.key

    answer = replace(event, comment=replace(written, body="You are welcome."))
    by_eve = replace(event, by=EVE)
    for other in (answer, by_eve):
        plan = keep_nudge(await facts.comment(other, CONFIG, some_ports(bot=BOT)), CONFIG)
        assert (plan.concerns, plan.acts) == (False, False)


def test_nudges_go_on_where_the_threshold_has_risen_and_that_is_told() -> None:
    learned = LearnedTurns(nudges=nudges(2), labels=(a_label(1),), state=in_force(stopped_at=NOW))
    plan = learn(LearnedByNow(NOW + DAY, learned), CONFIG)
    (state,) = plan.actions
    assert isinstance(state, Remember)
    assert (state.value["went_on_at"], state.value["stopped_at"]) == ((NOW + DAY).isoformat(), None)
    assert plan.because == messages.MORE_IS_DEMANDED


def test_what_is_old_is_let_go() -> None:
    old = a_nudge(9, holder="reviewers")
    plan = learn(LearnedByNow(NOW + 60 * DAY, LearnedTurns(nudges=(old,))), CONFIG)
    assert plan.actions == (Forget(kind="nudge", key="nudge 9"),)
    assert plan.because == messages.LET_GO


async def test_a_maintainer_lets_nudges_go_on() -> None:
    records = FakeRecords()
    event = an_event(CommandGiven, thread=a_pull_request(), by=BOB, name="nudges on", words=(), at=NOW)
    nothing = let_go_on(await facts.going_on(event, CONFIG, some_ports(records=records)), CONFIG)
    assert nothing.refuses
    records.put("author nudges", "here", {"stopped_at": NOW.isoformat(), "corrected": 2, "written": 9})
    plan = let_go_on(await facts.going_on(event, CONFIG, some_ports(records=records)), CONFIG)
    assert plan.because == "@bob lets me remind authors here again"
    assert Answer(text=messages.WENT_ON) in plan.actions
    records.remember(plan.actions)
    twice = let_go_on(await facts.going_on(event, CONFIG, some_ports(records=records)), CONFIG)
    assert twice.refuses
    assert GoOnRequest(by=BOB, at=NOW, state=None).state is None


def test_it_is_told_for_four_weeks_that_authors_are_nudged_again() -> None:
    again = AuthorNudges(went_on_at=NOW)
    assert "Since 2 March 2026 I send reminders" in messages.goes_on(again, NOW + DAY)
    assert messages.goes_on(again, NOW + 28 * DAY) == ""
    assert messages.goes_on(AuthorNudges(), NOW) == ""
    assert "Since 2 March 2026 I send reminders" in messages.in_weekly_list(again, NOW + DAY)
    stopped = AuthorNudges(stopped_at=NOW, corrected=2, written=9)
    assert "people corrected 2 of my last 9 reminders" in messages.in_weekly_list(stopped, NOW)
