"""What a pull request is about, and what says nothing of it: little words, and labels that the bot sets."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mentorbot.config.configuration import CONFIG_PATH, Source, read_configuration
from mentorbot.core.people import Person
from mentorbot.domain.expertise import (
    Expertise,
    Learned,
    Observation,
    OpenedPullRequest,
    Reviewed,
    in_order,
    rank_reviewers,
)
from mentorbot.domain.expertise.subjects import SubjectKind, kind_of, subjects_of_title
from mentorbot.domain.suggested_reviews import ReviewCandidate, suggest
from mentorbot.domain.timeline import Act, ActKind, PullRequestTimeline
from mentorbot.features.review_exchange import FEATURE as EXCHANGE
from mentorbot.features.stalled import FEATURE as STALLED
from tests.builders import NOW, a_person

ADA, GRACE, LINUS = a_person("ada"), a_person("grace"), a_person("linus")
DAY = timedelta(days=1)
LITTLE_WORDS = re.findall(
    r"[\w']+",
    """
    a about after again all also always an and another any anything are around as at back be because been
    before being below both but by can can't could couldn't did do does doesn't doing don't down each either
    enough every everything few first for from further had has have he her here hers him his how however i
    if in into is isn't it its itself just last least less many may maybe me might more most much must my
    near never new next no nobody none nor not nothing now of off often on once one only or other others our
    out over own perhaps please quite rather really same second several she should shouldn't since so some
    somebody something sometimes soon still such than that the their theirs them then there therefore these
    they third this those though three through to together too twice two under until up upon us use used
    very via was wasn't we well were what whatever when where whether which while who whole whose why will
    with within without won't would yes yet you your
    """,
)


@pytest.mark.parametrize("word", LITTLE_WORDS)
def test_a_little_word_is_no_subject(word: str) -> None:
    assert subjects_of_title(word) == frozenset()
    assert subjects_of_title(word.title()) == frozenset()


@given(
    st.lists(st.sampled_from(LITTLE_WORDS), max_size=8), st.lists(st.sampled_from(LITTLE_WORDS), max_size=8)
)
def test_titles_are_about_what_little_words_leave(before: list[str], after: list[str]) -> None:
    assert subjects_of_title(" ".join([*before, "kettle", *after])) == {"kettle"}


@pytest.mark.parametrize(
    "word", ["main", "merge", "commit", "request", "error", "system", "name", "test", "docs"]
)
def test_words_of_the_trade_stay_subjects(word: str) -> None:
    assert len(subjects_of_title(word)) == 1


@pytest.mark.parametrize(
    ("subject", "kind", "called"),
    [
        ("parser", SubjectKind.WORD, "parser"),
        ("utf8", SubjectKind.WORD, "utf8"),
        ("src/", SubjectKind.FILES, "src/"),
        ("src/parser.c", SubjectKind.FILES, "src/parser.c"),
        ("Makefile", SubjectKind.FILES, "Makefile"),
        ("label topic-parser", SubjectKind.LABEL, "topic-parser"),
    ],
)
def test_words_files_and_labels_are_told_apart(subject: str, kind: SubjectKind, called: str) -> None:
    assert kind_of(subject) == (kind, called)


def labelled_past(*labels: str) -> Expertise:
    """Ada reviewed a pull request with these labels; another had none."""
    seen: list[Observation] = [
        OpenedPullRequest(number=7, author=GRACE, at=NOW - 30 * DAY, title="Warm pots"),
        Learned(number=7, at=NOW - 30 * DAY, labels=frozenset(labels)),
        Reviewed(number=7, by=ADA, at=NOW - 29 * DAY),
        OpenedPullRequest(number=8, author=GRACE, at=NOW - 28 * DAY, title="Cold cups"),
    ]
    return Expertise(in_order(seen))


def reasons_for(person: Person, past: Expertise, *labels: str) -> str:
    pull = OpenedPullRequest(
        number=9, author=LINUS, at=NOW, title="Nothing of the kind", labels=frozenset(labels)
    )
    (found,) = [one for one in rank_reviewers(pull, past, now=NOW) if one.person == person]
    return "; ".join(map(str, found.reasons))


def test_a_label_is_named_as_one() -> None:
    told = reasons_for(ADA, labelled_past("topic-tea"), "topic-tea")
    assert "has reviewed one pull request with the label topic-tea" in told
    assert "about label" not in told


def test_labels_that_the_bot_sets_are_no_expertise() -> None:
    past = labelled_past("Awaiting review", "topic-tea")
    own = past.without_labels(["awaiting Review"])
    assert "waiting review" in reasons_for(ADA, past, "Awaiting review")
    assert "waiting review" not in reasons_for(ADA, own, "Awaiting review")
    assert "topic-tea" in reasons_for(ADA, own, "Awaiting review", "topic-tea")
    assert "waiting review" in reasons_for(ADA, past, "Awaiting review"), (
        "the index that is shared stays as it is"
    )


@given(st.sets(st.sampled_from(["earned", "wanted", "in review", "topic", "ui"]), max_size=5))
def test_no_suggestion_ever_names_a_label_of_the_bot(worn: set[str]) -> None:
    own = {"earned", "wanted", "in review"}
    past = labelled_past("earned", "wanted", "in review", "topic").without_labels(own)
    acts = [
        Act(kind=ActKind.LABELED, at=NOW - DAY, id=f"label-{label}", by=GRACE, label=label) for label in worn
    ]
    pull = PullRequestTimeline(
        number=9, author=LINUS, opened_at=NOW - DAY, opened_title="Something else", head_sha="a"
    ).with_acts(acts)
    (one,) = suggest(ADA, [ReviewCandidate(timeline=pull)], past, now=NOW)
    told = " ".join(one.reasons)
    assert not any(f"label {label}" in told for label in own)
    assert ("label topic" in told) == ("topic" in worn)


def test_the_bots_own_labels_are_those_that_the_config_names() -> None:
    text = (
        "stalled: {labels: {author: awaiting changes, external: blocked}}\n"
        "review_exchange: {labels: {ready: earned, wanted: wanted}}\n"
    )
    sections = {feature.name: feature.config for feature in (STALLED, EXCHANGE)}
    source = Source("repository", "acme/rockets", CONFIG_PATH, text)
    configuration = read_configuration([source], sections=sections, last_good={})
    assert configuration.problems == ()
    assert configuration.own_labels == {"awaiting changes", "blocked", "earned", "wanted"}
