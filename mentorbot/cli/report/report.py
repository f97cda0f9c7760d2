"""A report on a project: what waits for whom now, and what the bot would have said in the past."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mentorbot.cli.report import stale_action
from mentorbot.cli.report.names import Names
from mentorbot.cli.report.open_work import OpenWork, open_work_of
from mentorbot.cli.report.tried_config import TriedConfig, tried_config
from mentorbot.cli.report.waits import Waits, waits_of
from mentorbot.cli.report.words import counted, day, duration, percent
from mentorbot.cli.report.year import Year, year_of
from mentorbot.config.configuration import Configuration
from mentorbot.config.other_bots.found import found_in
from mentorbot.config.other_bots.reading import OtherBot
from mentorbot.core.actions import Occasion
from mentorbot.core.people import Person
from mentorbot.core.translator import Translator, english_plural, speaking
from mentorbot.domain.turns import Holder
from mentorbot.feature_api.command_spelling import command_prefix
from mentorbot.feature_api.simulated_repository import waits_in
from mentorbot.feature_api.simulation import Simulates, Simulation, WouldSay
from mentorbot.feature_api.survey import ProjectPast, Survey

if TYPE_CHECKING:
    from mentorbot.feature_api.feature import Feature
    from mentorbot.feature_api.feature_catalog import FeatureCatalog

FIRST_WEEK = timedelta(weeks=1)
A_YEAR = timedelta(days=365)


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstDays:
    """What would be written after the bot was switched on, if nobody did anything in the meantime.

    `mornings` are the days and how many each; `looked_at` of how many open pull requests that was computed.
    """

    mornings: tuple[tuple[datetime, int], ...]
    looked_at: int
    total: int

    @property
    def first(self) -> int:
        return self.mornings[0][1] if self.mornings else 0

    @property
    def week(self) -> int:
        return sum(count for _, count in self.mornings)

    @property
    def sentence(self) -> str:
        base = f"computed of {self.looked_at:,} of {counted(self.total, 'open pull request')}"
        if not self.week:
            return f"Switched on now, it would remind nobody in the first week ({base})."
        return (
            f"Switched on now, it would write {counted(self.first, 'reminder')} on the first morning and "
            f"{self.week:,} in the first week if nobody did anything ({base}). It spreads them over the "
            "mornings, and the rest comes later."
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """Everything a report tells. Nobody's name is in it but where `names` says so.

    `requests` is how many GitHub was asked for it, what was answered before left out.
    """

    repository: str
    at: datetime
    is_private: bool
    names: bool
    config: TriedConfig
    open_work: OpenWork | None
    year: Year | None
    waits: Waits
    first_days: FirstDays | None
    not_read: tuple[str, ...]
    other_bots: tuple[OtherBot, ...] = ()
    requests: int = 0

    @property
    def headlines(self) -> tuple[str, ...]:
        return tuple(_headlines(self))


def report_of(
    survey: Survey | None = None,
    past: ProjectPast | None = None,
    *,
    since: datetime | None = None,
    config: TriedConfig | Path | None = None,
    names: bool = False,
    catalog: FeatureCatalog | None = None,
    progress: Callable[[datetime], None] = lambda _: None,
) -> Report:
    """The report on what was read: a survey, a past or both; `since` is where the past's span begins.

    `config` is what is tried instead of the repository's. `progress` hears how far the past is lived through.
    Raises CannotGoOn for mistakes in the config.
    """
    of = survey if survey is not None else past
    if of is None:
        raise ValueError("a report needs a survey or a past")
    at = _end_of(of)
    if catalog is None:
        from mentorbot.cli.feature_commands import known_features  # noqa: PLC0415 - takes its time

        catalog = known_features()
    tried = config if isinstance(config, TriedConfig) else tried_config(catalog, of.config, file=config)
    known = Names.of(_people(survey, past), repository=of.repository, are_shown=names)
    since = since if since is not None else at - A_YEAR
    waits = _waits(survey, past, since)
    runner = _Lived(tried, catalog, progress)
    year = runner.year(past, since, known) if past is not None else None
    return Report(
        repository=of.repository,
        at=at,
        is_private=of.is_private,
        names=names,
        config=tried,
        open_work=(
            open_work_of(survey, usual_wait=waits.estimate, names=known) if survey is not None else None
        ),
        year=year,
        waits=waits,
        first_days=runner.first_days(survey, past),
        not_read=tuple(_not_read(survey, past, since)),
        other_bots=found_in(survey.other_bots) if survey is not None else (),
        requests=sum(one.requests for one in (survey, past) if one is not None),
    )


def _waits(survey: Survey | None, past: ProjectPast | None, since: datetime) -> Waits:
    if survey is not None and survey.waits:
        return waits_of(survey.waits)
    if past is not None:
        return waits_of(waits_in(past, since=since))
    return waits_of(())


@dataclass(frozen=True, slots=True)
class _Lived:
    """Lives through pasts with one config."""

    tried: TriedConfig
    catalog: FeatureCatalog
    progress: Callable[[datetime], None]

    def year(self, past: ProjectPast, since: datetime, names: Names) -> Year:
        said = self._said(past, since)
        by_key = {id(one): feature for feature, one in said}
        configuration = self.tried.configuration

        def named(one: WouldSay) -> str:
            message = by_key[id(one)].message(one.key)
            return message.name if message is not None else by_key[id(one)].name

        return year_of(
            past,
            [one for _, one in said],
            since=since,
            configuration=configuration,
            named=named,
            names=names,
            occasions=frozenset(one.occasion for _, one in self._on(configuration)),
        )

    def first_days(self, survey: Survey | None, past: ProjectPast | None) -> FirstDays | None:
        """What comes in the first week from now on; None where no timelines were read, or nudges are off."""
        if survey is not None:
            pulls = tuple(pull.timeline for pull in survey.pulls if pull.timeline is not None)
            total, at = max(survey.total_pulls, len(survey.pulls)), survey.at
            now = ProjectPast(repository=survey.repository, until=at, pulls=pulls, known_since=at)
        elif past is not None:
            pulls, at, now = past.pulls, past.until, past
            total = sum(pull.until(at).is_open for pull in pulls)
        else:
            return None
        if not pulls and total:
            return None
        ahead = replace(now, until=at + FIRST_WEEK, issues=())
        said = [one for _, one in self._said(ahead, at, only=Occasion.NUDGE)]
        mornings: dict[datetime, int] = {}
        for one in said:
            mornings[one.at] = mornings.get(one.at, 0) + 1
        return FirstDays(
            mornings=tuple(sorted(mornings.items())),
            looked_at=sum(pull.is_open for pull in pulls),
            total=total,
        )

    def _on(self, configuration: Configuration) -> Iterator[tuple[Feature[Any], Simulates[Any]]]:
        for feature in self.catalog.features:
            if feature.simulates is not None and self.catalog.is_on(feature, configuration):
                yield feature, feature.simulates

    def _said(
        self, past: ProjectPast, since: datetime, *, only: Occasion | None = None
    ) -> list[tuple[Feature[Any], WouldSay]]:
        """What all features say that are on, or those for one occasion; oldest first."""
        configuration = self.tried.configuration
        simulation = Simulation(
            past=past,
            configuration=configuration,
            catalog=self.catalog,
            since=since,
            progress=self.progress,
        )
        voice = Translator(
            configuration.language, zone=configuration.calendar.zone, slash=command_prefix(configuration)
        )
        on = [one for one in self._on(configuration) if only is None or one[1].occasion is only]
        with speaking(voice):
            found = asyncio.run(_collected(simulation, on))
        return sorted(found, key=lambda said: (said[1].at, said[1].number))


async def _collected(
    simulation: Simulation, on: Sequence[tuple[Feature[Any], Simulates[Any]]]
) -> list[tuple[Feature[Any], WouldSay]]:
    return [
        (feature, one)
        for feature, simulates in on
        async for one in simulates.live_through(simulation, simulation.configuration.section(feature.name))
    ]


def _people(survey: Survey | None, past: ProjectPast | None) -> Iterator[Person | None]:
    """Everybody who is known to have been there."""
    if survey is not None:
        for thread in (*survey.pulls, *survey.issues):
            yield thread.author
        for open_one in survey.pulls:
            if open_one.turn is not None:
                yield from (*open_one.turn.named, *open_one.turn.reviewers)
    timelines = (
        [one.timeline for one in survey.pulls if one.timeline is not None] if survey is not None else []
    )
    if past is not None:
        timelines += past.pulls
        for issue in past.issues:
            yield issue.author
            yield from (act.by for act in issue.acts or ())
    for timeline in timelines:
        yield timeline.author
        for act in timeline.acts:
            yield act.by
            yield act.subject


def _not_read(survey: Survey | None, past: ProjectPast | None, since: datetime) -> Iterator[str]:
    """What this doesn't know, in sentences: nothing of it counts as zero."""
    if survey is not None and survey.incomplete:
        yield f"Not all of what is open was read: {survey.incomplete.rstrip('.')}."
    if past is not None and past.incomplete:
        yield f"Not all of the past was read: {past.incomplete.rstrip('.')}."
    if past is not None and past.not_read:
        yield f"{counted(past.not_read, 'pull request')} of the span could not be read, and are in no number."
    for of in (survey, past):
        if of is not None:
            yield from of.caveats
            if of.read_from is not None and _end_of(of) - of.read_from > timedelta(days=1):
                yield f"Some of it is as it was on {day(of.read_from)}."
    if past is not None and not past.has_issues:
        yield "Issues were not read: welcomes on them are missing, and what actions/stale had closed."
    if past is not None and past.known_since is not None:
        yield (
            f"The past was read back to {day(past.known_since)}: who was here before is known only of those "
            "whose work was merged, so that welcomes and first merges are told as “at most”."
        )
        if past.known_since > since:
            yield f"The span begins on {day(since)}, but nothing was read before {day(past.known_since)}."


def _end_of(of: Survey | ProjectPast) -> datetime:
    return of.at if isinstance(of, Survey) else of.until


def _headlines(report: Report) -> Iterator[str]:
    if report.open_work is not None:
        yield from _of_open_work(report.open_work)
    if report.year is not None:
        yield from _of_year(report.year)


def _of_open_work(work: OpenWork) -> Iterator[str]:
    yield _whose_turn(work)
    stale = work.stale
    waiting = stale.by_side.get(Holder.REVIEWERS.value, 0)
    if stale.pulls:
        yield (
            "By its default rules actions/stale would have closed "
            + counted(waiting, "pull request by now that waits", "pull requests by now that wait")
            + f" for a review, of {stale.pulls:,} idle for more than "
            + f"{duration(stale_action.IDLE_UNTIL_CLOSED)}."
        )
    new = work.newcomers
    if new.people:
        parts = [counted(new.pulls, "pull request")] if new.pulls else []
        if new.issues:
            parts.append(counted(new.issues, "issue"))
        shown = len(new.most_helped)
        them = english_plural("here it is", "here are {count} where ten minutes help most, each", shown)
        yield (
            f"{counted(new.people, 'first-time contributor has', 'first-time contributors have')} had no "
            f"answer yet ({' and '.join(parts)}): {them} with its evidence."
        )
    elif not new.not_read and new.issues is not None and work.total_pulls:
        yield "Every newcomer's open pull request and issue has had an answer."


def _whose_turn(work: OpenWork) -> str:
    review, author = work.waiting_for_review, work.waiting_for_author
    if not work.total_pulls:
        return "No pull request is open."
    if work.not_read == work.total_pulls:
        pulls = counted(work.total_pulls, "open pull request is", "open pull requests are")
        return f"Whose turn {pulls} wasn't read."
    base = counted(work.total_pulls, "open pull request")
    parts = [
        f"about {review.about:,} ({review.low:,}–{review.high:,}) of {base} wait for a review",
        f"{author.about:,} for their author",
    ]
    if external := work.count(Holder.EXTERNAL):
        parts.append(f"{external:,} for something else")
    if unclear := work.count(Holder.UNCLEAR):
        parts.append(f"{unclear:,} can't be told")
    if work.not_read:
        parts.append(f"{work.not_read:,} weren't read")
    sentence = ", ".join(parts)
    return f"{sentence[0].upper()}{sentence[1:]}."


def _of_year(year: Year) -> Iterator[str]:
    span = f"From {day(year.since)} to {day(year.until)}"
    if Occasion.NUDGE in year.occasions:
        to = year.nudges_to
        yield (
            f"{span} the bot would have written {counted(len(year.nudges), 'reminder')} in "
            f"pull requests that were open then, {percent(year.nudged_pulls, year.pulls)}: "
            f"{to.get('author', 0):,} to authors, {to.get('reviewers', 0):,} to reviewers. None would have "
            "been closed."
        )
    stale = year.stale
    if stale.runs_long_enough:
        waiting = stale.sides.get(Holder.REVIEWERS.value, 0)
        issues = f" and {counted(stale.closed_issues, 'issue')}" if stale.were_issues_read else ""
        yield (
            f"In the same weeks actions/stale with its default settings would have closed "
            f"{counted(stale.closed_pulls, 'pull request')}{issues}; "
            f"{percent(waiting, stale.closed_pulls)} of these pull requests waited for a review"
            + (
                f", and {counted(stale.merged_later, 'was', 'were')} merged later."
                if stale.merged_later
                else "."
            )
        )
    yield from _of_newcomers(year)


def _of_newcomers(year: Year) -> Iterator[str]:
    parts = []
    if Occasion.GREETING in year.occasions:
        parts.append(
            _at_most(
                year.greetings, "newcomer would have been welcomed", "newcomers would have been welcomed"
            )
        )
    if Occasion.CELEBRATION in year.occasions:
        parts.append(_at_most(year.celebrations, "merge celebrated", "merges celebrated"))
    if parts:
        sentence = " and ".join(parts)
        yield f"{sentence[0].upper()}{sentence[1:]}."


def _at_most(told: Sequence[Any], one: str, more: str) -> str:
    found = counted(len(told), one, more)
    return found if all(each.is_certain for each in told) else f"at most {found}"
