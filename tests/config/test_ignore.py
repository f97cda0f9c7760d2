"""Where nothing is said: which labels are junk, and for how long a thread is new."""

from __future__ import annotations

import pytest

from mentorbot.config.configuration import CONFIG_PATH, Configuration, Source, read_configuration
from mentorbot.config.durations import Duration
from mentorbot.feature_api.feature_catalog import SHARED_SECTIONS


def read(text: str, *, owner: str | None = None) -> Configuration:
    sources = [
        Source("repository", "acme/rockets", CONFIG_PATH, text),
        Source("owner", "acme/.github", CONFIG_PATH, owner),
    ]
    return read_configuration(sources, sections=SHARED_SECTIONS, last_good={})


@pytest.mark.parametrize(
    ("text", "worn", "found"),
    [
        ("calendar:", {"bug", "Invalid"}, "invalid"),
        ("calendar:", {"bug"}, None),
        ("ignore:", {"SPAM"}, "spam"),
        ("ignore: {labels: [Won't fix]}", {"won't fix"}, "Won't fix"),
        ("ignore: {labels: [Won't fix]}", {"spam"}, None),
        ("ignore: {labels: []}", {"spam"}, None),
        ("ignore: off", {"spam"}, None),
    ],
)
def test_junk_is_what_a_repository_calls_so(text: str, worn: set[str], found: str | None) -> None:
    configuration = read(text)
    assert configuration.problems == ()
    assert configuration.ignore.label_among(frozenset(worn)) == found


def test_without_any_file_the_usual_labels_are_junk() -> None:
    assert Configuration(exists=False).ignore.labels == ("spam", "invalid")
    assert Configuration(exists=False).settle is None


@pytest.mark.parametrize(
    ("text", "owner", "settle"),
    [
        ("settle: 10 minutes", None, "10 minutes"),
        ("settle: off", None, None),
        ("calendar:", None, None),
        ("calendar:", "settle: 1 hour", "1 hour"),
        ("settle: off", "settle: 1 hour", None),
        ("settle: 5 minutes", "settle: 1 hour", "5 minutes"),
    ],
)
def test_threads_are_new_for_as_long_as_is_said(text: str, owner: str | None, settle: str | None) -> None:
    configuration = read(text, owner=owner)
    assert configuration.problems == ()
    assert configuration.settle == (Duration.parse(settle) if settle else None)


def test_a_number_without_a_unit_is_told_and_nothing_settles() -> None:
    configuration = read("settle: 10")
    assert configuration.settle is None
    assert [problem.message for problem in configuration.problems] == [
        "`10` of what? Write `10 days`, or another unit."
    ]
