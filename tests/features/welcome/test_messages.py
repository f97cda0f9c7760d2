from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from mentorbot.config.templates import Template
from mentorbot.core.entities import Issue
from mentorbot.domain.contributor_history import ContributorHistory
from mentorbot.domain.response_time import Estimate
from mentorbot.features.welcome.config import Welcome
from mentorbot.features.welcome.facts import GreetingOccasion, OpenedThread
from mentorbot.features.welcome.messages import eta, greeting, in_words
from tests.builders import NOW, a_person, a_pull_request, a_repository, an_issue

HOURS_TO_DAYS = Estimate(pull_requests=40, half_within=timedelta(hours=9), most_within=timedelta(days=4))


def an_opening(thread: Issue, *, waits: Estimate | None = None) -> OpenedThread:
    ada = a_person("ada")
    past = ContributorHistory(person=ada)
    return OpenedThread(now=NOW, repository=a_repository(), thread=thread, by=ada, past=past, waits=waits)


def test_the_greeting_of_a_first_pull_request_reads_like_this() -> None:
    config = Welcome(who="the triage team", guide="https://rockets.example/guide")
    opening = an_opening(a_pull_request(head_ref="winter"), waits=HOURS_TO_DAYS)
    assert greeting(GreetingOccasion.FIRST_PULL_REQUEST, opening, config) == (
        "Hi @ada, welcome to **rockets**. Thank you for your first pull request.\n"
        "\n"
        "- **What happens next:** the triage team will look at it. Half of the pull requests here are "
        "answered within 9 hours, most within 4 days.\n"
        "- **Until then** you need to do nothing. What you push to `winter` shows up here.\n"
        "- **Questions?** Ask in a comment. People read it; I am a bot.\n"
        "- **Guide:** https://rockets.example/guide"
    )


def test_the_greeting_of_a_first_issue_promises_no_time() -> None:
    text = greeting(GreetingOccasion.FIRST_ISSUE, an_opening(an_issue()), Welcome())
    assert "- **What happens next:** the maintainers will look at it. If that takes long, it says" in text
    assert "nothing about your work.\n" in text
    assert "you can add what you did" in text
    assert "branch" not in text


def test_a_draft_is_told_when_people_look() -> None:
    """How long answers take is counted from the opening: of a draft nobody knows."""
    a_draft = an_opening(a_pull_request(draft=True), waits=HOURS_TO_DAYS)
    draft = greeting(GreetingOccasion.FIRST_PULL_REQUEST, a_draft, Welcome())
    ready = greeting(GreetingOccasion.FIRST_PULL_REQUEST, an_opening(a_pull_request()), Welcome())
    assert "- **Your draft:** when it is ready, press **Ready for review**" in draft
    assert "9 hours" not in draft
    assert "draft" not in ready


@pytest.mark.parametrize("occasion", list(GreetingOccasion))
@pytest.mark.parametrize("thread", [an_issue(), a_pull_request(), a_pull_request(draft=True)])
def test_a_greeting_has_at_most_ninety_words(occasion: GreetingOccasion, thread: Issue) -> None:
    config = Welcome(
        guide="https://rockets.example/guide",
        mentor="would you like one? Write `/mentor me` in a comment, on a line of its own.",
        office_hours="Thursdays, 17:00 UTC",
    )
    text = greeting(occasion, an_opening(thread, waits=HOURS_TO_DAYS), config)
    assert len(text.replace("*", "").replace("- ", "").split()) <= 90


def test_the_default_of_who_looks_is_said_in_the_language() -> None:
    own = Welcome(pull_request=Template("${who} looks at this ${thread} and ${branch}: ${draft}"))
    opening = an_opening(a_pull_request(head_ref="winter", draft=True))
    text = greeting(GreetingOccasion.FIRST_PULL_REQUEST, opening, own)
    assert text.startswith("the maintainers looks at this pull request and your branch `winter`: when it")


def test_mentor_and_office_hours_are_named_where_there_are_some() -> None:
    config = Welcome(mentor="write @grace", office_hours="Thursdays, 17:00 UTC")
    text = greeting(GreetingOccasion.FIRST_PULL_REQUEST_AFTER_AN_ISSUE, an_opening(a_pull_request()), config)
    assert "- **A mentor:** write @grace\n- **Office hours:** Thursdays, 17:00 UTC" in text


@pytest.mark.parametrize("occasion", list(GreetingOccasion))
@pytest.mark.parametrize("thread", [an_issue(), a_pull_request(head_ref=""), a_pull_request(draft=True)])
def test_no_greeting_has_a_gap_or_shouts(occasion: GreetingOccasion, thread: Issue) -> None:
    text = greeting(occasion, an_opening(thread), Welcome())
    assert text.startswith("Hi @ada, ")
    assert "  " not in text
    assert "!" not in text
    assert "$" not in text
    assert ":** \n" not in text


def test_what_users_wrote_does_nothing_in_a_greeting() -> None:
    config = Welcome(issue=Template("About ${title}"))
    opening = an_opening(an_issue(title="@everyone <img src=x> [see](https://evil.example)"))
    text = greeting(GreetingOccasion.FIRST_ISSUE, opening, config)
    assert "@everyone" not in text
    assert "<img" not in text
    assert "[see]" not in text


def test_a_branch_name_cannot_break_out() -> None:
    opening = an_opening(a_pull_request(head_ref="x`@everyone`y"))
    assert "push to ``x`@everyone`y`` shows" in greeting(
        GreetingOccasion.FIRST_PULL_REQUEST, opening, Welcome()
    )


@pytest.mark.parametrize(
    ("waits", "sentence"),
    [
        pytest.param(
            HOURS_TO_DAYS,
            "Half of the pull requests here are answered within 9 hours, most within 4 days.",
            id="both shares are known",
        ),
        pytest.param(
            replace(HOURS_TO_DAYS, most_within=None),
            "Half of the pull requests here are answered within 9 hours.",
            id="of the others nothing is known",
        ),
        pytest.param(
            replace(HOURS_TO_DAYS, half_within=timedelta(hours=30), most_within=timedelta(hours=47)),
            "Most pull requests here are answered within 2 days.",
            id="both shares sound the same",
        ),
        pytest.param(
            replace(HOURS_TO_DAYS, half_within=None, most_within=None, half_beyond=timedelta(days=31)),
            "Many pull requests here wait more than a month for an answer. It is not about your work.",
            id="fewer than half are answered in a month",
        ),
        pytest.param(
            replace(HOURS_TO_DAYS, half_within=None, most_within=None, half_beyond=timedelta(days=29)),
            "",
            id="nobody was watched for long enough",
        ),
        pytest.param(
            replace(HOURS_TO_DAYS, half_within=None, most_within=None),
            "",
            id="nothing is known",
        ),
    ],
)
def test_the_eta_says_what_was_seen(waits: Estimate, sentence: str) -> None:
    assert eta(waits) == sentence


@pytest.mark.parametrize(
    ("wait", "words"),
    [
        pytest.param(timedelta(0), "an hour", id="at once"),
        pytest.param(timedelta(minutes=61), "2 hours", id="a little more than an hour"),
        pytest.param(timedelta(hours=20), "20 hours", id="twenty hours"),
        pytest.param(timedelta(hours=21), "a day", id="almost a day"),
        pytest.param(timedelta(hours=25), "2 days", id="a little more than a day"),
        pytest.param(timedelta(days=13), "13 days", id="thirteen days"),
        pytest.param(timedelta(days=14), "2 weeks", id="two weeks"),
        pytest.param(timedelta(days=63), "9 weeks", id="nine weeks"),
        pytest.param(timedelta(days=64), "3 months", id="more than nine weeks"),
    ],
)
def test_waits_are_rounded_up_to_what_people_say(wait: timedelta, words: str) -> None:
    assert in_words(wait) == words
