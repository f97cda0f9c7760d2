"""Whom somebody means in a command: `@ada`."""

from __future__ import annotations

import re
from collections.abc import Sequence

from mentorbot.core.markdown import code
from mentorbot.core.people import LOGIN, Person
from mentorbot.core.plan import Refusal
from mentorbot.core.translator import say
from mentorbot.feature_api.command_spelling import command_prefix
from mentorbot.feature_api.ports import Ports

_LOGIN = re.compile(rf"@?({LOGIN})(?:\[bot\])?[.,;:!?]*")


async def person_named(words: Sequence[str], ports: Ports, *, usage: str) -> Person:
    """The person the first word names. Raises Refusal where there is none, or nobody of that name.

    `usage` is the command as it should be, without what commands start with.
    """
    example = code(command_prefix(ports.configuration) + usage)
    if not words:
        raise Refusal(say("Who do you mean? Write {example}.", example=example))
    found = _LOGIN.fullmatch(words[0])
    if found is None:
        wrong = code(words[0], limit=60)
        raise Refusal(say("{name} is not a GitHub name. Write {example}.", name=wrong, example=example))
    login = found[1]
    person = await ports.people.named(login) or await ports.github.account(login)
    if person is None:
        raise Refusal(
            say(
                "I can't find {name} on GitHub. Please check the spelling.",
                name=code(login),
            )
        )
    return person
