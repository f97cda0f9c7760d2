"""`mentorbot import`: what is read from a checkout, what is written into it, and what is refused."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from tests.cli.commanded import command, main_with

STALE = "daysUntilStale: 30\nstaleLabel: old\nwhatIsThis: 1\n"
GREETINGS = """\
on: issues
jobs:
  greet:
    steps:
      - uses: actions/first-interaction@v3
        with: {issue_message: Hello there}
"""


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    folder = tmp_path / "checkout"
    put(folder, ".github/stale.yml", STALE)
    return folder


def put(folder: Path, path: str, text: str) -> Path:
    file = folder / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    return file


def ours(folder: Path) -> Path:
    return folder / ".github" / "mentorbot.yml"


def test_a_config_is_written_and_all_of_it_told(checkout: Path) -> None:
    put(checkout, ".github/workflows/greet.yml", GREETINGS)
    ended = command("import", str(checkout))
    assert ended.code == 0, ended.err
    text = ours(checkout).read_text(encoding="utf-8")
    assert "\nmode: shadow\n" in text
    assert "write `mode: live`" in text
    assert "    after: 30 days  # .github/stale.yml, line 1: daysUntilStale" in text
    for said in (
        "welcome.issue from .github/workflows/greet.yml, line 6: issue_message",
        "Not carried over:",
        ".github/stale.yml, line 2: staleLabel: mentorbot's labels show whose turn it is",
        ".github/stale.yml, line 3: whatIsThis: nobody knows this setting here",
        f"Wrote {ours(checkout)}. It starts in shadow",
    ):
        assert said in ended.out
    assert ended.out.rstrip().endswith(
        "To delete once it is live:\n  .github/stale.yml\n  .github/workflows/greet.yml"
    )
    assert ours(checkout).stat().st_mode & 0o777 == 0o644
    assert sorted(path.name for path in ours(checkout).parent.iterdir()) == [
        "mentorbot.yml",
        "stale.yml",
        "workflows",
    ]


def test_what_is_written_is_what_check_finds_in_order(checkout: Path) -> None:
    command("import", str(checkout))
    told = json.loads(command("check", str(ours(checkout)), "--json").out)
    assert "stalled" in told["on"]
    assert [one for one in told["problems"] if one["section"] != "mode"] == []


def test_the_folder_is_this_one_unless_told_otherwise(
    checkout: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(checkout)
    assert command("import").code == 0
    assert ours(checkout).exists()


def test_a_config_that_is_there_is_kept_unless_forced(checkout: Path) -> None:
    put(checkout, ".github/mentorbot.yml", "welcome:\n")
    refused = main_with("import", str(checkout))
    assert refused.code == 2
    assert "is there already, and stays as it is" in refused.err
    assert "--force" in refused.err
    assert ours(checkout).read_text() == "welcome:\n"

    assert command("import", str(checkout), "--force").code == 0
    assert "stalled:" in ours(checkout).read_text()


@pytest.mark.parametrize("option", ["--dry-run", "--print"])
def test_a_dry_run_prints_the_file_and_writes_nothing(checkout: Path, option: str) -> None:
    put(checkout, ".github/mentorbot.yml", "welcome:\n")
    ended = command("import", str(checkout), option)
    assert ended.code == 0
    assert ended.out.startswith("# Written by `mentorbot import`")
    assert ours(checkout).read_text() == "welcome:\n"
    ours(checkout).unlink()
    command("import", str(checkout))
    assert ended.out == ours(checkout).read_text()


def test_scripts_get_it_as_json(checkout: Path) -> None:
    told = json.loads(command("import", str(checkout), "--json").out)
    assert told["written"] == str(ours(checkout))
    assert told["text"] == ours(checkout).read_text()
    assert told["to_delete"] == [{"kind": "FileToDelete", "path": ".github/stale.yml", "only": ""}]
    assert [one["name"] for one in told["bots"]] == ["probot/stale"]
    assert told["unreadable"] == {}


def test_where_there_is_nothing_it_says_so(tmp_path: Path) -> None:
    ended = command("import", str(tmp_path))
    assert ended.code == 1
    assert ended.out == f"No settings of other bots are in {tmp_path}: is it the top of a checkout?\n"
    assert not ours(tmp_path).exists()


def test_where_nothing_can_be_carried_over_the_rest_is_told(tmp_path: Path) -> None:
    put(tmp_path, ".github/no-response.yml", "daysUntilClose: 14\n")
    ended = command("import", str(tmp_path))
    assert ended.code == 1
    assert "no file is written" in ended.out
    assert "daysUntilClose: closing: mentorbot never closes" in ended.out
    assert not ours(tmp_path).exists()


def test_a_folder_that_is_none_is_told(tmp_path: Path) -> None:
    missing = main_with("import", str(tmp_path / "nowhere"))
    assert (missing.code, missing.err.count("\n")) == (2, 1)
    assert "There is no folder" in missing.err
    file = put(tmp_path, "file", "")
    assert "is no folder" in main_with("import", str(file)).err


def a_link_out(checkout: Path, file: Path) -> None:
    outside = checkout.parent / "secret"
    outside.write_text("newPRWelcomeComment: secret words\n")
    file.symlink_to(outside)


@pytest.mark.parametrize(
    ("make", "said"),
    [
        pytest.param(
            lambda _, file: file.write_bytes(b"a: \xff\xfe"), "it is not UTF-8 text", id="not UTF-8"
        ),
        pytest.param(lambda _, file: file.write_text("x" * 70_000), "larger than 64 KiB", id="huge"),
        pytest.param(lambda _, file: file.write_text("a: [1\nb: c"), "is not closed", id="broken YAML"),
        pytest.param(lambda _, file: file.mkdir(), "it is no file", id="a folder"),
        pytest.param(lambda _, file: os.mkfifo(file), "it is no file", id="a pipe"),
        pytest.param(lambda _, file: file.symlink_to(file.name), "can't be read", id="a circle of links"),
        pytest.param(lambda _, file: file.symlink_to("nowhere"), "can't be read", id="a link to nothing"),
        pytest.param(lambda _, file: file.symlink_to("/dev/zero"), "leads out", id="a device"),
        pytest.param(a_link_out, "leads out of the checkout", id="a link out of the checkout"),
    ],
)
def test_a_file_that_can_t_be_used_is_one_sentence_and_the_rest_goes_on(
    checkout: Path, make: object, said: str
) -> None:
    assert callable(make)
    make(checkout, checkout / ".github/config.yml")
    ended = command("import", str(checkout))
    assert ended.code == 1
    assert ended.err.startswith(".github/config.yml is left out: ")
    assert said in ended.err
    assert ended.err.count("\n") == 1
    text = ours(checkout).read_text()
    assert "after: 30 days" in text
    assert "secret words" not in text + ended.out + ended.err


def test_a_folder_of_workflows_that_leads_out_is_not_looked_into(checkout: Path, tmp_path: Path) -> None:
    put(tmp_path, "elsewhere/greet.yml", GREETINGS)
    (checkout / ".github/workflows").symlink_to(tmp_path / "elsewhere")
    ended = command("import", str(checkout))
    assert ".github/workflows is left out: it leads out of the checkout" in ended.err
    assert "welcome" not in ours(checkout).read_text()


def test_a_link_within_the_checkout_is_followed(checkout: Path) -> None:
    put(checkout, "shared/greet.yml", GREETINGS)
    (checkout / ".github/workflows").mkdir()
    (checkout / ".github/workflows/greet.yml").symlink_to("../../shared/greet.yml")
    assert command("import", str(checkout)).code == 0
    assert "issue: Hello there" in ours(checkout).read_text().replace('"', "")


@pytest.mark.parametrize("place", [".github", ".github/mentorbot.yml"])
def test_nothing_is_written_out_of_the_checkout(tmp_path: Path, place: str) -> None:
    checkout, outside = tmp_path / "checkout", tmp_path / "outside"
    outside.mkdir()
    put(checkout, "triagebot.toml", '[review-submitted]\nreviewed_label = "waiting"\n')
    (checkout / place).parent.mkdir(exist_ok=True)
    (checkout / place).symlink_to(outside if place == ".github" else outside / "new.yml")
    refused = main_with("import", str(checkout), "--force")
    assert refused.code == 2
    assert refused.err.count("\n") == 1
    assert list(outside.iterdir()) == []


def test_a_folder_that_can_t_be_written_to_is_told(tmp_path: Path) -> None:
    put(tmp_path, "triagebot.toml", '[review-submitted]\nreviewed_label = "waiting"\n')
    put(tmp_path, ".github", "a file")
    refused = main_with("import", str(tmp_path))
    assert (refused.code, "is no folder" in refused.err) == (2, True)


def test_names_that_would_do_something_to_a_terminal_are_not_read(checkout: Path) -> None:
    put(checkout, ".github/workflows/a\x1b[31m.yml", GREETINGS)
    ended = command("import", str(checkout))
    assert "\x1b" not in ended.out + ended.err
    assert "welcome" not in ours(checkout).read_text()


def test_very_many_workflows_are_read_in_part_and_that_is_told(checkout: Path) -> None:
    for number in range(501):
        put(checkout, f".github/workflows/{number:03}.yml", "on: push\n")
    ended = command("import", str(checkout))
    assert ended.code == 1
    assert "only the first 500 of its workflows are read" in ended.err


def test_a_long_list_is_cut_on_the_terminal(tmp_path: Path) -> None:
    keys = "".join(f"key{number}: 1\n" for number in range(100))
    put(tmp_path, ".github/boring-cyborg.yml", f"firstPRWelcomeComment: Hello there\n{keys}")
    assert "… and 40 more (all with --json)" in command("import", str(tmp_path)).out
