"""Where commands get a project from: GitHub with a person's own token, or a saved history.

What was read is handed back also where the reading ended before its end, with the sentence that says why.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from mentorbot.cli.output import say_aside
from mentorbot.cli.own_token import OwnToken, own_token
from mentorbot.cli.reading_errors import Ending, ending_of
from mentorbot.feature_api.command_line import CannotGoOn, checked_full_name
from mentorbot.settings import OwnTokenSettings, UnusableSettings, cache_folder, own_token_settings

if TYPE_CHECKING:
    from mentorbot.feature_api.survey import ProjectPast, Survey
    from mentorbot.github.questions import Questions, ReadingListener
    from mentorbot.github.survey_reader import TurnOf
    from mentorbot.github.token_access import TokenAccess

T = TypeVar("T", "Survey", "ProjectPast")
R = TypeVar("R")

INTERRUPTED = "It was interrupted: the same command goes on from here, and asks nothing twice."


@dataclass(frozen=True, slots=True)
class ReadProject(Generic[T]):
    """What was read. `problem` says why it is not all, and `exit_code` what a script is told of that."""

    found: T
    problem: str = ""
    exit_code: int = 0


def read_survey(
    repository: str,
    *,
    token: str | None = None,
    fresh: bool = False,
    turn_of: TurnOf | None = None,
) -> ReadProject[Survey]:
    """All open work of a repository, with progress on standard error.

    Raises CannotGoOn where nothing can be read at all, and `NothingRead` where nothing was this time.
    """
    from mentorbot.github.survey_reader import SurveyReading, usual_turn  # noqa: PLC0415 - takes its time

    def begin(questions: Questions) -> Started[Survey]:
        reading = SurveyReading(questions, turn_of=turn_of or usual_turn)
        return reading.read, lambda why: reading.survey(incomplete=why)

    return _read(repository, "look", begin, token=token, fresh=fresh)


def read_past(
    repository: str, *, since: datetime, token: str | None = None, fresh: bool = False
) -> ReadProject[ProjectPast]:
    """A repository's past since then; the rest is as with `read_survey`."""
    from mentorbot.github.past_reader import PastReading  # noqa: PLC0415 - takes its time

    def begin(questions: Questions) -> Started[ProjectPast]:
        reading = PastReading(questions, since=since)
        return reading.read, lambda why: reading.past(incomplete=why)

    return _read(repository, "past", begin, token=token, fresh=fresh)


def archived_survey(archive: Path, *, turn_of: TurnOf | None = None) -> ReadProject[Survey]:
    """What was open when a history was saved. Raises CannotGoOn where the file can't be read."""
    from mentorbot.github import archived_project  # noqa: PLC0415 - takes its time
    from mentorbot.github.survey_reader import usual_turn  # noqa: PLC0415

    return ReadProject(
        _from_file(archive, lambda: archived_project.read_survey(archive, turn_of=turn_of or usual_turn))
    )


def archived_past(archive: Path) -> ReadProject[ProjectPast]:
    """A saved history. Raises CannotGoOn where the file can't be read."""
    from mentorbot.github import archived_project  # noqa: PLC0415 - takes its time

    return ReadProject(_from_file(archive, lambda: archived_project.read_past(archive)))


def with_config(read: ReadProject[T], file: Path | None) -> ReadProject[T]:
    """The same with another mentorbot.yml in place of the repository's. Raises CannotGoOn."""
    if file is None:
        return read
    from mentorbot.cli.output import text_of  # noqa: PLC0415
    from mentorbot.config.file import Source  # noqa: PLC0415

    source = Source("repository", read.found.repository, str(file), text_of(file))
    return replace(read, found=replace(read.found, config=(source,)))


class NothingRead(Exception):  # noqa: N818 - says what is the case, as callers read it
    """GitHub told nothing this time, through no fault of who asked: exit code 1. The text names the cure."""


Started = tuple[Callable[[str], Coroutine[Any, Any, None]], Callable[[str], "T | None"]]
"""What reads a repository, and what tells as much of it as there is, with the reason why that is not all."""

Begin = Callable[["Questions"], "Started[T]"]


def _read(
    repository: str, purpose: str, begin: Begin[T], *, token: str | None, fresh: bool
) -> ReadProject[T]:
    from mentorbot.observability.logs import set_up_logging  # noqa: PLC0415 - takes its time

    full_name = checked_full_name(repository)
    settings = _settings()
    set_up_logging(level="WARNING", shape="text", report_crash=None)
    found = own_token(token, settings)
    with asyncio.Runner() as runner:
        return runner.run(_asked(full_name, purpose, begin, settings=settings, token=found, fresh=fresh))


async def _asked(
    full_name: str,
    purpose: str,
    begin: Begin[T],
    *,
    settings: OwnTokenSettings,
    token: OwnToken,
    fresh: bool,
) -> ReadProject[T]:
    from mentorbot.cli.reading_progress import ReadingProgress  # noqa: PLC0415
    from mentorbot.github.client import ApiUrls  # noqa: PLC0415
    from mentorbot.github.token_access import opened_access  # noqa: PLC0415

    urls = ApiUrls(rest=settings.github_api_url, graphql=settings.graphql_url)
    async with opened_access(token.value, urls, clock=_now) as access:
        with ReadingProgress() as listener:
            questions = _questions(
                access, listener, full_name, purpose, settings=settings, token=token, fresh=fresh
            )
            read, told = begin(questions)
            ending = await _ended(
                read(full_name), access, questions, full_name, settings=settings, token=token
            )
        found = told(ending.why)
        if found is None:
            if ending.is_usage:
                raise CannotGoOn(ending.why)
            raise NothingRead(ending.why or "There is nothing to be read.")
        return ReadProject(found, ending.why, ending.exit_code)


def _questions(
    access: TokenAccess,
    listener: ReadingListener,
    full_name: str,
    purpose: str,
    *,
    settings: OwnTokenSettings,
    token: OwnToken,
    fresh: bool,
) -> Questions:
    from mentorbot.github.answer_cache import AnswerCache, CacheUnusable, WhoseAnswers  # noqa: PLC0415
    from mentorbot.github.questions import Questions  # noqa: PLC0415
    from mentorbot.github.survey_queries import DOCUMENTS  # noqa: PLC0415

    whose = WhoseAnswers(
        token=token.value,
        api_url=settings.github_api_url,
        repository=full_name,
        purpose=purpose,
        documents="\n".join(DOCUMENTS.values()),
    )
    try:
        kept = AnswerCache.opened(cache_folder(), whose, clock=_now, fresh=fresh)
    except CacheUnusable as unusable:
        say_aside(str(unusable))
        kept = AnswerCache(clock=_now)
    return Questions(access.client, kept, access.count, clock=_now, pause=access.pause, listener=listener)


async def _ended(
    reading: Coroutine[Any, Any, None],
    access: TokenAccess,
    questions: Questions,
    full_name: str,
    *,
    settings: OwnTokenSettings,
    token: OwnToken,
) -> Ending:
    """How it ended. Ctrl-C, which cancels it, ends it like a limit: what there is is kept and told."""
    from mentorbot.github.project_listings import RepositoryNotFound  # noqa: PLC0415

    task = asyncio.current_task()
    try:
        try:
            await reading
        except RepositoryNotFound:
            await access.why_not_shown(full_name)
    except asyncio.CancelledError:
        if task is not None:
            task.uncancel()
        return Ending(INTERRUPTED)
    except Exception as error:
        ending = ending_of(
            error, full_name, settings=settings, token=token, is_first=questions.first_at is None
        )
        if ending is None:
            raise
        return ending
    return Ending()


def _settings() -> OwnTokenSettings:
    try:
        return own_token_settings()
    except UnusableSettings as unusable:
        raise CannotGoOn(str(unusable)) from unusable


def _from_file(path: Path, read: Callable[[], R]) -> R:
    try:
        return read()
    except OSError as error:
        raise CannotGoOn(f"Cannot read {path}: {error.strerror or error}.") from error
    except ValueError as error:
        raise CannotGoOn(str(error)) from error


def _now() -> datetime:
    return datetime.now(UTC)
