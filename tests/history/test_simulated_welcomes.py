"""A simulation of the same history as in `test_replay`: nobody is greeted in it who shouldn't be."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import UTC, datetime

from mentorbot.cli.feature_commands import known_features
from mentorbot.cli.report import tried_config
from mentorbot.core.actions import Occasion
from mentorbot.feature_api.simulation import Simulation, WouldSay
from mentorbot.feature_api.survey import MergedWork, ProjectPast
from mentorbot.github.archived_project import read_past as archived_past
from tests.history.test_replay import ARCHIVE, Step, expected_first_merges, expected_greetings, is_replayed

LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)


def the_past() -> ProjectPast:
    past = archived_past(ARCHIVE)
    return replace(
        past,
        pulls=tuple(pull for pull in past.pulls if is_replayed(pull.number)),
        issues=tuple(issue for issue in past.issues if is_replayed(issue.number)),
    )


def said_in(past: ProjectPast, since: datetime, occasion: Occasion) -> list[WouldSay]:
    catalog = known_features()
    configuration = tried_config(catalog).configuration
    simulation = Simulation(past=past, configuration=configuration, catalog=catalog, since=since)

    async def collected() -> list[WouldSay]:
        return [
            one
            for feature in catalog.features
            if feature.simulates is not None and feature.simulates.occasion is occasion
            async for one in feature.simulates.live_through(simulation, configuration.section(feature.name))
        ]

    return asyncio.run(collected())


def places(steps: list[Step]) -> set[tuple[str, int]]:
    return {(login, number) for login, number, _ in steps}


def places_of(said: list[WouldSay]) -> set[tuple[str, int]]:
    return {(one.to[0].login, one.number) for one in said}


def test_nobody_is_greeted_in_a_simulation_who_would_not_be_in_life() -> None:
    greeted = places_of(said_in(the_past(), LONG_AGO, Occasion.GREETING))
    assert greeted
    assert greeted <= places(expected_greetings())


def test_no_merge_is_celebrated_in_a_simulation_that_would_not_be_in_life() -> None:
    celebrated = places_of(said_in(the_past(), LONG_AGO, Occasion.CELEBRATION))
    assert celebrated
    assert celebrated <= places(expected_first_merges())


def test_of_a_past_that_was_read_in_part_welcomes_are_told_as_at_most() -> None:
    past = the_past()
    middle = sorted(pull.opened_at for pull in past.pulls)[len(past.pulls) // 2]
    merged_before = {
        pull.author.id
        for pull in past.pulls
        if pull.author is not None and any(act.at < middle for act in pull.acts if act.kind == "merged")
    }
    part = replace(
        past,
        pulls=tuple(pull for pull in past.pulls if pull.opened_at >= middle),
        issues=tuple(issue for issue in past.issues if issue.opened_at >= middle),
        known_since=middle,
        earlier=MergedWork(pull_requests=len(merged_before), authors=frozenset(merged_before)),
    )
    greeted = said_in(part, middle, Occasion.GREETING)
    assert greeted
    assert not any(one.is_certain for one in greeted)
    assert not {one.to[0].id for one in greeted} & merged_before
