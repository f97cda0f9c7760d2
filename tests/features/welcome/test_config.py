from __future__ import annotations

import pytest
from pydantic import ValidationError

from mentorbot.config.configuration import Source, read_configuration
from mentorbot.features.welcome import FEATURE
from mentorbot.features.welcome.config import Welcome


def read(text: str) -> Welcome:
    source = Source(origin="repository", full_name="acme/rockets", path=".github/mentorbot.yml", text=text)
    found = read_configuration([source], sections={"welcome": Welcome}, last_good={})
    assert found.problems == ()
    section = found.section("welcome")
    assert isinstance(section, Welcome)
    return section


def test_naming_the_section_switches_both_greetings_on() -> None:
    section = read("welcome: {}\n")
    assert section.greets_on(pull_request=True)
    assert section.greets_on(pull_request=False)
    assert section.back_after is None


@pytest.mark.parametrize("off", ["off", "no", "false", "Off"])
def test_a_greeting_can_be_switched_off(off: str) -> None:
    section = read(f"welcome:\n  issue: {off}\n")
    assert not section.greets_on(pull_request=False)
    assert section.greets_on(pull_request=True)


def test_the_example_on_the_card_is_read_without_a_problem() -> None:
    section = read(FEATURE.example)
    assert str(section.back_after) == "1 year"
    assert section.text_for(pull_request=True, back=False).names == ("author", "repo", "eta")
    assert section.text_for(pull_request=False, back=False).is_built_in


def test_a_text_may_only_use_what_is_offered() -> None:
    with pytest.raises(ValidationError, match="did you mean `\\$\\{author\\}`"):
        Welcome.model_validate({"issue": "Hi @${auther}"})


def test_every_setting_is_described() -> None:
    assert all("description" in about for about in Welcome.model_json_schema()["properties"].values())
