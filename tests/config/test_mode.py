"""The mode: live or shadow; and the desk, where maintainers are told in private."""

from __future__ import annotations

import pytest

from mentorbot.config.configuration import CONFIG_PATH, Configuration, Source, read_configuration
from mentorbot.config.desk import DeskSection, desk_in
from mentorbot.config.mode import ModeSection
from mentorbot.config.section import Section

SECTIONS: dict[str, type[Section]] = {"mode": ModeSection, "desk": DeskSection}


def read(text: str, *, owner: str | None = None, before: Configuration | None = None) -> Configuration:
    return read_configuration(
        [
            Source("repository", "acme/tea", CONFIG_PATH, text),
            Source("owner", "acme/.github", CONFIG_PATH, owner),
        ],
        sections=SECTIONS,
        last_good=before.good_values if before else {},
    )


@pytest.mark.parametrize(
    ("text", "shadow"),
    [
        ("desk: {at: acme/desk}", False),
        ("mode: live", False),
        ("mode: shadow", True),
        ("mode: Shadow", True),
        ("mode:", False),
    ],
)
def test_it_is_live_unless_it_says_shadow(text: str, *, shadow: bool) -> None:
    found = read(text)
    assert (found.problems, found.is_shadow) == ((), shadow)


def test_the_owners_mode_is_for_all_and_a_repositorys_own_wins() -> None:
    assert read("", owner="mode: shadow").is_shadow
    assert not read("mode: live", owner="mode: shadow").is_shadow


@pytest.mark.parametrize("text", ["Mode: shadow", "MODE: shadow", "moed: shadow"])
def test_a_slip_in_the_key_writes_nothing_either(text: str) -> None:
    found = read(text)
    (problem,) = found.problems
    assert "did you mean `mode`?" in problem.message
    assert found.is_shadow
    assert not read("dsk:").is_shadow, "other slips switch nothing off"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("mode: shadwo", "There is no mode `shadwo`: did you mean `shadow`?"),
        ("mode: quiet", "There is no mode `quiet`: write `live` or `shadow`."),
        ("mode: off", "There is no mode `off`: write `live` or `shadow`."),
        ("mode: 1", "This is no mode: write `live` or `shadow`."),
        ("mode: [shadow]", "This is no mode: write `live` or `shadow`."),
    ],
)
def test_what_is_no_mode_is_a_problem_in_words_and_writes_nothing(text: str, message: str) -> None:
    found = read(text)
    (problem,) = found.problems
    assert (problem.message, problem.line, problem.section) == (message, 1, "mode")
    assert found.is_shadow


def test_a_mode_that_breaks_goes_on_as_it_was() -> None:
    assert not read("mode: shadwo", before=read("mode: live")).is_shadow
    assert read("mode: life", before=read("mode: shadow")).is_shadow


def test_a_desk_is_named_by_the_project_and_the_project_by_the_desk() -> None:
    assert desk_in(read("desk: {at: acme/desk}").sections).is_at("Acme/Desk")
    assert desk_in(read("desk: {for: [acme/tea]}").sections).projects == ("acme/tea",)
    assert not desk_in(read("").sections).is_at("")
    values = {one.path: one.value for one in read("desk: {for: [acme/tea]}").values_with_origin}
    assert values == {"desk.at": "", "desk.for": ["acme/tea"]}


def test_a_desk_that_is_no_repository_is_a_problem() -> None:
    (problem,) = read("desk: {at: our desk}").problems
    assert problem.path == "desk.at"
