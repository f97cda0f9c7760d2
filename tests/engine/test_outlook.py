"""What the features have in mind for a thread, each asked with its own records."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from mentorbot.config.configuration import Configuration
from mentorbot.core.events import CommandGiven
from mentorbot.core.plan import NotRead
from mentorbot.engine.outlook import FeatureOutlook
from mentorbot.feature_api.authorization import Authorization
from mentorbot.feature_api.feature import Feature
from mentorbot.feature_api.feature_catalog import FeatureCatalog
from mentorbot.feature_api.ports import Ports
from tests.builders import an_event, an_issue
from tests.engine.office import Greeting
from tests.fakes import FakeRecords, some_ports


async def what_is_kept(_event: CommandGiven, _section: Greeting, ports: Ports) -> Sequence[str]:
    return [record.key for record in await ports.records.all("note")]


async def useful(
    _event: CommandGiven, _asker: Authorization, _section: Greeting, ports: Ports
) -> Sequence[str]:
    return [record.key for record in await ports.records.all("note")]


async def not_read(*_asked: object) -> Sequence[str]:
    raise NotRead("Its past is not read yet.")


def a_feature(name: str, **more: Any) -> Feature[Greeting]:
    return Feature(name=name, summary=f"It is {name}.", config=Greeting, triggers=(), **more)


CATALOG = FeatureCatalog(
    (
        a_feature("one", coming=what_is_kept, useful_commands=useful),
        a_feature("two", coming=what_is_kept, useful_commands=useful),
        a_feature("silent"),
        a_feature("blind", coming=not_read, useful_commands=not_read),
        a_feature("off", coming=what_is_kept, useful_commands=useful),
    )
)
HERE = Configuration(exists=True, sections={name: Greeting() for name in ("one", "two", "silent", "blind")})
ASKED = an_event(CommandGiven, thread=an_issue(number=7))


async def ports_of(feature: str) -> Ports:
    records = FakeRecords()
    records.put("note", f"note of {feature}", {})
    return some_ports(records=records)


async def test_each_feature_that_is_on_looks_at_its_own_records() -> None:
    """One that could not read what it takes says nothing, and keeps nobody from an answer."""
    outlook = FeatureOutlook(CATALOG, HERE, ports_of)
    assert await outlook.coming(ASKED) == ["note of one", "note of two"]
    assert await outlook.useful_commands(ASKED, Authorization()) == {
        "one": ["note of one"],
        "two": ["note of two"],
    }
