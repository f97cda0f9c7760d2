from __future__ import annotations

import pytest

from mentorbot.config.configuration import CONFIG_PATH, Configuration, Source, read_configuration
from mentorbot.features.review_exchange import FEATURE
from mentorbot.features.review_exchange.config import ReviewExchange


def read(text: str) -> Configuration:
    return read_configuration(
        [Source("repository", "acme/rockets", CONFIG_PATH, text)],
        sections={FEATURE.name: FEATURE.config},
        last_good={},
    )


def section(text: str) -> ReviewExchange:
    configuration = read(text)
    assert configuration.problems == ()
    found = configuration.section("review_exchange")
    assert isinstance(found, ReviewExchange)
    return found


@pytest.mark.parametrize(
    ("give", "get", "price"),
    [
        pytest.param(2, 1, 200, id="two for one"),
        pytest.param(1, 1, 100, id="one for one"),
        (3, 2, 150),
        pytest.param(4, 3, 133, id="four do earn three"),
    ],
)
def test_a_credit_costs_so_many_hundredths_of_a_review(give: int, get: int, price: int) -> None:
    assert section(f"review_exchange: {{give: {give}, get: {get}}}").price == price


@pytest.mark.parametrize("guard", ["substance", "edited", "daily_cap", "approve_only", "pair", "interest"])
def test_guards_with_a_measure_are_switched_off_with_a_word(guard: str) -> None:
    assert getattr(section(f"review_exchange: {{guards: {{{guard}: off}}}}").guards, guard) is None


def test_without_labels_none_are_used() -> None:
    labels = section("review_exchange:\n").labels
    assert (labels.ready, labels.wanted, labels.in_review) == (None, None, None)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        pytest.param("review_exchange: {give: 0}", "give", id="nothing for something"),
        pytest.param(
            "review_exchange: {labels: {ready: x, wanted: X}}", "can't show two things", id="one label"
        ),
        pytest.param("review_exchange: {silence: 7}", "7 days", id="a bare number"),
        pytest.param("review_exchange: {shared_by: [tea]}", "shared_by", id="no repository"),
        pytest.param("review_exchange: {reviewers: ['no one']}", "names nobody", id="nobody"),
        pytest.param("review_exchange: {checklist: 'Hi ${autor}'}", "autor", id="an unknown value"),
    ],
)
def test_mistakes_are_told(text: str, says: str) -> None:
    (problem,) = read(text).problems
    assert says in f"{problem.path} {problem.message}"
