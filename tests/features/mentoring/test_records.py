"""What mentoring has stored is read for good, and written in the same shape."""

from __future__ import annotations

import json
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest

from mentorbot.feature_api.records import Record, remember, typed
from mentorbot.features.mentoring import records
from mentorbot.features.mentoring.pairs.pair import pairs_in
from mentorbot.features.mentoring.records import BondRecord, PairRecord
from tests.builders import a_person

# Written by the version before records had classes of their own.
STORED = json.loads((Path(__file__).parent / "stored_records.json").read_text(encoding="utf-8"))
KINDS: dict[str, type[Any]] = {
    kind.KIND: kind for kind in vars(records).values() if isinstance(kind, type) and hasattr(kind, "KIND")
}


def test_there_is_a_sample_of_every_kind() -> None:
    assert {one["kind"] for one in STORED} == set(KINDS)


@pytest.mark.parametrize("stored", [pytest.param(one, id=f"{one['kind']} {one['key']}") for one in STORED])
def test_what_is_stored_is_read_and_would_be_written_again_as_it_is(stored: dict[str, Any]) -> None:
    kind = KINDS[stored["kind"]]
    found = typed(Record(stored["kind"], stored["key"], stored["value"], 3), kind)
    assert isinstance(found.value, kind)
    assert remember(found.value, key=stored["key"]).value == stored["value"]


def test_every_field_has_been_tried_with_a_value() -> None:
    untried = {f"{name}.{field.name}" for name, kind in KINDS.items() for field in fields(kind)} - {
        f"{one['kind']}.{field.name}"
        for one in STORED
        for field in fields(KINDS[one["kind"]])
        if getattr(typed(Record("", "", one["value"], 1), KINDS[one["kind"]]).value, field.name)
    }
    assert untried == set()


def test_a_pair_is_read_from_its_two_records_with_the_names_people_have_now() -> None:
    key = f"{a_person('ada').id}/docs"
    wish, bond = (
        next(one for one in STORED if one["kind"] == kind and one["key"] == key) for kind in ("pair", "bond")
    )
    stored_wish = typed(Record("pair", key, wish["value"], 3), PairRecord)
    stored_bond = typed(Record("bond", key, bond["value"], 1), BondRecord)
    (pair,) = pairs_in([stored_wish], [stored_bond], {a_person("grace").id: a_person("grace")})
    assert (pair.mentee, pair.mentor, pair.area, pair.version) == (
        a_person("ada"),
        a_person("grace"),
        "docs",
        3,
    )
    again, again_bond = pair.remembered()
    assert again == remember(stored_wish.value, key=key, expected=3, whose=a_person("ada").id)
    assert again_bond == remember(
        stored_bond.value, key=key, whose=a_person("ada").id, about=(a_person("grace").id,)
    )
