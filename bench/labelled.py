"""Labelled moments of saved histories, and what the bot would have said and written at them.

A label is a JSON line with `pull`, `at` (ISO 8601) and `turn` (`author`, `reviewers` or `external`); what
else it holds is for its readers.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path

from bench.peers import AUTHOR, NOBODY, REVIEWERS
from mentorbot.config.calendar import DEFAULT_CALENDAR
from mentorbot.core.actions import Comment
from mentorbot.domain.project_people import PastOfPeople
from mentorbot.domain.timeline import PullRequestTimeline
from mentorbot.domain.turns import TurnSettings
from mentorbot.feature_api.simulated_repository import BOT
from mentorbot.features.stalled.config import Stalled
from mentorbot.features.stalled.labels.rules import projection_of
from mentorbot.features.stalled.nudges.candidate import candidate_of
from mentorbot.features.stalled.nudges.rules.nudge import nudge, rung_of
from mentorbot.features.stalled.simulation import morning_of, with_second_reviewer
from mentorbot.features.stalled.turn.facts import RepositoryFacts
from mentorbot.features.stalled.turn.rules.turn_decision import decide_turn
from mentorbot.github.archive import read

EXTERNAL = "external"
OVERALL = "overall"  # what all projects together are called beside their names
_A_YEAR = timedelta(days=366)
CONFIG = Stalled()

Pulls = Mapping[int, PullRequestTimeline]


@dataclass(frozen=True, slots=True)
class Moment:
    """A pull request as it stood at a labelled moment, and whose turn its readers said it was.

    `project` names the archive; `people` are those who did anything in it.
    """

    past: PullRequestTimeline
    at: datetime
    expected: str
    project: str = ""
    people: PastOfPeople = field(default_factory=lambda: PastOfPeople(()), repr=False, compare=False)

    @property
    def morning(self) -> datetime:
        """The first morning from then on, on which the bot looks for whom to nudge."""
        return morning_of(DEFAULT_CALENDAR, self.at)


@dataclass(frozen=True, slots=True)
class Answer:
    """Whose turn the bot says it is, why, and the side it would write to."""

    turn: str
    because: str
    nudges: frozenset[str] = NOBODY


def _name_of(archive: Path) -> str:
    """The name of a project: its archive's, without what says of what kind the file is."""
    return archive.name.partition(".")[0]


def labelled_moments(archive: Path, labels: Path) -> list[Moment]:
    """The labelled moments with what had happened by then. Raises ValueError for files that don't fit."""
    pulls = _pulls_of(archive)
    people = PastOfPeople(pulls.values())
    moments = [
        replace(_moment(label, pulls, f"{labels}, line {line}"), project=_name_of(archive), people=people)
        for line, label in _labels_of(labels)
    ]
    if not moments:
        raise ValueError(f"{labels} holds no labelled moment; expected one JSON object a line.")
    return moments


def labelled_projects(archives: Sequence[Path], labels: Sequence[Path]) -> Iterator[tuple[str, list[Moment]]]:
    """Each project's name and labelled moments. Raises ValueError for what can't be used."""
    if len(archives) != len(labels):
        raise ValueError(
            f"{len(archives)} archives and {len(labels)} files of labels don't pair up: "
            "write --labels FILE after each --archive FILE."
        )
    names = [_name_of(archive) for archive in archives]
    for name in names:
        if names.count(name) > 1 or name == OVERALL:
            raise ValueError(f"More than one thing would be called “{name}”: rename an archive.")
    for name, archive, label in zip(names, archives, labels, strict=True):
        yield name, labelled_moments(archive, label)


def repository_at(people: PastOfPeople, at: datetime) -> tuple[TurnSettings, RepositoryFacts]:
    """What the feature knows of a repository at a moment, with default config."""
    repository = RepositoryFacts(bot=BOT, now=at, calendar=DEFAULT_CALENDAR, people=people.until(at))
    return repository.turn_rules(CONFIG), repository


def answer_at(moment: Moment) -> Answer:
    """What the feature says at the moment, and whom it would write to in the first morning from then on.

    The feature's own functions decide, each moment for itself: as if the bot had come that day, with no
    earlier nudges, nobody away and room for all. Labelled moments are 14 days after the last act, authors
    hear after 14 days and reviewers after 7 business days, so that what is due at all is due at the moment.
    Whether a nudge is right is asked, not when it comes: authors whom reviewers had kept waiting hear as much
    later, and of what was quiet for 180 days nobody hears unasked; here it is as if that were over.
    Nudges are written at 06:00 UTC on business days: a moment after that, or at a weekend, is looked at on
    the next such morning, as if nothing else had happened till then.
    """
    rules, repository = repository_at(moment.people, moment.morning)
    decision = decide_turn(moment.past, (), CONFIG, rules=rules, now=moment.at)
    projection = projection_of(decision.timeline, decision.turn, CONFIG, bot=BOT, folded=None)
    candidate = candidate_of(decision, repository, rules=rules, projection=projection)
    due_now = replace(candidate.quiet_period, kept_waiting=timedelta(0), released_at=moment.morning)
    candidate = replace(candidate, quiet_period=due_now)
    rung = rung_of(candidate, CONFIG)
    if isinstance(rung, int):
        candidate = with_second_reviewer(candidate, rung)
    writes = any(isinstance(action, Comment) for action in nudge(candidate, CONFIG).actions)
    turn = decision.turn
    return Answer(turn.holder.value, turn.because, frozenset({turn.holder.value}) if writes else NOBODY)


def _pulls_of(archive: Path) -> Pulls:
    try:
        return {item.number: item for item in read(archive) if isinstance(item, PullRequestTimeline)}
    except (OSError, EOFError, zlib.error, UnicodeDecodeError) as error:
        raise ValueError(f"{archive} can't be read: {_reason(error)}.") from error


def _labels_of(labels: Path) -> Iterator[tuple[int, Mapping[str, object]]]:
    try:
        lines = labels.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise ValueError(f"{labels} can't be read: {_reason(error)}.") from error
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            label = json.loads(line)
            yield number, {key: label[key] for key in ("pull", "at", "turn")}
        except (ValueError, KeyError, TypeError, RecursionError) as error:
            raise ValueError(
                f"{labels}, line {number}: no labelled moment ({error!r}); expected "
                '{"pull": 7, "at": "2026-03-02T10:00:00+00:00", "turn": "author"}.'
            ) from error


def _moment(label: Mapping[str, object], pulls: Pulls, place: str) -> Moment:
    number, turn = label["pull"], label["turn"]
    pull = pulls.get(number) if isinstance(number, int) else None
    if pull is None:
        raise ValueError(f"{place} speaks of pull request {number}, which isn't in its archive.")
    try:
        at = datetime.fromisoformat(str(label["at"]))
        _ = at + _A_YEAR  # mornings after it are looked for
    except (ValueError, OverflowError) as error:
        raise ValueError(f"{place}: “{label['at']}” is no moment; write it in ISO 8601.") from error
    if at.tzinfo is None:
        raise ValueError(
            f"{place}: the moment {label['at']} lacks a time zone; write +00:00 after it for UTC."
        )
    if at < pull.opened_at:
        raise ValueError(
            f"{place}: pull request {number} was opened at {pull.opened_at.isoformat()}, after {label['at']}."
        )
    if turn not in (AUTHOR, REVIEWERS, EXTERNAL):  # of a list it could not be told whether a set has it
        raise ValueError(
            f"{place}: “{turn}” is no turn; write author, reviewers or external, and leave out the moments "
            "of which readers can't tell."
        )
    return Moment(pull.until(at), at, str(turn))


def _reason(error: Exception) -> str:
    return error.strerror if isinstance(error, OSError) and error.strerror else str(error)
