"""Who has a name in a project by what they did, at any moment of its past."""

from __future__ import annotations

from datetime import timedelta

from mentorbot.domain.project_people import PastOfPeople, ProjectPeople
from mentorbot.domain.timeline import ActKind
from tests.builders import NOW, a_person
from tests.domain.pasts import a_past, act

ADA, CAROL = a_person("ada"), a_person("carol")


def test_people_are_known_from_their_first_deed_on() -> None:
    past = a_past(
        act(ActKind.LABELED, "carol", label="bug", at=NOW + timedelta(days=1)),
        act(ActKind.MERGED, "carol", at=NOW + timedelta(days=3)),
    )
    people = PastOfPeople([past])
    assert people.until(NOW) == ProjectPeople()
    assert people.until(NOW + timedelta(days=2)) == ProjectPeople(trusted=frozenset({CAROL.id}))
    assert people.until(NOW + timedelta(days=4)) == ProjectPeople(
        merged=frozenset({ADA.id}), trusted=frozenset({CAROL.id})
    )


def test_what_authors_do_to_their_own_and_bots_to_all_makes_no_name() -> None:
    past = a_past(
        act(ActKind.LABELED, "ada", label="bug"),
        act(ActKind.CLOSED, "ada"),
        act(ActKind.LABELED, None, by=a_person("ci[bot]", is_bot=True), label="ci"),
        act(ActKind.COMMENTED, "carol", body="LGTM"),
    )
    assert PastOfPeople([past]).until(NOW + timedelta(days=9)) == ProjectPeople()
