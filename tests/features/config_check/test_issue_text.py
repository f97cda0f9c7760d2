from __future__ import annotations

import pytest

from mentorbot.config.configuration import ConfigProblem
from mentorbot.features.config_check.messages import issue_body

GOES_ON = "Everything else works as the file says."


@pytest.mark.parametrize(
    ("problem", "goes_on"),
    [
        pytest.param(
            ConfigProblem(section="welcome", path="welcome.isue", message="?"), True, id="one section"
        ),
        pytest.param(ConfigProblem(section="", message="This is no YAML."), False, id="the whole file"),
    ],
)
def test_nothing_else_is_said_to_work_where_the_whole_file_is_unreadable(
    problem: ConfigProblem, *, goes_on: bool
) -> None:
    assert (GOES_ON in issue_body([problem], ["welcome"], head_sha="beef")) is goes_on
