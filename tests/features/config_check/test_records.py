"""What was stored by the version before typed records is read, and written again as it was."""

from __future__ import annotations

from typing import Any

import pytest

from mentorbot.feature_api.records import R
from mentorbot.features.config_check.records import BrokenConfig, LastLook, ProposedChange
from tests.stored_records import written_again

PROBLEMS = [[2, "welcome.etta", "There is no key `etta`: did you mean `eta`?"]]


@pytest.mark.parametrize(
    ("kind", "stored"),
    [
        pytest.param(BrokenConfig, {"issue": "broken since one", "problems": PROBLEMS}, id="broken"),
        pytest.param(
            BrokenConfig,
            {"issue": "broken since one", "problems": PROBLEMS, "let_go": True},
            id="broken, its issue closed",
        ),
        pytest.param(ProposedChange, {"head": "sha2"}, id="proposed"),
        pytest.param(LastLook, {"until": "2026-03-02T09:30:00+00:00"}, id="looked at"),
    ],
)
def test_what_is_stored_stays_as_it_is(kind: type[R], stored: dict[str, Any]) -> None:
    assert written_again(kind, stored) == stored
