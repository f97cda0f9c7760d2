"""What is read of a project: as large as the project, and never written out by accident."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from typing import Any

import pytest

from mentorbot.cli.sources import ReadProject
from mentorbot.feature_api.survey import ProjectPast, Survey

NOW = datetime(2026, 11, 22, tzinfo=UTC)


class Huge:
    """Something that nobody can afford to write out."""

    def __repr__(self) -> str:
        raise AssertionError("it was written out")


_ALL: Any = (Huge(),)


@pytest.mark.parametrize(
    "found",
    [
        pytest.param(Survey(repository="octo/tea", at=NOW, pulls=_ALL, issues=_ALL, waits=_ALL), id="survey"),
        pytest.param(ProjectPast(repository="octo/tea", until=NOW, pulls=_ALL, issues=_ALL), id="past"),
    ],
)
def test_asyncio_does_not_write_out_all_that_was_read_when_it_ends(found: Any) -> None:
    # It asks `signal` for the handler that it sets, and what that is bound to is written with its result.
    async def read() -> Any:
        return ReadProject(found)

    with asyncio.Runner() as runner:
        assert runner.run(read()).found is found
    assert "octo/tea" in repr(found)
