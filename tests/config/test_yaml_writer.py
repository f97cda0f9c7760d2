from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mentorbot.config.configuration import Source, read_configuration
from mentorbot.config.yaml_reader import read_yaml
from mentorbot.config.yaml_writer import as_yaml
from mentorbot.features import load_catalog
from mentorbot.features.help.messages import settings


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (True, "true"),
        (3, "3"),
        ("14 days", "14 days"),
        (["Saturday", "Sunday"], "[Saturday, Sunday]"),
        ([None, False, "no"], "[null, false, no]"),
        ([{"paths": ["Lib/*"], "capacity": 2}], "[{paths: [Lib/*], capacity: 2}]"),
        (["awaiting review " * 20], "[" + ("awaiting review " * 20).join("''") + "]"),
    ],
)
def test_values_are_told_as_one_would_write_them(value: Any, written: str) -> None:
    assert as_yaml(value) == written


_VALUES = st.recursive(
    st.booleans() | st.integers(-9, 99) | st.sampled_from(["on hold", "yes", "1", "a: b", "#7", "é"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from("abc"), inner, max_size=3),
)


@given(st.lists(_VALUES, max_size=4))
def test_what_is_told_says_the_same_when_it_is_pasted_into_a_config(value: Any) -> None:
    assert read_yaml(f"a: {as_yaml(value)}\n").values == {"a": value}


def test_neither_config_nor_the_reference_speaks_python_or_json() -> None:
    catalog = load_catalog()
    text = (
        "calendar: {freeze: [{from: 2026-01-01, to: 2026-01-02}]}\nmentoring: {areas: {a: {paths: ['x*']}}}\n"
    )
    text += "".join(f"{name}:\n" for name in catalog.sections() if name not in {"calendar", "mentoring"})
    found = read_configuration(
        [Source("repository", "", "x", text)], sections=catalog.sections(), last_good={}
    )
    told = [settings(found), catalog.config_reference()]
    for words in (line for text in told for line in text.splitlines() if line.startswith("|")):
        for foreign in ("None", "True", "False", "timedelta", '["', '{"', "()", "datetime"):
            assert foreign not in words, foreign
