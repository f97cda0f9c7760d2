"""Asks GitHub who is away: people say so in their status, with the box "Busy".

https://docs.github.com/en/graphql/reference/objects#userstatus
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from mentorbot.core.people import Person
from mentorbot.github.client import Client
from mentorbot.github.json_reader import JsonReader
from mentorbot.github.replies import expecting

AT_ONCE = 100


async def away(client: Client, people: Collection[Person]) -> frozenset[Person]:
    """Those of these people who are busy now; a hundred a question, none for nobody. Bots never are."""
    # Sorted, so that the same question is asked the same way.
    humans = sorted({person for person in people if not person.is_bot}, key=lambda person: person.id)
    found: set[Person] = set()
    for start in range(0, len(humans), AT_ONCE):
        some = humans[start : start + AT_ONCE]
        logins = {f"login{place}": person.login for place, person in enumerate(some)}
        data = await client.ask(statuses_of(len(some)), **logins)
        with expecting():
            found.update(_busy(some, JsonReader(data, "data")))
    return frozenset(found)


def statuses_of(number: int) -> str:
    """The document that asks for the status of so many people."""
    places = range(number)
    variables = ", ".join(f"$login{place}: String!" for place in places)
    questions = "\n".join(f"  p{place}: user(login: $login{place}) {{ ...status }}" for place in places)
    return f"""
query Statuses({variables}) {{
{questions}
}}
fragment status on User {{ databaseId status {{ indicatesLimitedAvailability }} }}
"""


def _busy(people: Sequence[Person], data: JsonReader) -> Iterator[Person]:
    for place, person in enumerate(people):
        user = data.maybe(f"p{place}")
        # A login may be somebody else's by now: then nothing is known of the person we mean.
        if user is None or user.number("databaseId", 0) != person.id:
            continue
        status = user.maybe("status")  # one that has run out is not shown any more
        if status is not None and status.flag("indicatesLimitedAvailability"):
            yield person
