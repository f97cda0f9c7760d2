"""Whose turn is it? Tables of named cases, one table for each kind of evidence."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from mentorbot.core.people import Person
from mentorbot.core.timeline import Act, ActKind, Verdict
from mentorbot.core.turns import Holder, TurnRules
from tests.builders import NOW, a_person
from tests.core.pasts import (
    a_past,
    act,
    approves,
    asks_for_changes,
    drafts,
    marks_ready,
    pushes,
    reviews,
    says,
    says_of_a_line,
    turn_of,
)

AUTHOR, REVIEWERS, EXTERNAL, UNKNOWN = Holder.AUTHOR, Holder.REVIEWERS, Holder.EXTERNAL, Holder.UNKNOWN


def case(name: str, holder: Holder, *acts: Act, **opened: Any) -> Any:
    return pytest.param(holder, a_past(*acts, **opened), id=name)


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
        case("rustbot is told that it is ready", REVIEWERS, says("bob", "Why?"), says("ada", "@rustbot ready")),
        case("the question was deleted", REVIEWERS, says("bob", "Why?", id="comment-1"),
             act(ActKind.COMMENT_DELETED, "bob", about="comment-1")),
        case("the question was edited away", REVIEWERS, says("bob", "Why?", id="comment-1"),
             act(ActKind.COMMENT_EDITED, "bob", about="comment-1", body="Nice!")),
    ],
)  # fmt: skip
def test_questions_and_answers(holder: Holder, past: Any) -> None:
    assert turn_of(past).holder is holder


@pytest.mark.parametrize(
    ("holder", "past"),
    [
        case("an approving review", REVIEWERS, approves("bob")),
        case("LGTM in a comment", REVIEWERS, says("bob", "LGTM")),
        case("a thumb up in a comment", REVIEWERS, says("bob", ":+1:")),
        case("ACK with a commit", REVIEWERS, says("bob", "utACK 0123abc")),
        case("r+", REVIEWERS, says("bob", "@bors r+")),
        case("/lgtm", REVIEWERS, says("bob", "/lgtm\n/approve")),
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


@pytest.mark.parametrize(
    ("holder", "past"),
    [
        case("the author will do it", AUTHOR, says("bob", "Please add a test."), says("ada", "Will do.")),
        case("the author will do it this weekend", AUTHOR, says("bob", "Typo."), says("ada", "I'll update this weekend.")),
        case("the author did as promised", REVIEWERS, says("ada", "I'll fix that."), pushes()),
        case("the author says that it is done", REVIEWERS, says("ada", "I'll fix that."), says("ada", "Fixed in abc1234.")),
        case("the author is on vacation", AUTHOR, says("bob", "Typo."), says("ada", "I'm on vacation until Monday.")),
        case("the author still works on it", AUTHOR, pushes(), says("ada", "Not ready yet, the tests are still missing.")),
        case("a promise for a follow-up", REVIEWERS, says("bob", "Typo."), says("ada", "I'll fix that in a follow-up PR.")),
        case("a promise that depends on the reviewer", REVIEWERS, says("bob", "Hm?"), says("ada", "I'll change it if you prefer.")),
        case("a promise for the next push", REVIEWERS, says("bob", "Typo."), says("ada", "Will do if I have to retouch.")),
        case("an approval overtakes the promise", REVIEWERS, says("ada", "I'll shorten it."), approves("bob")),
        case("a reviewer promises a review", REVIEWERS, says("bob", "I'll review this tomorrow.")),
        case("a reviewer is behind", REVIEWERS, says("ada", "I will tidy up."), says("bob", "Sorry, backlogged. I'll look soon.")),
    ],
)  # fmt: skip
def test_promises(holder: Holder, past: Any) -> None:
    assert turn_of(past).holder is holder


@pytest.mark.parametrize(
    ("holder", "past"),
    [
        case("a remark for somebody else", REVIEWERS, says("bob", "@carol, could you look at this?")),
        case("cc asks nothing of the author", REVIEWERS, says("bob", "cc @carol")),
        case("a friendly ping of another", REVIEWERS, says("bob", "Friendly ping @carol :)")),
        case("anybody is asked", REVIEWERS, says("bob", "Could anybody with a Mac test this?")),
        case("the author is asked by name", AUTHOR, says("bob", "@ada could you rebase?")),
        case("another is merely mentioned", AUTHOR, says("bob", "As @carol said, this should be static.")),
        case("never mind", REVIEWERS, says("bob", "Is this right?"), says("bob", "Never mind, I misread it.")),
        case("you are right", REVIEWERS, says("bob", "Is this right?"), says("bob", "Oh, you're right.")),
        case(
            "one reviewer answers another's question",
            REVIEWERS,
            says("bob", "What is up with the macOS job?"),
            says("carol", "> What is up with the macOS job?\n\nSee #1536"),
        ),
        case(
            "a resolved conversation",
            REVIEWERS,
            says_of_a_line("bob", "Please rename this."),
            act(ActKind.THREAD_RESOLVED, "bob", thread="line-1"),
        ),
        case(
            "a conversation opened again",
            AUTHOR,
            says_of_a_line("bob", "Please rename this."),
            act(ActKind.THREAD_RESOLVED, "ada", thread="line-1"),
            act(ActKind.THREAD_UNRESOLVED, "bob", thread="line-1"),
        ),
        case(
            "resolving one conversation leaves the other",
            AUTHOR,
            says_of_a_line("bob", "Please rename this.", thread="line-1"),
            says_of_a_line("bob", "Why twice?", thread="line-2"),
            act(ActKind.THREAD_RESOLVED, "bob", thread="line-1"),
        ),
        case("thanks ask nothing", REVIEWERS, pushes(), says("bob", "Thanks a lot, very nice!")),
        case("a test report asks nothing", REVIEWERS, says("bob", "I tested this on FreeBSD and it works for me.")),
        case("a measurement asks nothing", REVIEWERS, says("bob", "On my machine: 12.3 ms before, 9.8 ms now.")),
        case("for another day", REVIEWERS, says("bob", "We should move this too, in a follow-up PR.")),
        case(
            "talk among reviewers asks nothing",
            REVIEWERS,
            says("bob", "Nice idea."),
            says("carol", "The old code grew over several years."),
        ),
        case(
            "a mild reply to the author's answer",
            REVIEWERS,
            says_of_a_line("bob", "Why static?"),
            says_of_a_line("ada", "It is cheaper."),
            says_of_a_line("bob", "In theory, but fine."),
        ),
        case("a passer-by's question moves nothing", REVIEWERS, pushes(), says("dan", "When is this merged?")),
        case("a passer-by's remark on a line counts", AUTHOR, says_of_a_line("dan", "This overflows.")),
        case("a reply to a bot's remark", REVIEWERS, says_of_a_line("review-bot", "Dead code?"),
             says_of_a_line("bob", "This is simply wrong.")),
        case("a co-author who pushed answers for the author", REVIEWERS, pushes("carol"), says("bob", "Why?"),
             says("carol", "Because of the cache.")),
        case("a reviewer who pushes a fix stays a reviewer", AUTHOR, says("carol", "Typo."), pushes("carol"),
             says("carol", "Please add a test, too.")),
        case("whom the title names as writer answers too", REVIEWERS, says("bob", "Why?"), says("eve", "Cheaper."),
             title="Fast loops (by eve)"),
        case("the owner of the fork answers too", REVIEWERS, says("bob", "Why?"), says("eve", "Cheaper."),
             head="eve:fast"),
    ],
)  # fmt: skip
def test_whom_the_words_are_for(holder: Holder, past: Any) -> None:
    assert turn_of(past).holder is holder


@pytest.mark.parametrize(
    ("holder", "past"),
    [
        case("opened as a draft", AUTHOR, opened_as_draft=True),
        case("turned into a draft", AUTHOR, pushes(), drafts()),
        case("turned into a draft, though approved", AUTHOR, approves("bob"), drafts()),
        case("marked ready", REVIEWERS, marks_ready(), opened_as_draft=True),
        case("a draft that asks for opinions", REVIEWERS, opened_as_draft=True, body="Am I on the right track?"),
        case("a draft whose author asks something", REVIEWERS, says("ada", "Is this what you meant?"), opened_as_draft=True),
        case("a draft that got its opinions", AUTHOR, says("bob", "Yes, go on."), opened_as_draft=True, body="Feedback?"),
        case("WIP in the title", AUTHOR, title="WIP: make rockets fly"),
        case("[WIP] in the title", AUTHOR, title="engine: [WIP] make rockets fly"),
        case("a word that merely contains wip", REVIEWERS, title="Swipe to the left"),
        case("WIP taken out of the title", REVIEWERS, says("bob", "Why?"),
             act(ActKind.RETITLED, "ada", title_after="Make rockets fly"), title="WIP: make rockets fly"),
        case("WIP put into the title", AUTHOR, act(ActKind.RETITLED, "ada", title_after="WIP: make rockets fly")),
        case("closed", UNKNOWN, act(ActKind.CLOSED, "bob")),
        case("merged", UNKNOWN, act(ActKind.MERGED, "bob")),
        case("closed and opened again", REVIEWERS, act(ActKind.CLOSED, "bob"), act(ActKind.REOPENED, "bob")),
    ],
)  # fmt: skip
def test_drafts_and_titles_as_of_then(holder: Holder, past: Any) -> None:
    assert turn_of(past).holder is holder


@pytest.mark.parametrize(
    ("holder", "past"),
    [
        case("a failed check on the head", AUTHOR, pushes(sha="aa"),
             act(ActKind.CHECKS_CONCLUDED, sha="aa", outcome="failure")),
        case("a failed check on an older commit", REVIEWERS, pushes(sha="aa"), pushes(sha="bb"),
             act(ActKind.CHECKS_CONCLUDED, sha="aa", outcome="failure")),
        case("a check that passes now", REVIEWERS, pushes(sha="aa"),
             act(ActKind.CHECKS_CONCLUDED, sha="aa", outcome="failure"),
             act(ActKind.CHECKS_CONCLUDED, sha="aa", outcome="success")),
        case("a failure explained", REVIEWERS, pushes(sha="aa"),
             act(ActKind.CHECKS_CONCLUDED, sha="aa", outcome="failure"),
             says("ada", "The CI failure is unrelated.")),
        case("a conflict", AUTHOR, approves("bob"), act(ActKind.MERGEABILITY_SEEN, outcome="conflict")),
        case("a conflict solved", REVIEWERS, act(ActKind.MERGEABILITY_SEEN, outcome="conflict"), pushes()),
        case("a conflict gone", REVIEWERS, act(ActKind.MERGEABILITY_SEEN, outcome="conflict"),
             act(ActKind.MERGEABILITY_SEEN, outcome="clean")),
        case("a bot says that it conflicts", AUTHOR, says("drah-bot", "This conflicts with the target branch.")),
        case("a bot's label says that it conflicts", AUTHOR, act(ActKind.LABELED, "drah-bot", label="Needs rebase")),
        case("the conflict label is gone", REVIEWERS, act(ActKind.LABELED, "drah-bot", label="Needs rebase"),
             act(ActKind.UNLABELED, "drah-bot", label="Needs rebase")),
        case("checks wait for a maintainer", REVIEWERS, says("bob", "Why?"), act(ActKind.WORKFLOW_WAITING)),
        case("checks were let run", AUTHOR, says("bob", "Why?"), act(ActKind.WORKFLOW_WAITING),
             act(ActKind.WORKFLOW_STARTED, "carol")),
        case("checks of a draft wait for a maintainer", AUTHOR, act(ActKind.WORKFLOW_WAITING), opened_as_draft=True),
    ],
)  # fmt: skip
def test_checks_conflicts_and_runs(holder: Holder, past: Any) -> None:
    assert turn_of(past).holder is holder


@pytest.mark.parametrize(
    ("holder", "past"),
    [
        case("based on an open pull request", EXTERNAL, body="Based on #5."),
        case("based on one that was closed", REVIEWERS, act(ActKind.REFERENCE_CLOSED, about="5"), body="Based on #5."),
        case("based on an open one, yet under review", AUTHOR, says("bob", "Why?"), body="Based on #5."),
        case("based on an open one and reviewed to the end", EXTERNAL, approves("bob"), body="Based on #5."),
        case("a link instead of a number", EXTERNAL, body="Depends on https://github.com/acme/rockets/pull/5"),
        case("blocked by an open issue, while under review", EXTERNAL, says("bob", "Nice!"), says("ada", "Blocked by #5.")),
        case("based on the work of somebody", REVIEWERS, body="Based on #5 by @eve."),
        case("hold off until", EXTERNAL, says("ada", "Let's hold off until the release.")),
        case("not to be merged until", EXTERNAL, says("ada", "Please don't merge until the fix is in.")),
        case("a hold ends with a push", REVIEWERS, says("ada", "Let's hold off until the release."), pushes()),
    ],
)  # fmt: skip
def test_waiting_for_something_else(holder: Holder, past: Any) -> None:
    assert turn_of(past).holder is holder


@pytest.mark.parametrize(
    ("holder", "past"),
    [
        case("/ready", REVIEWERS, says("bob", "Why?"), act(ActKind.DECLARED_READY, "ada")),
        case("/ready on a draft", REVIEWERS, act(ActKind.DECLARED_READY, "ada"), opened_as_draft=True),
        case("/blocked", EXTERNAL, act(ActKind.DECLARED_BLOCKED, "ada", body="waiting for the new parser")),
        case("/waiting author", AUTHOR, act(ActKind.DECLARED_WAITING, "bob", outcome="author")),
        case("/waiting reviewers", REVIEWERS, says("bob", "Why?"),
             act(ActKind.DECLARED_WAITING, "bob", outcome="reviewers")),
        case("a newer push overtakes it", REVIEWERS, act(ActKind.DECLARED_WAITING, "bob", outcome="author"), pushes()),
        case("a newer question overtakes it", AUTHOR, act(ActKind.DECLARED_READY, "ada"), says("bob", "Why?")),
        case("a newer draft overtakes it", AUTHOR, act(ActKind.DECLARED_READY, "ada"), drafts()),
        case("the last correction wins", AUTHOR, act(ActKind.DECLARED_READY, "ada"),
             act(ActKind.DECLARED_WAITING, "bob", outcome="author")),
        case("the comment with the command is no answer", AUTHOR,
             says("bob", "/waiting author"), act(ActKind.DECLARED_WAITING, "bob", outcome="author")),
    ],
)  # fmt: skip
def test_corrections_outrank_the_rules_until_something_newer(holder: Holder, past: Any) -> None:
    assert turn_of(past).holder is holder


LABELS = TurnRules(
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
        case("a label for the reviewers", REVIEWERS, says("bob", "Why?"),
             act(ActKind.LABELED, "bob", label="awaiting review")),
        case("a label taken off", REVIEWERS, act(ActKind.LABELED, "bob", label="blocked"),
             act(ActKind.UNLABELED, "bob", label="blocked")),
        case("a bot's label", REVIEWERS, act(ActKind.LABELED, "ci-bot", label="blocked")),
        case("the repository's own word of approval", REVIEWERS, says("bob", "Abgenommen, danke")),
        case("the repository's own mark in a title", AUTHOR, title="Half done: rockets"),
        case("the repository's own bot", REVIEWERS, says("merry", "Why is this static?")),
    ],
)  # fmt: skip
def test_what_a_repository_may_set(holder: Holder, past: Any) -> None:
    assert turn_of(past, rules=LABELS).holder is holder


def test_only_reviewers_can_move_what_a_bot_or_a_ghost_opened() -> None:
    for author in (None, a_person("dependabot[bot]", is_bot=True)):
        turn = turn_of(a_past(says("bob", "Why?"), author=author))
        assert turn.holder is REVIEWERS
        assert "bot or has left GitHub" in turn.because


def test_a_maintainer_named_in_the_rules_is_no_passer_by() -> None:
    past = a_past(says("bob", "Why?"), says("dan", "LGTM"))
    rules = TurnRules(maintainers=frozenset({a_person("dan").id}))
    assert turn_of(past, rules=rules).holder is REVIEWERS


@pytest.mark.parametrize(
    ("past", "named"),
    [
        pytest.param(a_past(), [], id="nobody was asked"),
        pytest.param(
            a_past(act(ActKind.REVIEW_REQUESTED, "ada", subject=a_person("bob"))), ["bob"], id="bob was asked"
        ),
        pytest.param(
            a_past(
                act(ActKind.REVIEW_REQUESTED, "ada", subject=a_person("bob")),
                act(ActKind.REVIEW_REQUESTED, "ada", subject=a_person("carol")),
                approves("bob"),
            ),
            ["carol"],
            id="bob and carol were asked and bob approved",
        ),
        pytest.param(
            a_past(
                act(ActKind.REVIEW_REQUESTED, "ada", subject=a_person("bob")),
                act(ActKind.REVIEW_REQUEST_REMOVED, "ada", subject=a_person("bob")),
            ),
            [],
            id="the request was taken back",
        ),
        pytest.param(
            a_past(act(ActKind.REVIEW_REQUESTED, "ada", subject=a_person("ci-bot"))), [], id="a bot was asked"
        ),
        pytest.param(a_past(says("bob", "Why?"), pushes()), ["bob"], id="bob was answered"),
        pytest.param(a_past(says("bob", "Why?")), [], id="it is the author's turn"),
    ],
)
def test_the_reviewers_it_waits_for_are_named(past: Any, named: list[str]) -> None:
    assert [person.login for person in turn_of(past).reviewers] == named


def test_teams_asked_for_a_review_are_named() -> None:
    asked = a_past(act(ActKind.REVIEW_REQUESTED, "owners-bot", team="engines"))
    assert turn_of(asked).teams == ("engines",)
    taken_back = a_past(*asked.acts, act(ActKind.REVIEW_REQUEST_REMOVED, "bob", team="engines"))
    assert turn_of(taken_back).teams == ()


def test_a_turn_begins_when_the_holder_changed_and_not_with_every_act() -> None:
    past = a_past(pushes(), says("bob", "Why?"), says("bob", "And why here?"), pushes(), pushes(sha="b"))
    assert turn_of(past.until(NOW)).since == NOW
    assert turn_of(past.until(NOW + timedelta(hours=1))).since == NOW
    assert turn_of(past.until(NOW + timedelta(hours=3))).since == NOW + timedelta(hours=2)
    assert turn_of(past).since == NOW + timedelta(hours=4)


def test_a_snooze_lasts_until_its_end() -> None:
    until = NOW + timedelta(days=10)
    past = a_past(act(ActKind.SNOOZED, "ada", ends_at=until))
    assert turn_of(past, now=NOW + timedelta(days=9)).snoozed_until == until
    assert turn_of(past, now=until).snoozed_until is None


@pytest.mark.parametrize(
    ("past", "because", "ends_when", "evidence"),
    [
        pytest.param(
            a_past(says("bob", "Why is this `static`?"), asks_for_changes("carol", "")),
            "The author hasn't answered bob and carol yet.",
            "The author answers or pushes, or whoever asked takes it back.",
            ["bob wrote on 2 March 2026: “Why is this CODE?”", "carol asked for changes on 2 March 2026."],
            id="open questions",
        ),
        pytest.param(
            a_past(says("bob", "Why?"), pushes()),
            "The author has answered bob.",
            "Somebody reviews it.",
            ["ada pushed new commits on 2 March 2026."],
            id="answered",
        ),
        pytest.param(
            a_past(pushes()),
            "The author acted last and nothing is open for them.",
            "Somebody reviews it.",
            ["ada pushed new commits on 2 March 2026."],
            id="the author acted last",
        ),
        pytest.param(
            a_past(), "Nobody has asked the author for anything.", "Somebody reviews it.", [], id="new"
        ),
        pytest.param(
            a_past(approves("bob")),
            "bob approved it and nothing is open for the author.",
            "It gets merged or another review asks for something.",
            ["bob approved on 2 March 2026."],
            id="approved",
        ),
        pytest.param(
            a_past(act(ActKind.CHECKS_CONCLUDED, outcome="failure")),
            "A check failed on the latest commit.",
            "The author pushes a fix, or says why the failure isn't theirs.",
            ["A check failed on the latest commit on 2 March 2026."],
            id="red checks",
        ),
        pytest.param(
            a_past(act(ActKind.LABELED, "drah-bot", label="Needs rebase")),
            "The branch conflicts with the base branch.",
            "The author brings the branch up to date.",
            ["drah-bot set the label “Needs rebase” on 2 March 2026."],
            id="conflict",
        ),
        pytest.param(
            a_past(act(ActKind.DECLARED_BLOCKED, "ada", body="the parser comes first")),
            "ada said that it is blocked by something else.",
            "Somebody comments, reviews or pushes after that.",
            ["ada said that it is blocked on 2 March 2026: “the parser comes first”"],
            id="blocked",
        ),
        pytest.param(
            a_past(body="Depends on #5"),
            "It needs #5 first, which is still open.",
            "#5 is merged or closed.",
            [],
            id="dependency",
        ),
        pytest.param(
            a_past(drafts()),
            "It is a draft, so its author is still at work on it.",
            "The author marks it as ready for review or asks for opinions.",
            ["ada turned it into a draft on 2 March 2026."],
            id="draft",
        ),
        pytest.param(
            a_past(says("ada", "I'll add " + "many " * 40 + "tests.")),
            "ada said that more is to come.",
            "The author pushes it, or says that it is done.",
            ["ada wrote on 2 March 2026: “I'll add" + " many" * 16 + " …”"],
            id="promise",
        ),
    ],
)
def test_it_says_why_and_what_would_end_it_in_plain_words(
    past: Any, because: str, ends_when: str, evidence: list[str]
) -> None:
    turn = turn_of(past)
    assert turn.because == because
    assert turn.ends_when == ends_when
    assert [one.sentence for one in turn.evidence] == evidence


def test_evidence_leads_to_the_act() -> None:
    (evidence,) = turn_of(a_past(says("bob", "Why?"))).evidence
    assert evidence.act_id == "commented-1"
    assert evidence.url == "https://github.com/acme/rockets/pull/7#1"


def test_somebody_who_left_github_is_still_answered() -> None:
    past = a_past(act(ActKind.COMMENTED, None, body="Why is this static?"))
    turn = turn_of(past)
    assert turn.holder is AUTHOR
    assert turn.because == "The author hasn't answered Somebody yet."


@pytest.mark.parametrize(
    "login", ["ci-bot", "DrahtBot", "rustbot", "github-actions[bot]", "codecov-commenter"]
)
def test_scripts_are_known_by_their_names(login: str) -> None:
    assert TurnRules().is_bot(a_person(login))


@pytest.mark.parametrize("login", ["robot-dreams", "talbot", "abbot", "botanica"])
def test_people_whose_names_contain_bot_are_people(login: str) -> None:
    assert not TurnRules().is_bot(Person(id=1, login=login))
