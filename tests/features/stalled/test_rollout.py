"""Reminders are rolled in gently: so many a day, newest first, nobody startled, and nobody for ever last."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from mentorbot.config.calendar import DEFAULT_CALENDAR
from mentorbot.core.actions import Answer
from mentorbot.core.events import CommandGiven
from mentorbot.core.plan import Plan, Refusal
from mentorbot.domain.timeline import Act, ActKind, PullRequestTimeline
from mentorbot.domain.turns import Holder, TurnSettings, whose_turn
from mentorbot.features.stalled.nudges import facts
from mentorbot.features.stalled.nudges.candidate import Candidate
from mentorbot.features.stalled.nudges.forecast import forecast
from mentorbot.features.stalled.nudges.rules.due_dates import DORMANT_AFTER, QuietPeriod, last_human_act
from mentorbot.features.stalled.nudges.rules.nudge import nudge, nudge_and_sync
from mentorbot.features.stalled.nudges.rules.rollout import (
    LAST_AFTER,
    OFF_FOR,
    Due,
    Morning,
    after_morning,
    in_order,
    picked_today,
    rollout_on,
)
from mentorbot.features.stalled.records import Released, Rollout
from mentorbot.features.stalled.release import facts as release_facts
from mentorbot.features.stalled.release import rules as release_rules
from tests.builders import NOW, a_person, a_pull_request, an_event, an_issue
from tests.domain.pasts import a_past, act, asks_for_changes, says
from tests.fakes import FakeRecords
from tests.features.stalled.candidates import BOB, BOT, DAY, a_candidate, a_config, comments, our_comment
from tests.features.stalled.test_nudge_facts import Here, one_of

CONFIG = a_config()
TODAY = Rollout(began=NOW, morning=NOW - DAY)
HERE = DEFAULT_CALENDAR


def due(*numbers_and_days: tuple[int, int], released: dict[int, datetime] | None = None) -> list[Due]:
    """Reminders that are due, by number, of pull requests that have been quiet for so many days."""
    found = []
    for number, days in numbers_and_days:
        candidate = a_candidate(number=number, days=days, author=a_person(f"author-{number}"))
        at = (released or {}).get(number)
        quiet = replace(candidate.quiet_period, released_at=at, is_released=at is not None)
        found.append((replace(candidate, quiet_period=quiet), 1))
    return found


def order(found: list[Due], rollout: Rollout = TODAY, *, now: datetime = NOW) -> list[int]:
    return [candidate.number for candidate, _ in in_order(found, rollout, CONFIG, now=now, calendar=HERE)]


def test_what_was_due_when_it_was_switched_on_comes_newest_first() -> None:
    assert order(due((1, 90), (2, 20), (3, 40))) == [2, 3, 1]


def test_what_became_due_since_comes_as_it_did_and_takes_turns_with_the_backlog() -> None:
    rollout = replace(TODAY, began=NOW - 10 * DAY)
    # due after 14 days: 1 to 3 were due before it began, 4 to 6 since
    found = due((1, 90), (2, 30), (3, 40), (4, 15), (5, 17), (6, 16))
    assert order(found, rollout) == [2, 5, 3, 6, 1, 4]
    assert order(found, rollout, now=NOW + DAY) == [5, 2, 6, 3, 4, 1], "each begins on every other day"


def test_what_a_maintainer_released_by_its_number_comes_first() -> None:
    found = due((1, 30), (2, 20), (3, 25), released={1: NOW - DAY})
    assert order(found) == [1, 2, 3]


def test_what_was_chosen_this_morning_stays_chosen_all_day() -> None:
    rollout = replace(TODAY, morning=NOW - timedelta(hours=2), picked=(1,))
    assert order(due((1, 90), (2, 20)), rollout) == [1, 2]
    assert picked_today(rollout, now=NOW, calendar=HERE) == (1,)
    assert picked_today(rollout, now=NOW + DAY, calendar=HERE) == ()


def test_what_was_chosen_again_and_again_in_vain_lets_others_go_first() -> None:
    rollout = replace(TODAY, in_vain={2: tuple(NOW - day * DAY for day in (4, 3, 2))})
    assert len(rollout.in_vain[2]) == LAST_AFTER
    assert order(due((1, 90), (2, 20)), rollout) == [1, 2]


def test_what_was_chosen_in_vain_long_ago_takes_a_turn_of_its_own() -> None:
    rollout = replace(TODAY, in_vain={2: tuple(NOW - day * DAY for day in (17, 16, 15))})
    found = due((1, 90), (2, 20), (3, 80))
    assert order(found, rollout) == [2, 3, 1]
    assert order(found, rollout, now=NOW + DAY) == [3, 2, 1], "each begins on every other day"


def test_a_morning_in_vain_is_remembered_while_it_is_due() -> None:
    before = replace(
        TODAY, picked=(1, 2, 3), in_vain={1: (NOW - 15 * DAY, NOW - 4 * DAY), 4: (NOW - 4 * DAY,)}
    )
    kept = after_morning(before, due={1, 3}, picked=[5], now=NOW, calendar=HERE)
    assert kept.picked == (5,)
    assert kept.in_vain == {1: (NOW - 15 * DAY, NOW - 4 * DAY, NOW - DAY), 3: (NOW - DAY,)}
    again = after_morning(kept, due={1, 3, 5}, picked=[6], now=NOW + timedelta(hours=1), calendar=HERE)
    assert again.picked == (5, 6)
    assert again.in_vain == kept.in_vain, "the day isn't over"
    once_more = after_morning(replace(kept, picked=(1,)), due={1}, picked=[], now=NOW + DAY, calendar=HERE)
    assert once_more.in_vain == {1: (NOW - 4 * DAY, NOW - DAY, NOW)}, "the latest three are enough"


def test_it_begins_anew_after_a_long_silence_and_where_the_bot_only_spoke_later() -> None:
    assert rollout_on(None, now=NOW) == Rollout(began=NOW, morning=NOW)
    before = Rollout(began=NOW - 90 * DAY, morning=NOW - DAY, picked=(1,))
    assert rollout_on(before, now=NOW) == before
    assert rollout_on(before, now=NOW, live_since=NOW - 2 * DAY).began == NOW - 2 * DAY
    assert rollout_on(before, now=NOW + OFF_FOR).began == NOW + OFF_FOR


def test_a_morning_is_kept_where_it_chose_something_and_else_once_a_week() -> None:
    quiet = Rollout(began=NOW, morning=NOW)
    plans = [
        nudge_and_sync(found, CONFIG)
        for found in (
            Morning(rollout=quiet, before=None),
            Morning(rollout=replace(quiet, morning=NOW + DAY), before=quiet),
            Morning(rollout=replace(quiet, morning=NOW + 7 * DAY), before=quiet),
            Morning(rollout=replace(quiet, picked=(1, 2)), before=quiet, due=9),
        )
    ]
    assert [bool(plan.actions) for plan in plans] == [True, False, True, True]
    assert not plans[1].concerns
    assert plans[-1].because == (
        "Of 9 reminders that are due here, I have chosen 2 for today, at most 5 a day"
    )


# -- nobody is startled --------------------------------------------------------------------------------------


def a_quiet(days: int, **more: object) -> QuietPeriod:
    return replace(a_candidate(days=days).quiet_period, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("quiet", "dormant"),
    [
        pytest.param(a_quiet(180), False, id="180 days"),
        pytest.param(a_quiet(181), True, id="more than 180 days"),
        pytest.param(a_quiet(400, human=NOW - 20 * DAY), False, id="somebody else came by"),
        pytest.param(a_quiet(400, released_at=NOW - 20 * DAY), False, id="a maintainer wants it"),
        pytest.param(a_quiet(400, released_at=NOW - 181 * DAY), True, id="wanted it long ago"),
    ],
)
def test_after_180_days_without_any_human_act_nobody_is_reminded(
    quiet: QuietPeriod, *, dormant: bool
) -> None:
    candidate = replace(a_candidate(), quiet_period=quiet)
    decided = nudge(candidate, CONFIG)
    assert bool(comments(decided)) is not dormant
    assert ("`/mentorbot nudges release`" in decided.because) is dormant


def test_only_what_people_do_keeps_a_pull_request_awake() -> None:
    past = a_past(asks_for_changes("bob"))
    late = NOW + 200 * DAY
    robot = replace(says("robot", "Needs a rebase.", at=late, id="c-bot"), by=BOT)
    label = replace(act(ActKind.LABELED, "bob", label="bug"), at=late, id="l-1")
    rules = TurnSettings()
    assert last_human_act(past.with_acts([robot, label]), rules) == past.acts[-1].at
    bump = says("dan", "Any news?", at=late, id="c-dan")
    assert last_human_act(past.with_acts([bump]), rules) == late


def waited(days: int) -> PullRequestTimeline:
    """Ada waited so many days for a review that asks for changes."""
    return one_of(7, asks_for_changes("bob", at=NOW), opened_at=NOW - days * DAY)


def test_how_long_the_reviewers_let_an_author_wait_is_the_longest_time_it_was_their_turn() -> None:
    answer = replace(says("ada", "Done.", at=NOW + 3 * DAY), id="c-a")
    second = asks_for_changes("bob", at=NOW + 8 * DAY, id="r-2")
    past = waited(30).with_acts([answer, second])
    turn = whose_turn(past, TurnSettings(), now=NOW + 20 * DAY)
    assert (turn.holder, turn.kept_waiting.days) == (Holder.AUTHOR, 30)
    assert whose_turn(waited(30), TurnSettings(), now=NOW - DAY).kept_waiting == timedelta(0)


async def test_an_author_may_take_as_long_as_reviewers_took_before() -> None:
    here = Here()
    here.add(waited(30))
    soon = (await here.morning(now=NOW + 21 * DAY))[7]
    assert not soon.acts
    assert soon.because.startswith(
        "The author had to wait for 30 days before, so I remind them on 1 April 2026"
    )
    assert not comments(await here.last_look(7, now=NOW + 29 * DAY))
    assert comments((await here.morning(now=NOW + 31 * DAY))[7])


async def test_reviewers_are_not_spared_for_having_let_somebody_wait() -> None:
    here = Here()
    here.add(waited(30).with_acts([replace(says("ada", "Done.", at=NOW + DAY), id="c-a")]))
    assert comments((await here.morning(now=NOW + 14 * DAY))[7])


async def test_what_nothing_is_said_in_takes_nobodys_place() -> None:
    """`ignore: {labels: …}` of the whole repository, whose default is spam: such a one is never chosen."""
    here = Here()
    spam = Act(kind=ActKind.LABELED, at=NOW + 2 * DAY, id="l-spam", by=BOB, label="Spam")
    here.add(one_of(1, asks_for_changes("bob")), one_of(2, asks_for_changes("bob", at=NOW + DAY), spam))
    plans = await here.morning(a_config(a_day=1))
    assert comments(plans[1])
    assert plans[2].because == "It carries the label “spam”, and those are left alone here"


async def test_what_could_not_be_written_on_its_day_is_not_written_beside_the_next_days() -> None:
    """GitHub was down, or the bot: with two mornings at once there would be twice as many as a day has."""
    here, config = Here(), a_config(a_day=1)
    here.add(one_of(1, asks_for_changes("bob")))
    assert comments((await here.morning(config, now=NOW + 15 * DAY))[1])
    newer = asks_for_changes("bob", at=NOW + timedelta(hours=20), id="r-2")
    here.add(one_of(2, newer, author=a_person("zoe")))
    tomorrow = NOW + 16 * DAY
    assert comments(await here.last_look(1, config, now=tomorrow - timedelta(hours=4)))
    plans = await here.morning(config, now=tomorrow)
    chosen = [number for number, plan in plans.items() if comments(plan)]
    written = [number for number in (1, 2) if comments(await here.last_look(number, config, now=tomorrow))]
    assert chosen == written == [2]


# -- what a maintainer releases ------------------------------------------------------------------------------


def a_command(text: str = "", *, on_issue: bool = False, at: datetime = NOW + 300 * DAY) -> CommandGiven:
    thread = an_issue() if on_issue else a_pull_request(number=7)
    words = tuple(text.split())
    return an_event(CommandGiven, thread=thread, by=BOB, name="nudges release", words=words, at=at)


async def released(here: Here, event: CommandGiven) -> Plan:
    found = await release_facts.release(event, CONFIG, here.ports(event.at))
    decided = release_rules.let_go(found, CONFIG)
    here.records.remember(decided.actions)
    return decided


async def test_a_maintainer_releases_what_had_been_quiet_for_long() -> None:
    here, late = Here(), NOW + 308 * DAY  # a Monday
    here.add(one_of(7, asks_for_changes("bob")), one_of(8, asks_for_changes("bob")))
    assert [plan.acts for plan in (await here.morning(now=late)).values()] == [False, False]
    here.github.timelines.pop(8)
    decided = await released(here, a_command())
    assert said(decided) == "Thank you. I remind people here again, before others."
    plans = await here.morning(now=late)
    assert comments(plans[7])
    assert comments(await here.last_look(7, now=late)), "and at the last look, too"
    assert "`/mentorbot nudges release`" in plans[8].because
    decided = await released(here, a_command("all"))
    assert "5 a day at most, the newest first" in said(decided)
    assert comments((await here.morning(now=late))[8])


async def test_a_release_holds_for_180_days_and_older_ones_are_forgotten() -> None:
    here = Here()
    here.add(one_of(7, asks_for_changes("bob")))
    await released(here, a_command(at=NOW + 300 * DAY))
    await released(here, a_command("all", at=NOW + 481 * DAY))
    record = await here.records.get(Released, Released.KEY)
    assert record is not None
    assert record.value == Released(everywhere=NOW + 481 * DAY)


@pytest.mark.parametrize(
    ("event", "why"),
    [
        pytest.param(a_command("tomorrow"), "I did not understand which", id="other words"),
        pytest.param(a_command(on_issue=True), "Write this in a pull request", id="in an issue"),
        pytest.param(a_command(at=NOW + 10 * DAY), "there is nothing to release", id="not held back"),
    ],
)
async def test_what_cannot_be_released_is_refused_with_what_works(event: CommandGiven, why: str) -> None:
    here = Here()
    here.add(one_of(7, asks_for_changes("bob")))
    assert why in await answer(here, event)


async def answer(here: Here, event: CommandGiven) -> str:
    """What somebody reads who is refused."""
    try:
        decided = await released(here, event)
    except Refusal as refusal:
        return refusal.text
    assert decided.refuses
    return said(decided)


async def test_in_a_closed_pull_request_nothing_is_released() -> None:
    here = Here()
    with pytest.raises(Refusal, match="closed"):
        await released(here, a_command())
    closed = Act(kind=ActKind.CLOSED, at=NOW + DAY, id="x", by=BOB)
    here.add(one_of(7, asks_for_changes("bob")).with_acts([closed]))
    with pytest.raises(Refusal, match="closed"):
        await released(here, a_command())


async def test_the_comment_that_releases_is_no_reason_to_refuse_it() -> None:
    here, at = Here(), NOW + 300 * DAY
    word = replace(says("bob", "/mentorbot nudges release", at=at), id="c-word")
    here.add(one_of(7, asks_for_changes("bob"), word))
    assert not (await released(here, a_command(at=at))).refuses


def said(plan: Plan) -> str:
    return "".join(action.text for action in plan.actions if isinstance(action, Answer))


# -- what the coming days bring ------------------------------------------------------------------------------


async def test_a_dry_run_tells_how_reminders_spread_and_what_is_held_back() -> None:
    here = Here()
    for number in range(1, 9):
        here.add(one_of(number, asks_for_changes("bob"), author=a_person(f"author-{number}")))
    here.add(replace(waited(60), number=20), one_of(21, asks_for_changes("bob", at=NOW + 9 * DAY)))
    here.add(one_of(30, opened_at=NOW - 300 * DAY), one_of(31, opened_at=NOW - 400 * DAY))
    config = a_config(a_day=2)
    assert await forecast(config, here.ports(NOW + 21 * DAY)) == (
        "8 reminders are due; at most 2 a day are sent (stalled: {a_day: 2}).",
        (
            "If nothing happens: 2 on 23 March 2026, 2 on 24 March 2026, 2 on 25 March 2026, and the other 2 "
            "until about 26 March 2026."
        ),
        "If nothing happens, 1 more becomes due within 7 days.",
        (
            "2 pull requests rest, as nobody has done anything there for 180 days: nobody is reminded until "
            "a maintainer writes /mentorbot nudges release there, or /mentorbot nudges release all anywhere."
        ),
        "1 author is not reminded yet, as reviewers had kept them waiting for longer than that.",
    )
    assert here.github.asked == []


async def test_a_dry_run_counts_what_was_chosen_and_written_today_and_what_gets_too_old() -> None:
    here = Here()
    here.add(*(one_of(n, asks_for_changes("bob"), author=a_person(f"author-{n}")) for n in (1, 2, 3)))
    turn = await here.turn()
    now = NOW + 179 * DAY
    here.add(here.timelines.seen[1].with_acts([our_comment(1, turn, 1, now)]))
    told = await forecast(a_config(a_day=1), here.ports(now))
    assert (
        told[:3]
        == (
            "2 reminders are due; at most 1 a day are sent (stalled: {a_day: 1}).",
            "If nothing happens: 1 on 31 August 2026.",
            "1 of them will have been quiet for too long before its turn comes, and then rests.",
        )
        or told[1] == "None of them is sent."
    )


async def test_a_dry_run_after_the_morning_knows_what_was_sent_on_it() -> None:
    here, now, config = Here(), NOW + 21 * DAY, a_config(a_day=2)
    for number in range(1, 6):
        here.add(one_of(number, asks_for_changes("bob"), author=a_person(f"author-{number}")))
    turn = await here.turn()
    here.records = FakeRecords()
    for number, plan in (await here.morning(config, now=now)).items():
        if comments(plan):
            here.add(here.timelines.seen[number].with_acts([our_comment(number, turn, 1, now)]))
    told = await forecast(config, here.ports(now + timedelta(hours=4)))
    assert told[:2] == (
        "3 reminders are due; at most 2 a day are sent (stalled: {a_day: 2}).",
        "If nothing happens: 2 on 24 March 2026, 1 on 25 March 2026.",
    )


# -- over whole projects -------------------------------------------------------------------------------------


@st.composite
def _projects(draw: st.DrawFn) -> tuple[list[PullRequestTimeline], Released | None, int]:
    """Pull requests of many ages, some released, and how many reminders there may be on a day."""
    pulls = []
    for number in range(1, draw(st.integers(2, 12))):
        author = a_person(f"author-{draw(st.integers(1, 8))}")
        opened_at = NOW - draw(st.integers(0, 300)) * DAY
        past = a_past(number=number, author=author, opened_at=opened_at, url=f"https://x.test/{number}")
        if draw(st.booleans()):
            answered = opened_at + draw(st.integers(0, 100)) * DAY
            past = past.with_acts([asks_for_changes("bob", at=answered, id=f"r-{number}")])
        pulls.append(past)
    everywhere = NOW if draw(st.booleans()) else None
    return pulls, Released(everywhere=everywhere) if everywhere else None, draw(st.integers(1, 3))


@settings(  # each takes a second, and shrinking one minutes
    deadline=None,
    max_examples=12,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=[HealthCheck.too_slow],
)
@given(_projects())
async def test_over_months_nobody_is_startled_and_everybody_is_reminded_at_last(
    project: tuple[list[PullRequestTimeline], Released | None, int],
) -> None:
    pulls, released, a_day = project
    here, config = Here(), a_config(a_day=a_day, reviewers={"again": "900 days"})
    here.add(*pulls)
    if released is not None:
        here.records.put("released", "here", {"everywhere": NOW.isoformat(), "pulls": {}})
    reminded: set[int] = set()
    for now in (NOW + day * DAY for day in range(100) if day % 7 < 5):
        cases = [case async for case in facts.open_pull_requests(config, here.ports(now))]
        written = 0
        for case in cases:
            plan = nudge_and_sync(case.facts, config)
            here.records.remember(plan.actions)
            if not comments(plan):
                continue
            assert isinstance(case.facts, Candidate)
            candidate, quiet = case.facts, case.facts.quiet_period
            assert released is not None or now - (quiet.human or NOW) <= DORMANT_AFTER
            assert candidate.turn.holder is Holder.REVIEWERS or quiet.kept_waiting <= now - quiet.since
            rung = int(comments(plan)[0].key[-1])
            here.add(
                here.timelines.seen[candidate.number].with_acts(
                    [replace(our_comment(candidate.number, candidate.turn, rung, now), id=f"n-{now}")]
                )
            )
            reminded |= {candidate.number, *(other.number for other in candidate.others)}
            written += 1
        assert written <= a_day
    for past in here.timelines.seen.values():
        # what is left is too old by now, or its author had to wait for longer than that
        turn = whose_turn(past, TurnSettings(bots=frozenset({BOT.login})), now=NOW + 100 * DAY)
        is_patient = turn.holder is Holder.AUTHOR and turn.since + turn.kept_waiting > NOW + 70 * DAY
        last = max((one.at for one in past.acts if one.by != BOT), default=past.opened_at)
        was_dormant = released is None and last + DORMANT_AFTER < NOW + 70 * DAY
        assert past.number in reminded or is_patient or was_dormant


@settings(deadline=None, max_examples=12)
@given(
    in_vain=st.sets(st.integers(1, 60), max_size=50),
    well=st.sets(st.integers(1, 60), min_size=1, max_size=8),
    a_day=st.integers(1, 5),
    began=st.integers(0, 60),
)
def test_nobody_waits_for_ever_behind_those_whose_reminder_never_gets_through(
    in_vain: set[int], well: set[int], a_day: int, began: int
) -> None:
    """However many of them there are, and wherever they stand; and they are tried again, too."""
    rollout = Rollout(began=NOW - began * DAY, morning=NOW - DAY)
    found = due(*((days, days + 14) for days in sorted(in_vain | well)))
    waiting, tried = well - in_vain, dict.fromkeys(in_vain, 0)
    for now in (NOW + day * DAY for day in range(6 * (len(found) + 10))):
        left = [one for one in found if one[0].number in waiting | in_vain]
        picked = order(left, rollout, now=now)[:a_day]
        numbers = {candidate.number for candidate, _ in left}
        rollout = after_morning(rollout, due=numbers, picked=picked, now=now, calendar=HERE)
        waiting -= set(picked)
        for number in set(picked) & in_vain:
            tried[number] += 1
    assert not waiting
    assert all(tried.values())
