"""What words take back, point to or promise, sentence by sentence."""

from __future__ import annotations

import pytest

from mentorbot.domain.turns.comment_parser import parse_comment, says_unsigned


@pytest.mark.parametrize(
    ("words", "taken_back"),
    [
        ("Would it be better to pass a pointer? Never mind.", True),
        ("This leaks. Ah, ignore me", True),
        ("Never mind the speed. Please add a test.", False),
        ("Please add a test.", False),
    ],
)
def test_some_remarks_take_themselves_back(words: str, *, taken_back: bool) -> None:
    assert parse_comment(words).takes_all_back is taken_back


@pytest.mark.parametrize(
    ("words", "points"),
    [
        ("See also #17", True),
        ("Previously https://example.org/a/b/pull/3", True),
        ("Unused argument", False),
        ("See #17 for a faster way to do this", False),
    ],
)
def test_some_remarks_merely_point_to_something(words: str, *, points: bool) -> None:
    assert parse_comment(words).only_refers is points


@pytest.mark.parametrize(
    "words",
    [
        "I should add more cases?",
        "Do we want to rename it then",
        "If I have time I'll rename it",
        "Let me know",
    ],
)
def test_these_promise_nothing(words: str) -> None:
    assert not parse_comment(words).promises


@pytest.mark.parametrize("words", ["This should be fine", "The sum must be positive", "That should work now"])
def test_a_prediction_is_no_request(words: str) -> None:
    assert not parse_comment(words).requests


@pytest.mark.parametrize(
    ("notice", "unsigned"),
    [
        ("You have not signed the CLA yet.", True),
        ("All contributors need to sign the agreement.", True),
        ("CLA: no", True),
        ("All committers have signed the CLA.", False),
        ("Please make sure that you have signed the CLA.", False),
        ("`not signed`", False),
        ("If you haven't signed our CLA yet, please do so at https://cla.example.org.", False),
        ("You have not signed the CLA yet. If you have, ignore this.", True),
    ],
)
def test_a_notice_says_whether_an_agreement_is_signed(notice: str, *, unsigned: bool) -> None:
    assert says_unsigned(notice) is unsigned
