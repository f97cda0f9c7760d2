from __future__ import annotations

import pytest

from mentorbot.domain.expertise import hours_apart


@pytest.mark.parametrize(("one", "other", "apart"), [(23.0, 1.0, 2.0), (0.0, 12.0, 12.0), (9.5, 8.0, 1.5)])
def test_hours_are_apart_as_on_a_clock(one: float, other: float, apart: float) -> None:
    assert hours_apart(one, other) == apart
