from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.commanded import command, main_with
from tests.translated import translated

GOOD = "welcome:\n  issue: default\nfirst_merge:\n"
BAD = "welcome:\n  issue: default\n  masage: hello\n"


@pytest.fixture
def config(tmp_path: Path) -> Path:
    return tmp_path / "mentorbot.yml"


def test_a_config_in_order_is_told_what_it_switches_on(config: Path) -> None:
    config.write_text(GOOD)
    ended = command("check", str(config))
    assert ended.code == 0
    assert "in order. On: first_merge, welcome." in ended.out


def test_a_mistake_is_told_with_line_and_column(config: Path) -> None:
    config.write_text(BAD)
    ended = command("check", str(config))
    assert ended.code == 1
    assert ended.out.startswith(f"{config}:3:3: ")


def test_a_language_that_nobody_has_read_works_and_is_warned_of(config: Path, tmp_path: Path) -> None:
    config.write_text(f"{GOOD}language: de\n")
    with translated(tmp_path, "de", {"acted": "hat gehandelt"}):
        ended, as_json = command("check", str(config)), command("check", str(config), "--json")
    assert (ended.code, as_json.code) == (0, 0)
    assert f"{config}: warning: nobody who speaks Deutsch (de) has read all of its texts yet." in ended.out
    assert "in order. On: language, first_merge, welcome." in ended.out
    assert len(json.loads(as_json.out)["warnings"]) == 1


def test_english_is_warned_of_nowhere(config: Path) -> None:
    config.write_text(f"{GOOD}language: en\n")
    assert "warning" not in command("check", str(config)).out


def test_the_former_place_of_the_language_works_and_is_warned_of(config: Path) -> None:
    config.write_text("mentoring:\n  language: en\n")
    ended = command("check", str(config))
    assert ended.code == 0
    assert "`mentoring.language` is gone with the next version: write `language: en`" in ended.out


def test_whoever_types_commands_reads_problems_in_english(config: Path, tmp_path: Path) -> None:
    config.write_text("welcome: {isue: default}\nlanguage: de\n")
    unknown = "There is no key {key}: did you mean {meant}?"
    with translated(tmp_path, "de", {unknown: "Es gibt kein {key}, eher {meant}."}):
        ended, as_json = command("check", str(config)), command("check", str(config), "--json")
    assert "There is no key `isue`: did you mean `issue`?" in ended.out
    assert (
        json.loads(as_json.out)["problems"][0]["message"] == "There is no key `isue`: did you mean `issue`?"
    )


def test_scripts_get_problems_as_json(config: Path) -> None:
    config.write_text(BAD)
    ended = command("check", str(config), "--json")
    said = json.loads(ended.out)
    assert ended.code == 1
    assert (said["problems"][0]["line"], said["problems"][0]["section"]) == (3, "welcome")
    assert "welcome" not in said["on"]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        pytest.param(None, "No such file", id="missing"),
        pytest.param(b"\xff\xfe\xff", "not UTF-8", id="no text"),
    ],
)
def test_a_file_that_cannot_be_read_is_exit_2(content: bytes | None, said: str, config: Path) -> None:
    if content is not None:
        config.write_bytes(content)
    ended = command("check", str(config))
    assert ended.code == 2
    assert said in ended.err


def test_the_schema_is_json_that_knows_the_sections() -> None:
    ended = command("schema")
    schema = json.loads(ended.out)
    assert ended.code == 0
    assert "welcome" in schema["properties"]


def test_the_manifest_is_printed_written_and_checked(tmp_path: Path) -> None:
    path = tmp_path / "app.yaml"
    assert command("manifest", "--write", "--file", str(path)).code == 0
    assert command("manifest").out == path.read_text()
    assert command("manifest", "--check", "--file", str(path)).code == 0
    path.write_text("name: old\n")
    ended = command("manifest", "--check", "--file", str(path))
    assert ended.code == 1
    assert "mentorbot manifest --write" in ended.out


def test_a_manifest_that_is_not_there_is_exit_2(tmp_path: Path) -> None:
    assert command("manifest", "--check", "--file", str(tmp_path / "app.yaml")).code == 2


def test_checking_and_writing_at_once_is_exit_2() -> None:
    ended = main_with("manifest", "--check", "--write")
    assert ended.code == 2
    assert "not both" in ended.err


@pytest.mark.parametrize(
    "words",
    [
        pytest.param(["dance"], id="an unknown command"),
        pytest.param(["check"], id="a missing argument"),
        pytest.param(["serve", "--loud"], id="an unknown option"),
    ],
)
def test_wrong_usage_is_exit_2(words: list[str]) -> None:
    assert command(*words).code == 2


def test_help_names_every_command() -> None:
    out = command("--help").out
    for name in (
        *("serve", "worker", "migrate", "sandbox", "sweep", "check", "schema", "explain"),
        *("replay", "manifest", "doctor", "forget"),
    ):
        assert name in out


def test_without_a_file_the_repository_s_own_is_checked(tmp_path: Path) -> None:
    ended = command("check")
    assert ended.code == 2
    assert "There is no .github/mentorbot.yml in this folder" in ended.err
    (tmp_path / ".github").mkdir()
    (tmp_path / ".github" / "mentorbot.yml").write_text("welcome:\n")
    ended = command("check")
    assert ended.code == 0
    assert ended.out == ".github/mentorbot.yml: in order. On: help, config_check, welcome.\n" or (
        ".github/mentorbot.yml: in order. On: " in ended.out
    )


def test_a_former_key_works_with_a_warning(tmp_path: Path) -> None:
    file = tmp_path / "mentorbot.yml"
    file.write_text("stalled: {nudges_a_day: 9}\n")
    ended = command("check", str(file))
    assert ended.code == 0
    assert "warning: `stalled.nudges_a_day` is the former name of `stalled.a_day`" in ended.out
    file.write_text("stalled: {nudges_a_day: 9, a_day: 5}\n")
    ended = command("check", str(file))
    assert ended.code == 1
    assert "keep only `a_day`" in ended.out
