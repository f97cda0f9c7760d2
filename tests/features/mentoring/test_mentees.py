"""What mentors read about their mentees: the one who needs them most first, each with one next step."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta

import pytest

from mentorbot.domain.contributor_history import ContributorHistory
from mentorbot.domain.expertise import Expertise, OpenedPullRequest, Reviewed, TookPart
from mentorbot.domain.timeline import Act, ActKind, PullRequestTimeline
from mentorbot.domain.turns import Holder
from mentorbot.features.mentoring.config import Mentoring
from mentorbot.features.mentoring.mentees import messages
from mentorbot.features.mentoring.mentees.facts import MenteeProgress, progress_of
from mentorbot.features.mentoring.mentees.need import MenteePullRequest, Need
from mentorbot.features.mentoring.milestones.reached import ContributionCounts, next_milestone
from mentorbot.features.mentoring.pairs.pair import MentoringPair
from mentorbot.features.mentoring.pairs.state_machine import PairState
from mentorbot.features.mentoring.roster.facts import guided
from mentorbot.features.mentoring.roster.roster import Roster
from mentorbot.features.mentoring.weekly_summary.messages import mentors_summary
from tests.builders import NOW, a_person
from tests.fakes import FakePeople, FakeTimelines, some_ports
from tests.features.mentoring.programme import Programme, settings

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
    """When they were last seen, in days ago; grace does other things than writing to ada."""
    acts = [
        TookPart(number=1, by=who, at=NOW - days * DAY)
        for who, days in ((ADA, ada), (GRACE, grace))
        if days is not None
    ]
    return Expertise(sorted(acts, key=lambda act: act.at))


def progress(
    pair: MentoringPair, past: Expertise, *timelines: PullRequestTimeline, word: int | None = 29
) -> MenteeProgress:
    """How ada is doing; `word` is how many days ago grace wrote to her."""
    ports = some_ports(
        people=FakePeople(past=past, known={"ada": ContributorHistory(person=ADA, pull_requests=1)}),
        timelines=FakeTimelines(seen={one.number: one for one in timelines}),
    )
    words = {} if word is None else {(ADA.id, GRACE.id): NOW - word * DAY}
    roster = Roster(pairs=(pair,), words=words)
    (found,) = asyncio.run(progress_of([pair], roster, Mentoring(), ports))
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
            "find a reviewer for [#7]",
            id="others don't answer",
        ),
        pytest.param(
            a_pair(),
            seen(ada=1, grace=1),
            [an_open_pull("hedy")],
            Need.NOTHING,
            "Nothing waits for you",
            id="well",
        ),
        pytest.param(
            a_pair(), seen(ada=15, grace=1), [], Need.QUIET, "Quiet since 15 February 2026: ask", id="quiet"
        ),
        pytest.param(
            a_pair(PairState.PAUSED), seen(), [], Need.NOTHING, "On a break until they are back", id="resting"
        ),
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
    assert "waits for a review since 25 February 2026" in row
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
    assert messages.next_step(found) == "Nothing waits for you."


def test_open_pulls_are_linked() -> None:
    pull = MenteePullRequest(
        number=7, title="x", url="https://e/7", turn=Holder.AUTHOR, since=NOW, waits_for_mentor=False
    )
    found = MenteeProgress(
        pair=a_pair(), pulls=(pull,), last_act=NOW, counts=ContributionCounts(), need=Need.NOTHING
    )
    assert "[#7](https://e/7)" in messages.mentees([found], now=NOW)


@pytest.mark.parametrize(
    ("since", "word", "need"),
    [
        pytest.param(30, None, Need.HELLO, id="never"),
        pytest.param(30, 31, Need.HELLO, id="before they were a pair"),
        pytest.param(30, 30, Need.NOTHING, id="in the comment that made them one"),
        pytest.param(30, 1, Need.NOTHING, id="since"),
    ],
)
def test_hello_is_said_when_the_mentor_wrote_to_the_mentee_not_when_they_accepted(
    since: int, word: int | None, need: Need
) -> None:
    pair = a_pair(since=NOW - since * DAY)
    assert progress(pair, seen(ada=1, grace=0), word=word).need is need


def test_a_review_of_the_mentor_is_a_word_too() -> None:
    opened = OpenedPullRequest(number=7, author=ADA, at=NOW - 3 * DAY)
    past = Expertise([opened, Reviewed(number=7, by=GRACE, at=NOW - 2 * DAY)])
    assert progress(a_pair(), past, word=None).need is Need.NOTHING


def test_somebody_silent_for_56_days_is_quiet_and_not_well() -> None:
    found = progress(a_pair(since=NOW - 90 * DAY), seen(ada=56, grace=1))
    assert found.need is Need.QUIET
    assert messages.next_step(found) == "Quiet since 5 January 2026: ask how it goes."


def test_who_needs_the_mentor_most_comes_first() -> None:
    assert list(Need) == [Need.REVIEW, Need.STUCK, Need.QUIET, Need.HELLO, Need.NOTHING]


@pytest.mark.parametrize(
    ("private", "says"),
    [pytest.param(True, "New: say hello.", id="private"), pytest.param(False, "| ada | – |", id="public")],
)
def test_mentees_tells_all_in_a_private_repository_only(*, private: bool, says: str) -> None:
    programme = Programme(config=settings("{mentors: [grace]}"), logins=("ada", "grace"), private=private)
    programme.do("ada", "mentor me")
    programme.do("grace", "mentor accept", in_thread_of="ada")
    assert programme.do("grace", "mentees") == "+1"
    assert says in programme.said()
    assert ("hello" in programme.said()) is private
    assert ("Everybody can read this" in programme.said()) is not private


def test_maintainers_read_in_private_which_pairs_may_need_a_word() -> None:
    programme = Programme(
        config=settings("{mentors: [grace]}"), logins=("ada", "grace", "olga"), private=True
    )
    programme.do("ada", "mentor me")
    programme.do("grace", "mentor accept", in_thread_of="ada")
    programme.do("ada", "mentor pause 1 week")
    programme.do("grace", "mentor away 1 week")
    programme.do("olga", "mentees")
    assert "Pairs that may need a word from you: grace & ada." in programme.said()
    assert "| grace (away) | 1 / 2 | any |" in programme.said()


def test_in_public_nothing_tells_who_is_quiet() -> None:
    quiet = progress(a_pair(since=NOW - 90 * DAY), seen(ada=56, grace=1), an_open_pull("hedy"))
    told = messages.mentees_in_public([quiet])
    assert "Heat" in told
    for word in ("Quiet", "seen", "ago", "step", "hello", "Nothing waits"):
        assert word not in told


@pytest.mark.parametrize("needs", [Need.REVIEW, Need.STUCK, Need.QUIET, Need.HELLO])
def test_nobody_is_said_to_need_nothing_above_the_row_of_somebody_in_need(needs: Need) -> None:
    one = MenteeProgress(pair=a_pair(), pulls=(), last_act=NOW, counts=ContributionCounts(), need=needs)
    _, body = mentors_summary(GRACE, [one], now=NOW, week="2026-W10", is_public=False)
    assert body.startswith("@grace, somebody could use a word from you: ada.")
    _, public = mentors_summary(GRACE, [one], now=NOW, week="2026-W10", is_public=True)
    assert public.startswith("@grace, this is what your mentees work on.")


def test_where_nobody_needs_anything_that_is_said_as_what_i_can_see() -> None:
    one = MenteeProgress(
        pair=a_pair(), pulls=(), last_act=NOW, counts=ContributionCounts(), need=Need.NOTHING
    )
    _, body = mentors_summary(GRACE, [one], now=NOW, week="2026-W10", is_public=False)
    assert body.startswith("@grace, nothing waits for you, as far as I can see.")


def test_a_mentor_is_offered_to_nobody_who_has_waits_for_is_or_wants_none() -> None:
    programme = Programme(
        config=settings("{mentors: [grace]}"), logins=("ada", "bob", "cleo", "grace", "hedy", "olga")
    )
    programme.do("ada", "mentor me")
    programme.do("bob", "mentor me")
    programme.do("grace", "mentor accept", in_thread_of="ada")
    programme.do("cleo", "mentor opt out")
    programme.do("hedy", "mentor me")
    programme.do("hedy", "mentor end")
    known = {one.login: one.id for one in map(a_person, programme.logins)}
    found = asyncio.run(guided(programme.ports()))
    assert {login for login, id_ in known.items() if id_ in found} == {"ada", "bob", "cleo", "grace"}
