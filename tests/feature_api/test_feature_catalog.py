from __future__ import annotations

from dataclasses import replace
from typing import Any

import jsonschema
import pytest

from mentorbot.config.configuration import Configuration
from mentorbot.config.section import Section
from mentorbot.core.events import IssueOpened
from mentorbot.core.people import Permission
from mentorbot.core.plan import Plan, leave_alone
from mentorbot.feature_api.authorization import Authorization, Who
from mentorbot.feature_api.feature import Command, Feature, On
from mentorbot.feature_api.feature_catalog import FeatureCatalog
from tests.builders import a_person, a_pull_request, an_issue
from tests.config.config_sections import Stalled


class Plain(Section):
    """Nothing to set."""


class Help(Section):
    """What matters to the handbook in the section of that name."""

    short_commands: bool = True


async def ask(_event: object, _section: object, _ports: object) -> None:
    return None


def decide(_facts: None, _section: object) -> Plan:
    return leave_alone("It is only a test")


def a_command(usage: str, *, who: Who = Who.ANYONE, short: bool = True, on: Any = "anything") -> Any:
    return Command(usage, help=f"Does {usage}.", who=who, ask=ask, decide=decide, short=short, on=on)


def a_feature(name: str, *commands: Any, config: type[Section] = Plain, **details: Any) -> Feature[Any]:
    return Feature(name=name, summary=f"It is {name}.", config=config, triggers=commands, **details)


STALLED = a_feature(
    "stalled",
    a_command("turn"),
    a_command("snooze <duration>", who=Who.PARTIES, on="pull requests"),
    a_command("tend", who=Who.MAINTAINERS, on="issues"),
    On(IssueOpened, ask=ask, decide=decide),
    config=Stalled,
    permissions={"issues": "read", "pull_requests": "write"},
    example="stalled:\n  drafts: true\n",
)
HELP = a_feature(
    "help",
    a_command("why", short=False),
    config=Help,
    always_on=True,
    permissions={"issues": "write", "pull_requests": "read"},
)
BOOK = FeatureCatalog((HELP, STALLED))


def a_configuration(*on: str, **sections: Section) -> Configuration:
    return Configuration(exists=True, sections={**{name: Plain() for name in on}, **sections})


def test_commands_are_found_by_their_names() -> None:
    assert [listed.command.name for listed in BOOK.commands()] == ["why", "turn", "snooze", "tend"]
    found = BOOK.command("snooze")
    assert found is not None
    assert found.feature is STALLED
    assert BOOK.command("dance") is None


def test_two_features_cannot_know_the_same_command() -> None:
    with pytest.raises(ValueError, match="both know 'turn': rename one"):
        FeatureCatalog((a_feature("a", a_command("turn")), a_feature("b", a_command("turn [x]"))))


def test_the_bots_name_alone_asks_for_one_command() -> None:
    first, second = (replace(a_command(name), is_default=True) for name in ("turn", "tend"))
    default = FeatureCatalog((a_feature("a", first, a_command("why")),)).default_command
    assert default is not None
    assert default.command is first
    assert FeatureCatalog((a_feature("a", a_command("why")),)).default_command is None
    with pytest.raises(ValueError, match="both turn and tend: only one is the default"):
        FeatureCatalog((a_feature("a", first, second),))


def test_permissions_are_what_all_cards_need_together() -> None:
    assert BOOK.permissions() == {"issues": "write", "pull_requests": "write"}


@pytest.mark.parametrize(
    ("configuration", "on"),
    [
        pytest.param(Configuration(exists=False), set(), id="nothing without a config file"),
        pytest.param(a_configuration(), {"help"}, id="some need only the file"),
        pytest.param(a_configuration("stalled"), {"help", "stalled"}, id="what is named is on"),
        pytest.param(Configuration(exists=True, switched_off=frozenset({"help"})), set(), id="off is off"),
    ],
)
def test_the_menu_says_what_is_on(configuration: Configuration, on: set[str]) -> None:
    assert {entry.name for entry in BOOK.menu(configuration) if entry.is_on} == on


def test_short_forms_are_understood_where_the_feature_is_on_and_nobody_minds() -> None:
    known, short = BOOK.spoken_names(a_configuration("stalled"))
    assert known == {"why", "turn", "snooze", "tend"}
    assert short == {"turn", "snooze", "tend"}
    assert BOOK.spoken_names(a_configuration())[1] == set()
    assert BOOK.spoken_names(a_configuration("stalled", help=Help(short_commands=False)))[1] == set()


@pytest.mark.parametrize(
    ("standing", "on_pull_request", "yours", "others"),
    [
        pytest.param(
            Authorization(), True, {"/mentorbot why", "/turn"}, {"/snooze <duration>"}, id="a passer-by"
        ),
        pytest.param(
            Authorization(is_author=True),
            True,
            {"/mentorbot why", "/turn", "/snooze <duration>"},
            set(),
            id="the author of a pull request",
        ),
        pytest.param(
            Authorization(is_author=True),
            False,
            {"/mentorbot why", "/turn"},
            {"/tend"},
            id="the author of an issue",
        ),
        pytest.param(
            Authorization(permission=Permission.TRIAGE),
            False,
            {"/mentorbot why", "/turn", "/tend"},
            set(),
            id="a maintainer in an issue",
        ),
    ],
)
def test_help_lists_what_you_can_do_here_and_folds_away_the_rest(
    standing: Authorization, on_pull_request: bool, yours: set[str], others: set[str]
) -> None:
    text = BOOK.help_for(standing, a_configuration("stalled"), on_pull_request=on_pull_request)
    first, _, folded = text.partition("<details>")
    spelled = {"/mentorbot why", "/turn", "/snooze <duration>", "/tend"}
    assert {one for one in spelled if f"`{one}`" in first} == yours
    assert {one for one in spelled if f"`{one}`" in folded} == others


def lines_of_help(*commands: str, useful: dict[str, list[str]]) -> list[str]:
    """The commands that somebody sees at first, where `many` has these and `few` has one."""
    many = a_feature("many", *(a_command(name) for name in commands))
    book = FeatureCatalog((many, a_feature("few", a_command("alone"), a_command("beside"))))
    text = book.help_for(Authorization(), a_configuration("many", "few"), on_pull_request=True, useful=useful)
    return [line.split("`")[1] for line in text.partition("<details>")[0].splitlines() if line[:1] == "-"]


def test_help_lists_what_would_do_something_now() -> None:
    assert lines_of_help("turn", "ready", useful={"many": ["ready"], "few": []}) == ["/ready"]


def test_help_has_at_most_eight_lines_and_every_feature_has_its_share() -> None:
    many = [f"do {word}" for word in ("a", "b", "c", "d", "e", "f", "g", "h", "i", "j")]
    best_last = {"many": list(reversed(many))}
    shown = lines_of_help(*many, useful=best_last)
    assert len(shown) == 8
    assert shown == ["/do e", "/do f", "/do g", "/do h", "/do i", "/do j", "/alone", "/beside"]


def test_help_says_the_long_form_where_short_ones_are_not_understood() -> None:
    configuration = a_configuration("stalled", help=Help(short_commands=False))
    assert "`/mentorbot turn`" in BOOK.help_for(Authorization(), configuration, on_pull_request=True)


def test_help_leaves_out_what_is_off() -> None:
    assert "turn" not in BOOK.help_for(Authorization(), a_configuration(), on_pull_request=True)


@pytest.mark.parametrize(
    ("standing", "may"),
    [
        pytest.param(Authorization(), {Who.ANYONE}, id="anybody"),
        pytest.param(
            Authorization(is_author=True),
            {Who.ANYONE, Who.AUTHOR, Who.AUTHOR_OR_MAINTAINERS, Who.PARTIES},
            id="the author",
        ),
        pytest.param(
            Authorization(is_asked_reviewer=True), {Who.ANYONE, Who.PARTIES}, id="an asked reviewer"
        ),
        pytest.param(
            Authorization(permission=Permission.TRIAGE),
            {Who.ANYONE, Who.MAINTAINERS, Who.AUTHOR_OR_MAINTAINERS, Who.PARTIES},
            id="somebody with triage rights",
        ),
    ],
)
def test_commands_are_for_those_they_name(standing: Authorization, may: set[Who]) -> None:
    assert {who for who in Who if standing.may(who)} == may


def test_standing_is_read_off_the_thread() -> None:
    ada, grace = a_person("ada"), a_person("grace")
    thread = a_pull_request(author=ada, requested_reviewers=(grace,))
    assert Authorization.of(ada, thread=thread, permission=Permission.READ) == Authorization(is_author=True)
    assert Authorization.of(grace, thread=thread, permission=Permission.WRITE) == Authorization(
        permission=Permission.WRITE, is_asked_reviewer=True
    )
    assert Authorization.of(grace, thread=an_issue(), permission=Permission.READ) == Authorization()


SCHEMA = BOOK.json_schema()


@pytest.mark.parametrize(
    ("values", "fits"),
    [
        pytest.param({}, True, id="nothing"),
        pytest.param({"stalled": None, "calendar": None}, True, id="names alone"),
        pytest.param({"stalled": "off", "help": True}, True, id="switches"),
        pytest.param({"stalled": {"author": {"after": "3 business days"}}}, True, id="a duration"),
        pytest.param({"stalled": {"author": {"repeat": "1y"}}}, True, id="a former name"),
        pytest.param({"stalled": {"author": {"after": 14}}}, False, id="a bare number"),
        pytest.param({"stalled": {"zzz": 1}}, False, id="an unknown key"),
        pytest.param({"weather": None}, False, id="an unknown section"),
        pytest.param({"stalled": "hello"}, False, id="a word instead of settings"),
    ],
)
def test_editors_judge_as_the_bot_does(values: dict[str, object], fits: bool) -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    assert jsonschema.Draft202012Validator(SCHEMA).is_valid(values) is fits


def test_the_schema_says_what_sections_are_for_and_which_names_are_old() -> None:
    assert SCHEMA["properties"]["stalled"]["description"] == "A section with a bit of everything."
    rung = SCHEMA["$defs"]["Rung"]["properties"]
    assert rung["repeat"]["deprecated"] is True
    assert rung["after"]["default"] == "14 days"


@pytest.mark.parametrize(
    "line",
    [
        pytest.param("## `calendar`", id="shared sections"),
        pytest.param("A section with a bit of everything.", id="what a section is for"),
        pytest.param("| `author.after` | duration | `14 days` |", id="a duration"),
        pytest.param("| `author` | group | as below |", id="a group"),
        pytest.param("| `areas` | names, each with group | – |", id="a group by name"),
        pytest.param("| `areas.NAME.after` | duration | `14 days` |", id="below a name"),
        pytest.param("| `mentors[].login` | text | *needed* |", id="below a list"),
        pytest.param("| `kind` | `quick`, `slow` | `quick` |", id="a choice"),
        pytest.param("| `labels` | text or list of text | – |", id="one of two kinds"),
        pytest.param("| `drafts` | `true` or `false` | `false` |", id="a switch"),
        pytest.param("| `start` | date | – |", id="a date"),
        pytest.param("- `${author}`: who", id="the values of a text"),
        pytest.param("```yaml\nstalled:\n  drafts: true\n```", id="an example"),
    ],
)
def test_the_reference_tells_every_key(line: str) -> None:
    assert line in BOOK.config_reference()


def test_the_command_table_tells_every_command() -> None:
    table = BOOK.command_table()
    assert "| `/snooze <duration>` | the author, the asked reviewers and maintainers |" in table
    assert "Does tend. (on issues) | `stalled` |" in table
    assert "| `/mentorbot why` | anyone | Does why. | `help` |" in table
