"""Every card is complete: what it promises is explained, and its example works."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel

import mentorbot
from mentorbot.config.configuration import CONFIG_PATH, Source, read_configuration
from mentorbot.feature_api.feature import Command, Every, Feature, On
from mentorbot.feature_api.feature_catalog import (
    CALENDAR_EXAMPLE,
    IGNORE_EXAMPLE,
    LANGUAGE_EXAMPLE,
    MODE_EXAMPLE,
    OTHER_BOTS_EXAMPLE,
    SETTLE_EXAMPLE,
    SHARED_SECTIONS,
    FeatureCatalog,
)
from mentorbot.features import load
from mentorbot.github.parsed_webhooks import PARSED_WEBHOOKS
from mentorbot.github.webhook_subscriptions import subscribed_events

FEATURES = load()
BOOK = FeatureCatalog(FEATURES)
every_feature = pytest.mark.parametrize("feature", [pytest.param(one, id=one.name) for one in FEATURES])
every_section = pytest.mark.parametrize(
    ("name", "section"), [pytest.param(name, section, id=name) for name, section in BOOK.sections().items()]
)
every_command = pytest.mark.parametrize(
    "command", [pytest.param(listed.command, id=listed.command.name) for listed in BOOK.commands()]
)

TESTS = Path(__file__).parent
REACTING = (On, Every, Command)


def objects_in(schema: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The schemas of the section and of every group of settings inside."""
    yield schema
    yield from (group for group in schema.get("$defs", {}).values() if "properties" in group)


@every_feature
def test_its_summary_is_a_sentence(feature: Feature[Any]) -> None:
    assert re.fullmatch(r"[A-Z].{10,120}\.", feature.summary)


@every_feature
def test_it_has_something_to_react_to(feature: Feature[Any]) -> None:
    assert feature.triggers


@every_feature
def test_its_name_can_be_a_section_and_a_folder(feature: Feature[Any]) -> None:
    assert re.fullmatch(r"[a-z][a-z_]*", feature.name)
    assert feature.name not in SHARED_SECTIONS


@every_feature
def test_its_example_is_a_section_that_works(feature: Feature[Any]) -> None:
    configuration = read_configuration(
        [Source("repository", "acme/rockets", CONFIG_PATH, feature.example)],
        sections=BOOK.sections(),
        last_good={},
    )
    assert configuration.problems == ()
    assert set(configuration.sections) == {feature.name}


@every_feature
def test_it_works_without_any_setting(feature: Feature[Any]) -> None:
    configuration = read_configuration(
        [Source("repository", "acme/rockets", CONFIG_PATH, f"{feature.name}:")],
        sections=BOOK.sections(),
        last_good={},
    )
    assert configuration.problems == ()
    assert configuration.section(feature.name) == feature.config()


@every_feature
def test_its_grants_are_known_to_the_manifest(feature: Feature[Any]) -> None:
    assert set(feature.permissions.values()) <= {"read", "write"}
    assert all(re.fullmatch(r"[a-z_]+", name) for name in feature.permissions)


@every_feature
def test_it_names_no_webhook_that_follows_from_its_triggers_or_that_nobody_reads(
    feature: Feature[Any],
) -> None:
    follows = subscribed_events([replace(feature, events=())])
    assert not set(feature.events) & set(follows)
    assert set(feature.events) <= PARSED_WEBHOOKS


@every_feature
def test_its_tests_are_where_its_code_is(feature: Feature[Any]) -> None:
    assert list((TESTS / "features" / feature.name).glob("test_*.py"))


def test_no_tests_are_left_of_a_feature_that_is_gone() -> None:
    mirrors = {path.name for path in (TESTS / "features").iterdir() if any(path.glob("*.py"))}
    assert mirrors == {feature.name for feature in FEATURES}


@every_feature
def test_all_its_decisions_are_made_in_rules(feature: Feature[Any]) -> None:
    deciding = {trigger.decide.__module__ for trigger in feature.triggers if isinstance(trigger, REACTING)}
    assert {module for module in deciding if "rules" not in module.split(".")} == set()


@every_feature
def test_commands_need_the_rights_to_answer(feature: Feature[Any]) -> None:
    if feature.commands():
        assert feature.permissions.get("issues") == "write"
        assert feature.permissions.get("pull_requests") == "write"


@every_section
def test_every_key_is_described(name: str, section: type[BaseModel]) -> None:
    undescribed = [
        f"{group.get('title', name)}.{key}"
        for group in objects_in(section.model_json_schema())
        for key, about in group.get("properties", {}).items()
        if not about.get("description", "").endswith((".", "?", ":"))
    ]
    assert undescribed == []


@every_section
def test_every_section_says_what_it_is_for(name: str, section: type[BaseModel]) -> None:
    assert section.__doc__ is not None
    assert section.__doc__.strip().endswith((".", "?"))
    assert f"## `{name}`" in BOOK.config_reference()


@every_command
def test_every_command_is_helped_in_a_sentence(command: Command[Any, Any]) -> None:
    assert re.fullmatch(r"[A-Z“`].+\.", command.help)
    assert len(command.help) <= 120
    assert command.name
    assert command.name == command.name.lower()


def test_the_calendars_example_works() -> None:
    configuration = read_configuration(
        [Source("repository", "acme/rockets", CONFIG_PATH, CALENDAR_EXAMPLE)],
        sections=BOOK.sections(),
        last_good={},
    )
    assert configuration.problems == ()
    assert configuration.is_on("calendar")


def test_all_examples_together_make_one_file() -> None:
    shared = MODE_EXAMPLE + LANGUAGE_EXAMPLE + CALENDAR_EXAMPLE + IGNORE_EXAMPLE + SETTLE_EXAMPLE
    shared += OTHER_BOTS_EXAMPLE
    text = shared + "".join(feature.example for feature in FEATURES)
    configuration = read_configuration(
        [Source("repository", "acme/rockets", CONFIG_PATH, text)], sections=BOOK.sections(), last_good={}
    )
    assert configuration.problems == ()
    assert set(configuration.sections) == set(BOOK.sections())


def test_no_text_assumes_that_short_commands_are_understood() -> None:
    """How commands start depends on the repository (`command_prefix`); "/turn" may be no command there."""
    names = {listed.command.name.split()[0] for listed in BOOK.commands() if listed.command.short}
    short = re.compile(rf"(?<![\w.*])/({'|'.join(sorted(names))})\b")
    home = Path(mentorbot.__file__).parent
    found = {
        (str(path.relative_to(home)), text)
        for room in ("config", "core", "domain", "engine", "feature_api", "features")
        for path in (home / room).rglob("*.py")
        for text in _texts(ast.parse(path.read_text(encoding="utf-8")))
        if short.search(text)
    }
    assert found == {
        # What the ledger keeps as the reason, which nobody is to write again.
        ("features/review_exchange/redeem/rules.py", "/exchange"),
        ("features/review_exchange/earning/rules.py", "/thanks"),
    }


def _texts(module: ast.Module) -> Iterator[str]:
    """The strings in a module that may be told to people: all but those that document it."""
    documenting = {node.value for node in ast.walk(module) if isinstance(node, ast.Expr)}
    for node in ast.walk(module):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node not in documenting:
            yield node.value
