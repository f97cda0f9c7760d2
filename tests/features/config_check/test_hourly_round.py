"""The hourly round over pull requests of which nothing told whether they change the config file."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from mentorbot.config.configuration import CONFIG_PATH, Configuration, Source, read_configuration
from mentorbot.core.actions import PublishCheckRun, Remember
from mentorbot.core.plan import Plan
from mentorbot.domain.timeline import Act, ActKind, PullRequestTimeline
from mentorbot.feature_api.feature_catalog import FeatureCatalog
from mentorbot.feature_api.ports import ChangedFile
from mentorbot.features.config_check import FEATURE
from mentorbot.features.config_check.config import ConfigCheck
from mentorbot.features.config_check.facts import MOST_LOOKS_AN_HOUR, not_looked_at
from mentorbot.features.config_check.rules import check
from mentorbot.features.welcome import FEATURE as WELCOME
from tests.builders import NOW, a_person
from tests.fakes import FakeGitHub, FakeRecords, FakeTimelines, some_ports

BOOK = FeatureCatalog((FEATURE, WELCOME))
SECTION = ConfigCheck()
TOUCHES: dict[int, Sequence[ChangedFile]] = {2: [ChangedFile(CONFIG_PATH, "modified", 1, 1)]}


def configured(text: str | None) -> Configuration:
    return read_configuration(
        [Source("repository", "acme/rockets", CONFIG_PATH, text)], sections=BOOK.sections(), last_good={}
    )


def check_runs(decision: Plan) -> list[str]:
    return [action.head_sha for action in decision.actions if isinstance(action, PublishCheckRun)]


def a_timeline(number: int, *, minutes_ago: int, head: str = "ada:topic") -> PullRequestTimeline:
    return PullRequestTimeline(
        number=number,
        author=a_person(),
        opened_at=NOW - timedelta(days=30),
        head=head,
        head_sha="old",
    ).with_acts(
        [
            Act(
                kind=ActKind.PUSHED,
                at=NOW - timedelta(minutes=minutes_ago),
                id=f"push-{number}",
                sha=f"sha{number}",
            )
        ]
    )


async def the_round(*timelines: PullRequestTimeline, github: FakeGitHub, records: FakeRecords) -> list[Plan]:
    ports = some_ports(
        github=github,
        records=records,
        timelines=FakeTimelines(seen={timeline.number: timeline for timeline in timelines}),
        configuration=configured("welcome:"),
    )
    decisions = []
    async for case in not_looked_at(SECTION, ports):
        decisions.append(check(case.facts, SECTION))
        records.remember(decisions[-1].actions)
    return decisions


async def test_the_hourly_round_looks_at_what_nothing_hinted_at_and_each_push_once() -> None:
    records = FakeRecords()
    github = FakeGitHub(touched=TOUCHES, texts_at={(CONFIG_PATH, "sha2"): "welcome: off"})
    timelines = (
        a_timeline(2, minutes_ago=30),
        a_timeline(3, minutes_ago=20),
        a_timeline(4, minutes_ago=10, head="acme:topic"),
        a_timeline(5, minutes_ago=60 * 48),
    )
    decisions = await the_round(*timelines, github=github, records=records)
    assert [decision.because for decision in decisions] == [
        f"{CONFIG_PATH} is changed here, and what is proposed works",
        f"it does not change {CONFIG_PATH}",
    ]
    assert check_runs(decisions[0]) == ["sha2"]
    assert decisions[1].actions == (
        Remember(kind="looked", key="pushes", value={"until": (NOW - timedelta(minutes=20)).isoformat()}),
    )
    assert await the_round(*timelines, github=github, records=records) == []


async def test_the_hourly_round_does_not_ask_for_thousands() -> None:
    timelines = [a_timeline(number, minutes_ago=number) for number in range(1, 40)]
    records, github = FakeRecords(), FakeGitHub()
    assert len(await the_round(*timelines, github=github, records=records)) == MOST_LOOKS_AN_HOUR
    await the_round(*timelines, github=github, records=records)
    assert github.asked[:2] == ["files 39", "files 38"]
    assert len(set(github.asked)) == 2 * MOST_LOOKS_AN_HOUR
