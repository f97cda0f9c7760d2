from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from mentorbot.config.calendar import DEFAULT_CALENDAR, Calendar
from mentorbot.core.actions import CloseIssue, EditIssue, Forget, OpenIssue, Remember
from mentorbot.core.events import IssueClosed
from mentorbot.core.markers import marked
from mentorbot.core.translator import Translator, speaking
from mentorbot.domain.timeline import ActKind
from mentorbot.domain.turns import Holder
from mentorbot.feature_api.records import Record
from mentorbot.features.stalled.nudges.candidate import Candidate
from mentorbot.features.stalled.records import AuthorNudges, DigestIssue
from mentorbot.features.stalled.weekly_digest import facts, messages, rules
from mentorbot.features.stalled.weekly_digest.facts import WeeklyDigest
from tests.builders import NOW, a_person, an_event, an_issue
from tests.domain.pasts import a_past, act, asks_for_changes
from tests.fakes import FakeGitHub, FakeRecords, FakeTimelines, some_ports
from tests.features.stalled.candidates import BOB, BOT, DAY, a_candidate, a_config, kept, our_comment

CONFIG = a_config()
LISTED = Record("digest", "issue", DigestIssue("list of 2026-02-16"), 3)


def late(number: int, **more: object) -> Candidate:
    return a_candidate(
        Holder.REVIEWERS, number=number, days=20 + number, turn={"because": "Nobody asked.", **more}
    )


def weekly(
    *waiting: Candidate, record: Record[DigestIssue] | None = None, given_up: tuple[Candidate, ...] = ()
) -> WeeklyDigest:
    return WeeklyDigest(now=NOW, calendar=DEFAULT_CALENDAR, waiting=waiting, given_up=given_up, record=record)


async def test_what_waits_too_long_is_listed_the_longest_first() -> None:
    now = NOW + 14 * DAY
    old, older, mine = (
        a_past(number=1),
        replace(a_past(number=2), opened_at=NOW - DAY),
        a_past(asks_for_changes("bob")),
    )
    held = a_past(number=4).with_acts([])
    github = FakeGitHub()
    ports = some_ports(
        now=now,
        timelines=FakeTimelines({one.number: one for one in (old, older, mine, held)}),
        github=github,
        bot=BOT,
    )
    (case,) = [case async for case in facts.weekly(CONFIG, ports)]
    assert case.number is None
    assert [candidate.number for candidate in case.facts.waiting] == [2, 1, 4]
    assert github.asked == []
    assert [case async for case in facts.weekly(a_config(digest=False), ports)] == []


async def test_what_is_left_alone_or_not_late_is_not_listed() -> None:
    ports = some_ports(now=NOW + 2 * DAY, timelines=FakeTimelines({1: a_past(number=1)}), bot=BOT)
    (case,) = [case async for case in facts.weekly(CONFIG, ports)]
    assert case.facts.waiting == ()
    draft = a_past(number=1, opened_as_draft=True)
    junk = a_past(act(ActKind.LABELED, "olga", label="spam"), number=2)
    ports = some_ports(now=NOW + 30 * DAY, timelines=FakeTimelines({1: draft, 2: junk}), bot=BOT)
    (case,) = [case async for case in facts.weekly(CONFIG, ports)]
    assert case.facts.waiting == ()


@pytest.mark.parametrize(
    ("calendar", "now", "is_renewed"),
    [
        pytest.param(DEFAULT_CALENDAR, datetime(2026, 12, 28, 5, 30, tzinfo=UTC), False, id="over the years"),
        pytest.param(DEFAULT_CALENDAR, datetime(2027, 1, 4, 5, 30, tzinfo=UTC), True, id="after that"),
        pytest.param(
            Calendar(year_end=False), datetime(2026, 12, 28, 5, 30, tzinfo=UTC), True, id="where it is off"
        ),
        pytest.param(
            Calendar(freeze=((date(2026, 3, 16), date(2026, 3, 20)),)), NOW + 14 * DAY, False, id="a freeze"
        ),
    ],
)
async def test_the_list_is_not_renewed_while_people_are_off(
    calendar: Calendar, now: datetime, *, is_renewed: bool
) -> None:
    ports = some_ports(now=now, calendar=calendar, timelines=FakeTimelines({1: a_past(number=1)}), bot=BOT)
    assert bool([case async for case in facts.weekly(CONFIG, ports)]) is is_renewed


async def test_what_an_author_was_asked_to_hand_over_is_listed_for_others() -> None:
    past = a_past(asks_for_changes("bob"))
    turn = a_candidate(days=0).turn
    told = past.with_acts([our_comment(7, replace(turn, since=NOW), 3, NOW + 40 * DAY)])
    ports = some_ports(now=NOW + 42 * DAY, timelines=FakeTimelines({7: told}), bot=BOT)
    (case,) = [case async for case in facts.weekly(CONFIG, ports)]
    assert [candidate.number for candidate in case.facts.given_up] == [7]
    assert "somebody else may carry them on" in messages.text(case.facts)


def test_a_list_is_opened_renewed_and_closed() -> None:
    opened = rules.renew(weekly(late(1)), CONFIG)
    issue, record = opened.actions
    assert isinstance(issue, OpenIssue)
    assert record == Remember(kind="digest", key="issue", value={"issue": issue.key})
    assert opened.because == "1 pull request waits for reviewers"

    (edit,) = rules.renew(weekly(late(1), late(2), record=LISTED), CONFIG).actions
    assert isinstance(edit, EditIssue)
    assert (edit.issue, edit.key) == ("list of 2026-02-16", "list of 2026-02-16/as of 2026-03-02")

    close, forget = rules.renew(weekly(record=LISTED), CONFIG).actions
    assert isinstance(close, CloseIssue)
    assert forget == Forget(kind="digest", key="issue")
    assert rules.renew(weekly(), CONFIG).actions == ()


def test_the_list_mentions_nobody_and_shows_what_users_wrote_as_text() -> None:
    evil = replace(late(1, reviewers=(BOB,), teams=("core",)), title="@everyone <b> | [x](https://evil)")
    said = messages.text(weekly(evil, *(late(number) for number in range(2, 130))))
    assert "@everyone" not in said
    assert "@bob" not in said
    assert "<b>" not in said
    assert "](https://evil)" not in said
    assert "bob and team core" in said
    assert "and 29 more" in said
    assert "anybody" in said


@pytest.mark.parametrize(("days", "acts"), [(27, False), (29, True)])
def test_who_closes_the_list_is_left_in_peace_for_four_weeks(days: int, *, acts: bool) -> None:
    closed = replace(LISTED, value=replace(LISTED.value, until=NOW + timedelta(weeks=4)))
    found = replace(weekly(late(1), record=closed), now=NOW + days * DAY)
    plan = rules.renew(found, CONFIG)
    assert plan.acts is acts
    assert isinstance(plan.actions[0], OpenIssue) if acts else "Somebody closed the list" in plan.because
    emptied = rules.renew(replace(found, waiting=()), CONFIG)
    assert emptied.actions == (Forget(kind="digest", key="issue"),)


async def test_only_a_person_who_closes_our_list_ends_it() -> None:
    records = FakeRecords()
    records.put("digest", "issue", {"issue": LISTED.value.issue})
    ports = some_ports(records=records, bot=BOT)
    ours = an_issue(author=BOT, title="Wartet", body=marked("…", f"stalled/1/{LISTED.value.issue}"))

    async def after(**event: object) -> list[Remember]:
        closed = an_event(IssueClosed, **{"thread": ours, "by": a_person("olga"), **event})
        return kept(rules.respect_closing(await facts.closed_list(closed, CONFIG, ports), CONFIG))

    assert await after(by=BOT) == []
    assert await after(thread=replace(ours, author=a_person("eve"))) == []
    (record,) = await after()
    assert record.value["until"] == (ports.now + rules.LEFT_ALONE).isoformat()
    assert record.expected == 1


def test_maintainers_read_that_authors_are_nudged_no_more_and_how_to_let_that_go_on() -> None:
    stopped = AuthorNudges(stopped_at=NOW, corrected=2, written=9)
    plan = rules.renew(replace(weekly(), author_nudges=stopped), CONFIG)
    (opened,) = (action for action in plan.actions if isinstance(action, OpenIssue))
    assert (
        "**I have reminded no author here since 2 March 2026:** people corrected 2 of my last 9"
        in opened.body
    )
    assert "    /mentorbot nudges on" in opened.body
    assert "@" not in opened.body
    assert plan.because == "I remind no author here, which maintainers are to know"
    assert rules.renew(replace(weekly(late(3)), author_nudges=stopped), CONFIG).because == (
        "1 pull request waits for reviewers"
    )
    went_on = rules.renew(replace(weekly(late(3)), author_nudges=AuthorNudges(went_on_at=NOW)), CONFIG)
    (opened,) = (action for action in went_on.actions if isinstance(action, OpenIssue))
    assert "Since 2 March 2026 I send reminders" in opened.body


async def test_where_authors_are_never_nudged_there_is_no_word_about_it() -> None:
    records = FakeRecords()
    records.put("author nudges", "here", {"stopped_at": NOW.isoformat(), "corrected": 2, "written": 9})
    ports = some_ports(records=records, bot=BOT)
    (told,) = [case.facts async for case in facts.weekly(CONFIG, ports)]
    (never,) = [case.facts async for case in facts.weekly(a_config(author={"nudge": False}), ports)]
    assert (told.author_nudges.stopped_at, never.author_nudges.stopped_at) == (NOW, None)


@pytest.mark.parametrize(
    ("unclear", "words"),
    [
        (1, "For one other pull request, it is unclear whose turn it is. `/turn` there"),
        (3, "For 3 other pull requests, it is unclear whose turn it is. `/turn` there"),
    ],
)
def test_where_it_is_unclear_whose_turn_it_is_the_list_says_for_how_many(unclear: int, words: str) -> None:
    assert words in messages.text(replace(weekly(late(1)), unclear=unclear))


def test_the_list_is_in_the_language_of_the_repository_and_still_ours() -> None:
    with speaking(Translator("de", slash="/mentorbot ")):
        opened, _ = rules.renew(weekly(late(1)), CONFIG).actions
        unclear = messages.text(replace(weekly(late(1)), unclear=2))
    assert isinstance(opened, OpenIssue)
    assert opened.key == "list of 2026-03-02", "what it is known by has no language"
    assert "`/mentorbot turn`" in unclear


async def test_what_has_been_quiet_for_half_a_year_is_counted_not_listed() -> None:
    ports = some_ports(
        now=NOW + 14 * DAY,
        timelines=FakeTimelines(
            {1: a_past(number=1), 2: replace(a_past(number=2), opened_at=NOW - 200 * DAY)}
        ),
        bot=BOT,
    )
    (case,) = [case async for case in facts.weekly(CONFIG, ports)]
    assert [candidate.number for candidate in case.facts.waiting] == [1]
    assert "One other has been quiet for more than half a year" in messages.text(case.facts)
    assert "`/mentorbot nudges release`" in messages.text(case.facts)


def test_a_list_is_neither_opened_for_what_rests_nor_closed_while_something_does() -> None:
    nothing_else = replace(weekly(), resting=2)
    assert rules.renew(nothing_else, CONFIG).actions == ()
    kept_open = rules.renew(replace(nothing_else, record=LISTED), CONFIG)
    (edit,) = kept_open.actions
    assert isinstance(edit, EditIssue)
    assert "2 others have been quiet" in edit.body
