"""`mentorbot mentees`: tells a mentor, or whoever helps them, how their mentees are doing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any

import typer

from mentorbot.feature_api.command_line import PROBLEMS_FOUND, CommandLine, InstalledRepositories
from mentorbot.features.mentoring.config import Mentoring
from mentorbot.features.mentoring.mentees.facts import MenteeProgress, progress_of
from mentorbot.features.mentoring.mentees.need import Need
from mentorbot.features.mentoring.milestones.reached import next_milestone, reached
from mentorbot.features.mentoring.roster.facts import roster_of

_NEEDS = {
    Need.REVIEW: "needs: review waiting",
    Need.STUCK: "needs: stuck, find a reviewer",
    Need.QUIET: "needs: quiet, ask how it goes",
    Need.HELLO: "needs: new, say hello",
    Need.NOTHING: "needs nothing",
}


def add_commands(app: typer.Typer, command_line: CommandLine) -> None:
    app.command()(MenteesCommand(command_line).mentees)


@dataclass(frozen=True, slots=True)
class MenteesCommand:
    line: CommandLine

    def mentees(
        self,
        login: Annotated[str, typer.Argument(help="Whose mentees.")],
        *,
        as_json: Annotated[bool, typer.Option("--json", help="For scripts.")] = False,
    ) -> None:
        """Tell how somebody's mentees are doing, in all repositories; who needs them most comes first."""
        found = self.line.run(lambda repositories: self._mentees(repositories, login.removeprefix("@")))
        if found is None:
            self.line.say(f"Nobody called {login} is known.")
            raise typer.Exit(PROBLEMS_FOUND)
        if as_json:
            self.line.say_json([_plain(full_name, one) for full_name, one in found])
            return
        for full_name, one in found:
            pair = one.pair
            seen = f"last seen {one.last_act:%Y-%m-%d}" if one.last_act else "not seen yet"
            area = f" ({pair.area})" if pair.area else ""
            self.line.say(f"{full_name}  {pair.mentee.login}{area}: {pair.state}, {seen}, {_NEEDS[one.need]}")
            for pull in one.pulls:
                self.line.say(
                    f"    #{pull.number} {pull.title}: move of the {pull.turn} since {pull.since:%Y-%m-%d}"
                )
        if not found:
            self.line.say(f"{login} has no mentees at the moment.")

    async def _mentees(
        self, repositories: InstalledRepositories, login: str
    ) -> list[tuple[str, MenteeProgress]] | None:
        mentor = await repositories.person(login)
        if mentor is None:
            return None
        found: list[tuple[str, MenteeProgress]] = []
        with self.line.busy("Looking at everything …"):
            async for ports in repositories.everywhere():
                section = ports.configuration.section("mentoring")
                if not isinstance(section, Mentoring):
                    continue
                roster = await roster_of(section, ports, await ports.people.expertise())
                progress = await progress_of(roster.mentees_of(mentor), roster, section, ports)
                found += [(ports.repository.full_name, one) for one in progress]
        return sorted(found, key=lambda one: one[1].urgency)


def _plain(full_name: str, one: MenteeProgress) -> dict[str, Any]:
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
