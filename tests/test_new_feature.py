"""A new feature is one folder, or one installed package: it shows up everywhere, and no list is edited."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Iterator
from importlib.metadata import EntryPoint
from pathlib import Path
from types import ModuleType

import pytest

from mentorbot.config.configuration import CONFIG_PATH, Source, proposed_configuration, read_configuration
from mentorbot.core.languages import remove_catalogues
from mentorbot.core.translator import Translator
from mentorbot.feature_api.authorization import Authorization
from mentorbot.feature_api.feature import OutsideFeature
from mentorbot.feature_api.feature_catalog import FeatureCatalog
from mentorbot.features import GROUP, load, load_catalog
from mentorbot.github.webhook_subscriptions import subscribed_events

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
    assert "watch" in subscribed_events(book.features)
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


def entry(name: str, attribute: str) -> EntryPoint:
    return EntryPoint(name=name, value=f"stall.{attribute}", group=GROUP)


@pytest.fixture
def stall(tmp_path: Path) -> Iterator[None]:
    """Modules of installed packages, of which the one called `tea` is fine."""
    folder = tmp_path / "stall"
    folder.mkdir()
    modules = {
        "__init__": "",
        "tea": CARD,
        "twin": CARD.replace('name="tea"', 'name="twin"'),
        "help": CARD.replace('name="tea"', 'name="help"').replace("tea [sort]", "cup"),
        "shapeless": CARD.replace("config=Tea", "config=dict"),
        "needy": CARD.replace("sugar: int = 1", "sugar: int").replace('name="tea"', 'name="needy"'),
        "still": CARD.replace('Command("tea [sort]",', "dict("),
        "now_and_then": CARD.replace(
            "FEATURE =", "from mentorbot.feature_api.feature import Every\nFEATURE ="
        ).replace("triggers=(", 'triggers=(Every("now and then", each=thirst, decide=pour), '),
        "raising": "raise RuntimeError('the kettle is cold')",
        "leaving": "raise SystemExit(3)",
        "cardless": "FEATURE = 7",
    }
    for name, text in modules.items():
        (folder / f"{name}.py").write_text(text)
    sys.path.insert(0, str(tmp_path))
    try:
        yield
    finally:
        sys.path.remove(str(tmp_path))
        for name in [name for name in sys.modules if name.partition(".")[0] == "stall"]:
            del sys.modules[name]


def test_only_what_is_named_is_taken_from_elsewhere(stall: None) -> None:
    installed = [entry("tea", "tea:FEATURE"), entry("raising", "raising:FEATURE")]
    assert "tea" not in load_catalog(installed=installed).sections()
    catalog = load_catalog(["tea"], installed=installed)
    assert [feature.name for feature in catalog.features][-1] == "tea"
    assert catalog.outside == (OutsideFeature(name="tea", package="stall.tea:FEATURE"),)
    assert "tea" in catalog.config_reference()


def test_what_it_says_is_translated_by_the_catalogues_beside_it(stall: None, tmp_path: Path) -> None:
    folder = tmp_path / "stall" / "translations"
    folder.mkdir()
    (folder / "de.po").write_text('msgid "A cup of {tea}."\nmsgstr "Eine Tasse {tea}."\n')
    try:
        load_catalog(["tea"], installed=[entry("tea", "tea:FEATURE")])
        assert Translator("de").say("A cup of {tea}.", tea="Assam") == "Eine Tasse Assam."
        assert Translator("fr").say("A cup of {tea}.", tea="Assam") == "A cup of Assam."
    finally:
        remove_catalogues(folder)


@pytest.mark.parametrize(
    ("name", "installed", "why"),
    [
        pytest.param("tea", [], "no installed package brings it (there are: none)", id="not installed"),
        pytest.param(
            "tea",
            [entry("tea", "tea:FEATURE"), entry("tea", "twin:FEATURE")],
            "more than one installed package brings it: uninstall all but one",
            id="brought twice",
        ),
        pytest.param(
            "raising", [entry("raising", "raising:FEATURE")], "RuntimeError: the kettle is cold", id="raises"
        ),
        pytest.param(
            "leaving", [entry("leaving", "leaving:FEATURE")], "SystemExit: 3", id="ends the program"
        ),
        pytest.param(
            "cardless",
            [entry("cardless", "cardless:FEATURE")],
            "stall.cardless:FEATURE is no card: it must be a Feature(…)",
            id="no card",
        ),
        pytest.param(
            "coffee",
            [entry("coffee", "tea:FEATURE")],
            "its card is called 'tea': name it 'coffee', like its entry point",
            id="another name",
        ),
        pytest.param(
            "tea",
            [entry("tea", "shapeless:FEATURE")],
            "its card's config is no subclass of mentorbot.config.section.Section",
            id="no section",
        ),
        pytest.param(
            "tea",
            [entry("tea", "still:FEATURE")],
            "its card has triggers that are none: use On, Every and Command",
            id="no trigger",
        ),
        pytest.param(
            "help",
            [entry("help", "help:FEATURE")],
            "ValueError: there is a section 'help' already: rename the feature",
            id="the name of one of ours",
        ),
    ],
)
def test_what_cannot_be_loaded_is_left_out_with_the_reason(
    stall: None, name: str, installed: list[EntryPoint], why: str
) -> None:
    catalog = load_catalog([name], installed=installed)
    assert catalog.features == load()
    assert [one.left_out_because for one in catalog.outside] == [why]


@pytest.mark.parametrize(
    ("module", "says"),
    [("needy", "ValidationError: "), ("now_and_then", "ValueError: 'now and then' is no cadence")],
)
def test_a_card_that_could_not_work_is_left_out_too(stall: None, module: str, says: str) -> None:
    (left_out,) = load_catalog([module], installed=[entry(module, f"{module}:FEATURE")]).outside
    assert left_out.left_out_because.startswith(says)


def test_of_two_that_contradict_each_other_the_first_is_taken(stall: None) -> None:
    installed = [entry("tea", "tea:FEATURE"), entry("twin", "twin:FEATURE")]
    first, second = load_catalog(["tea", "twin"], installed=installed).outside
    assert first.left_out_because == ""
    assert second.left_out_because == "ValueError: twin and tea both know 'tea': rename one"


@pytest.mark.parametrize(
    "section",
    [
        pytest.param("tea: {sugar: lots}", id="a mistake"),
        pytest.param("tea: 7", id="no settings"),
        pytest.param("tea:\n  sugar: 1\n  sugar: 2", id="a key twice"),
    ],
)
def test_the_section_of_one_left_out_goes_unread_and_is_kept(section: str) -> None:
    left_out = OutsideFeature(name="tea", left_out_because="the kettle is cold")
    sections = FeatureCatalog(load(), outside=(left_out,)).sections()
    source = Source("repository", "acme/rockets", CONFIG_PATH, f"welcome:\n{section}\n")
    good = {"repository": {"tea": {"sugar": 2}}}
    configuration = read_configuration([source], sections=sections, last_good=good)
    assert configuration.problems == ()
    assert set(configuration.sections) == {"welcome"}
    assert configuration.good_values["repository"]["tea"] == {"sugar": 2}
    assert proposed_configuration(f"{section}\n", configuration).problems == ()


def test_a_section_left_out_is_in_the_schema_but_not_in_the_reference() -> None:
    left_out = OutsideFeature(name="tea", left_out_because="the kettle is cold")
    catalog = FeatureCatalog(load(), outside=(left_out,))
    assert "Not read at present" in catalog.json_schema()["properties"]["tea"]["description"]
    assert "`tea`" not in catalog.config_reference()
