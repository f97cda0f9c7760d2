from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from mentorbot.domain.timeline import ActKind
from mentorbot.github import archived_project
from mentorbot.github.answer_cache import AnswerCache, WhoseAnswers
from mentorbot.github.client import ApiUrls
from mentorbot.github.past_reader import PastReading
from mentorbot.github.project_listings import RepositoryNotFound
from mentorbot.github.questions import Questions, ReadingPlan
from mentorbot.github.token_access import opened_access
from mentorbot.sandbox.server import running_github
from mentorbot.sandbox.simulated_github import SimulatedGitHub

START = datetime(2026, 1, 5, 9, tzinfo=UTC)
REPOSITORY = "octo/tea"
STRETCH = Path(__file__).parents[1] / "history" / "secp256k1-1765-1850.jsonl.gz"


class Heard:
    """Remembers what a reading will cost."""

    def __init__(self) -> None:
        self.plans: list[ReadingPlan] = []

    def planned(self, plan: ReadingPlan) -> None:
        self.plans.append(plan)

    def reached(self, what: str, done: int, total: int, *, requests: int, left: int) -> None: ...

    def waiting(self, until: datetime, why: str) -> None: ...


def _fill(github: SimulatedGitHub) -> None:
    """A year: ada merges early, bela late and after a long talk; an issue each before and since July."""
    acts = github.acts
    for login in ("ada", "bela", "grace"):
        acts.add_user(login)
    acts.add_organization("octo", owners=("grace",))
    acts.create_repository(REPOSITORY, files={"README.md": "Tea"}, by="grace")
    github.clock.freeze(START)
    early = acts.open_pull_request(REPOSITORY, by="ada", title="Boil water")
    acts.merge(early, by="grace")
    acts.open_issue(REPOSITORY, by="ada", title="Old")
    github.clock.move(timedelta(days=240))
    late = acts.open_pull_request(REPOSITORY, by="bela", title="Pour it")
    for number in range(70):
        github.clock.move(timedelta(hours=1))
        acts.comment(late, by=("bela", "grace")[number % 2], body=f"Word {number}")
    acts.merge(late, by="grace")
    recent = acts.open_issue(REPOSITORY, by="bela", title="The lid rattles")
    github.clock.move(timedelta(hours=3))
    acts.comment(recent, by="grace", body="Which lid?")


async def _past(
    github: SimulatedGitHub, cache: AnswerCache, since: datetime, heard: Heard
) -> tuple[PastReading, Questions]:
    reader = github.acts.add_user("reader") if not github.world.find_account("reader") else "reader"
    account = github.world.account("reader") if isinstance(reader, str) else reader
    urls = ApiUrls(rest=github.url, graphql=f"{github.url}/graphql")
    async with opened_access(github.tokens.for_user(account), urls, clock=github.clock.now) as access:
        questions = Questions(
            access.client, cache, access.count, clock=github.clock.now, pause=access.pause, listener=heard
        )
        reading = PastReading(questions, since=since)
        await reading.read(REPOSITORY)
        return reading, questions


async def test_the_past_since_a_day_is_read_and_what_it_costs_is_told_before(tmp_path: Path) -> None:
    async with running_github(start=START) as github:
        _fill(github)
        heard, since = Heard(), START + timedelta(days=180)
        whose = WhoseAnswers(token="x", api_url=github.url, repository=REPOSITORY, purpose="past")
        cache = AnswerCache.opened(tmp_path / "cache", whose, clock=github.clock.now)
        reading, questions = await _past(github, cache, since, heard)
        past = reading.past()
        asked = questions.count.sent
        again, repeated = await _past(
            github, AnswerCache.opened(tmp_path / "cache", whose, clock=github.clock.now), since, heard
        )
    assert past is not None
    (pull,) = past.pulls
    assert (pull.title, pull.is_merged) == ("Pour it", True)
    assert sum(act.kind is ActKind.COMMENTED for act in pull.acts) == 70
    assert [(one.title, one.answered_at is not None) for one in past.issues] == [("The lid rattles", True)]
    assert past.known_since == since
    assert len(past.earlier.authors) == 1, "ada, and not bela, whose first merge is in it"
    assert (past.incomplete, past.not_read, past.is_private) == ("", 0, False)
    assert heard.plans[0].what == f"1 pull request and 1 issue since {since:%Y-%m-%d}"
    assert heard.plans[0].requests <= 8
    assert asked <= heard.plans[0].most
    assert repeated.count.sent == 0, "and nothing is asked twice"
    assert again.past() is not None
    assert heard.plans[1].requests == 0


async def test_where_there_is_no_such_repository_nothing_is_read() -> None:
    async with running_github(start=START) as github:
        heard = Heard()
        with pytest.raises(RepositoryNotFound):
            await _past(github, AnswerCache(clock=github.clock.now), START, heard)
    assert heard.plans == []


def test_a_saved_history_is_a_past_with_its_issues() -> None:
    past = archived_project.read_past(STRETCH)
    assert past.repository == "bitcoin-core/secp256k1"
    assert past.known_since is None
    assert past.pulls
    assert past.issues
    assert max(one.opened_at for one in past.pulls) <= past.until
    assert max(one.opened_at for one in past.issues) <= past.until
    assert any(one.answered_at is not None for one in past.issues)


def test_a_saved_history_is_a_survey_of_its_last_day() -> None:
    survey = archived_project.read_survey(STRETCH)
    assert survey.total_pulls == len(survey.pulls) > 0
    assert all(one.turn is not None and one.is_whole for one in survey.pulls)
    assert all(one.timeline is not None and one.timeline.is_open for one in survey.pulls)
    assert survey.base.is_all
    assert survey.waits
    newcomers = {one.author for one in survey.pulls if one.is_newcomers}
    assert not {one.id for one in newcomers if one is not None} & survey.base.authors
