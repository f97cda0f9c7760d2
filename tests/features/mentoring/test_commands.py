"""What is said to whom when something is asked that can or can't be done."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from mentorbot.domain.contributor_history import ContributorHistory
from mentorbot.domain.expertise import Expertise, TookPart
from mentorbot.features.mentoring.matching import messages
from mentorbot.features.mentoring.pairs.state_machine import PairState
from tests.builders import NOW, a_person
from tests.features.mentoring.programme import Programme, settings

CONFIG = settings(
    "{areas: {docs: {guide: 'https://example.org/docs'}, cups: }, eligible: {merged: 3, reviews: 1},"
    " mentors: [{login: grace, areas: [docs], capacity: 1}, hedy], feedback: team@example.org}"
)
PEOPLE = ("ada", "bob", "cleo", "grace", "hedy", "olga")


@pytest.fixture
def programme() -> Programme:
    return Programme(config=CONFIG, logins=PEOPLE)


@pytest.fixture
def paired(programme: Programme) -> Programme:
    """Grace mentors ada in docs, hedy mentors bob."""
    programme.do("ada", "mentor me docs")
    programme.do("grace", "mentor accept", in_thread_of="ada")
    programme.do("bob", "mentor me")
    programme.do("hedy", "mentor accept", in_thread_of="bob")
    return programme


@pytest.mark.parametrize(
    ("by", "line", "where", "reaction", "says"),
    [
        pytest.param("ada", "mentor me docs", "ada", "confused", "grace is your mentor.", id="has one"),
        pytest.param(
            "ada",
            "mentor me tea",
            "ada",
            "confused",
            "There is no area `tea` here. The areas are",
            id="unknown area",
        ),
        pytest.param("cleo", "mentor me", "cleo", "+1", "@hedy, would you like", id="asks the one with room"),
        pytest.param(
            "hedy", "mentor offer", "hedy", "confused", "of the person you want", id="offers to oneself"
        ),
        pytest.param(
            "hedy", "mentor offer docs", "ada", "confused", "grace is ada's", id="offers what there is"
        ),
        pytest.param("cleo", "mentor offer", "ada", "confused", "first need", id="offers without being one"),
        pytest.param(
            "ada", "mentor offer", "grace", "confused", "Thank you for", id="offers upwards, not being one"
        ),
        pytest.param("cleo", "mentor accept", "ada", "confused", "Nobody has asked", id="accepts nothing"),
        pytest.param("cleo", "mentor decline", "ada", "confused", "Nobody has asked", id="declines nothing"),
        pytest.param(
            "hedy", "mentor accept", "ada", "confused", "grace is ada's", id="accepts what is taken"
        ),
        pytest.param("olga", "mentor pair @ada", "ada", "confused", "name both", id="half a pair"),
        pytest.param("olga", "mentor pair @ada @nemo", "ada", "confused", "nobody called", id="unknown"),
        pytest.param("olga", "mentor pair @ada @ada", "ada", "confused", "their own", id="with oneself"),
        pytest.param(
            "olga",
            "mentor pair @cleo @grace",
            "ada",
            "confused",
            "grace has no free seat: 1 of 1",
            id="no seat",
        ),
        pytest.param(
            "olga", "mentor pair @grace @ada", "ada", "confused", "grace is ada's mentor, or", id="a circle"
        ),
        pytest.param("cleo", "mentor end", "ada", "confused", "no mentor and no mentee", id="ends nothing"),
        pytest.param(
            "ada", "mentor end", "ada", "+1", "@grace, your time as ada's mentor has ended", id="ends"
        ),
        pytest.param(
            "olga", "mentor end @ada", "olga", "+1", "@ada, your time with grace as", id="a maintainer ends"
        ),
        pytest.param("ada", "mentor pause soon", "ada", "confused", "for how long", id="an odd break"),
        pytest.param("ada", "mentor resume", "ada", "confused", "grace is your mentor.", id="no break"),
        pytest.param("ada", "mentor graduate", "ada", "hooray", "goes on without", id="graduates"),
        pytest.param("ada", "mentor help", "ada", "+1", "@grace, ada has a question", id="asks the mentor"),
        pytest.param("cleo", "mentor help", "cleo", "+1", "@hedy, cleo has a question", id="asks the pool"),
        pytest.param("grace", "mentor volunteer", "ada", "confused", "already", id="volunteers twice"),
        pytest.param(
            "cleo", "mentor volunteer", "ada", "confused", "3 merged pull requests and one", id="too early"
        ),
        pytest.param(
            "hedy", "mentor away soon", "ada", "confused", "for how long", id="away for an odd time"
        ),
        pytest.param(
            "hedy", "mentor away 2 weeks", "ada", "+1", "others get your mentees' questions", id="away"
        ),
        pytest.param("ada", "mentor opt out", "ada", "confused", "in a pair", id="opts out of a pair"),
        pytest.param("cleo", "mentor opt out", "ada", "+1", "leave you out of mentoring", id="opts out"),
    ],
)
def test_each_command_is_answered(
    paired: Programme, by: str, line: str, where: str, reaction: str, says: str
) -> None:
    assert paired.do(by, line, in_thread_of=where) == reaction
    assert says in paired.said()


def test_who_opted_out_is_neither_offered_nor_proposed_anything(programme: Programme) -> None:
    programme.do("ada", "mentor opt out")
    assert programme.do("hedy", "mentor offer", in_thread_of="ada") == "confused"
    assert programme.do("olga", "mentor pair @ada @hedy") == "confused"
    programme.do("ada", "mentor me")
    assert programme.pair("ada").state is PairState.OFFERED, "asking is opting in"
    assert programme.do("ada", "mentor opt out") == "confused"
    assert "waiting list" in programme.said()


def test_who_opted_out_and_proposes_themselves_is_spoken_to() -> None:
    programme = Programme(config=CONFIG, logins=PEOPLE)
    programme.do("olga", "mentor opt out")
    assert programme.do("olga", "mentor pair @olga @hedy") == "confused"
    assert programme.said() == "You have opted out of mentoring here. `/mentor opt in` undoes it."


def test_a_question_goes_up_where_the_mentor_is_away(paired: Programme) -> None:
    paired.do("olga", "mentor pair @hedy @grace")
    assert "no free seat" in paired.said()
    paired.do("olga", "mentor pair @hedy @cleo")
    paired.do("hedy", "mentor accept", in_thread_of="olga")
    paired.do("cleo", "mentor accept", in_thread_of="olga")
    paired.do("hedy", "mentor away 1 week")
    paired.do("bob", "mentor help")
    assert "@cleo, bob has a question" in paired.said()
    assert "their own mentor is away" in paired.said()


def test_where_nobody_can_help_that_is_said(programme: Programme) -> None:
    programme.config = settings("{}")
    assert programme.do("ada", "mentor help") == "confused"


def test_somebody_with_two_pairs_has_to_say_which(paired: Programme) -> None:
    paired.do("cleo", "mentor me cups")
    paired.do("hedy", "mentor accept", in_thread_of="cleo")
    assert paired.do("hedy", "mentor pause 2 weeks", in_thread_of="olga") == "confused"
    assert "about bob and cleo. Please add one" in paired.said()
    assert paired.do("hedy", "mentor pause 2 weeks @cleo", in_thread_of="olga") == "+1"
    assert paired.pair("cleo", "cups").state is PairState.PAUSED
    assert paired.pair("bob").state is PairState.ACTIVE
    assert paired.do("cleo", "mentor resume") == "+1"


def test_eligible_people_volunteer_for_areas_that_exist(programme: Programme) -> None:
    done = ContributorHistory(person=a_person("cleo"), merged=3, reviews=1)
    programme.people.known["cleo"] = done
    assert programme.do("cleo", "mentor volunteer tea") == "confused"
    assert programme.do("cleo", "mentor volunteer cups") == "heart"
    assert programme.roster().mentors[a_person("cleo").id].areas == {"cups"}
    programme.people.known["cleo"] = replace(done, merged=0)
    assert a_person("cleo").id not in programme.roster().mentors, "who no longer qualifies isn't asked"


def test_the_busy_and_the_long_absent_are_not_asked(programme: Programme) -> None:
    programme.github.busy.add("hedy")
    programme.do("ada", "mentor me")
    assert programme.pair("ada").mentor == a_person("grace")
    long_ago = NOW - timedelta(days=91)
    programme.people.past = Expertise([TookPart(number=1, by=a_person("grace"), at=long_ago)])
    programme.do("bob", "mentor me")
    assert programme.pair("bob").state is PairState.ASKED


def test_the_guide_of_an_area_is_shown_with_the_first_mentor_only(paired: Programme) -> None:
    shown = [text for _, text in paired.comments if "https://example.org/docs" in text]
    assert len(shown) == 1
    paired.do("ada", "mentor change")
    paired.do("hedy", "mentor accept", in_thread_of="ada")
    assert "@ada, meet hedy" in paired.said()
    assert "worked with grace" in paired.said()
    assert "https://example.org/docs" not in paired.said()


def test_an_offer_to_a_newcomer_does_not_stay_open_for_ever(programme: Programme) -> None:
    programme.do("hedy", "mentor offer", in_thread_of="ada")
    programme.sweep(timedelta(days=13))
    assert programme.pair("ada").state is PairState.OFFERED_BACK
    programme.sweep(timedelta(days=1))
    assert programme.pair("ada").state is PairState.TIMED_OUT


def test_mentors_stay_where_a_team_can_not_be_read(programme: Programme) -> None:
    programme.config = settings("{mentors: [{team: mentors}]}")
    programme.github.teams["mentors"] = (a_person("grace"),)
    programme.do("ada", "mentor me")
    programme.do("grace", "mentor accept", in_thread_of="ada")
    programme.github.teams.clear()
    programme.sweep(timedelta(hours=1))
    assert programme.pair("ada").state is PairState.ACTIVE


def test_nothing_is_asked_on_a_day_off(paired: Programme) -> None:
    asked = len(paired.comments)
    paired.sweep(timedelta(days=12))  # a Saturday, nine of ten rungs late
    assert len(paired.comments) == asked
    paired.sweep(timedelta(days=2))
    assert len(paired.comments) == asked + 2


@pytest.mark.parametrize(
    ("eligible", "says"),
    [
        pytest.param("", "A maintainer has to add you as a mentor first", id="nobody may"),
        pytest.param(
            "eligible: {merged: 1, reviews: 0}", "first need one merged pull request.", id="merges only"
        ),
        pytest.param("eligible: {merged: 0, reviews: 2}", "first need 2 reviews for others.", id="reviews"),
    ],
)
def test_what_volunteers_need_is_told(programme: Programme, eligible: str, says: str) -> None:
    programme.config = settings(f"{{{eligible}}}")
    assert programme.do("cleo", "mentor volunteer") == "confused", "an offer to help is never refused with 👎"
    assert says in programme.said()


def test_a_request_is_any_mentors_once_the_short_lock_is_over(programme: Programme) -> None:
    programme.do("ada", "mentor me")
    programme.now += timedelta(minutes=31)
    assert programme.do("hedy", "mentor accept", in_thread_of="ada") == "hooray"


def test_a_mentee_accepts_whose_mentor_has_been_forgotten(programme: Programme) -> None:
    programme.do("olga", "mentor pair @ada @hedy")
    del programme.records.kept["bond", f"{a_person('ada').id}/"]
    assert programme.do("ada", "mentor accept", in_thread_of="olga") == "+1"
    assert programme.pair("ada").state is PairState.OFFERED


def test_who_wants_another_match_whose_mentor_has_been_forgotten_keeps_their_place(
    programme: Programme,
) -> None:
    programme.do("hedy", "mentor offer", in_thread_of="ada")
    programme.do("ada", "mentor accept")
    del programme.records.kept["bond", f"{a_person('ada').id}/"]
    assert programme.do("ada", "mentor change") == "+1"
    assert programme.pair("ada").in_front


def test_a_mentor_is_asked_on_their_own_business_days(programme: Programme) -> None:
    programme.config = settings("{mentors: [{login: grace, timezone: Australia/Sydney}]}")
    programme.now = datetime(2026, 3, 6, 20, tzinfo=UTC)  # Friday evening in London, Saturday in Sydney
    assert programme.do("ada", "mentor me") == "eyes"
    assert "The mentors who would fit have a day off." in programme.said()
    programme.now = datetime(2026, 3, 8, 20, tzinfo=UTC)  # Sunday evening in London, Monday in Sydney
    programme.sweep()
    assert programme.pair("ada").mentor == a_person("grace")
    assert "@grace, would you like to be ada's mentor?" in programme.said()


def test_who_waits_is_told_of_mentors_who_were_asked_and_have_not_answered(programme: Programme) -> None:
    programme.config = settings("{mentors: [{login: grace, capacity: 1}, {login: hedy, capacity: 1}]}")
    programme.do("ada", "mentor me")
    programme.do("bob", "mentor me")
    assert programme.do("cleo", "mentor me") == "eyes"
    assert "2 mentors who would fit were asked about others and have not answered yet." in programme.said()
    assert "busy or away" not in programme.said()


def test_nobody_is_called_busy_who_was_asked_before(programme: Programme) -> None:
    programme.config = settings("{mentors: [grace]}")
    programme.do("ada", "mentor me")
    programme.do("grace", "mentor accept", in_thread_of="ada")
    programme.do("ada", "mentor change")
    programme.sweep(timedelta(days=8))
    assert "ada has been waiting for a mentor for 8 days." in programme.said()
    assert "busy or away" not in programme.said()


@pytest.mark.parametrize(
    ("merged", "invited"), [pytest.param(3, True, id="may"), pytest.param(2, False, id="may not yet")]
)
def test_a_graduate_is_invited_to_volunteer_only_where_that_would_be_accepted(
    paired: Programme, *, merged: int, invited: bool
) -> None:
    paired.people.known["ada"] = ContributorHistory(person=a_person("ada"), merged=merged, reviews=1)
    assert paired.do("grace", "mentor graduate", in_thread_of="ada") == "hooray"
    assert ("/mentor volunteer" in paired.said()) is invited
    assert (paired.do("ada", "mentor volunteer") == "heart") is invited


def test_who_is_a_mentor_already_is_not_invited_to_volunteer(paired: Programme) -> None:
    done = ContributorHistory(person=a_person("grace"), merged=3, reviews=1)
    paired.people.known["grace"] = done
    paired.do("olga", "mentor pair @grace @cleo")
    paired.do("grace", "mentor accept", in_thread_of="olga")
    paired.do("cleo", "mentor accept", in_thread_of="olga")
    paired.do("cleo", "mentor graduate", in_thread_of="olga")
    assert "grace, you go on without a mentor" in paired.said()
    assert "/mentor volunteer" not in paired.said()


def test_an_offer_that_only_others_may_answer_is_not_allowed_to_a_third(programme: Programme) -> None:
    programme.do("hedy", "mentor offer", in_thread_of="ada")
    assert programme.do("grace", "mentor accept", in_thread_of="ada") == "-1"
    assert "ada has not answered yet" in programme.said()


def test_an_offer_to_help_meets_a_way_to_help_and_no_thumb_down(programme: Programme) -> None:
    programme.do("ada", "mentor me")
    assert programme.pair("ada").mentor == a_person("grace")
    assert programme.do("hedy", "mentor offer", in_thread_of="ada") == "confused"
    assert "minutes, any mentor can write `/mentor accept` here." in programme.said()
    programme.do("grace", "mentor accept", in_thread_of="ada")
    assert programme.do("hedy", "mentor offer", in_thread_of="ada") == "confused"
    assert programme.said() == "grace is ada's mentor. You can still help in this thread."
    programme.do("cleo", "mentor opt out")
    assert programme.do("hedy", "mentor offer", in_thread_of="cleo") == "confused"
    assert programme.said() == "cleo would rather have no mentor. You can still help in this thread."


def test_who_offers_what_they_give_already_is_told_so(programme: Programme) -> None:
    programme.do("hedy", "mentor offer", in_thread_of="ada")
    assert programme.do("hedy", "mentor offer", in_thread_of="ada") == "confused"
    assert programme.said() == "You have offered to be ada's mentor. It begins when ada says yes."


@pytest.mark.parametrize(
    ("by", "says"),
    [
        pytest.param("olga", "grace was ada's mentor, or was asked to be, within the last", id="other"),
        pytest.param("grace", "@ada, grace offers to be your mentor", id="they themselves may try again"),
    ],
)
def test_why_two_people_are_not_suggested_again_so_soon(programme: Programme, by: str, says: str) -> None:
    programme.do("ada", "mentor me")
    programme.do("grace", "mentor decline", in_thread_of="ada")
    programme.do("ada", "mentor end")
    line = "mentor pair @ada @grace" if by == "olga" else "mentor offer"
    programme.do(by, line, in_thread_of="ada")
    assert says in programme.said()


def test_two_who_parted_are_told_that_they_are_not_matched_again(paired: Programme) -> None:
    paired.do("bob", "mentor change")
    paired.now += timedelta(hours=1)
    paired.do("hedy", "mentor accept", in_thread_of="bob")
    assert paired.said().startswith("You and bob were a pair before, or were asked to be one.")


def test_a_circle_is_told_to_each_reader_in_the_second_person(paired: Programme) -> None:
    assert paired.do("ada", "mentor offer", in_thread_of="grace") == "confused"
    paired.people.known["ada"] = ContributorHistory(person=a_person("ada"), merged=3, reviews=1)
    assert paired.do("ada", "mentor offer", in_thread_of="grace") == "confused"
    assert paired.said() == "grace is your mentor, or the mentor of your mentor. You can't be theirs as well."


def test_a_maintainer_who_takes_a_wish_back_is_told_whose(programme: Programme) -> None:
    programme.do("ada", "mentor me")
    assert programme.do("olga", "mentor end @ada") == "+1"
    assert programme.said() == "Done: I no longer look for a mentor for ada."


def test_a_mentor_without_a_free_seat_is_told_so_in_the_second_person(paired: Programme) -> None:
    assert paired.do("grace", "mentor offer", in_thread_of="cleo") == "confused"
    assert paired.said().startswith("You have no free seat: 1 of 1 are taken or offered.")


def test_a_question_goes_to_the_own_mentor_where_nobody_else_is_there(paired: Programme) -> None:
    paired.config = settings("{areas: {docs: }, mentors: [{login: grace, areas: [docs], capacity: 1}]}")
    paired.do("grace", "mentor away 1 week")
    assert paired.do("ada", "mentor help") == "+1"
    assert "@grace, ada has a question for you here." in paired.said()


@pytest.mark.parametrize(
    ("to", "says"),
    [
        ("ada", "You are grace's mentor, or the mentor of their mentor."),
        ("grace", "ada is your mentor, or the mentor of your mentor."),
        ("olga", "ada is grace's mentor, or the mentor of their mentor."),
    ],
)
def test_a_circle_names_its_reader_in_the_second_person(to: str, says: str) -> None:
    told = messages.circle(a_person("ada"), a_person("grace"), to=a_person(to))
    assert told.startswith(says)
    assert to not in told


@pytest.mark.parametrize(
    ("to", "says"),
    [
        ("ada", "grace was your mentor, or was asked to be, within the last month."),
        ("olga", "grace was ada's mentor, or was asked to be, within the last month."),
    ],
)
def test_waiting_a_month_is_told_to_each_reader(to: str, says: str) -> None:
    told = messages.not_so_soon(a_person("ada"), a_person("grace"), to=a_person(to))
    assert told.startswith(says)
    assert to not in told
