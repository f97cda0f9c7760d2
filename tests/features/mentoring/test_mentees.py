"""What mentors read about their mentees: the one who needs them most first, each with one next step."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta

import pytest

from mentorbot.domain.contributor_history import ContributorHistory
from mentorbot.domain.expertise import Expertise, TookPart
from mentorbot.domain.timeline import Act, ActKind, PullRequestTimeline
from mentorbot.domain.turns import Holder
from mentorbot.features.mentoring.config import Mentoring
from mentorbot.features.mentoring.mentees import messages
from mentorbot.features.mentoring.mentees.facts import MenteeProgress, progress_of
from mentorbot.features.mentoring.mentees.need import MenteePullRequest, Need
from mentorbot.features.mentoring.milestones.reached import ContributionCounts, next_milestone
from mentorbot.features.mentoring.pairs.pair import MentoringPair
from mentorbot.features.mentoring.pairs.state_machine import PairState
from mentorbot.features.mentoring.roster.roster import Roster
from tests.builders import NOW, a_person
from tests.fakes import FakePeople, FakeTimelines, some_ports

DAY = timedelta(days=1)
ADA, GRACE = a_person("ada"), a_person("grace")


def a_pair(state: PairState = PairState.ACTIVE, since: datetime = NOW - 30 * DAY) -> MentoringPair:
    return MentoringPair(mentee=ADA, mentor=GRACE, area="docs", state=state, since=since, thread=1)


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


def progress(pair: MentoringPair, past: Expertise, *timelines: PullRequestTimeline) -> MenteeProgress:
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
        pytest.param(a_pair(PairState.PAUSED), seen(), [], Need.NOTHING, "Resting", id="resting"),
    ],
)
def test_the_one_next_step(
    pair: MentoringPair, past: Expertise, timelines: list[PullRequestTimeline], need: Need, step: str
) -> None:
    found = progress(pair, past, *timelines)
    assert found.need is need
    assert step in messages.next_step(found)


def test_a_row_tells_whose_move_it_is_and_titles_can_not_break_it() -> None:
    told = messages.mentees([progress(a_pair(), seen(ada=1, grace=1), an_open_pull("hedy"))], now=NOW)
    (row,) = told.splitlines()[2:]
    assert "the reviewers' move since 25 February 2026" in row
    assert "Heat \\| the kettle" in row
    assert "yesterday" in row


def test_a_break_is_told_with_its_end() -> None:
    pair = MentoringPair(
        mentee=ADA, mentor=GRACE, area="", state=PairState.PAUSED, since=NOW, until=NOW + DAY
    )
    found = MenteeProgress(pair=pair, pulls=(), last_act=None, counts=ContributionCounts(), need=Need.NOTHING)
    assert messages.next_step(found) == "On a break until 3 March 2026."


def test_who_is_doing_everything_is_simply_well() -> None:
    done = ContributionCounts(pull_requests=12, merged=12, reviews=3)
    found = MenteeProgress(pair=a_pair(), pulls=(), last_act=None, counts=done, need=Need.NOTHING)
    assert next_milestone(done) == ""
    assert messages.next_step(found) == "All is well."


def test_open_pulls_are_linked() -> None:
    pull = MenteePullRequest(
        number=7, title="x", url="https://e/7", turn=Holder.AUTHOR, since=NOW, waits_for_mentor=False
    )
    found = MenteeProgress(
        pair=a_pair(), pulls=(pull,), last_act=NOW, counts=ContributionCounts(), need=Need.NOTHING
    )
    assert "[#7](https://e/7)" in messages.mentees([found], now=NOW)
