"""Whose turn it is when the words promise something, take something back, or are for somebody else."""

from __future__ import annotations

from typing import Any

import pytest

from mentorbot.core.people import Person
from mentorbot.domain.timeline import Act, ActKind
from mentorbot.domain.turns import Holder, TurnSettings
from tests.builders import a_person
from tests.domain.pasts import a_past, act, approves, case, pushes, says, says_of_a_line, turn_of

AUTHOR, REVIEWERS, EXTERNAL, UNKNOWN = Holder.AUTHOR, Holder.REVIEWERS, Holder.EXTERNAL, Holder.UNCLEAR


@pytest.mark.parametrize(
    ("holder", "past"),
    [
        case("the author will do it", AUTHOR, says("bob", "Please add a test."), says("ada", "Will do.")),
        case(
            "the author will do it this weekend",
            AUTHOR,
            says("bob", "Typo."),
            says("ada", "I'll update this weekend."),
        ),
        case("the author did as promised", REVIEWERS, says("ada", "I'll fix that."), pushes()),
        case(
            "the author says that it is done",
            REVIEWERS,
            says("ada", "I'll fix that."),
            says("ada", "Fixed in abc1234."),
        ),
        case(
            "the author is on vacation",
            AUTHOR,
            says("bob", "Typo."),
            says("ada", "I'm on vacation until Monday."),
        ),
        case(
            "the author still works on it",
            AUTHOR,
            pushes(),
            says("ada", "Not ready yet, the tests are still missing."),
        ),
        case(
            "a promise for a follow-up",
            REVIEWERS,
            says("bob", "Typo."),
            says("ada", "I'll fix that in a follow-up PR."),
        ),
        case(
            "a promise that depends on the reviewer",
            REVIEWERS,
            says("bob", "Hm?"),
            says("ada", "I'll change it if you prefer."),
        ),
        case(
            "a promise for the next push",
            REVIEWERS,
            says("bob", "Typo."),
            says("ada", "Will do if I have to retouch."),
        ),
        case(
            "an approval overtakes the promise", REVIEWERS, says("ada", "I'll shorten it."), approves("bob")
        ),
        case("a reviewer promises a review", REVIEWERS, says("bob", "I'll review this tomorrow.")),
        case(
            "a reviewer is behind",
            REVIEWERS,
            says("ada", "I will tidy up."),
            says("bob", "Sorry, backlogged. I'll look soon."),
        ),
    ],
)
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
        case("the author is spoken of", REVIEWERS, says("bob", "@carol Is this worth what @ada is doing?")),
        case("a bot is called beside a request", AUTHOR, says("bob", "Could you add a test? @bors try")),
        case(
            "a request stands before the words to another",
            AUTHOR,
            says("bob", "Could you split this? @carol, what do you think?"),
        ),
        case("another reviewer is proposed", REVIEWERS, says("bob", "r? @carol")),
        case("a mere reference", REVIEWERS, says("bob", "See also #17")),
        case("another is merely mentioned", AUTHOR, says("bob", "As @carol said, this should be static.")),
        case(
            "never mind", REVIEWERS, says("bob", "Is this right?"), says("bob", "Never mind, I misread it.")
        ),
        case("you are right", REVIEWERS, says("bob", "Is this right?"), says("bob", "Oh, you're right.")),
        case(
            "one reviewer answers another's question",
            REVIEWERS,
            says("bob", "What is up with the macOS job?"),
            says("carol", "> What is up with the macOS job?\n\nSee #1536"),
        ),
        case(
            "a question that begins with another reviewer's words is for that one",
            REVIEWERS,
            pushes(),
            says("bob", "LGTM.\n\nThe old tests are hard to run on small devices."),
            says("carol", "> The old tests are hard to run on small devices.\n\nIs that the heap?"),
        ),
        case("taken back in the same breath", REVIEWERS, says("bob", "Why not a pointer? Never mind.")),
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
        case(
            "a test report asks nothing",
            REVIEWERS,
            says("bob", "I tested this on FreeBSD and it works for me."),
        ),
        case(
            "a measurement asks nothing", REVIEWERS, says("bob", "On my machine: 12.3 ms before, 9.8 ms now.")
        ),
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
        case(
            "a passer-by's question moves nothing", REVIEWERS, pushes(), says("dan", "When is this merged?")
        ),
        case("a passer-by's remark on a line counts", AUTHOR, says_of_a_line("dan", "This overflows.")),
        case(
            "a reply to a bot's remark",
            REVIEWERS,
            says_of_a_line("review-bot", "Dead code?"),
            says_of_a_line("bob", "This is simply wrong."),
        ),
        case(
            "a co-author who pushed answers for the author",
            REVIEWERS,
            pushes("carol"),
            says("bob", "Why?"),
            says("carol", "Because of the cache."),
        ),
        case(
            "a reviewer who pushes a fix stays a reviewer",
            AUTHOR,
            says("carol", "Typo."),
            pushes("carol"),
            says("carol", "Please add a test, too."),
        ),
        case(
            "the owner of the fork answers too",
            REVIEWERS,
            says("bob", "Why?"),
            says("eve", "Cheaper."),
            head="eve:fast",
        ),
    ],
)
def test_whom_the_words_are_for(holder: Holder, past: Any) -> None:
    assert turn_of(past).holder is holder


def test_a_maintainer_named_in_the_rules_is_no_passer_by() -> None:
    past = a_past(says("bob", "Why?"), says("dan", "LGTM"))
    rules = TurnSettings(maintainers=frozenset({a_person("dan").id}))
    assert turn_of(past, rules=rules).holder is REVIEWERS


@pytest.mark.parametrize(
    "login", ["ci-bot", "DrahtBot", "rustbot", "github-actions[bot]", "codecov-commenter"]
)
def test_scripts_are_known_by_their_names(login: str) -> None:
    assert TurnSettings().is_bot(a_person(login))


@pytest.mark.parametrize("login", ["robot-dreams", "talbot", "abbot", "botanica"])
def test_people_whose_names_contain_bot_are_people(login: str) -> None:
    assert not TurnSettings().is_bot(Person(id=1, login=login))


@pytest.mark.parametrize(
    "later",
    [
        pytest.param(says_of_a_line("bob", "And the file as well."), id="the reviewer adds to it"),
        pytest.param(says_of_a_line("carol", "I agree."), id="another reviewer agrees"),
        pytest.param(says_of_a_line("dan", "The name is odd indeed"), id="a passer-by says something"),
    ],
)
def test_what_is_said_after_a_request_in_its_thread_leaves_it_open(later: Act) -> None:
    assert turn_of(a_past(says_of_a_line("bob", "Please rename this."), later)).holder is AUTHOR


def test_a_reviewer_takes_a_request_back_in_its_thread() -> None:
    asked = says_of_a_line("bob", "Please rename this.")
    assert turn_of(a_past(asked, says_of_a_line("bob", "Never mind."))).holder is REVIEWERS
