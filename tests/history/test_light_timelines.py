"""Whose turn it is by the light listing, beside what everything tells: on real projects' pull requests."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest

from mentorbot.core.entities import Repository
from mentorbot.core.people import Person
from mentorbot.domain.timeline import ActKind, PullRequestTimeline
from mentorbot.domain.turns import TurnSettings, whose_turn
from mentorbot.github.answer_cache import AnswerCache
from mentorbot.github.client import ApiUrls
from mentorbot.github.graphql_timelines import open_timelines
from mentorbot.github.questions import Questions
from mentorbot.github.survey_reader import SurveyReading, most_requests
from mentorbot.github.token_access import opened_access
from tests.history.archived_github import (
    REPOSITORY,
    REPOSITORY_ID,
    ArchivedGitHub,
    archived_github,
    saved_pulls,
)

_STRETCH = Path(__file__).parent / "secp256k1-1765-1850.jsonl.gz"
_SHARED = Path(__file__).parents[3] / "shared" / "history"
NOW = datetime(2026, 11, 22, tzinfo=UTC)


class Silence:
    """Hears a reading and says nothing."""

    def planned(self, plan: object) -> None: ...

    def reached(self, what: str, done: int, total: int, *, requests: int, left: int) -> None: ...

    def waiting(self, until: datetime, why: str) -> None: ...


def _histories() -> list[Path]:
    """All that there are; the stretch that comes along where the shared ones are not here."""
    return sorted(_SHARED.glob("*.jsonl.gz")) or [_STRETCH]


@asynccontextmanager
async def _asked(there: ArchivedGitHub) -> AsyncIterator[Questions]:
    async def pause(_: float) -> None:
        await asyncio.sleep(0)

    urls = ApiUrls(rest=there.url, graphql=f"{there.url}/graphql")
    clock = lambda: NOW  # noqa: E731 - a fake as short as it gets
    async with opened_access("ghp_x", urls, clock=clock, pause=pause) as access:
        yield Questions(
            access.client,
            AnswerCache(clock=clock),
            access.count,
            clock=clock,
            pause=pause,
            listener=Silence(),
        )


def _comparable(timeline: PullRequestTimeline) -> object:
    """All but when a failed check ended, which the light listing doesn't know."""
    return (
        sorted(repr(act) for act in timeline.acts if act.kind is not ActKind.CHECKS_CONCLUDED),
        timeline.opened_title,
        timeline.opened_as_draft,
        timeline.head_sha,
    )


@pytest.mark.parametrize("largest", [100, 20])
async def test_the_light_listing_tells_the_same_turns_as_everything_does(largest: int) -> None:
    pulls = saved_pulls([_STRETCH])
    async with archived_github(pulls, largest_page=largest) as there, _asked(there) as questions:
        await _compare(there, questions)


@pytest.mark.long
async def test_the_light_listing_tells_the_same_turns_of_three_whole_projects() -> None:
    pulls = saved_pulls(_histories())
    async with archived_github(pulls) as there, _asked(there) as questions:
        await _compare(there, questions)


async def test_what_would_take_more_than_was_promised_is_told_as_not_read() -> None:
    pulls = saved_pulls([_STRETCH])
    async with archived_github(pulls) as there, _asked(there) as questions:
        questions.count.sent = most_requests(len(pulls), has_shrunk=False)
        reading = SurveyReading(questions)
        await reading.read(REPOSITORY)
        survey = reading.survey()
    assert survey is not None
    not_read = [one for one in survey.pulls if one.turn is None]
    assert 0 < len(not_read) < len(survey.pulls)
    assert all(not one.is_whole and one.timeline is not None for one in not_read)
    assert f"{len(not_read)} long pull requests would take more requests" in survey.incomplete


def test_five_thousand_take_120_requests_at_most_and_400_where_pages_are_small() -> None:
    assert most_requests(5_000, has_shrunk=False) == 120
    assert most_requests(5_000, has_shrunk=True) == 400


async def _compare(there: ArchivedGitHub, questions: Questions) -> None:
    reading = SurveyReading(questions)
    await reading.read(REPOSITORY)
    survey = reading.survey()
    assert survey is not None
    assert survey.incomplete == ""
    assert {one.number for one in survey.pulls} == {one["number"] for one in there.pulls}
    repository = Repository(id=REPOSITORY_ID, full_name=REPOSITORY, owner=Person(1, "saved"))
    client = questions.client
    full = {one.number: one async for one in open_timelines(client, repository)}
    settings = TurnSettings()
    different = []
    for pull in survey.pulls:
        assert pull.is_whole
        assert reading.listing.pulls[pull.number].timeline is not None
        light, whole = reading.listing.pulls[pull.number].timeline, full[pull.number]
        assert _comparable(light) == _comparable(whole), pull.number
        one, other = whose_turn(light, settings, now=NOW), whose_turn(whole, settings, now=NOW)
        if (one.holder, one.certainty, one.because, one.ends_when) != (
            other.holder, other.certainty, other.because, other.ends_when
        ):  # fmt: skip
            different.append(pull.number)
    assert different == []
