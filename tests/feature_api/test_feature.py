from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from mentorbot.config.section import Section
from mentorbot.core.plan import Plan, leave_alone
from mentorbot.feature_api.feature import Case, Every
from mentorbot.feature_api.ports import Ports


async def nothing(_section: Section, _ports: Ports) -> AsyncIterator[Case[int]]:
    yield Case(7, 7)


def leave(_number: int, _section: Section) -> Plan:
    return leave_alone("nothing is the matter")


@pytest.mark.parametrize("cadence", ["hour", "day 06:00", "weekday 23:59", "Sunday 00:00"])
def test_what_is_a_cadence(cadence: str) -> None:
    assert Every(cadence, each=nothing, decide=leave).cadence == cadence


@pytest.mark.parametrize("cadence", ["", "hourly", "day", "day 25:00", "day 06", "sunday 06:00", "06:00"])
def test_what_is_none(cadence: str) -> None:
    with pytest.raises(ValueError, match="is no cadence"):
        Every(cadence, each=nothing, decide=leave)
