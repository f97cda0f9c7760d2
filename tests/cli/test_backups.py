from __future__ import annotations

from pathlib import Path

import psycopg
import pytest

from tests.cli.commanded import Ended, command
from tests.cli.test_serve import CREDENTIALS


@pytest.fixture(autouse=True)
def settings(database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {**CREDENTIALS, "DATABASE_URL": database}.items():
        monkeypatch.setenv(name, value)


def backup(file: Path) -> Ended:
    ended = command("backup", str(file))
    assert ended.code == 0, ended.err
    return ended


def test_a_backup_says_where_it_is_and_what_to_keep_apart(tmp_path: Path) -> None:
    ended = backup(tmp_path / "saved")
    assert f"{tmp_path / 'saved.key'}" in ended.out
    assert "Keep the keys apart" in ended.out
    assert command("backup", str(tmp_path / "saved")).code == 2


def test_a_store_that_is_not_empty_is_replaced_when_asked_to(database: str, tmp_path: Path) -> None:
    backup(tmp_path / "saved")
    (tmp_path / "saved.key").rename(tmp_path / "elsewhere")
    with psycopg.connect(database) as connection:
        connection.execute("INSERT INTO people VALUES (7, 'ada', false, now())")
    words = ["restore", str(tmp_path / "saved"), "--key", str(tmp_path / "elsewhere")]

    refused = command(*words)
    assert (refused.code, "--replace" in refused.err) == (2, True)
    ended = command(*words, "--replace")
    assert (ended.code, "Restored the store as it was at" in ended.out) == (0, True), ended.err
    with psycopg.connect(database) as connection:
        assert connection.execute("SELECT login FROM people").fetchall() == []


def test_without_its_keys_a_backup_cannot_be_restored(tmp_path: Path) -> None:
    backup(tmp_path / "saved")
    (tmp_path / "saved.key").unlink()
    ended = command("restore", str(tmp_path / "saved"))
    assert (ended.code, "--key FILE" in ended.err) == (2, True)


def test_the_sandbox_s_store_is_not_saved_by_mistake(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in CREDENTIALS:
        monkeypatch.delenv(name)
    ended = command("backup", str(tmp_path / "saved"))
    assert (ended.code, "GITHUB_APP_ID" in ended.err) == (2, True)
