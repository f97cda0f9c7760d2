"""`mentorbot tidy`: what the bot put on a repository is taken back, before it goes."""

from __future__ import annotations

import asyncio
import sys
import time
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

import typer

from mentorbot.cli.output import AsJson, Ask, busy, is_wanted, run, say, say_json
from mentorbot.core.translator import english_plural
from mentorbot.feature_api.command_line import PROBLEMS_FOUND, CannotGoOn, checked_full_name

if TYPE_CHECKING:
    from mentorbot.core.actions import Action
    from mentorbot.db.repositories import InstalledRepository
    from mentorbot.db.tidying import TakingBack
    from mentorbot.engine.engine import Engine
    from mentorbot.engine.tidy import Found
    from mentorbot.settings import Settings

_LOOK_EVERY, _TELL_EVERY = 0.2, 30.0  # seconds
_UNDER_WAY = frozenset({"due", "doing"})
_NAMES = {
    "RemoveLabel": ("{count} label", "{count} labels"),
    "RemoveReviewRequest": ("{count} review request", "{count} review requests"),
    "CloseIssue": ("{count} open issue", "{count} open issues"),
}
_STAYS = """\
What stays: comments, reactions and checks, as people have read and answered them; and the labels in the
repository's own list, as others may use them by now.
The bot writes nothing more in {repository}, whatever its config file says now. To be done with it, uninstall
the App or delete .github/mentorbot.yml; to have it back, change that file or install the App anew."""


@dataclass(frozen=True, slots=True)
class _Outcome:
    """What became of all that was planned, and what is there still, as GitHub says."""

    planned: Sequence[TakingBack]
    there: Sequence[Found] = ()

    @property
    def done(self) -> Sequence[TakingBack]:
        return [one for one in self.planned if one.state == "done"]

    @property
    def waiting(self) -> Sequence[TakingBack]:
        return [one for one in self.planned if one.state in _UNDER_WAY]

    @property
    def left(self) -> Sequence[Found]:
        """What is somebody else's by now."""
        return [one for one in self.there if one.left is not None]

    @property
    def failed(self) -> Sequence[Found]:
        """What is ours and there still, though none of it waits."""
        return [one for one in self.there if one.left is None]

    def why(self, failed: Found) -> str:
        """Why something is there still."""
        known = {one.key: one.why for one in self.planned}
        return known.get(failed.key) or "nobody knows why"


def tidy(
    repository: Annotated[str, typer.Argument(metavar="OWNER/REPO", help="Where the bot is to go.")],
    *,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only tell what would be taken back.")] = False,
    wait: Annotated[bool, typer.Option("--wait/--no-wait", help="End when everything is done.")] = True,
    ask: Ask = None,
    as_json: AsJson = False,
) -> None:
    """Take back what the bot put on a repository: labels, review requests, open issues. Comments stay."""
    from mentorbot.cli.startup import shared_settings  # noqa: PLC0415

    full_name = checked_full_name(repository)
    settings = shared_settings()
    if dry_run:
        _tell_plan(full_name, run(_look(settings, full_name)), as_json=as_json)
        return
    question = f"Take back what the bot put on {full_name}, and have it write nothing there from now on?"
    if not is_wanted(question, ask=ask):
        say("Nothing was taken back.")
        raise typer.Exit(PROBLEMS_FOUND)
    try:
        outcome = run(_tidy(settings, full_name, wait=wait))
    except KeyboardInterrupt:
        say(
            "\nStopped. The running bot goes on with what is planned; run this again, and it goes on with "
            "everything that is left."
        )
        raise typer.Exit(PROBLEMS_FOUND) from None
    _tell_outcome(full_name, outcome, as_json=as_json)
    if outcome.failed:
        raise typer.Exit(PROBLEMS_FOUND)


async def _look(settings: Settings, full_name: str) -> Sequence[Found]:
    async with _there(settings, full_name) as (engine, workplace):
        with busy("Asking GitHub what is there still …"):
            return await engine.tidier.look(workplace)


async def _tidy(settings: Settings, full_name: str, *, wait: bool) -> _Outcome:
    """Plan it, and work beside the running bot until it is done; then look once more, and ask GitHub.

    What another worker had just begun when we fell silent here is found by that second look.
    """
    async with _there(settings, full_name) as (engine, workplace):
        tidier = engine.tidier
        keys = list(await tidier.begin(workplace))
        planned = await tidier.outcome(workplace, keys)
        await engine.parked.retry([f"effect-{one.id}" for one in planned if one.state == "parked"])
        if not wait:
            return _Outcome(await tidier.outcome(workplace, keys))
        async with engine.working():
            while True:
                ended = await _finished(engine, workplace, keys)
                late = await tidier.begin(workplace, but=keys)
                if not late:
                    break
                keys += late
        return _Outcome(ended, there=await tidier.look(workplace))


async def _finished(
    engine: Engine, workplace: InstalledRepository, keys: Sequence[str]
) -> Sequence[TakingBack]:
    """What became of these once none is under way any more; tells from time to time how far it is."""
    told = time.monotonic()
    while True:
        ended = await engine.tidier.outcome(workplace, keys)
        waiting = sum(one.state in _UNDER_WAY for one in ended)
        if not waiting:
            return ended
        if time.monotonic() - told >= _TELL_EVERY:
            told = time.monotonic()
            sys.stderr.write(f"{len(ended) - waiting} of {len(ended)} are done; at most 50 a minute are.\n")
        await asyncio.sleep(_LOOK_EVERY)


@asynccontextmanager
async def _there(settings: Settings, full_name: str) -> AsyncIterator[tuple[Engine, InstalledRepository]]:
    """The engine and the repository. Raises CannotGoOn where nothing can be taken back there."""
    from mentorbot.cli.startup import clock_of  # noqa: PLC0415
    from mentorbot.core.errors import AccessLost, GitHubUnavailable, Impossible  # noqa: PLC0415
    from mentorbot.wiring import opened_bot  # noqa: PLC0415

    async with opened_bot(settings, clock=await clock_of(settings)) as bot:
        workplace = await bot.engine.workplace(full_name)
        if workplace is None:
            raise CannotGoOn(f"The App has never worked in {full_name}: there is nothing to take back.")
        if not workplace.active:
            raise CannotGoOn(_gone(full_name))
        if workplace.repository.archived:
            raise CannotGoOn(
                f"{full_name} is archived, and nothing can be written to it: unarchive it, tidy, archive it."
            )
        try:
            yield bot.engine, workplace
        except AccessLost as lost:
            raise CannotGoOn(_gone(full_name)) from lost
        except (GitHubUnavailable, Impossible) as error:
            say(f"GitHub does not answer ({error.why}). Run this again later: it goes on where it was.")
            raise typer.Exit(PROBLEMS_FOUND) from error


def _gone(full_name: str) -> str:
    return (
        f"The App may not work in {full_name} any more (uninstalled or suspended), so it can take nothing "
        "back there: install it once more, tidy, and uninstall it then; or take its labels off by hand."
    )


def _tell_plan(full_name: str, found: Sequence[Found], *, as_json: bool) -> None:
    if as_json:
        say_json([{"action": one.action, "left_because": one.left} for one in found])
        return
    for one in found:
        if one.left is None:
            say(f"{full_name}#{one.action.number}  would {_told(one.action)}")
        else:
            say(f"{full_name}#{one.action.number}  would not {_told(one.action)}: {one.left}")
    would = Counter(type(one.action).__name__ for one in found if one.left is None)
    say(f"Would take back {_counted(would)}; nothing was done.")


def _tell_outcome(full_name: str, outcome: _Outcome, *, as_json: bool) -> None:
    if as_json:
        say_json({"planned": outcome.planned, "left": outcome.left, "failed": outcome.failed})
        return
    for one in outcome.left:
        say(f"{full_name}#{one.action.number}  did not {_told(one.action)}: {one.left}")
    for one in outcome.failed:
        say(f"{full_name}#{one.action.number}  could not {_told(one.action)}: {outcome.why(one)}")
    if outcome.waiting:
        count = english_plural("{count} thing is", "{count} things are", len(outcome.waiting))
        say(f"Planned: {count} taken back by the running bot, at most 50 a minute and 400 an hour.")
    say(f"Took back {_counted(Counter(one.kind for one in outcome.done))}.")
    if outcome.failed:
        say("For what could not be: `mentorbot doctor` says what the App may not do; then run this again.")
    say(_STAYS.format(repository=full_name))


def _counted(kinds: Counter[str]) -> str:
    told = [english_plural(*_NAMES[kind], kinds[kind]) for kind in _NAMES if kinds[kind]]
    return ", ".join(told) or "nothing"


def _told(action: Action) -> str:
    """What is done, in words: "take off the label “awaiting review”"."""
    label = getattr(action, "label", None)
    if label is not None:
        return f"take off the label “{label}”"
    reviewer, team = getattr(action, "reviewer", None), getattr(action, "team", None)
    if reviewer is not None or team is not None:
        return f"stop asking {f'@{reviewer.login}' if reviewer is not None else team} for a review"
    return "close this issue"
