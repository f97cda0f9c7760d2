from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from typing import Any

import pytest

from mentorbot.config.configuration import Configuration
from mentorbot.config.section import Section
from mentorbot.core.people import Permission
from mentorbot.core.plan import Plan
from mentorbot.domain.expertise import Expertise, in_order, observations_of
from mentorbot.domain.project_people import ProjectPeople
from mentorbot.domain.timeline import Act, ActKind, PullRequestTimeline, Verdict
from mentorbot.domain.turns import Holder, Turn
from mentorbot.feature_api.feature_catalog import FeatureCatalog
from mentorbot.feature_api.guidance import Guidance
from mentorbot.feature_api.ports import Ports, Reacted
from mentorbot.features.stalled import FEATURE
from mentorbot.features.stalled.config import Stalled
from mentorbot.features.stalled.nudges import facts
from mentorbot.features.stalled.nudges.candidate import Candidate
from mentorbot.features.stalled.nudges.rules.combined_reminders import ENOUGH_TODAY
from mentorbot.features.stalled.nudges.rules.nudge import nudge_and_sync
from mentorbot.features.stalled.nudges.second_reviewer import SecondReviewers
from mentorbot.features.stalled.turn.facts import RepositoryContext
from tests.builders import NOW, a_person
from tests.domain.pasts import a_past, approves, asks_for_changes, reviews, says
from tests.fakes import (
    FakeGitHub,
    FakeGuided,
    FakeJournal,
    FakePeople,
    FakeRecords,
    FakeTimelines,
    some_ports,
)
from tests.features.stalled.candidates import (
    ADA,
    BOB,
    BOT,
    CAROL,
    DAY,
    LABELS,
    a_candidate,
    a_config,
    comments,
    kept,
    labels,
    our_comment,
    requests,
    shown,
)

LATER = NOW + 21 * DAY
"""Three weeks after everything happened, on a Monday."""
SOON = NOW + 15 * DAY
"""Two weeks and a day after that: every first nudge is due, no second one."""


@dataclass
class Here:
    """A repository with its pull requests: what is known of it, and what GitHub says."""

    timelines: FakeTimelines = field(default_factory=FakeTimelines)
    github: FakeGitHub = field(default_factory=FakeGitHub)
    records: FakeRecords = field(default_factory=FakeRecords)
    journal: FakeJournal = field(default_factory=FakeJournal)
    people: FakePeople = field(default_factory=FakePeople)

    def add(self, *pasts: PullRequestTimeline) -> None:
        for past in pasts:
            self.timelines.seen[past.number] = past
            self.github.timelines[past.number] = past

    def ports(self, now: datetime = LATER) -> Ports:
        catalog = FeatureCatalog((FEATURE,))
        return some_ports(
            now=now, github=self.github, records=self.records, timelines=self.timelines, journal=self.journal,
            people=self.people, catalog=catalog, bot=BOT,
            configuration=Configuration(
                exists=True, sections={"stalled": Stalled()}, known=catalog.sections()
            ),
        )  # fmt: skip

    async def morning(self, config: Stalled | None = None, *, now: datetime = LATER) -> dict[int, Plan]:
        """What is decided about each on a morning; records are kept, as the engine does."""
        config = config or Stalled()
        found = [case async for case in facts.open_pull_requests(config, self.ports(now))]
        plans = {case.number: nudge_and_sync(case.facts, config) for case in found}
        for plan in plans.values():
            self.records.remember(plan.actions)
        return {number: plan for number, plan in plans.items() if number is not None}

    async def turn(self) -> Turn:
        """Whose turn the first one is."""
        found = [case.facts async for case in facts.open_pull_requests(Stalled(), self.ports())]
        candidates = [one for one in found if isinstance(one, Candidate)]
        return min(candidates, key=lambda one: one.number).turn

    async def last_look(self, number: int, config: Stalled | None = None, *, now: datetime = LATER) -> Plan:
        """What is decided just before acting, by what GitHub says then."""
        config = config or Stalled()
        candidate = await facts.verified(number, config, self.ports(now))
        assert candidate is not None
        return nudge_and_sync(candidate, config)


@pytest.fixture
def here() -> Here:
    return Here()


def one_of(number: int, *acts: Act, **more: Any) -> PullRequestTimeline:
    return a_past(*acts, number=number, url=f"https://github.com/acme/rockets/pull/{number}", **more)


def asked(number: int, *whom: str) -> PullRequestTimeline:
    """A pull request that waits for these reviewers."""
    requests = (
        Act(kind=ActKind.REVIEW_REQUESTED, at=NOW, id=f"request-{name}", by=ADA, subject=a_person(name))
        for name in whom
    )
    return one_of(number).with_acts(requests)


async def test_a_morning_on_which_nothing_is_due_asks_github_nothing(here: Here) -> None:
    here.add(*(one_of(number, asks_for_changes("bob")) for number in range(1, 50)))
    plans = await here.morning(now=NOW + 3 * DAY)
    assert all(not plan.acts for plan in plans.values())
    assert here.github.asked == []


async def test_those_that_are_due_cost_one_question_about_who_is_away(here: Here) -> None:
    here.add(one_of(1, asks_for_changes("bob")), one_of(2, asks_for_changes("bob")), asked(3, "carol"))
    plans = await here.morning(now=SOON)
    assert [len(comments(plan)) for plan in plans.values()] == [1, 1, 1]
    assert here.github.asked == ["away ada, carol", "permission ada", "permission ada"]


async def test_a_last_look_goes_by_what_github_says_then(here: Here) -> None:
    here.add(one_of(1, asks_for_changes("bob")))
    (planned,) = (await here.morning()).values()
    assert comments(await here.last_look(1)) == comments(planned)
    here.github.timelines[1] = here.github.timelines[1].with_acts(
        [replace(says("ada", "Done."), at=LATER - DAY, id="c-2")]
    )
    assert comments(await here.last_look(1)) == []
    assert await facts.verified(99, Stalled(), here.ports()) is None


async def test_a_last_look_respects_what_has_come_up_meanwhile(here: Here) -> None:
    here.add(one_of(1, asks_for_changes("bob")))
    here.journal.silences[1] = LATER + DAY
    assert "silence" in (await here.last_look(1)).because
    here.journal.silences.clear()
    here.journal.mentions["ada"] = [LATER] * 3
    assert "mentioned often enough" in (await here.last_look(1)).because


async def test_what_was_said_in_the_turn_is_seen_in_the_thread_itself(here: Here) -> None:
    past = one_of(1, asks_for_changes("bob"))
    here.add(past)
    (first,) = comments((await here.morning())[1])
    turn = await here.turn()
    here.add(past.with_acts([our_comment(1, turn, 1, LATER)]))
    assert comments((await here.morning(now=LATER + DAY))[1]) == []
    (second,) = comments((await here.morning(now=LATER + 15 * DAY))[1])
    assert (first.key[-1], second.key[-1]) == ("1", "2")


async def test_an_author_with_five_is_told_of_two_in_the_third_and_so_again_at_the_last_look(
    here: Here,
) -> None:
    here.add(*(one_of(number, asks_for_changes("bob")) for number in range(1, 6)))
    plans = await here.morning()
    (carrier,) = comments(plans[3])
    assert "#1" in carrier.body
    assert "#2" in carrier.body
    assert [record.value["in"] for number in (1, 2) for record in kept(plans[number])] == [3, 3]
    assert comments(await here.last_look(3)) == [carrier]


async def test_what_was_told_elsewhere_counts_only_if_it_was_really_written(here: Here) -> None:
    pasts = [one_of(number, asks_for_changes("bob")) for number in range(1, 6)]
    here.add(*pasts)
    await here.morning()
    again = await here.morning(now=LATER + DAY)
    assert comments(again[3]), "the nudge was held back, so it is tried again"
    turn = await here.turn()
    here.add(pasts[2].with_acts([our_comment(3, turn, 1, LATER)]))
    settled = await here.morning(now=LATER + DAY)
    assert "I said so on 23 March" in settled[2].because
    here.timelines.seen.pop(3)
    assert "I said so" not in (await here.morning(now=LATER + DAY))[2].because


async def test_an_author_whose_mentions_are_used_up_hears_of_it_tomorrow(here: Here) -> None:
    here.add(one_of(1, asks_for_changes("bob")))
    here.journal.mentions["ada"] = [LATER - DAY / 2] * 3
    assert "mentioned often enough today" in (await here.morning())[1].because


async def test_on_the_first_morning_only_so_many_are_nudged(here: Here) -> None:
    authors = [a_person(f"author-{number}") for number in range(60)]
    here.add(*(one_of(n, asks_for_changes("bob"), author=author) for n, author in enumerate(authors, 1)))
    plans = await here.morning(a_config(a_day=5))
    assert sum(bool(comments(plan)) for plan in plans.values()) == 5
    assert {plan.because for plan in plans.values() if not plan.acts} == {ENOUGH_TODAY}
    assert len([one for one in here.github.asked if one.startswith("away")]) == 1
    assert len(here.github.asked) == 6, "and what those five may do here"


async def test_what_was_written_today_already_counts(here: Here) -> None:
    here.add(one_of(1, asks_for_changes("bob")), one_of(2, asks_for_changes("bob"), author=CAROL))
    turn = await here.turn()
    here.add(here.timelines.seen[1].with_acts([our_comment(1, turn, 1, LATER - DAY / 8)]))
    plans = await here.morning(a_config(a_day=1))
    assert plans[2].because == ENOUGH_TODAY


async def test_on_days_off_nothing_is_looked_at_closely(here: Here) -> None:
    here.add(one_of(1, asks_for_changes("bob")))
    plans = await here.morning(now=LATER + 5 * DAY)
    assert plans[1].because.startswith("Today is no business day here")
    assert here.github.asked == []


async def test_somebody_else_is_asked_where_the_reviewer_is_away(here: Here) -> None:
    here.add(asked(1, "bob"))
    here.github.busy = {"bob"}
    here.github.accounts = {"carol": CAROL}
    config = a_config(reviewers={"then": ["nobody", "carol"]})
    planned = (await here.morning(config))[1]
    assert [one.reviewer for one in requests(planned)] == [CAROL]
    assert [c.mentions for c in comments(planned)] == [(CAROL,)]
    looked = await here.last_look(1, config)
    assert comments(looked)[0].key == comments(planned)[0].key
    assert comments(looked)[0].mentions == (CAROL,), "the one who was chosen in the morning"
    assert [c.mentions for c in comments((await here.morning(config))[1])] == [(CAROL,)]


async def test_a_last_look_leaves_those_out_who_are_away(here: Here) -> None:
    here.add(asked(1, "bob", "carol"))
    here.github.busy = {"bob"}
    assert comments(await here.last_look(1, now=SOON))[0].mentions == (CAROL,)


async def test_the_next_in_the_config_is_asked_who_is_there_and_may_be_asked(here: Here) -> None:
    away, refused, bot, tired, fits = (a_person(name) for name in ("dan", "eve", "ci-bot", "fay", "gus"))
    here.github.accounts = {person.login: person for person in (away, refused, bot, tired, fits, BOB, ADA)}
    here.github.busy, here.github.cannot_review = {"dan"}, {"eve"}
    here.journal.mentions["fay"] = [LATER] * 3
    here.add(asked(1, "bob"))
    then = ["ada", "bob", "dan", "eve", "ci-bot", "fay", "gus"]
    planned = (await here.morning(a_config(reviewers={"then": then, "after": "1 day", "again": "1 day"})))[1]
    assert [one.reviewer for one in requests(planned)] == [fits]


async def test_a_team_is_asked_unless_it_was_already(here: Here) -> None:
    team = Act(kind=ActKind.REVIEW_REQUESTED, at=NOW, id="request-team", by=ADA, team="core")
    here.add(one_of(1).with_acts([team]))
    here.github.teams = {"core": [BOB], "triage": [CAROL]}
    config = a_config(reviewers={"then": ["team:core", "team:triage"], "after": "1 day", "again": "1 day"})
    planned = (await here.morning(config))[1]
    assert [one.team for one in requests(planned)] == ["triage"]
    assert requests((await here.morning(config))[1]) == requests(planned)


async def test_who_knows_the_matter_best_is_asked(here: Here) -> None:
    known = [
        one_of(number, approves("carol"), approves("bob"), author=a_person("zoe")) for number in (11, 12)
    ]
    known += [one_of(13, approves("carol"), author=a_person("zoe"))]
    here.people.past = Expertise(in_order(seen for past in known for seen in observations_of(past)))
    here.add(one_of(1))
    (comment,) = comments((await here.morning())[1])
    assert comment.mentions == (CAROL,)
    here.github.accounts = {"bob": BOB}
    (other,) = comments((await here.morning(a_config(reviewers={"pool": ["bob"]})))[1])
    assert other.mentions == (CAROL,), "who was chosen stays chosen"
    here.records.kept.clear()
    (other,) = comments((await here.morning(a_config(reviewers={"pool": ["bob"]})))[1])
    assert other.mentions == (BOB,)


async def test_one_helper_is_not_asked_more_than_three_times_a_day(here: Here) -> None:
    here.github.accounts = {"carol": CAROL}
    here.add(*(one_of(number, author=a_person(f"author-{number}")) for number in range(1, 7)))
    plans = await here.morning(a_config(reviewers={"then": ["carol"]}))
    mentioned = [c.mentions for plan in plans.values() for c in comments(plan)]
    assert mentioned.count((CAROL,)) == 3


async def test_what_it_builds_on_is_known_to_be_closed(here: Here) -> None:
    past = one_of(1, reviews("bob", Verdict.COMMENTED), body="Blocked by #5.", opened_title="Fly")
    here.add(past)
    assert (await here.morning())[1].because.startswith("It waits for something else")
    here.timelines.ended[5] = NOW + DAY
    assert "It waits for something else" not in (await here.morning())[1].because


async def test_commands_are_remembered_from_morning_to_morning(here: Here) -> None:
    here.add(one_of(1, asks_for_changes("bob")))
    said = Act(kind=ActKind.SNOOZED, at=NOW + DAY, id="s", by=ADA, ends_at=LATER + 5 * DAY)
    here.records.put("correction", "1", {"acts": [said.to_json()]})
    assert (await here.morning())[1].because == (
        "Nobody is reminded before 28 March 2026, as somebody asked for that"
    )


async def test_what_github_stamped_a_moment_ahead_of_our_clock_counts(here: Here) -> None:
    here.add(
        one_of(1, asks_for_changes("bob"), replace(says("ada", "Done."), at=LATER + DAY / 1440, id="c-2"))
    )
    assert (await here.turn()).holder is Holder.REVIEWERS


async def test_those_for_whom_nobody_else_can_be_asked_keep_nobody_waiting(here: Here) -> None:
    here.add(*(asked(number, "bob") for number in range(1, 80)), one_of(99, asks_for_changes("bob")))
    plans = await here.morning(a_config(a_day=2))
    assert "nobody else to ask" in plans[1].because
    assert comments(plans[99])


async def test_what_was_told_for_another_nudge_is_not_told_again(here: Here) -> None:
    here.add(one_of(1, asks_for_changes("bob")), one_of(2, asks_for_changes("bob")))
    here.records.put(
        "told", "2", {"in": 1, "key": "pull request 1/author since 2020-01-01/rung 1", "rung": 1}
    )
    assert "#2" not in comments(await here.last_look(1))[0].body


async def test_a_pull_request_that_is_gone_meanwhile_needs_no_helper(here: Here) -> None:
    context = await RepositoryContext.about_all(Stalled(), here.ports())
    candidate = a_candidate(Holder.REVIEWERS, number=5)
    assert await SecondReviewers(context).find(candidate) is None


async def test_corrections_that_came_since_the_morning_count_at_the_last_look(here: Here) -> None:
    here.add(one_of(7, asks_for_changes("bob")))
    assert comments(await here.last_look(7))
    here.records.put("author nudges", "here", {"stopped_at": NOW.isoformat(), "corrected": 2, "written": 9})
    plan = await here.last_look(7)
    assert not plan.acts
    assert "people corrected 2 of my last 9 reminders" in plan.because


async def test_a_thumb_down_since_the_morning_stops_the_next_nudge(here: Here) -> None:
    waiting = one_of(7, asks_for_changes("bob"))
    here.add(waiting)
    turn = await here.turn()
    reminder = replace(our_comment(7, turn, 1, NOW + 15 * DAY), node="IC_1")
    here.add(waiting.with_acts([reminder]))
    later = NOW + 35 * DAY
    here.github.reacted_to = {"IC_1": [Reacted(by=BOB, content="-1", at=later)]}
    assert comments(await here.last_look(7, now=later)), "bob has no say"
    here.github.reacted_to = {"IC_1": [Reacted(by=ADA, content="-1", at=later)]}
    plan = await here.last_look(7, now=later)
    assert not plan.acts
    assert "my last reminder here was wrong" in plan.because


@pytest.mark.parametrize(
    ("association", "trusted", "permission", "belongs"),
    [
        pytest.param("MEMBER", (), Permission.READ, True, id="a member"),
        pytest.param("COLLABORATOR", (), Permission.READ, True, id="a collaborator"),
        pytest.param("CONTRIBUTOR", (ADA.id,), Permission.READ, True, id="who merged others' work"),
        pytest.param("CONTRIBUTOR", (), Permission.WRITE, True, id="who may merge"),
        pytest.param("CONTRIBUTOR", (), Permission.TRIAGE, False, id="who may not merge"),
        pytest.param("NONE", (), Permission.READ, False, id="a newcomer"),
    ],
)
async def test_who_belongs_to_the_project_gets_one_line_in_the_morning_and_at_the_last_look(
    here: Here, association: str, trusted: tuple[int, ...], permission: Permission, *, belongs: bool
) -> None:
    here.github.permissions["ada"] = permission
    here.people.project = ProjectPeople(trusted=frozenset(trusted))
    here.add(one_of(1, asks_for_changes("bob"), association=association))
    for plan in ((await here.morning())[1], await here.last_look(1)):
        (comment,) = comments(plan)
        assert ("\n" not in comment.body) is belongs


async def test_who_may_merge_is_never_asked_to_hand_over(here: Here) -> None:
    waiting = one_of(1, asks_for_changes("bob"))
    here.add(waiting)
    turn = await here.turn()
    told = [our_comment(1, turn, rung, NOW + days * DAY) for rung, days in ((1, 15), (2, 30))]
    here.add(waiting.with_acts(told))
    late = NOW + 49 * DAY
    assert comments((await here.morning(now=late))[1])
    here.github.permissions["ada"] = Permission.WRITE
    assert not (await here.morning(now=late))[1].acts


STRANGERS = replace(asks_for_changes("dan"), association="NONE")


async def test_nobody_is_reminded_of_a_strangers_review_before_the_project_has_looked(here: Here) -> None:
    here.add(one_of(1, STRANGERS))
    assert not (await here.morning())[1].acts
    here.add(one_of(1, STRANGERS, asks_for_changes("bob")))
    assert comments((await here.morning())[1])


async def test_the_last_rungs_wait_until_somebody_of_the_project_has_looked(here: Here) -> None:
    red = Act(kind=ActKind.CHECKS_CONCLUDED, at=NOW + DAY / 24, id="check-1", outcome="failure", sha="c0ffee")
    unseen = one_of(1, STRANGERS, head_sha="c0ffee").with_acts([red])
    here.add(unseen)
    turn = await here.turn()
    assert comments((await here.morning())[1]), "a red check is no stranger's word"
    reminded = unseen.with_acts([our_comment(1, turn, 1, NOW + 15 * DAY)])
    here.add(reminded)
    late = NOW + 42 * DAY
    silent = (await here.morning(now=late))[1]
    assert not silent.acts
    assert "wait until somebody of this project has looked" in silent.because
    here.add(reminded.with_acts([says("bob", "I see.", at=NOW + DAY / 48, id="c-bob")]))
    (offer,) = comments((await here.morning(now=late))[1])
    assert offer.key.endswith("rung 2")


async def test_a_bots_pull_request_gets_no_word_to_its_author(here: Here) -> None:
    here.add(one_of(1, author=a_person("renovate[bot]", is_bot=True)))
    (comment,) = comments((await here.morning(now=SOON))[1])
    assert "renovate" not in comment.body
    assert "your turn" not in comment.body


async def test_a_team_in_which_nobody_can_be_seen_is_not_said_to_be_asked(here: Here) -> None:
    here.add(asked(1, "bob"))
    turn = await here.turn()
    here.add(asked(1, "bob").with_acts([our_comment(1, turn, 1, NOW + 10 * DAY)]))
    config = a_config(reviewers={"then": ["team:triage"]})
    decided = (await here.morning(config, now=NOW + 35 * DAY))[1]
    assert not decided.acts
    assert decided.because.startswith("There is nobody else to ask")
    assert "triage" not in decided.because
    here.github.teams = {"triage": [CAROL]}
    decided = (await here.morning(config, now=NOW + 35 * DAY))[1]
    assert [one.team for one in requests(decided)] == ["triage"]
    assert decided.because.startswith("A request to review it, to team triage; ")


LABELLED = a_config(labels=LABELS)


async def test_what_was_closed_unheard_loses_the_labels_of_its_turn(here: Here) -> None:
    gone = one_of(1, labels(BOT, "awaiting review"), labels("bob", "blocked"), labels("bob", "bug"))
    here.add(gone)
    here.timelines.unheard = {1: LATER - DAY}
    here.github.timelines[1] = gone.with_acts([Act(kind=ActKind.MERGED, at=LATER - DAY, id="merged", by=BOB)])
    for plan in ((await here.morning(LABELLED))[1], await here.last_look(1, LABELLED)):
        assert shown(plan.actions) == ["-awaiting review", "-blocked"]
        assert plan.because == "It is closed"
    here.github.timelines[1] = gone.with_acts([labels("bob", "blocked", off=True, at=LATER - DAY)])
    assert "-blocked" not in shown((await here.last_look(1, LABELLED)).actions), "it was opened again"


async def test_what_was_closed_long_ago_is_left_alone(here: Here) -> None:
    here.add(one_of(1, labels(BOT, "awaiting review")))
    here.timelines.unheard = {1: LATER - 31 * DAY}
    assert await here.morning(LABELLED) == {}


@pytest.mark.parametrize("day", [date(2026, 12, 24), date(2026, 12, 31), date(2027, 1, 1)])
async def test_at_the_turn_of_the_year_nobody_is_reminded(here: Here, day: date) -> None:
    morning = datetime.combine(day, time(6), tzinfo=NOW.tzinfo)
    here.add(one_of(1, asks_for_changes("bob", at=morning - 29 * DAY), opened_at=morning - 30 * DAY))
    here.add(one_of(2, opened_at=morning - 30 * DAY))
    plans = await here.morning(now=morning)
    assert [plan.acts for plan in plans.values()] == [False, False]
    assert all("no business day here" in plan.because for plan in plans.values())
    assert here.github.asked == []


async def test_a_nudge_that_waited_until_christmas_eve_is_not_wanted_any_more(here: Here) -> None:
    asked_for = asks_for_changes("bob", at=datetime(2026, 11, 23, tzinfo=NOW.tzinfo))
    here.add(one_of(1, asked_for, opened_at=datetime(2026, 11, 20, tzinfo=NOW.tzinfo)))
    assert comments(await here.last_look(1, now=datetime(2026, 12, 23, 22, tzinfo=NOW.tzinfo)))
    late = await here.last_look(1, now=datetime(2026, 12, 24, 1, tzinfo=NOW.tzinfo))
    assert not late.acts


async def test_whose_author_has_left_has_nobody_who_belongs(here: Here) -> None:
    here.add(one_of(1, author=None, association="MEMBER"))
    (comment,) = comments((await here.morning(now=SOON))[1])
    assert "your turn" not in comment.body


async def test_what_an_author_does_not_want_to_hear_today_costs_no_question(here: Here) -> None:
    here.add(one_of(1, asks_for_changes("bob")))
    here.journal.silences[1] = LATER + DAY
    assert not (await here.morning())[1].acts
    assert not [one for one in here.github.asked if one.startswith("permission")]


async def test_a_mentor_is_offered_to_nobody_who_has_waits_for_or_is_one() -> None:
    ports = some_ports(
        guided=FakeGuided(ids=frozenset({ADA.id})),
        configuration=Configuration(
            exists=True, sections={"stalled": Stalled(), "mentoring": _OffersMentor()}
        ),
    )
    context = await (await RepositoryContext.about(2, Stalled(), ports)).with_learned()
    assert context.repository.mentor_command_for(ADA) == ""
    assert context.repository.mentor_command_for(BOB) == "mentor me"
    assert context.repository.mentor_command_for(None) == "mentor me"


class _OffersMentor(Section):
    """Any section that knows how a mentor is found."""

    @property
    def guides_by_path(self) -> bool:
        return False

    def guidance(self, *, labels: Collection[str], paths: Collection[str]) -> Guidance:
        assert not labels
        assert not paths
        return Guidance(mentor_command="mentor me")
