"""Whose turn is it? Questions, answers and approvals, case by case."""

from __future__ import annotations

from typing import Any

import pytest

from mentorbot.domain.timeline import ActKind, Verdict
from mentorbot.domain.turns import Holder
from tests.builders import a_person
from tests.domain.pasts import (
    act,
    approves,
    asks_for_changes,
    case,
    pushes,
    reviews,
    says,
    says_of_a_line,
    turn_of,
)

AUTHOR, REVIEWERS, EXTERNAL, UNKNOWN = Holder.AUTHOR, Holder.REVIEWERS, Holder.EXTERNAL, Holder.UNCLEAR


@pytest.mark.parametrize(
    ("holder", "past"),
    [
        case("nobody but the author did anything", REVIEWERS),
        case("the author pushed and nobody else did anything", REVIEWERS, pushes()),
        case("a question of a reviewer waits for the author", AUTHOR, says("bob", "Why is this static?")),
        case("an answer ends the question", REVIEWERS, says("bob", "Why?"), says("ada", "It is cheaper.")),
        case("a push ends the question", REVIEWERS, says("bob", "Why is this static?"), pushes()),
        case("requested changes wait for the author", AUTHOR, asks_for_changes("bob")),
        case("requested changes and then a push", REVIEWERS, asks_for_changes("bob"), pushes()),
        case(
            "requested changes and then words that answer",
            REVIEWERS,
            asks_for_changes("bob", "Why not reuse the parser?"),
            says("ada", "The parser allocates, this must not."),
        ),
        case(
            "several answers and one push are one answer",
            REVIEWERS,
            says_of_a_line("bob", "Typo.", thread="line-1"),
            says_of_a_line("bob", "Rename this, please.", thread="line-2"),
            says_of_a_line("ada", "Done.", thread="line-1"),
            pushes(),
        ),
        case(
            "answers in some threads leave the others open",
            AUTHOR,
            says_of_a_line("bob", "Can you rename this?", thread="line-1"),
            says_of_a_line("bob", "Can you test this?", thread="line-2"),
            says_of_a_line("ada", "No, it is used elsewhere.", thread="line-1"),
        ),
        case(
            "answers in every thread leave nothing open",
            REVIEWERS,
            says_of_a_line("bob", "Can you rename this?", thread="line-1"),
            says_of_a_line("bob", "Can you test this?", thread="line-2"),
            says_of_a_line("ada", "No, it is used elsewhere.", thread="line-1"),
            says_of_a_line("ada", "The old test covers it.", thread="line-2"),
        ),
        case(
            "a suggestion in a reply is a suggestion",
            AUTHOR,
            says_of_a_line("bob", "Why static?"),
            says_of_a_line("ada", "It is cheaper."),
            says_of_a_line("bob", "I think we should measure that."),
        ),
        case("a suggested change", AUTHOR, says_of_a_line("bob", "```suggestion\nreturn 1\n```")),
        case("a short remark on a line", AUTHOR, says_of_a_line("bob", "Unused argument")),
        case("a nit that nobody has approved yet", AUTHOR, says_of_a_line("bob", "nit: empty line missing")),
        case("somebody says that a rebase is needed", AUTHOR, says("bob", "Needs rebase.")),
        case("a rebase is asked for and done", REVIEWERS, says("bob", "Needs rebase."), pushes()),
        case(
            "merging the base branch answers who asked for that",
            REVIEWERS,
            says("bob", "This needs a rebase."),
            act(ActKind.BASE_MERGED, "ada"),
        ),
        case(
            "merging the base branch answers no other question",
            AUTHOR,
            says("bob", "Why is this static?"),
            act(ActKind.BASE_MERGED, "ada"),
        ),
        case("a maintainer pushes back", AUTHOR, says("bob", "I'm not convinced that we should do this.")),
        case("a maintainer says no", AUTHOR, says("bob", "NACK, this breaks old compilers.")),
        case("criticism as the first reaction", AUTHOR, says("bob", "The loop is optimised out entirely.")),
        case(
            "a review of words alone",
            AUTHOR,
            reviews("bob", Verdict.COMMENTED, "The bullets look a bit out of place here."),
        ),
        case(
            "an empty review is only the envelope of its line comments",
            AUTHOR,
            says_of_a_line("bob", "Please rename this."),
            reviews("bob"),
        ),
        case(
            "the title was to be changed and was",
            REVIEWERS,
            says("bob", "Please put the module into the title."),
            act(ActKind.RETITLED, "ada", title_before="Make rockets fly", title_after="engine: make it fly"),
        ),
        case(
            "asking for a review again hands it over",
            REVIEWERS,
            asks_for_changes("bob"),
            act(ActKind.REVIEW_REQUESTED, "ada", subject=a_person("bob")),
        ),
        case(
            "bedevere's phrase hands it over",
            REVIEWERS,
            asks_for_changes("bob"),
            says("ada", "I have made the requested changes; please review again."),
        ),
        case("rustbot is told that it waits for the author", AUTHOR, says("bob", "@rustbot author")),
        case(
            "rustbot is told that it is ready", REVIEWERS, says("bob", "Why?"), says("ada", "@rustbot ready")
        ),
        case(
            "the question was deleted",
            REVIEWERS,
            says("bob", "Why?", id="comment-1"),
            act(ActKind.COMMENT_DELETED, "bob", about="comment-1"),
        ),
        case(
            "the question was edited away",
            REVIEWERS,
            says("bob", "Why?", id="comment-1"),
            act(ActKind.COMMENT_EDITED, "bob", about="comment-1", body="Nice!"),
        ),
    ],
)
def test_questions_and_answers(holder: Holder, past: Any) -> None:
    assert turn_of(past).holder is holder


@pytest.mark.parametrize(
    ("holder", "past"),
    [
        case("an approving review", REVIEWERS, approves("bob")),
        case("LGTM in a comment", REVIEWERS, says("bob", "LGTM")),
        case("a thumb up in a comment", REVIEWERS, says("bob", ":+1:")),
        case("ACK with a commit", REVIEWERS, says("bob", "utACK 0123abc")),
        case("a prediction in an approval", REVIEWERS, says("bob", "ACK 1a2b3c, the sum must be positive")),
        case("why not is a yes", REVIEWERS, says("bob", "Why?"), says("carol", "Yeah why not, ACK")),
        case("r+", REVIEWERS, says("bob", "@bors r+")),
        case("/lgtm", REVIEWERS, says("bob", "/lgtm\n/approve")),
        case(
            "an approval taken back with a reason",
            AUTHOR,
            says("bob", "/lgtm"),
            says("bob", "/lgtm cancel\nThis breaks the Windows build."),
        ),
        case("ship it", REVIEWERS, says("bob", "Great. Ship it!")),
        case("the approver had asked before", REVIEWERS, says("bob", "Why?"), says("bob", "Ah. LGTM")),
        case("approval with a nit", REVIEWERS, says("bob", "LGTM, one nit: the comment could be shorter.")),
        case(
            "approval and then a nit",
            REVIEWERS,
            approves("bob"),
            says_of_a_line("carol", "nit: could be shorter"),
        ),
        case(
            "approval and then a mild suggestion",
            REVIEWERS,
            approves("bob"),
            says("carol", "This could be a loop."),
        ),
        case(
            "approval and then a real question",
            AUTHOR,
            approves("bob"),
            says("carol", "What if it is empty?"),
        ),
        case(
            "approval and then a plain request on a line",
            AUTHOR,
            approves("bob"),
            says_of_a_line("bob", "Please fix this before merging, it leaks memory."),
        ),
        case("approval and then requested changes", AUTHOR, approves("bob"), asks_for_changes("carol")),
        case(
            "approval of one doesn't lift another's request",
            AUTHOR,
            asks_for_changes("carol"),
            approves("bob"),
        ),
        case("approval lifts one's own request", REVIEWERS, asks_for_changes("bob"), approves("bob")),
        case("approval that needs a rebase", AUTHOR, says("bob", "Fast review ACK. Needs rebase.")),
        case("approval on a condition", AUTHOR, says("bob", "LGTM once the tests pass")),
        case("otherwise LGTM", AUTHOR, says("bob", "Why is it static? Otherwise LGTM")),
        case("Concept ACK asks nothing", REVIEWERS, says("bob", "Concept ACK")),
        case("Concept ACK with a question", AUTHOR, says("bob", "Concept ACK. Can you split this?")),
        case("not LGTM", AUTHOR, says("bob", "Not LGTM yet, the tests fail.")),
        case("quoted approval is none", AUTHOR, says("bob", "> LGTM\n\nDid you test that?")),
        case("approval in code is none", AUTHOR, says("bob", "What does `LGTM` stand for here?")),
        case("approval in an HTML comment is none", AUTHOR, says("bob", "<!-- LGTM --> What is this for?")),
        case("approval, then a push: reviewed again or merged", REVIEWERS, approves("bob"), pushes()),
        case("a passer-by's approval settles nothing", AUTHOR, says("bob", "Why?"), says("dan", "LGTM")),
        case(
            "a maintainer's thumb up on the pull request",
            REVIEWERS,
            says("bob", "Why is this static?"),
            act(ActKind.REACTED, "bob", outcome="+1"),
        ),
        case(
            "a reviewer's thumb up on the answer",
            REVIEWERS,
            says("ada", "Because it is cheaper.", id="comment-2"),
            says("bob", "Is that so?"),
            act(ActKind.REACTED, "bob", outcome="+1", about="comment-2"),
        ),
        case(
            "a heart settles nothing",
            AUTHOR,
            says("bob", "Why?"),
            act(ActKind.REACTED, "bob", outcome="heart"),
        ),
        case(
            "a dismissed request for changes",
            REVIEWERS,
            asks_for_changes("bob", id="review-1"),
            act(ActKind.REVIEW_DISMISSED, "carol", about="review-1"),
        ),
    ],
)
def test_approvals_in_any_form(holder: Holder, past: Any) -> None:
    assert turn_of(past).holder is holder
