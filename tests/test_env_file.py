"""What `mentorbot setup` writes stays among what others wrote, whole, and for its owner's eyes only."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest
from dotenv import dotenv_values

from mentorbot.env_file import CannotKeep, EnvFile


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / ".env"


def test_a_new_file_can_be_read_by_its_owner_only(path: Path) -> None:
    EnvFile(path).keep({"GITHUB_APP_ID": "7"})
    assert path.read_text() == "GITHUB_APP_ID=7\n"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param(
            "# mine\nPORT=1\n", "# mine\nPORT=1\n\n# Written by mentorbot setup.\nA=new\n", id="others' lines"
        ),
        pytest.param(
            "PORT=1", "PORT=1\n\n# Written by mentorbot setup.\nA=new\n", id="without a last line end"
        ),
        pytest.param("A=\nPORT=1\n", "A=new\nPORT=1\n", id="an empty place"),
        pytest.param(
            "# A: the App\nexport A='old' # mine\nB=2\n", "# A: the App\nA=new\nB=2\n", id="an old value"
        ),
        pytest.param('B=2\n\nA="one\ntwo\nthree"\nC=3\n', "B=2\n\nA=new\nC=3\n", id="over several lines"),
        pytest.param("A=1\nA=2\n", "A=1\nA=new\n", id="twice: the last one counts"),
        pytest.param("a=1\n", "A=new\n", id="in small letters"),
        pytest.param("GONE=1\nA=1\n", "# GONE=1\nA=new\n", id="unset"),
        pytest.param("GONE=\n", "GONE=\n\n# Written by mentorbot setup.\nA=new\n", id="unset already"),
    ],
)
def test_what_others_wrote_stays(path: Path, before: str, after: str) -> None:
    path.write_text(before)
    EnvFile(path).keep({"A": "new"}, without=["GONE"])
    assert path.read_text() == after
    assert dotenv_values(path)["A"] == "new"


def test_where_it_can_not_be_written_whole_it_stays_as_it_was(path: Path) -> None:
    path.write_text("PORT=1\n")
    for value in ("two\nlines", "${HOME}", "'", "a b"):
        with pytest.raises(CannotKeep, match="A has characters"):
            EnvFile(path).keep({"A": value})
    assert path.read_text() == "PORT=1\n"
    assert os.listdir(path.parent) == [".env"]  # noqa: PTH208 - names are enough


def test_what_is_no_text_stays_as_it_was(path: Path) -> None:
    path.write_bytes(b"\xff\xfe")
    with pytest.raises(CannotKeep, match="not UTF-8"):
        EnvFile(path).keep({"A": "1"})
    assert path.read_bytes() == b"\xff\xfe"


def test_a_link_goes_on_leading_where_it_led(path: Path) -> None:
    there = path.with_name("secrets.env")
    there.write_text("PORT=1\n")
    path.symlink_to(there)
    EnvFile(path).keep({"A": "1"})
    assert path.is_symlink()
    assert dotenv_values(there) == {"PORT": "1", "A": "1"}


def test_a_folder_in_its_place_is_told(path: Path) -> None:
    path.mkdir()
    with pytest.raises(CannotKeep, match="is no file"):
        EnvFile(path).keep({"A": "1"})


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(CannotKeep, match="can't be written to"):
        EnvFile(tmp_path / "nowhere" / ".env").keep({"A": "1"})
