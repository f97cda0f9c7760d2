"""What mentors read about their mentees: the one who needs them most first, each with one next step."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta

import pytest

from mentorbot.domain.contributor_history import ContributorHistory
from mentorbot.domain.expertise import Expertise, TookPart
from mentorbot.domain.timeline import Act, ActKind, PullRequestTimeline
from mentorbot.domain.turns import Holder
from mentorbot.features.mentoring import messages_reports
from mentorbot.features.mentoring.config import Mentoring, Rung
from mentorbot.features.mentoring.language import Words
from mentorbot.features.mentoring.liveness import LastActs, Side, due
from mentorbot.features.mentoring.machine import State
from mentorbot.features.mentoring.milestones import Deeds, next_milestone, reached, rungs_met
from mentorbot.features.mentoring.pair import Pair
from mentorbot.features.mentoring.progress import Need, OpenPull, Progress, progress_of
from mentorbot.features.mentoring.roster import Roster
from tests.builders import NOW, a_person
from tests.fakes import FakePeople, FakeTimelines, some_ports

DAY = timedelta(days=1)
ADA, GRACE = a_person("ada"), a_person("grace")
SAY = Words()


def a_pair(state: State = State.ACTIVE, since: datetime = NOW - 30 * DAY) -> Pair:
    return Pair(mentee=ADA, mentor=GRACE, area="docs", state=state, since=since, thread=1)


def an_open_pull(*asked: str, days_ago: int = 5) -> PullRequestTimeline:
    opened = NOW - days_ago * DAY
    acts = [
        Act(kind=ActKind.REVIEW_REQUESTED, at=opened, id=f"asked-{one}", by=ADA, subject=a_person(one))
        for one in asked
    ]
    beginning = PullRequestTimeline(number=7, author=ADA, opened_at=opened, opened_title="Heat | the kettle")
    return beginning.with_acts(acts)


def seen(*, ada: int | None = None, grace: int | None = None) -> Expertise:
    """When they were last seen, in days ago."""
    acts = [
        TookPart(number=1, by=who, at=NOW - days * DAY)
        for who, days in ((ADA, ada), (GRACE, grace))
        if days is not None
    ]
    return Expertise(sorted(acts, key=lambda act: act.at))


def progress(pair: Pair, past: Expertise, *timelines: PullRequestTimeline) -> Progress:
    ports = some_ports(
        people=FakePeople(past=past, known={"ada": ContributorHistory(person=ADA, pull_requests=1)}),
        timelines=FakeTimelines(seen={one.number: one for one in timelines}),
    )
    (found,) = asyncio.run(progress_of([pair], Roster(pairs=(pair,)), Mentoring(), ports))
    return found


@pytest.mark.parametrize(
    ("pair", "past", "timelines", "need", "step"),
    [
        pytest.param(
            a_pair(), seen(ada=1, grace=1), [an_open_pull("grace")], Need.REVIEW, "waits for you", id="asked"
        ),
        pytest.param(
            a_pair(), seen(ada=1, grace=1), [an_open_pull()], Need.REVIEW, "waits for you", id="nobody asked"
        ),
        pytest.param(
            a_pair(),
            seen(ada=1, grace=1),
            [an_open_pull("hedy", days_ago=9)],
            Need.STUCK,
            "Find a reviewer for [#7]",
            id="others don't answer",
        ),
        pytest.param(
            a_pair(), seen(ada=1, grace=1), [an_open_pull("hedy")], Need.NOTHING, "All is well", id="well"
        ),
        pytest.param(a_pair(), seen(ada=1, grace=31), [], Need.HELLO, "Say hello", id="no word yet"),
        pytest.param(a_pair(), seen(ada=15, grace=1), [], Need.QUIET, "Ask how it goes", id="quiet"),
        pytest.param(a_pair(State.PAUSED), seen(), [], Need.NOTHING, "Resting", id="resting"),
    ],
)
def test_the_one_next_step(
    pair: Pair, past: Expertise, timelines: list[PullRequestTimeline], need: Need, step: str
) -> None:
    found = progress(pair, past, *timelines)
    assert found.need is need
    assert step in messages_reports.next_step(SAY, found)


def test_a_row_tells_whose_move_it_is_and_titles_can_not_break_it() -> None:
    told = messages_reports.mentees(
        SAY, [progress(a_pair(), seen(ada=1, grace=1), an_open_pull("hedy"))], now=NOW
    )
    (row,) = told.splitlines()[2:]
    assert "the reviewers' move since 25 February 2026" in row
    assert "Heat \\| the kettle" in row
    assert "yesterday" in row


def test_a_break_is_told_with_its_end() -> None:
    pair = Pair(mentee=ADA, mentor=GRACE, area="", state=State.PAUSED, since=NOW, until=NOW + DAY)
    found = Progress(pair=pair, pulls=(), last_act=None, deeds=Deeds(), need=Need.NOTHING)
    assert messages_reports.next_step(SAY, found) == "On a break until 3 March 2026."


def test_who_is_doing_everything_is_simply_well() -> None:
    done = Deeds(pull_requests=12, merged=12, reviews=3)
    found = Progress(pair=a_pair(), pulls=(), last_act=None, deeds=done, need=Need.NOTHING)
    assert next_milestone(done) == ""
    assert messages_reports.next_step(SAY, found) == "All is well."


@pytest.mark.parametrize(
    ("deeds", "confirmed", "names"),
    [
        pytest.param(Deeds(), 0, (), id="nothing"),
        pytest.param(Deeds(issues=3), 1, ("first issue confirmed",), id="an issue that others label"),
        pytest.param(
            Deeds(pull_requests=3, merged=3, reviews_received=1),
            0,
            ("first pull request", "first review received", "first merge", "third merge"),
            id="three merges",
        ),
        pytest.param(
            Deeds(reviews=1, helped=1), 0, ("first review given", "first person helped"), id="a review"
        ),
        pytest.param(Deeds(mentees=1), 0, ("first mentee",), id="a mentee"),
    ],
)
def test_milestones(deeds: Deeds, confirmed: int, names: tuple[str, ...]) -> None:
    assert reached(deeds, confirmed=confirmed) == names


def test_a_rung_is_met_where_everything_it_asks_is_done() -> None:
    ladder = (Rung(name="reviewer", merged=3, reviews=2), Rung(name="core", merged=20))
    assert rungs_met(Deeds(merged=3, reviews=1), ladder) == ()
    assert rungs_met(Deeds(merged=3, reviews=2), ladder) == ladder[:1]
    told = messages_reports.rung_met(SAY, ADA, ladder[0], Deeds(merged=3, reviews=2))
    assert told == "ada meets what is asked of a reviewer: 3 merged pull requests and 2 reviews given."


@pytest.mark.parametrize(
    ("mentor", "mentee", "side", "nth"),
    [
        pytest.param(6, 1, None, 0, id="a mentor of six days ago"),
        pytest.param(7, 1, Side.MENTOR, 1, id="seven"),
        pytest.param(15, 1, Side.MENTOR, 2, id="fifteen: the missed rung is left out"),
        pytest.param(21, 1, Side.MENTOR, 3, id="twenty-one"),
        pytest.param(28, 1, Side.MENTOR, 0, id="relieved"),
        pytest.param(1, 13, None, 0, id="a mentee of thirteen days ago"),
        pytest.param(1, 14, Side.MENTEE, 1, id="fourteen"),
        pytest.param(28, 14, Side.MENTEE, 1, id="both silent: only the mentee is asked"),
        pytest.param(1, 42, Side.MENTEE, 0, id="rests"),
    ],
)
def test_what_is_due(mentor: int, mentee: int, side: Side | None, nth: int) -> None:
    pair = a_pair(since=NOW - 60 * DAY)
    acts = LastActs(mentor=NOW - mentor * DAY, mentee=NOW - mentee * DAY)
    found = due(pair, acts, Mentoring(), now=NOW, calendar=SAY.calendar)
    if side is None:
        assert found is None
        return
    assert found is not None
    assert (found.side, found.nth) == (side, nth)
    if nth:
        asked = pair.with_rung(found.rung, NOW)
        assert due(asked, acts, Mentoring(), now=NOW, calendar=SAY.calendar) is None, "once per rung"


def test_a_mentor_who_said_they_are_away_is_not_silent() -> None:
    acts = LastActs(mentor=NOW - 30 * DAY, mentee=NOW, away_until=NOW + DAY)
    assert due(a_pair(), acts, Mentoring(), now=NOW, calendar=SAY.calendar) is None


def test_a_pair_that_never_began_has_no_silence() -> None:
    with pytest.raises(ValueError, match="never begun"):
        due(Pair(mentee=ADA, area=""), LastActs(), Mentoring(), now=NOW, calendar=SAY.calendar)


def test_open_pulls_are_linked() -> None:
    pull = OpenPull(
        number=7, title="x", url="https://e/7", turn=Holder.AUTHOR, since=NOW, waits_for_mentor=False
    )
    found = Progress(pair=a_pair(), pulls=(pull,), last_act=NOW, deeds=Deeds(), need=Need.NOTHING)
    assert "[#7](https://e/7)" in messages_reports.mentees(SAY, [found], now=NOW)
