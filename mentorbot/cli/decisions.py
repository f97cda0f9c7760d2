"""Commands about decisions: `sweep` has them made now, `replay` rehearses them, `explain` tells them."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from mentorbot.cli.output import AsJson, busy, run, say, say_json, text_of
from mentorbot.core.translator import english_plural
from mentorbot.feature_api.command_line import PROBLEMS_FOUND, CannotGoOn, checked_full_name

if TYPE_CHECKING:
    from mentorbot.core.journal import JournalEntry
    from mentorbot.engine.decide import Decision
    from mentorbot.engine.receive_delivery import Delivery
    from mentorbot.engine.sweep import Forecast
    from mentorbot.settings import Settings

_THREAD = re.compile(r"([\w.-]+/[\w.-]+)#(\d{1,9})")

_LINE = '{"headers": {"X-GitHub-Event": …, "X-GitHub-Delivery": …}, "payload": {…}}'

_PATIENCE = 600.0
"""Seconds for another process to finish what it has begun."""


def sweep(
    repository: Annotated[str, typer.Argument(metavar="[OWNER/REPO]", help="Only this one.")] = "",
    *,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only tell what would be done.")] = False,
    wait: Annotated[bool, typer.Option("--wait/--no-wait", help="End when everything is done.")] = True,
    as_json: AsJson = False,
) -> None:
    """Run what the schedule would run, now; tells each decision with its reason."""
    from mentorbot.cli.startup import shared_settings  # noqa: PLC0415

    full_name = checked_full_name(repository) if repository else None
    swept = run(_sweep(shared_settings(), full_name, dry_run=dry_run, wait=wait))
    decisions = swept.decisions
    _tell(decisions, as_json=as_json, only_told=dry_run)
    if not as_json:
        _tell_coming(swept.forecasts)
        for name in swept.in_shadow:
            say(f"{name} is in shadow mode: nothing of this is written there. Its page tells it.")
    if any(decision.plan.unknown for decision in decisions):
        raise typer.Exit(PROBLEMS_FOUND)


def explain(
    thread: Annotated[str, typer.Argument(metavar="OWNER/REPO#N", help="An issue or pull request.")],
    *,
    as_json: AsJson = False,
) -> None:
    """Tell what the bot did or didn't do in an issue or pull request, and why."""
    from mentorbot.cli.startup import shared_settings  # noqa: PLC0415

    named = _THREAD.fullmatch(thread)
    if named is None:
        raise CannotGoOn(f"{thread!r} is no issue or pull request: write OWNER/REPO#NUMBER.")
    found = run(_journal(shared_settings(needs_github=False), named[1], int(named[2])))
    if found is None:
        raise CannotGoOn(
            f"The bot has never worked in {named[1]}. Is it written rightly, and is the App installed there?"
        )
    entries, unknown = found
    if not entries and not unknown:
        raise CannotGoOn(
            f"The bot has not heard of {thread}. Is the number right? It hears of what happens since the App "
            "was installed."
        )
    if as_json:
        say_json([{**asdict(entry), "acted": entry.acted} for entry in entries])
        if unknown:
            raise typer.Exit(PROBLEMS_FOUND)
        return
    for entry in reversed(entries):
        what = f"{entry.feature} {entry.verb}: {entry.sentence}{_where_or_when(entry)}"
        say(f"{entry.at:%Y-%m-%d %H:%M}  {what}")
    if not entries:
        say(f"The bot has not heard of {thread}.")
    if unknown:
        say(f"What it does not know of {named[1]}: {unknown}")
        raise typer.Exit(PROBLEMS_FOUND)


def replay(
    file: Annotated[Path, typer.Argument(help='Lines of {"headers": {…}, "payload": {…}}.')],
    *,
    as_json: AsJson = False,
) -> None:
    """Feed recorded deliveries to the bot, and print what it would do instead of doing it."""
    from mentorbot.cli.startup import shared_settings  # noqa: PLC0415

    text = text_of(file)
    decisions = run(_replay(shared_settings(), text))
    _tell(decisions, as_json=as_json, only_told=True)


def _where_or_when(entry: JournalEntry) -> str:
    if entry.url:
        return f" ({entry.url})"
    return f" (tried again at {entry.next_try:%Y-%m-%d %H:%M})" if entry.next_try else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Swept:
    """What was decided, what a dry run expects of the coming days, and which repositories are in shadow."""

    decisions: Sequence[Decision]
    forecasts: Sequence[Forecast]
    in_shadow: Sequence[str]


def _tell_coming(forecasts: Sequence[Forecast]) -> None:
    for forecast in forecasts:
        say()
        say(f"{forecast.repository.full_name}  {forecast.feature}, on the coming days:")
        for sentence in forecast.sentences:
            say(f"  {sentence}")


async def _sweep(settings: Settings, repository: str | None, *, dry_run: bool, wait: bool) -> _Swept:
    from mentorbot.cli.startup import clock_of  # noqa: PLC0415
    from mentorbot.wiring import opened_bot  # noqa: PLC0415

    async with opened_bot(settings, clock=await clock_of(settings)) as bot:
        with busy("Looking at everything …"):
            decisions = await bot.engine.sweep(repository, dry_run=dry_run)
        if wait and not dry_run:
            with busy("Doing it …"):
                await bot.engine.work_until_done()
                await bot.engine.settled(within=_PATIENCE)
        return _Swept(
            decisions=decisions,
            forecasts=await bot.engine.forecast(repository) if dry_run else (),
            in_shadow=await bot.engine.in_shadow(repository),
        )


async def _journal(
    settings: Settings, full_name: str, number: int
) -> tuple[Sequence[JournalEntry], str] | None:
    from mentorbot.engine.completeness import unknown_in  # noqa: PLC0415
    from mentorbot.wiring import opened_store  # noqa: PLC0415

    async with opened_store(settings) as store:
        place = await store.repositories.named(full_name)
        if place is None:
            return None
        entries = await store.journal.about(place.repository.id, number, limit=500)
        return entries, await unknown_in(store, place.repository.id)


async def _replay(settings: Settings, text: str) -> Sequence[Decision]:
    from mentorbot.cli.startup import clock_of  # noqa: PLC0415
    from mentorbot.wiring import opened_bot  # noqa: PLC0415

    clock = await clock_of(settings)
    lines = [(number, line) for number, line in enumerate(text.splitlines(), 1) if line.strip()]
    deliveries = [_recorded(line, number, clock()) for number, line in lines]
    async with opened_bot(settings, clock=clock) as bot:
        with busy(
            english_plural("Replaying {count} delivery …", "Replaying {count} deliveries …", len(deliveries))
        ):
            return await bot.engine.replay(deliveries)


def _recorded(line: str, number: int, received_at: Any) -> Delivery:
    """One recorded delivery. Raises CannotGoOn naming the line."""
    from mentorbot.engine.receive_delivery import Delivery  # noqa: PLC0415
    from mentorbot.github.delivery_target import read_target  # noqa: PLC0415

    try:
        said = json.loads(line)
        headers = {str(name).lower(): str(value) for name, value in said["headers"].items()}
        payload = dict(said["payload"].items())
        event, id_ = headers["x-github-event"], headers["x-github-delivery"]
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise CannotGoOn(f"Line {number} is no recorded delivery: expected {_LINE}.") from error
    body = json.dumps(payload).encode()
    return Delivery(
        id=id_,
        event=event,
        body=body,
        target=read_target(body),
        received_at=received_at,
        headers=headers,
    )


def _tell(decided: Sequence[Decision], *, as_json: bool, only_told: bool) -> None:
    """Tell each decision; what turned out to be nobody's business is left out, as in the journal."""
    from mentorbot.cli.actions_in_words import in_words  # noqa: PLC0415

    decisions = [decision for decision in decided if decision.plan.concerns or decision.actions]
    if as_json:
        say_json([_as_plain(decision) for decision in decisions])
        return
    does = "would" if only_told else "is to"
    for decision in decisions:
        where = decision.repository.full_name + (f"#{decision.number}" if decision.number else "")
        if decision.plan.unknown:
            say(f"{where}  {decision.feature}: unknown. {_sentence(decision.plan.because)}")
            continue
        what = in_words(decision.actions)
        told = f"the bot {does} {what}" if what else "there is nothing to do"
        say(f"{where}  {decision.feature}: {told}. {_sentence(decision.plan.because)}")
    acting = sum(1 for decision in decisions if decision.actions)
    unknown = sum(1 for decision in decisions if decision.plan.unknown)
    said = english_plural("{count} decision", "{count} decisions", len(decisions) - unknown)
    said = f"{said}, {acting} with something to do"
    say(f"{said}; {unknown} could not be made." if unknown else f"{said}.")


def _sentence(text: str) -> str:
    """A reason as a sentence: with a capital in front, and an end."""
    return text[:1].upper() + text[1:] + ("" if text.endswith((".", "!", "?")) else ".")


def _as_plain(decision: Decision) -> dict[str, Any]:
    return {
        "repository": decision.repository.full_name,
        "number": decision.number,
        "feature": decision.feature,
        "because": decision.plan.because,
        "unknown": decision.plan.unknown,
        "shadow": decision.shadow,
        "actions": list(decision.actions),
    }
