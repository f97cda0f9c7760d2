"""Whom the config names as mentors is known by number from the first reading on."""

from __future__ import annotations

from collections.abc import Mapping

from mentorbot.core.people import Person
from mentorbot.core.plan import Plan, leave_alone, plan
from mentorbot.core.translator import say, say_plural
from mentorbot.feature_api.records import remember
from mentorbot.features.mentoring.config import Mentoring
from mentorbot.features.mentoring.records import ListedMentor


def remember_listed(people: Mapping[str, Person], _config: Mentoring) -> Plan:
    """Logins change and people stay: whom the config means is remembered when it is read first."""
    if not people:
        return leave_alone(say("nobody new is named as a mentor"))
    listed = (
        remember(ListedMentor(id=person.id, login=person.login), key=login, whose=person.id)
        for login, person in people.items()
    )
    return plan(
        *listed,
        because=say_plural(
            "one of those named as mentors is known by number now",
            "{count} of those named as mentors are known by number now",
            len(people),
        ),
    )
