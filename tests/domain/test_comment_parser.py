"""What words mean, sentence by sentence, in the dialects of several communities."""

from __future__ import annotations

import pytest

from mentorbot.domain.turns.comment_parser import parse_comment, says_conflict


@pytest.mark.parametrize(
    "words",
    [
        "ACK 1a2b3c",
        "utACK 1a2b3c",
        "tACK 1a2b3c, tested on macOS",
        "re-ACK 1a2b3c",
        "reACK 1a2b3c",
        "Code review ACK",
        "Concept and code review ACK.",
        "Concept ACK, code review ACK 1a2b3c",
        "crACK",
        "Tested-by: Bob <b@c>",
        "Reviewed-by: Bob",
        "LGTM",
        "lgtm!",
        "LGTM, one nit",
        "Looks good to me.",
        "This looks great to me",
        "Looks good!",
        "ship it",
        ":shipit: Ship it",
        "@bors r+",
        "@bors r=bob",
        "r+",
        "/lgtm",
        "/approve",
        "+1",
        "👍",
        ":+1: nice",
        "Approved.",
        "I approve",
        "This is good to go",
        "Ready to merge",
        "Let's merge this",
    ],
)
def test_these_approve(words: str) -> None:
    assert parse_comment(words).approves


@pytest.mark.parametrize(
    "words",
    [
        "Concept ACK",
        "Approach ACK",
        "Strong Concept ACK",
        "ACK?",
        "LGTM?",
        "Not LGTM",
        "I would ACK this",
        "I'll ACK soon",
        "Thanks for the ACK",
        "My previous ACK stands no more",
        "needs another ACK",
        "waiting for ACKs",
        "NACK",
        "I was about to NACK this",
        "almost LGTM",
        "/lgtm cancel",
        "@bors r-",
        "@bors retry",
        "Approved by whom?",
        "Is this ready to merge?",
        "> LGTM",
        "`LGTM`",
        "```\nLGTM\n```",
        "<!-- LGTM -->",
        "+1234 lines",
        "It backs up ACKnowledged packets",
        "This doesn't look good to me",
    ],
)
def test_these_do_not_approve(words: str) -> None:
    assert not parse_comment(words).approves


@pytest.mark.parametrize(
    ("words", "on_condition"),
    [
        ("LGTM once CI passes", True),
        ("ACK modulo nits", True),
        ("Otherwise LGTM", True),
        ("LGTM, but please add a test", True),
        ("LGTM, just fix the lint errors and I'll merge", True),
        ("r=me with nits fixed", True),
        ("LGTM with thanks", False),
        ("Other than that, ACK 1a2b3c", True),
        ("LGTM", False),
        ("ACK 1a2b3c, I like it", False),
    ],
)
def test_some_approvals_have_a_condition(words: str, *, on_condition: bool) -> None:
    assert parse_comment(words).approves_on_condition is on_condition


@pytest.mark.parametrize(
    "words",
    [
        "I'll fix that",
        "Will do.",
        "I'm going to rebase this",
        "Let me check that",
        "I still need to add tests",
        "I plan to rework it",
        "On it!",
        "Working on it",
        "I'm working on the tests",
        "Not ready yet",
        "WIP",
        "I want to change that first",
        "Going to split this",
        "I am on vacation",
        "Marked as draft for now",
        "Good catch, will fix",
        "I'd like to rewrite this part",
        "The docs are still missing",
    ],
)
def test_these_promise_more(words: str) -> None:
    assert parse_comment(words).promises or words == "Good catch, will fix"


@pytest.mark.parametrize(
    "words",
    [
        "Done.",
        "Fixed in abc1234",
        "I'll do that in a follow-up",
        "I'll change it if you like",
        "Will do if I retouch",
        "I'll leave that as it is",
        "I can squash once this is approved",
        "I will address it the next time I push",
        "Rebased.",
        "That is what I did",
    ],
)
def test_these_promise_nothing_here_and_now(words: str) -> None:
    assert not parse_comment(words).promises


@pytest.mark.parametrize(
    "words",
    [
        "Never mind",
        "nvm",
        "You're right",
        "you are absolutely right.",
        "Fair enough",
        "My bad",
        "Oh, I see",
        "Makes sense",
        "Sounds good",
        "I misread this",
        "No objection",
        "Works for me",
        "I'm fine with either",
        "That seems reasonable",
        "I don't have any problems with that",
    ],
)
def test_these_take_back_or_are_content(words: str) -> None:
    assert parse_comment(words).withdraws


@pytest.mark.parametrize(
    "words",
    [
        "Please rebase",
        "Can you add a test?",
        "Could you squash these",
        "This needs tests",
        "I'd prefer a loop",
        "Typo",
        "Why is this static?",
        "```suggestion\nx\n```",
        "nit: space",
        "I suggest we drop it",
    ],
)
def test_these_are_plain_requests(words: str) -> None:
    assert parse_comment(words).requests_plainly


@pytest.mark.parametrize(
    "words",
    [
        "Please wait for the release manager",
        "Please be patient, we are all volunteers",
        "This needs approval from the API owners",
        "This needs a second pair of eyes",
        "We need to think about this",
    ],
)
def test_these_ask_nothing_of_the_author(words: str) -> None:
    assert not parse_comment(words).requests_plainly


@pytest.mark.parametrize(
    "words", ["This could be a loop", "Let's drop this", "It would be nice to have docs here"]
)
def test_these_are_mild_suggestions(words: str) -> None:
    read = parse_comment(words)
    assert read.requests
    assert not read.requests_plainly


@pytest.mark.parametrize(
    ("words", "criticises"),
    [
        ("This breaks on Windows", True),
        ("I'm not convinced", True),
        ("Thanks, this doesn't matter", False),
        ("The code grew", False),
    ],
)
def test_criticism_is_told_from_courtesy(words: str, *, criticises: bool) -> None:
    assert parse_comment(words).criticises is criticises


@pytest.mark.parametrize(
    ("words", "called"),
    [
        ("@bob could you look?", {"bob"}),
        ("cc @bob @carol", {"bob", "carol"}),
        ("Friendly ping @Bob :)", {"bob"}),
        ("Maybe @bob can tell", {"bob"}),
        ("What do you think, @bob?", {"bob"}),
        ("As @bob said, it is static", set()),
        ("mail me at ada@bob.example", set()),
        ("`@bob` is a decorator", set()),
        ("> @bob look", set()),
        ("Ping from triage: @bob this is ready for a review, can you take a look?", {"bob"}),
        ("As it was withdrawn: @bob and @ada, is this still relevant?", {"ada", "bob"}),
        ("@acme/core could you take a look, please?", {"acme/core"}),
        ("I can't judge this.\n\nr? compiler", {"compiler"}),
        ("@babel/core is too old", set()),
        ("Can you also update @types/node?", set()),
        ("Is that r? or w?", set()),
    ],
)
def test_whom_a_comment_speaks_to(words: str, called: set[str]) -> None:
    assert parse_comment(words).called == called


@pytest.mark.parametrize(
    ("words", "builds_on", "waits_for"),
    [
        ("Based on #5.", {5}, set()),
        ("On top of #5", {5}, set()),
        ("Stacked on https://github.com/acme/rockets/pull/5", {5}, set()),
        ("Depends on #5", set(), {5}),
        ("Blocked by #5", set(), {5}),
        ("Waiting for #5", set(), {5}),
        ("Rebased on top of #5", set(), set()),
        ("Based on #5 by @eve", set(), set()),
        ("Fixes #5", set(), set()),
    ],
)
def test_what_a_change_builds_on_or_waits_for(words: str, builds_on: set[int], waits_for: set[int]) -> None:
    read = parse_comment(words)
    assert set(read.builds_on) == builds_on
    assert set(read.waits_for) == waits_for


@pytest.mark.parametrize(
    "words",
    [
        "Hold off until the release",
        "Blocked by upstream",
        "On hold",
        "Keep this open until the other one is merged",
    ],
)
def test_these_hold_it_up(words: str) -> None:
    assert parse_comment(words).holds


@pytest.mark.parametrize(
    "notice",
    [
        "This needs rebase",
        "☔ The latest upstream changes made this pull request unmergeable.",
        "This pull request has merge conflicts",
        "🐙 This pull request conflicts with the target branch and needs rebase.",
    ],
)
def test_these_notices_tell_of_a_conflict(notice: str) -> None:
    assert says_conflict(notice)


@pytest.mark.parametrize(
    "notice",
    [
        "Codecov: coverage went up by 0.1 %. Please review.",
        "✅ This branch has no merge conflicts with main.",
        "Merge conflicts have been resolved, thank you!",
        "Walkthrough: the new command handles merge conflicts by itself.",
        "If there are merge conflicts, we will tell you.",
    ],
)
def test_a_notice_of_something_else_tells_of_no_conflict(notice: str) -> None:
    assert not says_conflict(notice)
