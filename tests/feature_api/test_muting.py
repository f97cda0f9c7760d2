"""A silence is read and written as it was before typed records."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from mentorbot.feature_api.muting import FOR_EVER, Mute
from tests.stored_records import read, written_again


@pytest.mark.parametrize(
    ("stored", "ends"),
    [
        pytest.param({"until": None}, FOR_EVER, id="for good"),
        pytest.param(
            {"until": "2026-03-16T10:00:00+00:00"}, datetime(2026, 3, 16, 10, tzinfo=UTC), id="two weeks"
        ),
    ],
)
def test_what_is_stored_stays_as_it_is(stored: dict[str, Any], ends: datetime) -> None:
    assert read(Mute, stored).ends == ends
    assert written_again(Mute, stored) == stored
