"""`mentorbot forget`: what is remembered about a person is erased."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from mentorbot.cli.output import AsJson, Ask, is_confirmed, run, say, say_json
from mentorbot.feature_api.command_line import PROBLEMS_FOUND

if TYPE_CHECKING:
    from mentorbot.settings import Settings


def forget(
    login: Annotated[str, typer.Argument(help="Whom to forget.")],
    *,
    id_: Annotated[
        int | None,
        typer.Option("--id", min=1, help="Their number on GitHub, where the bot doesn't know the login."),
    ] = None,
    ask: Ask = None,
    as_json: AsJson = False,
) -> None:
    """Erase what is remembered about a person, in all repositories."""
    from mentorbot.cli.startup import shared_settings  # noqa: PLC0415

    settings = shared_settings(needs_github=False)
    if not is_confirmed(f"Erase everything that is remembered about {login}?", ask=ask):
        say("Nothing was erased.")
        raise typer.Exit(PROBLEMS_FOUND)
    login = login.removeprefix("@")
    erased = run(_forget(settings, login, id_))
    if erased is None:
        say(
            f"Nobody called {login} is known. If they go by another name here, or shall never be known, say "
            f"their number: --id N. {settings.github_api_url}/users/{login} tells it."
        )
        raise typer.Exit(PROBLEMS_FOUND)
    if as_json:
        say_json(erased)
    else:
        say(
            f"Erased: {', '.join(f'{count} {what}' for what, count in erased.items() if count) or 'nothing'}."
        )
        say(
            f"Nothing will be kept of {login} again, unless they give the bot a command. Where a project's "
            "`.github/mentorbot.yml` names them, its maintainers have to take them out, and what the bot "
            "wrote on GitHub stands there."
        )


async def _forget(settings: Settings, login: str, id_: int | None) -> dict[str, int] | None:
    from mentorbot.core.people import Person  # noqa: PLC0415
    from mentorbot.wiring import opened_store  # noqa: PLC0415

    async with opened_store(settings) as store:
        person = await store.people.named(login) if id_ is None else Person(id_, login)
        return None if person is None else await store.forgetting.forget(person)
