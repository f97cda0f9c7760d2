"""What sections offer to newcomers, each by itself, and what comes of all of them."""

from __future__ import annotations

from collections.abc import Collection

import pytest

from mentorbot.config.configuration import Configuration
from mentorbot.config.section import Section
from mentorbot.feature_api.feature_catalog import FeatureCatalog
from mentorbot.feature_api.guidance import Guidance, OffersGuidance, guidance
from mentorbot.features import load

CATALOG = FeatureCatalog(load())
OFFERING = [
    (name, section)
    for name, kind in CATALOG.sections().items()
    if isinstance(section := kind(), OffersGuidance)
]


class Pairs(Section):
    command: str

    @property
    def guides_by_path(self) -> bool:
        return False

    def guidance(self, *, labels: Collection[str], paths: Collection[str]) -> Guidance:
        return Guidance(mentor_command=self.command)


def test_the_first_section_that_knows_how_a_mentor_is_asked_for_tells_it() -> None:
    sections = {"a": Pairs(command=""), "b": Pairs(command="pair up"), "c": Pairs(command="later")}
    here = Configuration(exists=True, sections=sections)
    assert guidance(here, labels=(), paths=()).mentor_command == "pair up"
    assert guidance(Configuration(exists=True), labels=(), paths=()).mentor_command == ""


@pytest.mark.parametrize("section", [pytest.param(section, id=name) for name, section in OFFERING])
def test_a_command_that_is_offered_exists(section: OffersGuidance) -> None:
    offered = section.guidance(labels=(), paths=()).mentor_command
    assert CATALOG.command(offered) is not None
