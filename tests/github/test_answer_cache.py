from __future__ import annotations

import os
import stat
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from mentorbot.github.answer_cache import KEPT_FOR, AnswerCache, CacheUnusable, WhoseAnswers

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
WHOSE = WhoseAnswers(
    token="ghp_secret", api_url="https://api.github.com", repository="octo/tea", purpose="look"
)


class Clock:
    """Says what it is set to."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now


def _opened(
    base: Path, whose: WhoseAnswers = WHOSE, *, clock: Clock | None = None, fresh: bool = False
) -> AnswerCache:
    return AnswerCache.opened(base / "mentorbot", whose, clock=clock or Clock(), fresh=fresh)


def _files(base: Path) -> list[Path]:
    return [one for one in base.rglob("*") if one.is_file()]


def test_what_was_answered_together_is_there_one_by_one_for_the_next_reading(tmp_path: Path) -> None:
    _opened(tmp_path).keep({"first": {"a": 1}, "second": [2, None]})
    again = _opened(tmp_path)
    kept = again.get("first"), again.get("second"), again.get("third")
    assert [one and one.value for one in kept] == [{"a": 1}, [2, None], None]
    assert kept[0] is not None
    assert kept[0].at == NOW
    assert len(_files(tmp_path)) == 1


@pytest.mark.parametrize(
    "other",
    [
        pytest.param({"token": "ghp_other"}, id="another token"),
        pytest.param({"api_url": "https://github.example.com/api/v3"}, id="another GitHub"),
        pytest.param({"repository": "octo/coffee"}, id="another repository"),
        pytest.param({"purpose": "past"}, id="another reading"),
        pytest.param({"documents": "query New { more }"}, id="another version of the program"),
    ],
)
def test_nobody_gets_answers_to_others(tmp_path: Path, other: dict[str, str]) -> None:
    _opened(tmp_path).keep({"first": 1})
    assert _opened(tmp_path, replace(WHOSE, **other)).get("first") is None
    assert _opened(tmp_path).get("first") is not None


def test_after_seven_days_it_is_forgotten_and_deleted(tmp_path: Path) -> None:
    clock = Clock()
    _opened(tmp_path, clock=clock).keep({"first": 1})
    clock.now += KEPT_FOR - timedelta(minutes=1)
    assert _opened(tmp_path, clock=clock).get("first") is not None
    clock.now += timedelta(minutes=2)
    for one in _files(tmp_path):
        os.utime(one, (NOW.timestamp(), NOW.timestamp()))
    assert _opened(tmp_path, replace(WHOSE, repository="octo/coffee"), clock=clock).get("first") is None
    assert _files(tmp_path) == []
    assert _opened(tmp_path, clock=clock).get("first") is None


def test_answers_from_the_future_are_not_believed(tmp_path: Path) -> None:
    clock = Clock()
    _opened(tmp_path, clock=clock).keep({"first": 1})
    clock.now -= timedelta(days=1)
    assert _opened(tmp_path, clock=clock).get("first") is None


def test_fresh_begins_empty_and_leaves_the_others(tmp_path: Path) -> None:
    other = replace(WHOSE, repository="octo/coffee")
    for whose in (WHOSE, other):
        _opened(tmp_path, whose).keep({"first": 1})
    assert _opened(tmp_path, fresh=True).get("first") is None
    assert _opened(tmp_path).get("first") is None
    assert _opened(tmp_path, other).get("first") is not None


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"", id="empty, as after a power cut"),
        pytest.param(b"\x00\xff\x00", id="no text"),
        pytest.param(b'{"format": 1}\n', id="a head that lacks something"),
        pytest.param(
            b'{"format": 99, "at": "2026-11-22T09:00:00+00:00", "keys": ["first"]}\n[1]', id="newer"
        ),
        pytest.param(b'["a", "list"]\n', id="another shape"),
        pytest.param(b'{"format": 1, "at": "2026-11-22T09:00:00", "keys": ["first"]}\n', id="no time zone"),
        pytest.param(
            b'{"format": 1, "at": "2026-11-22T09:00:00+00:00", "keys": ["first"]}\nno zlib', id="cut"
        ),
        pytest.param(
            b'{"format": 1, "at": "2026-11-22T09:00:00+00:00", "keys": 5}\n', id="keys that are none"
        ),
    ],
)
def test_files_that_are_none_of_ours_or_broken_are_ignored(tmp_path: Path, content: bytes) -> None:
    cache = _opened(tmp_path)
    cache.keep({"first": 1})
    (ours,) = _files(tmp_path)
    ours.write_bytes(content)
    again = _opened(tmp_path)
    assert again.get("first") is None
    again.keep({"first": 2})
    found = _opened(tmp_path).get("first")
    assert found is not None
    assert found.value == 2


def test_a_file_cut_anywhere_is_as_good_as_none(tmp_path: Path) -> None:
    _opened(tmp_path).keep({"first": "x" * 100})
    (ours,) = _files(tmp_path)
    whole = ours.read_bytes()
    for length in range(len(whole)):
        ours.write_bytes(whole[:length])
        assert _opened(tmp_path).get("first") is None


def test_it_is_for_its_owner_only_also_where_the_folder_was_open_to_all(tmp_path: Path) -> None:
    (tmp_path / "mentorbot").mkdir(mode=0o755)
    _opened(tmp_path).keep({"first": 1})
    found = [tmp_path / "mentorbot", *(tmp_path / "mentorbot").rglob("*")]
    modes = {stat.S_IMODE(one.stat().st_mode) for one in found if one.is_dir()}
    assert modes == {0o700}
    assert {stat.S_IMODE(one.stat().st_mode) for one in _files(tmp_path)} == {0o600}
    assert not any("ghp" in str(one) or "tea" in str(one) for one in found)


def test_a_folder_that_leads_elsewhere_is_not_used(tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (tmp_path / "mentorbot").symlink_to(elsewhere)
    with pytest.raises(CacheUnusable, match="XDG_CACHE_HOME"):
        _opened(tmp_path)
    assert list(elsewhere.iterdir()) == []


def test_where_there_can_be_no_folder_it_says_so(tmp_path: Path) -> None:
    (tmp_path / "mentorbot").write_text("a file")
    with pytest.raises(CacheUnusable, match="begins anew"):
        _opened(tmp_path)


def test_without_a_folder_nothing_is_kept() -> None:
    cache = AnswerCache(clock=Clock())
    assert cache.keep({"first": 1}) == NOW
    assert cache.get("first") is None
    assert len(cache) == 0


def test_a_disk_that_takes_no_more_stops_nothing(tmp_path: Path) -> None:
    cache = _opened(tmp_path)
    for folder in (tmp_path / "mentorbot").glob("*/*"):
        folder.rmdir()
    assert cache.keep({"first": 1}) == NOW
    assert cache.get("first") is None
