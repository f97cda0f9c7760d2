"""Whom somebody means in a command: `@ada`."""

from __future__ import annotations

import re
from collections.abc import Sequence

from mentorbot.core.markdown import code
from mentorbot.core.people import LOGIN, Person
from mentorbot.core.plan import Refusal
from mentorbot.feature_api.command_spelling import command_prefix
from mentorbot.feature_api.ports import Ports

_LOGIN = re.compile(rf"@?({LOGIN})(?:\[bot\])?[.,;:!?]*")


async def person_named(words: Sequence[str], ports: Ports, *, usage: str) -> Person:
    """The person the first word names. Raises Refusal where there is none, or nobody of that name.

    `usage` is the command as it should be, without what commands start with.
    """
    example = code(command_prefix(ports.configuration) + usage)
    if not words:
        raise Refusal(f"Whom do you mean? Write {example}.")
    found = _LOGIN.fullmatch(words[0])
    if found is None:
        raise Refusal(f"{code(words[0], limit=60)} is no name of somebody on GitHub. Write {example}.")
    login = found[1]
    person = await ports.people.named(login) or await ports.github.account(login)
    if person is None:
        raise Refusal(f"I can't find anybody called {code(login)} on GitHub.")
    return person
