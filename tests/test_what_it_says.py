"""The page for maintainers has every message, and what each says."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from docs.generate import examples
from mentorbot.core.actions import Occasion
from mentorbot.feature_api.feature import Feature, Message
from mentorbot.feature_api.feature_catalog import FeatureCatalog
from mentorbot.feature_api.message_reference import ANSWERS, message_names, message_reference
from mentorbot.features import load
from tests.spoken import Spoken
from tests.what_it_says import outdated, story_exists, unlisted

CATALOG = FeatureCatalog(load())
EXAMPLES = examples()
UNASKED = [(feature, message) for feature in CATALOG.features for message in feature.messages]


def a_greeting(**changed: object) -> Spoken:
    known: dict[str, object] = {
        "feature": "welcome",
        "key": "person 4711/issue",
        "body": "Hi @ada, thank you.",
        "readers": ("ada",),
        "occasion": Occasion.GREETING,
    }
    return Spoken(**{**known, **changed})  # type: ignore[arg-type]  # checked by the tests


@pytest.mark.parametrize(
    ("feature", "message"), [pytest.param(*one, id=f"{one[0].name}/{one[1].name}") for one in UNASKED]
)
def test_a_message_is_told_whole_and_can_be_reached(feature: Feature[Any], message: Message) -> None:
    assert all((message.name, message.keys, message.when, message.to, message.at_most))
    assert feature.message(message.keys.replace("*", "7")) is message, "an earlier one takes its keys"


def test_every_message_is_shown_as_a_story_has_it_said() -> None:
    """Commands that are answered with a reaction only have no words to show."""
    unasked = [name for name in message_names(CATALOG) if not name.startswith(f"{ANSWERS}/")]
    missing = [name for name in unasked if name not in EXAMPLES]
    assert missing == [], "let a story in tests/stories have it said, then run `make what-it-says`"


def test_examples_are_of_messages_that_there_are_and_stories_that_there_are() -> None:
    assert [name for name in EXAMPLES if name not in set(message_names(CATALOG))] == []
    assert [one["story"] for one in EXAMPLES.values() if not story_exists(one["story"])] == []


def test_the_page_has_every_message_and_its_words() -> None:
    page = message_reference(CATALOG, {"welcome/First issue": {"story": "…", "text": "Hi @ada."}})
    assert all(f"### {message.name}" in page and message.when in page for _, message in UNASKED)
    assert "```markdown\nHi @ada.\n```" in page


def test_what_is_on_no_card_is_found() -> None:
    assert unlisted([a_greeting()], CATALOG) == []
    (found,) = unlisted([a_greeting(key="something else")], CATALOG)
    assert found == "welcome: 'something else' is no key of a message in its unasked.py"


def test_an_example_that_its_story_says_otherwise_is_found() -> None:
    name = "welcome/First issue"
    story = EXAMPLES[name]["story"]
    same = a_greeting(body=EXAMPLES[name]["text"])
    assert all(name not in found for found in outdated([same], CATALOG, story=story))
    assert outdated([a_greeting()], CATALOG, story="another") == []
    assert any(name in found for found in outdated([a_greeting()], CATALOG, story=story))


@pytest.mark.parametrize(
    ("said", "most"),
    [
        pytest.param(a_greeting(), 90, id="a welcome"),
        pytest.param(a_greeting(feature="stalled", occasion=Occasion.NUDGE), 80, id="a nudge"),
        pytest.param(
            a_greeting(key="answer x", is_refusal=True, occasion=Occasion.ANSWER), 30, id="a refusal"
        ),
        pytest.param(a_greeting(key="answer x", occasion=Occasion.ANSWER), None, id="an answer"),
    ],
)
def test_how_long_a_message_may_be_goes_by_what_it_is(said: Spoken, most: int | None) -> None:
    assert said.most_words == most
    assert (f"100 words, where {most} are the most" in replace(said, body="word " * 100).flaws) == (
        most is not None
    )
