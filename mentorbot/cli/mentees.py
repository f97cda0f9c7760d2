"""The command that tells a mentor, or whoever helps them, how their mentees are doing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from mentorbot.cli.output import PROBLEMS_FOUND, busy, run, say, say_json

if TYPE_CHECKING:
    from mentorbot.features.mentoring.mentees.facts import MenteeProgress
    from mentorbot.settings import Settings


def add_to(app: typer.Typer) -> None:
    """Put this command into the program."""
    app.command()(mentees)


def mentees(
    login: Annotated[str, typer.Argument(help="Whose mentees.")],
    *,
    as_json: Annotated[bool, typer.Option("--json", help="For scripts.")] = False,
) -> None:
    """Tell how somebody's mentees are doing, in all repositories; who needs them most comes first."""
    from mentorbot.cli.startup import shared_settings  # noqa: PLC0415

    found = run(_mentees(shared_settings(), login.removeprefix("@")))
    if found is None:
        say(f"Nobody called {login} is known.")
        raise typer.Exit(PROBLEMS_FOUND)
    if as_json:
        say_json([_plain(full_name, one) for full_name, one in found])
        return
    for full_name, one in found:
        pair = one.pair
        seen = f"last seen {one.last_act:%Y-%m-%d}" if one.last_act else "not seen yet"
        area = f" ({pair.area})" if pair.area else ""
        say(f"{full_name}  {pair.mentee.login}{area}: {pair.state}, {seen}, needs: {one.need}")
        for pull in one.pulls:
            say(f"    #{pull.number} {pull.title}: move of the {pull.turn} since {pull.since:%Y-%m-%d}")
    if not found:
        say(f"{login} has no mentees at the moment.")


async def _mentees(settings: Settings, login: str) -> list[tuple[str, MenteeProgress]] | None:
    from mentorbot.cli.startup import clock_of  # noqa: PLC0415
    from mentorbot.engine.configuration import Configurations  # noqa: PLC0415
    from mentorbot.engine.ports import PortsFactory  # noqa: PLC0415
    from mentorbot.features.mentoring.config import Mentoring  # noqa: PLC0415
    from mentorbot.features.mentoring.mentees.facts import progress_of  # noqa: PLC0415
    from mentorbot.features.mentoring.roster.facts import roster_of  # noqa: PLC0415
    from mentorbot.wiring import opened_bot  # noqa: PLC0415

    clock = await clock_of(settings)
    found: list[tuple[str, MenteeProgress]] = []
    async with opened_bot(settings, clock=clock) as bot:
        mentor = await bot.store.people.named(login)
        if mentor is None:
            return None
        parts: dict[str, Any] = {"store": bot.store, "app": bot.app, "handbook": bot.catalog, "clock": clock}
        ports_factory, configurations = PortsFactory(**parts, public_url=""), Configurations(**parts)
        with busy("Looking at everything …"):
            for place in await bot.store.repositories.active():
                configuration = await configurations.of(place.repository, place.installation_id)
                section = configuration.section("mentoring") if configuration.is_on("mentoring") else None
                if not isinstance(section, Mentoring):
                    continue
                ports = await ports_factory.ports(
                    "mentoring",
                    repository=place.repository,
                    installation_id=place.installation_id,
                    configuration=configuration,
                )
                roster = await roster_of(section, ports, await ports.people.expertise())
                progress = await progress_of(roster.mentees_of(mentor), roster, section, ports)
                found += [(place.repository.full_name, one) for one in progress]
    return sorted(found, key=lambda one: one[1].urgency)


def _plain(full_name: str, one: MenteeProgress) -> dict[str, Any]:
    from mentorbot.features.mentoring.milestones.reached import next_milestone, reached  # noqa: PLC0415

    return {
        "repository": full_name,
        "mentee": one.pair.mentee.login,
        "area": one.pair.area or None,
        "state": one.pair.state,
        "since": one.pair.since,
        "thread": one.pair.thread,
        "last_seen": one.last_act,
        "needs": one.need,
        "milestones": list(reached(one.counts)),
        "next_milestone": next_milestone(one.counts) or None,
        "pull_requests": [
            {
                "number": pull.number,
                "title": pull.title,
                "url": pull.url,
                "turn": pull.turn,
                "since": pull.since,
                "waits_for_mentor": pull.waits_for_mentor,
            }
            for pull in one.pulls
        ],
    }
