from __future__ import annotations

import pytest
from pydantic import BaseModel, ValidationError

from mentorbot.config.configuration import CONFIG_PATH, Source, read_configuration
from mentorbot.config.principals import Principal, resolve_principals
from mentorbot.config.section import Section
from tests.builders import a_person
from tests.fakes import FakeGitHub


class Asked(BaseModel):
    then: tuple[Principal, ...] = ()


class Pool(Section):
    """A pool."""

    then: tuple[Principal, ...] = ()
    """Whom to ask."""


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        pytest.param("ada", Principal(login="ada"), id="a login"),
        pytest.param("@ada", Principal(login="ada"), id="a login as people mention it"),
        pytest.param(
            " @Ada-Lovelace ", Principal(login="Ada-Lovelace"), id="with a hyphen and spaces around"
        ),
        pytest.param("team:triage", Principal(team="triage"), id="a team"),
        pytest.param("team: triage", Principal(team="triage"), id="a team with a space"),
        pytest.param("Team:Core_Devs", Principal(team="core_devs"), id="slugs are lower case"),
        pytest.param("@acme/triage", Principal(team="triage"), id="a team as people mention it"),
        pytest.param("team:@acme/triage", Principal(team="triage"), id="a team written in full"),
        pytest.param(
            {"team": "triage"}, Principal(team="triage"), id="a team as YAML reads it from a block list"
        ),
        pytest.param(1337, Principal(login="1337"), id="a login of digits, which YAML takes for a number"),
    ],
)
def test_people_and_teams_are_read_as_people_write_them(written: object, meant: Principal) -> None:
    assert Asked.model_validate({"then": [written]}).then == (meant,)


@pytest.mark.parametrize(
    "written", ["", "@", "two words", "a@b", "team:", "-ada", True, None, {"person": "ada"}, 1.5]
)
def test_what_names_nobody_says_what_to_write(written: object) -> None:
    with pytest.raises(ValidationError, match="names nobody: write a login such as `ada`"):
        Asked.model_validate({"then": [written]})


def test_a_list_in_the_config_file_is_read_and_shown_as_written() -> None:
    text = 'pool:\n  then: [team:triage, "@ada", grace]\n'
    read = read_configuration(
        [Source("repository", "acme/rockets", CONFIG_PATH, text)], sections={"pool": Pool}, last_good={}
    )
    assert read.problems == ()
    section = read.section("pool")
    assert isinstance(section, Pool)
    assert [str(one) for one in section.then] == ["team:triage", "ada", "grace"]
    assert section.model_dump(mode="json") == {"then": ["team:triage", "ada", "grace"]}


async def test_names_become_people_each_once_and_in_order() -> None:
    ada, grace, hedy = a_person("ada"), a_person("grace"), a_person("hedy")
    github = FakeGitHub(accounts={"ada": ada, "hedy": hedy}, teams={"triage": (grace, ada)})
    named = [
        Principal(login="hedy"),
        Principal(login="nobody"),
        Principal(team="triage"),
        Principal(login="ada"),
    ]
    assert await resolve_principals(named, github) == (hedy, grace, ada)


class Entry(Section):
    """Somebody, and more about them."""

    login: Principal
    capacity: int = 1


class People(Section):
    """Names, or entries."""

    mentors: tuple[Principal | Entry, ...] = ()


def test_an_entry_beside_names_is_told_as_it_is_written() -> None:
    people = People.model_validate({"mentors": ["ada", {"login": "grace", "capacity": 2}]})
    assert people.model_dump(mode="json") == {"mentors": ["ada", {"login": "grace", "capacity": 2}]}
