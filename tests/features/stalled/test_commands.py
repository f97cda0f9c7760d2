from __future__ import annotations

import re
from pathlib import Path

import pytest

from mentorbot.config.configuration import Configuration
from mentorbot.config.section import Section
from mentorbot.core.actions import Answer, Remember
from mentorbot.core.events import CommandGiven
from mentorbot.core.people import Person
from mentorbot.core.plan import Plan, Refusal
from mentorbot.domain.timeline import Act, ActKind, PullRequestTimeline
from mentorbot.domain.turns import Certainty, Evidence, Holder
from mentorbot.features.stalled.commands import facts, messages, rules
from mentorbot.features.stalled.config import Stalled
from mentorbot.features.stalled.nudges.candidate import Candidate
from mentorbot.features.stalled.records import AuthorNudges, Corrections
from mentorbot.features.stalled.turn.rules.turn_decision import Situation
from tests.builders import NOW, a_pull_request, an_event
from tests.domain.pasts import a_past, act, approves, asks_for_changes, pushes, says
from tests.fakes import FakeGitHub, FakeRecords, FakeTimelines, some_ports
from tests.features.stalled.candidates import (
    ADA,
    BOB,
    BOT,
    CAROL,
    DAY,
    LABELS,
    a_candidate,
    a_config,
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
        ("waiting godot", "`/waiting author` or `/waiting reviewers`"),
        ("snooze", "For how long?"),
        ("snooze soon", "I do not understand for how long. Write for example `/snooze 3 days`"),
        ("snooze 14", "I do not understand for how long"),
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
    assert answer(plan).text == "I will send no reminders here until 19 March 2026."


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
    assert "closed" in answer(await told("ready", a_past(act(ActKind.CLOSED, "bob")))).text
    assert "merged" in answer(await told("ready", a_past(act(ActKind.MERGED, "bob")))).text


@pytest.mark.parametrize(
    ("ended", "text"),
    [
        (
            act(ActKind.MERGED, "bob"),
            "**bob merged this pull request** on 2 March 2026. It is nobody's turn.",
        ),
        (
            act(ActKind.MERGED, "ada"),
            "**You merged this pull request** on 2 March 2026. It is nobody's turn.",
        ),
        (act(ActKind.MERGED), "**This pull request was merged** on 2 March 2026. It is nobody's turn."),
        (
            act(ActKind.CLOSED, "bob"),
            "**bob closed this pull request** on 2 March 2026. It is nobody's turn.",
        ),
        (
            act(ActKind.CLOSED, "ada"),
            "**You closed this pull request** on 2 March 2026. It is nobody's turn.",
        ),
        (act(ActKind.CLOSED), "**This pull request was closed** on 2 March 2026. It is nobody's turn."),
    ],
)
async def test_of_what_is_over_turn_says_by_whom_and_when(ended: Act, text: str) -> None:
    assert answer(await told("turn", a_past(asks_for_changes("bob"), ended))).text == text


async def test_what_the_projection_lacks_github_is_asked_for() -> None:
    github = FakeGitHub(timelines={7: a_past()})
    assert answer(await told("turn", github=github)).text
    with pytest.raises(Refusal, match="try again"):
        await told("turn")


async def test_turn_tells_whose_since_when_why_and_what_would_end_it() -> None:
    text = answer(await told("turn", a_past(asks_for_changes("bob", "Please add a *test*, @carol.")))).text
    assert text == (
        "**It is your turn**, since 2 March 2026 (2 days ago). There is no answer to bob yet.\n\n"
        "- bob, 2 March 2026: asked for changes: “Please add a test, @\u200bcarol.” "
        "([there](https://github.com/acme/rockets/pull/7#1))\n\n"
        "What ends it: You answer or push a change.\n\n"
        "Is this wrong? Write `/ready` if it is ready for review, or `/blocked` if something else must "
        "happen first."
    )


@pytest.mark.parametrize(
    ("candidate", "words"),
    [
        pytest.param(a_candidate(), "**It is the author's turn** (ada), since", id="the author's"),
        pytest.param(a_candidate(author=None), "**It is the author's turn**, since", id="an author who left"),
        pytest.param(
            a_candidate(
                Holder.REVIEWERS, days=1, turn={"reviewers": (BOB,), "teams": ("core",), "evidence": ()}
            ),
            "**It is the reviewers' turn** (bob and team core), since 1 March 2026 (1 day ago).",
            id="named reviewers",
        ),
        pytest.param(a_candidate(Holder.REVIEWERS), "**It is the reviewers' turn**, since", id="reviewers'"),
        pytest.param(
            a_candidate(Holder.REVIEWERS, situation=Situation.WORKFLOW, turn={"reviewers": (CAROL,)}),
            "**It is the maintainers' turn**, since",
            id="only maintainers can let checks run",
        ),
        pytest.param(
            a_candidate(Holder.REVIEWERS, turn={"reviewers": (BOB, CAROL)}),
            "**It is your turn**, since",
            id="yours, who were asked",
        ),
        pytest.param(
            a_candidate(turn={"certainty": Certainty.UNCLEAR}), "Perhaps it is the author's", id="a guess"
        ),
        pytest.param(
            a_candidate(Holder.REVIEWERS, turn={"certainty": Certainty.UNCLEAR}),
            "Perhaps it is the reviewers'",
            id="another guess",
        ),
        pytest.param(
            a_candidate(Holder.REVIEWERS, turn={"certainty": Certainty.UNCLEAR, "reviewers": (CAROL,)}),
            "Perhaps it is yours",
            id="a guess about you",
        ),
        pytest.param(a_candidate(days=0), "since 2 March 2026 (today)", id="today"),
        pytest.param(
            a_candidate(turn={"snoozed_until": NOW + DAY}),
            "I send no reminders here until 3 March 2026.",
            id="snoozed",
        ),
        pytest.param(a_candidate(Holder.EXTERNAL), "**It waits for something else**", id="external"),
        pytest.param(
            a_candidate(turn={"evidence": (Evidence("x", "", "bob wrote."),) * 15}),
            "<summary>13 more</summary>",
            id="much evidence",
        ),
        pytest.param(
            a_candidate(turn={"evidence": (Evidence("x", "", "bob wrote."),) * 3}),
            "<summary>One more</summary>",
            id="a bit more evidence",
        ),
    ],
)
def test_whatever_the_turn_it_is_told_plainly(candidate: Candidate, words: str) -> None:
    assert words in messages.turn(candidate, CAROL)


def test_everybody_hears_only_of_commands_that_somebody_like_them_can_use() -> None:
    assert "`/ready`" in messages.turn(a_candidate(), ADA)
    assert "waiting" not in messages.turn(a_candidate(), ADA)
    assert "Maintainers can write `/waiting author`" in messages.turn(a_candidate(), CAROL)


def test_what_is_told_of_how_sure_it_is_does_not_contradict_itself() -> None:
    fairly = messages.turn(a_candidate(turn={"certainty": Certainty.FAIRLY_SURE}), ADA)
    assert fairly.startswith("**It is your turn**")
    assert "I am fairly sure about this." in fairly
    assert "not sure" not in fairly
    guessed = messages.turn(a_candidate(turn={"certainty": Certainty.UNCLEAR}), ADA)
    assert guessed.startswith("**I am not sure whose turn it is.** Perhaps it is yours")
    assert guessed.count("sure") == 1


def test_who_asks_hears_for_a_while_that_authors_are_reminded_again() -> None:
    again = AuthorNudges(went_on_at=NOW - DAY)
    assert "Since 1 March 2026 I send reminders to authors here again." in messages.turn(
        a_candidate(author_nudges=again), CAROL
    )
    theirs = a_candidate(Holder.REVIEWERS, author_nudges=again)
    assert "reminders" not in messages.turn(theirs, CAROL)
    long_ago = AuthorNudges(went_on_at=NOW - 40 * DAY)
    assert "reminders" not in messages.turn(a_candidate(author_nudges=long_ago), CAROL)
    stopped = AuthorNudges(stopped_at=NOW, corrected=2, written=9)
    assert "/mentorbot nudges on" in messages.turn(a_candidate(author_nudges=stopped), CAROL)


_DOCUMENTATION = (Path(__file__).parents[3] / "docs/whose-turn.md").read_text(encoding="utf-8")


async def test_what_the_documentation_shows_is_what_turn_says() -> None:
    past = a_past(asks_for_changes("bob", "Please add a test for `boil()`."))
    text = answer(await told("turn", past)).text
    shown = re.sub(r"\[(there)\]\([^)]*\)", r"\1", text.replace("\\", ""))
    quoted = "\n".join(f"> {line}".rstrip() for line in shown.splitlines())
    assert quoted in _DOCUMENTATION


_READERS = [ADA, BOB, CAROL]
_LONG = Evidence("x", "https://github.com/acme/rockets/pull/7#1", "", by=BOB, at=NOW, words="some words " * 8)


@pytest.mark.parametrize("reader", _READERS, ids=lambda person: person.login)
@pytest.mark.parametrize("holder", [Holder.AUTHOR, Holder.REVIEWERS, Holder.EXTERNAL])
@pytest.mark.parametrize("certainty", [Certainty.SURE, Certainty.FAIRLY_SURE])
def test_turn_is_short_and_never_speaks_of_its_reader_in_the_third_person(
    reader: Person, holder: Holder, certainty: Certainty
) -> None:
    standing = AuthorNudges(stopped_at=NOW, corrected=2, written=9)
    turn = {"reviewers": (BOB,), "evidence": (_LONG,) * 9, "certainty": certainty}
    text = messages.turn(a_candidate(holder, author_nudges=standing, turn=turn), reader)
    in_sight = re.sub(r"\(\[there\].*?\)\)|<details>.*?</details>|“.*?”|`.*?`", "", text, flags=re.DOTALL)
    assert len(in_sight.split()) <= 80
    if reader == ADA:
        assert "the author's" not in in_sight
    assert f"({reader.login})" not in in_sight
    assert "@" not in in_sight


@pytest.mark.parametrize(
    "past",
    [
        pytest.param(a_past(), id="nothing yet"),
        pytest.param(a_past(says("bob", "Why?")), id="a question"),
        pytest.param(a_past(asks_for_changes("bob"), pushes()), id="answered"),
        pytest.param(a_past(approves("bob")), id="approved"),
        pytest.param(a_past(pushes()), id="pushed"),
        pytest.param(a_past(says("ada", "I'll add tests.")), id="a promise"),
        pytest.param(a_past(act(ActKind.DRAFTED, "ada")), id="a draft"),
        pytest.param(a_past(act(ActKind.DRAFTED, "ada"), says("ada", "WDYT?")), id="a draft with a question"),
        pytest.param(a_past(title="WIP: fly"), id="unfinished"),
        pytest.param(a_past(body="Depends on #5"), id="a dependency"),
        pytest.param(a_past(says("ada", "On hold.")), id="on hold"),
        pytest.param(a_past(act(ActKind.CHECKS_CONCLUDED, outcome="failure")), id="a failed check"),
        pytest.param(a_past(act(ActKind.MERGEABILITY_SEEN, outcome="conflict")), id="a conflict"),
        pytest.param(a_past(act(ActKind.WORKFLOW_WAITING)), id="checks that wait"),
        pytest.param(a_past(act(ActKind.LABELED, "bob", label="awaiting changes")), id="a label"),
        pytest.param(a_past(act(ActKind.DECLARED_BLOCKED, "ada", body="no fuel")), id="blocked"),
        pytest.param(a_past(act(ActKind.MERGED, "ada")), id="merged"),
    ],
)
async def test_authors_who_ask_are_spoken_to_and_never_about(past: PullRequestTimeline) -> None:
    text = answer(await told("turn", past)).text
    assert "author" not in text
    assert "ada" not in text
    assert len(text.split()) <= 80


async def test_refusals_are_short() -> None:
    closed = [a_past(act(kind, "bob")) for kind in (ActKind.CLOSED, ActKind.MERGED)]
    plans = [
        *[await told(command, a_past()) for command in ("waiting godot", "snooze", "snooze soon")],
        *[await told("ready", past) for past in closed],
    ]
    assert all(plan.refuses for plan in plans)
    assert all(len(answer(plan).text.split()) <= 30 for plan in plans)
