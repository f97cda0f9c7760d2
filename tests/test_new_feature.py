"""A new feature is one folder: a dummy one shows up everywhere without any list being edited."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

from mentorbot.config.configuration import CONFIG_PATH, Source, read_configuration
from mentorbot.feature_api.authorization import Authorization
from mentorbot.feature_api.feature_catalog import FeatureCatalog
from mentorbot.features import load
from mentorbot.github.manifest import events_heard

CARD = '''
from __future__ import annotations

from mentorbot.core.events import CommandGiven
from mentorbot.feature_api.authorization import Who
from mentorbot.feature_api.feature import Command, Feature
from mentorbot.core.plan import Plan, leave_alone
from mentorbot.feature_api.ports import Ports
from mentorbot.config.section import Section


class Tea(Section):
    """Tea for contributors."""

    sugar: int = 1
    """How many lumps."""


async def thirst(event: CommandGiven, section: Tea, ports: Ports) -> str:
    return event.by.login


def pour(facts: str, section: Tea) -> Plan:
    return leave_alone("There is none left")


FEATURE = Feature(
    name="tea",
    summary="Pours tea for whoever asks.",
    config=Tea,
    triggers=(Command("tea [sort]", help="A cup of tea.", who=Who.ANYONE, ask=thirst, decide=pour),),
    permissions={"actions": "read", "issues": "write", "pull_requests": "write"},
    events=("watch",),
    example="tea: {sugar: 2}",
)
'''


@pytest.fixture
def kitchen(tmp_path: Path) -> Iterator[ModuleType]:
    """A package of features in which only the folder `tea` is."""
    (tmp_path / "kitchen" / "tea").mkdir(parents=True)
    (tmp_path / "kitchen" / "__init__.py").write_text("")
    (tmp_path / "kitchen" / "notes.py").write_text("raise RuntimeError('a file is no feature')")
    (tmp_path / "kitchen" / "tea" / "__init__.py").write_text(CARD)
    sys.path.insert(0, str(tmp_path))
    try:
        yield importlib.import_module("kitchen")
    finally:
        sys.path.remove(str(tmp_path))
        for name in [name for name in sys.modules if name.partition(".")[0] == "kitchen"]:
            del sys.modules[name]


def test_a_folder_is_enough_to_be_a_feature(kitchen: ModuleType) -> None:
    book = FeatureCatalog((*load(), *load(kitchen)))
    text = "tea: {sugar: 3}"
    configuration = read_configuration(
        [Source("repository", "acme/rockets", CONFIG_PATH, text)], sections=book.sections(), last_good={}
    )
    assert configuration.problems == ()
    assert "`/tea [sort]`" in book.help_for(Authorization(), configuration, on_pull_request=False)
    assert "tea" in book.json_schema()["properties"]
    assert "| `sugar` | whole number | `1` | How many lumps. |" in book.config_reference()
    assert "| `/tea [sort]` | anyone | A cup of tea. | `tea` |" in book.command_table()
    assert book.permissions()["actions"] == "read"
    assert "watch" in events_heard(book.features)
    assert [entry.is_on for entry in book.menu(configuration) if entry.name == "tea"] == [True]
    assert "tea" in book.spoken_names(configuration)[1]


def test_features_come_in_the_order_of_their_names() -> None:
    names = [feature.name for feature in load()]
    assert names == sorted(names)
    assert {"help", "config_check"} <= set(names)


@pytest.mark.parametrize(
    ("card", "says"),
    [
        pytest.param("", "has no card: its __init__.py must define FEATURE", id="without a card"),
        pytest.param(
            CARD.replace('name="tea"', 'name="coffee"'), "name it 'tea', like its folder", id="misnamed"
        ),
    ],
)
def test_a_folder_that_is_no_feature_says_what_is_missing(
    kitchen: ModuleType, tmp_path: Path, card: str, says: str
) -> None:
    (tmp_path / "kitchen" / "tea" / "__init__.py").write_text(card)
    with pytest.raises(ImportError, match=says):
        load(kitchen)
