"""Whose turn it is while a pull request is a draft, red, in conflict, blocked, corrected or labelled."""

from __future__ import annotations

from typing import Any

import pytest

from mentorbot.domain.timeline import Act, ActKind
from mentorbot.domain.turns import Holder, TurnSettings
from tests.builders import a_person
from tests.domain.pasts import (
    a_past,
    act,
    approves,
    asks_for_changes,
    case,
    drafts,
    marks_ready,
    pushes,
    says,
    says_of_a_line,
    turn_of,
)

AUTHOR, REVIEWERS, EXTERNAL, UNKNOWN = Holder.AUTHOR, Holder.REVIEWERS, Holder.EXTERNAL, Holder.UNCLEAR


@pytest.mark.parametrize(
    ("holder", "past"),
    [
        case("opened as a draft", AUTHOR, opened_as_draft=True),
        case("turned into a draft", AUTHOR, pushes(), drafts()),
        case("turned into a draft, though approved", AUTHOR, approves("bob"), drafts()),
        case("marked ready", REVIEWERS, marks_ready(), opened_as_draft=True),
        case(
            "a draft that asks for opinions", REVIEWERS, opened_as_draft=True, body="Am I on the right track?"
        ),
        case(
            "a draft whose author asks something",
            REVIEWERS,
            says("ada", "Is this what you meant?"),
            opened_as_draft=True,
        ),
        case(
            "a draft that got its opinions",
            AUTHOR,
            says("bob", "Yes, go on."),
            opened_as_draft=True,
            body="Feedback?",
        ),
        case("WIP in the title", AUTHOR, title="WIP: make rockets fly"),
        case("[WIP] in the title", AUTHOR, title="engine: [WIP] make rockets fly"),
        case("a word that merely contains wip", REVIEWERS, title="Swipe to the left"),
        case(
            "WIP taken out of the title",
            REVIEWERS,
            says("bob", "Why?"),
            act(ActKind.RETITLED, "ada", title_after="Make rockets fly"),
            title="WIP: make rockets fly",
        ),
        case(
            "WIP put into the title",
            AUTHOR,
            act(ActKind.RETITLED, "ada", title_after="WIP: make rockets fly"),
        ),
        case("closed", UNKNOWN, act(ActKind.CLOSED, "bob")),
        case("merged", UNKNOWN, act(ActKind.MERGED, "bob")),
        case("closed and opened again", REVIEWERS, act(ActKind.CLOSED, "bob"), act(ActKind.REOPENED, "bob")),
    ],
)
def test_drafts_and_titles_as_of_then(holder: Holder, past: Any) -> None:
    assert turn_of(past).holder is holder


@pytest.mark.parametrize(
    ("holder", "past"),
    [
        case(
            "a failed check on the head",
            AUTHOR,
            pushes(sha="aa"),
            act(ActKind.CHECKS_CONCLUDED, sha="aa", outcome="failure"),
        ),
        case(
            "a failed check on an older commit",
            REVIEWERS,
            pushes(sha="aa"),
            pushes(sha="bb"),
            act(ActKind.CHECKS_CONCLUDED, sha="aa", outcome="failure"),
        ),
        case(
            "a check that passes now",
            REVIEWERS,
            pushes(sha="aa"),
            act(ActKind.CHECKS_CONCLUDED, sha="aa", outcome="failure"),
            act(ActKind.CHECKS_CONCLUDED, sha="aa", outcome="success"),
        ),
        case(
            "a failure explained",
            REVIEWERS,
            pushes(sha="aa"),
            act(ActKind.CHECKS_CONCLUDED, sha="aa", outcome="failure"),
            says("ada", "The CI failure is unrelated."),
        ),
        case("a conflict", AUTHOR, approves("bob"), act(ActKind.MERGEABILITY_SEEN, outcome="conflict")),
        case("a conflict solved", REVIEWERS, act(ActKind.MERGEABILITY_SEEN, outcome="conflict"), pushes()),
        case(
            "a conflict gone",
            REVIEWERS,
            act(ActKind.MERGEABILITY_SEEN, outcome="conflict"),
            act(ActKind.MERGEABILITY_SEEN, outcome="clean"),
        ),
        case(
            "a bot says that it conflicts", AUTHOR, says("drah-bot", "This conflicts with the target branch.")
        ),
        case(
            "a bot's label says that it conflicts",
            AUTHOR,
            act(ActKind.LABELED, "drah-bot", label="Needs rebase"),
        ),
        case(
            "the conflict label is gone",
            REVIEWERS,
            act(ActKind.LABELED, "drah-bot", label="Needs rebase"),
            act(ActKind.UNLABELED, "drah-bot", label="Needs rebase"),
        ),
        case("checks wait for a maintainer", REVIEWERS, says("bob", "Why?"), act(ActKind.WORKFLOW_WAITING)),
        case(
            "checks were let run",
            AUTHOR,
            says("bob", "Why?"),
            act(ActKind.WORKFLOW_WAITING),
            act(ActKind.WORKFLOW_STARTED, "carol"),
        ),
        case(
            "checks of a draft wait for a maintainer",
            AUTHOR,
            act(ActKind.WORKFLOW_WAITING),
            opened_as_draft=True,
        ),
    ],
)
def test_checks_conflicts_and_runs(holder: Holder, past: Any) -> None:
    assert turn_of(past).holder is holder


@pytest.mark.parametrize(
    ("holder", "past"),
    [
        case("based on an open pull request", EXTERNAL, body="Based on #5."),
        case(
            "based on an open one, with a question to reviewers",
            REVIEWERS,
            says("ada", "Which of the two should I build on?"),
            body="Based on #5.",
        ),
        case(
            "based on one that was closed",
            REVIEWERS,
            act(ActKind.REFERENCE_CLOSED, about="5"),
            body="Based on #5.",
        ),
        case("based on an open one, yet under review", AUTHOR, says("bob", "Why?"), body="Based on #5."),
        case("based on an open one and reviewed to the end", EXTERNAL, approves("bob"), body="Based on #5."),
        case(
            "a link instead of a number", EXTERNAL, body="Depends on https://github.com/acme/rockets/pull/5"
        ),
        case(
            "blocked by an open issue, while under review",
            EXTERNAL,
            says("bob", "Nice!"),
            says("ada", "Blocked by #5."),
        ),
        case("based on the work of somebody", REVIEWERS, body="Based on #5 by @eve."),
        case("hold off until", EXTERNAL, says("ada", "Let's hold off until the release.")),
        case("not to be merged until", EXTERNAL, says("ada", "Please don't merge until the fix is in.")),
        case(
            "a hold ends with a push", REVIEWERS, says("ada", "Let's hold off until the release."), pushes()
        ),
    ],
)
def test_waiting_for_something_else(holder: Holder, past: Any) -> None:
    assert turn_of(past).holder is holder


@pytest.mark.parametrize(
    ("holder", "past"),
    [
        case("/ready", REVIEWERS, says("bob", "Why?"), act(ActKind.DECLARED_READY, "ada")),
        case("/ready on a draft", REVIEWERS, act(ActKind.DECLARED_READY, "ada"), opened_as_draft=True),
        case("/blocked", EXTERNAL, act(ActKind.DECLARED_BLOCKED, "ada", body="waiting for the new parser")),
        case("/waiting author", AUTHOR, act(ActKind.DECLARED_WAITING, "bob", outcome="author")),
        case(
            "/waiting reviewers",
            REVIEWERS,
            says("bob", "Why?"),
            act(ActKind.DECLARED_WAITING, "bob", outcome="reviewers"),
        ),
        case(
            "a newer push overtakes it",
            REVIEWERS,
            act(ActKind.DECLARED_WAITING, "bob", outcome="author"),
            pushes(),
        ),
        case(
            "a newer question overtakes it", AUTHOR, act(ActKind.DECLARED_READY, "ada"), says("bob", "Why?")
        ),
        case("a newer draft overtakes it", AUTHOR, act(ActKind.DECLARED_READY, "ada"), drafts()),
        case(
            "the last correction wins",
            AUTHOR,
            act(ActKind.DECLARED_READY, "ada"),
            act(ActKind.DECLARED_WAITING, "bob", outcome="author"),
        ),
        case(
            "the comment with the command is no answer",
            AUTHOR,
            says("bob", "/waiting author"),
            act(ActKind.DECLARED_WAITING, "bob", outcome="author"),
        ),
    ],
)
def test_corrections_outrank_the_rules_until_something_newer(holder: Holder, past: Any) -> None:
    assert turn_of(past).holder is holder


LABELS = TurnSettings(
    external_labels=frozenset({"blocked"}),
    author_labels=frozenset({"awaiting changes"}),
    reviewer_labels=frozenset({"awaiting review"}),
    approval_words=frozenset({"abgenommen"}),
    wip_titles=("^half done",),
    bots=frozenset({"merry"}),
)


@pytest.mark.parametrize(
    ("holder", "past"),
    [
        case("a label for blocked", EXTERNAL, act(ActKind.LABELED, "bob", label="blocked")),
        case("a label for the author", AUTHOR, act(ActKind.LABELED, "bob", label="awaiting changes")),
        case(
            "a label for the reviewers",
            REVIEWERS,
            says("bob", "Why?"),
            act(ActKind.LABELED, "bob", label="awaiting review"),
        ),
        case(
            "a label taken off",
            REVIEWERS,
            act(ActKind.LABELED, "bob", label="blocked"),
            act(ActKind.UNLABELED, "bob", label="blocked"),
        ),
        case("a bot's label", REVIEWERS, act(ActKind.LABELED, "ci-bot", label="blocked")),
        case("the repository's own word of approval", REVIEWERS, says("bob", "Abgenommen, danke")),
        case("the repository's own mark in a title", AUTHOR, title="Half done: rockets"),
        case("the repository's own bot", REVIEWERS, says("merry", "Why is this static?")),
    ],
)
def test_what_a_repository_may_set(holder: Holder, past: Any) -> None:
    assert turn_of(past, rules=LABELS).holder is holder


def test_only_reviewers_can_move_what_a_bot_or_a_ghost_opened() -> None:
    for author in (None, a_person("dependabot[bot]", is_bot=True)):
        turn = turn_of(a_past(says("bob", "Why?"), author=author))
        assert turn.holder is REVIEWERS
        assert "bot or has left GitHub" in turn.because


def test_a_draft_that_waits_for_something_else_is_not_its_authors_turn() -> None:
    turn = turn_of(a_past(drafts(), says("ada", "This depends on #5.")))
    assert turn.holder is Holder.EXTERNAL


@pytest.mark.parametrize(
    "answer",
    [
        pytest.param(asks_for_changes("dan"), id="asks for changes"),
        pytest.param(approves("dan", "LGTM once the test is renamed."), id="approves on a condition"),
        pytest.param(says_of_a_line("dan", "Please rename this."), id="remarks on a line"),
        pytest.param(says("dan", "Nice!"), id="says something"),
    ],
)
def test_a_passer_by_does_not_answer_what_a_draft_asks(answer: Act) -> None:
    past = a_past(drafts(), says("ada", "Is this what you meant?"), answer)
    assert turn_of(past).holder is REVIEWERS
