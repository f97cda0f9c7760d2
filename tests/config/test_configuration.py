from __future__ import annotations

import pytest

from mentorbot.config.calendar import DEFAULT_CALENDAR, Calendar
from mentorbot.config.configuration import ConfigProblem, EffectiveValue, proposed_configuration
from mentorbot.config.durations import Duration
from tests.config.config_sections import SECTIONS, Mentor, Rung, Stalled, read, stalled


@pytest.mark.parametrize(
    ("text", "owner", "exists", "on", "off"),
    [
        pytest.param(None, None, False, set(), set(), id="no file: nothing"),
        pytest.param("", None, True, set(), set(), id="an empty file: there, but nothing is on"),
        pytest.param("stalled:", None, True, {"stalled"}, set(), id="a name alone: on, with defaults"),
        pytest.param("stalled: on", None, True, {"stalled"}, set(), id="the word on"),
        pytest.param("stalled: true", None, True, {"stalled"}, set(), id="true"),
        pytest.param("stalled: {}", None, True, {"stalled"}, set(), id="an empty group"),
        pytest.param("stalled: off", None, True, set(), {"stalled"}, id="the word off"),
        pytest.param("stalled: No", None, True, set(), {"stalled"}, id="the word no"),
        pytest.param("stalled: false", None, True, set(), {"stalled"}, id="false"),
        pytest.param(None, "stalled:", True, {"stalled"}, set(), id="the owner's file alone"),
        pytest.param("stalled: off", "stalled:", True, set(), {"stalled"}, id="off here, on elsewhere"),
        pytest.param("stalled:", "stalled: off", True, {"stalled"}, set(), id="on here, off elsewhere"),
        pytest.param("calendar:", "stalled:", True, {"stalled", "calendar"}, set(), id="each names one"),
    ],
)
def test_a_section_that_is_named_is_on(
    text: str | None, owner: str | None, exists: bool, on: set[str], off: set[str]
) -> None:
    configuration = read(text, owner=owner)
    assert configuration.exists is exists
    assert set(configuration.sections) == on
    assert configuration.switched_off == off
    assert configuration.problems == ()
    assert all(configuration.is_on(name) == (name in on) for name in SECTIONS)


def test_what_nobody_names_has_its_defaults() -> None:
    assert read(None).section("stalled") == Stalled()
    with pytest.raises(KeyError):
        read(None).section("weather")


def test_both_files_are_merged_and_the_repository_wins() -> None:
    configuration = read(
        "stalled: {author: {after: 3 days}, labels: [a]}",
        owner="stalled: {author: {after: 5 days, again: 6 days}, labels: [b, c], drafts: true}",
    )
    section = stalled(configuration)
    assert section.author == Rung(after=Duration.parse("3 days"), again=Duration.parse("6 days"))
    assert section.labels == ("a",)
    assert section.drafts
    origins = {value.path: value.origin for value in configuration.values_with_origin}
    assert origins["stalled.author.after"] == "repository"
    assert origins["stalled.author.again"] == "owner"
    assert origins["stalled.labels"] == "repository"
    assert origins["stalled.text"] == "default"
    assert EffectiveValue("stalled.author.again", "6 days", "owner") in configuration.values_with_origin


def test_a_repository_can_take_back_what_the_owner_sets() -> None:
    assert stalled(read("stalled: {start: null}", owner="stalled: {start: 2026-01-01}")).start is None


def test_the_calendar_is_what_the_file_says() -> None:
    assert read("calendar: {holidays: NO}").calendar == Calendar(holidays=("NO",))
    assert read("calendar: off").calendar == DEFAULT_CALENDAR


def test_a_broken_section_leaves_the_others_alone() -> None:
    configuration = read("weather:\nstalled: {kind: x}\ncalendar: {holidays: DE}")
    assert set(configuration.sections) == {"calendar"}
    assert {problem.section for problem in configuration.problems} == {"weather", "stalled"}


@pytest.mark.parametrize(
    ("text", "owner"),
    [
        pytest.param("stalled: {kind: x}", None, id="a wrong value"),
        pytest.param("stalled: {kind: slow, kind: slow}", None, id="a key twice"),
        pytest.param("stalled: 3", None, id="no settings"),
        pytest.param("stalled: [", None, id="a file that can't be read"),
        pytest.param("- x", None, id="a file that has no sections"),
    ],
)
def test_what_is_broken_goes_on_as_it_last_was(text: str, owner: str | None) -> None:
    good = read("stalled: {kind: slow}")
    broken = read(text, owner=owner, last_good=good.good_values)
    assert broken.problems
    assert stalled(broken).kind == "slow"
    assert broken.good_values == good.good_values
    assert read(text).sections == {}


def test_a_break_in_the_owners_file_is_the_owners_problem() -> None:
    good = read("stalled: {kind: slow}", owner="stalled: {drafts: true}")
    broken = read("stalled: {kind: slow}", owner="stalled: {drafts: 3}", last_good=good.good_values)
    (problem,) = broken.problems
    assert problem.origin == "owner"
    assert stalled(broken) == stalled(good)


def test_an_owners_file_that_cannot_be_read_goes_on_as_it_last_was() -> None:
    good = read("stalled: {kind: slow}", owner="stalled: {drafts: true}\ncalendar: {holidays: DE}")
    broken = read("stalled: {kind: quick}", owner="stalled: {", last_good=good.good_values)
    assert stalled(broken).kind == "quick"
    assert stalled(broken).drafts
    assert broken.calendar == Calendar(holidays=("DE",))


def test_a_file_that_is_deleted_leaves_nothing_behind() -> None:
    good = read("stalled: {kind: slow}")
    assert read(None, last_good=good.good_values).sections == {}
    assert read("calendar:", last_good=good.good_values).good_values == {"repository": {"calendar": None}}


def test_what_was_good_for_an_older_version_may_not_be_for_this_one() -> None:
    configuration = read("stalled: [", last_good={"repository": {"stalled": {"gone": 1}, "away": {}}})
    assert configuration.sections == {}
    (problem,) = configuration.problems
    assert "can't be read" in problem.message


def test_keys_go_on_working_under_their_former_names() -> None:
    configuration = read(
        "stalled: {author: {repeat: 3 days}, areas: {a: {repeat: 4 days}}, people: [{login: a}]}"
    )
    assert configuration.problems == ()
    assert stalled(configuration).author.again == Duration.parse("3 days")
    assert stalled(configuration).areas["a"].again == Duration.parse("4 days")
    assert stalled(configuration).mentors == (Mentor(login="a"),)
    assert EffectiveValue("stalled.author.again", "3 days", "repository") in configuration.values_with_origin


def test_a_mistake_under_a_former_name_stands_where_it_was_written() -> None:
    (problem,) = read("stalled:\n  people:\n    - {login: 3}").problems
    assert (problem.line, problem.column) == (3, 15)


def test_a_proposal_is_judged_with_the_owners_file_as_it_is() -> None:
    current = read("calendar:", owner="stalled: {drafts: true}\nweather: 1")
    proposed = proposed_configuration("stalled: {kind: slow}", current)
    assert stalled(proposed).drafts
    assert stalled(proposed).kind == "slow"
    assert proposed.problems == ()


def test_a_proposal_shows_the_problems_of_its_own_file_only() -> None:
    current = read(None, owner="stalled: {drafts: 3}")
    (problem,) = proposed_configuration("stalled: {kind: x}", current).problems
    assert problem == ConfigProblem(
        section="stalled",
        message=problem.message,
        line=1,
        column=17,
        path="stalled.kind",
        origin="repository",
    )


def test_a_deleted_file_proposes_the_owners_settings_alone() -> None:
    current = read("stalled:", owner="calendar:")
    assert set(proposed_configuration(None, current).sections) == {"calendar"}
    assert not proposed_configuration(None, read("stalled:")).exists


def test_of_many_problems_the_first_are_told_and_one_of_every_broken_section() -> None:
    unknown = "".join(f"k{number}: 1\n" for number in range(100))
    found = read(f"{unknown}stalled: {{kind: x}}")
    assert len(found.problems) == 50
    assert [problem.section for problem in found.problems[-2:]] == ["stalled", "stalled"]
    assert found.problems[-1].message == "There are 52 more problems in this file. Mend these first."
    assert sum(problem.stands_for for problem in found.problems) == 101
