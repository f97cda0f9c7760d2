from __future__ import annotations

from mentorbot.core.did_you_mean import limited_comparisons, nearest

NAMES = [f"name{number:03}" for number in range(500)]


def test_the_most_similar_name_is_meant_or_none() -> None:
    assert nearest("reviewrs", ["author", "reviewers"]) == "reviewers"
    assert nearest("xyz", ["author", "reviewers"]) == ""
    assert nearest("reviewer" * 100, ["author", "reviewers"]) == ""


def test_a_reading_guesses_a_few_times_and_no_more() -> None:
    with limited_comparisons():
        guesses = [nearest("nameOO7", NAMES) for _ in range(20)]
        assert guesses[0]
        assert guesses[-1] == ""
    assert nearest("nameOO7", NAMES)
