from __future__ import annotations

import pytest
import typer

from mentorbot.cli import app
from mentorbot.cli.doctor_checks import of_commands
from mentorbot.cli.feature_commands import ProgramCommands, commands_of_features
from mentorbot.config.section import Section
from mentorbot.feature_api.command_line import CommandLine
from mentorbot.feature_api.feature import Feature, OutsideFeature
from mentorbot.feature_api.feature_catalog import FeatureCatalog
from mentorbot.features import load

OWN = {"serve", "doctor"}


def pour(program: typer.Typer, line: CommandLine) -> None:
    program.command("pour")(lambda: line.say("tea"))


def doctor(program: typer.Typer, line: CommandLine) -> None:
    program.command("doctor")(lambda: line.say("tea"))


def spill(program: typer.Typer, line: CommandLine) -> None:
    raise RuntimeError("the kettle is cold")


def a_catalog(command_line: object, *, outside: bool) -> FeatureCatalog:
    card = Feature(
        name="tea",
        summary="Pours tea.",
        config=Section,
        triggers=(),
        command_line=command_line,  # type: ignore[arg-type]  # what strangers' cards may hold
    )
    return FeatureCatalog((card,), outside=(OutsideFeature(name="tea", package="tea 1"),) if outside else ())


def test_a_card_brings_commands() -> None:
    found = commands_of_features(a_catalog(pour, outside=False), taken=OWN)
    assert set(found.commands) == {"pour"}
    assert found.refused == {}


@pytest.mark.parametrize(
    ("command_line", "why"),
    [
        pytest.param(spill, "RuntimeError: the kettle is cold", id="raises"),
        pytest.param(doctor, "ValueError: there is a command `mentorbot doctor` already", id="is taken"),
        pytest.param(7, "TypeError: 'int' object is not callable", id="is no function"),
    ],
)
def test_commands_from_elsewhere_that_spoil_ours_are_left_out_and_told(
    command_line: object, why: str
) -> None:
    found = commands_of_features(a_catalog(command_line, outside=True), taken=OWN)
    assert found.commands == {}
    assert found.refused == {"tea": why}
    (finding,) = of_commands(found.refused)
    assert (finding.about, finding.well) == ("commands of tea", False)
    assert why in finding.said


def test_a_mistake_of_our_own_is_not_swallowed() -> None:
    with pytest.raises(RuntimeError):
        commands_of_features(a_catalog(spill, outside=False), taken=OWN)


def test_our_features_commands_and_the_programs_own_have_different_names() -> None:
    own = typer.main.get_command(app)
    assert isinstance(own, ProgramCommands)
    before = set(own.commands)
    brought = commands_of_features(FeatureCatalog(load()), taken=before)
    assert set(brought.commands) == {"queue", "ledger", "mentees", "turns"}
    assert not brought.refused
    assert not set(brought.commands) & before, "they are not loaded before somebody may mean them"
