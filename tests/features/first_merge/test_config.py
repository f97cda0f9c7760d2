from __future__ import annotations

import pytest
from pydantic import ValidationError

from mentorbot.config.configuration import Source, read_configuration
from mentorbot.features.first_merge import FEATURE
from mentorbot.features.first_merge.config import FirstMerge


def read(text: str) -> FirstMerge:
    source = Source(origin="repository", full_name="acme/rockets", path=".github/mentorbot.yml", text=text)
    found = read_configuration([source], sections={"first_merge": FirstMerge}, last_good={})
    assert found.problems == ()
    section = found.section("first_merge")
    assert isinstance(section, FirstMerge)
    return section


def test_the_example_on_the_card_is_read_without_a_problem() -> None:
    section = read(FEATURE.example)
    assert section.message.is_built_in
    assert section.milestones == (5, 10, 25, 100)


def test_without_milestones_only_the_first_is_celebrated() -> None:
    assert read("first_merge: {}\n").milestones == ()


@pytest.mark.parametrize("milestone", [1, 0, -5])
def test_the_first_merge_is_no_milestone(milestone: int) -> None:
    with pytest.raises(ValidationError):
        FirstMerge.model_validate({"milestones": [milestone]})


def test_every_setting_is_described() -> None:
    assert all("description" in about for about in FirstMerge.model_json_schema()["properties"].values())
