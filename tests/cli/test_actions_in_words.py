from __future__ import annotations

from typing import get_args

import pytest

from mentorbot.cli.actions_in_words import in_words
from mentorbot.core import actions
from mentorbot.core.actions import Action, Doable
from mentorbot.core.events import Reactable
from tests.builders import NOW, a_person

ADA = a_person("ada")
THREAD = Reactable(kind="issue", id=7, node_id="I_7", url="https://github.com/acme/rockets/issues/7")
SOME: dict[Doable, str] = {
    actions.Comment(key="k", number=7, body="Hi", occasion=actions.Occasion.NUDGE): "write a comment",
    actions.EditComment(key="k", number=7, comment="c", body="Hi"): "edit its comment",
    actions.MinimizeComment(key="k", number=7, comment="c"): "fold its comment away",
    actions.React(key="k", number=7, to=THREAD, content="eyes"): "react with 👀",
    actions.AddLabel(key="k", number=7, label="bug"): "put on the label “bug”",
    actions.RemoveLabel(key="k", number=7, label="bug"): "take off the label “bug”",
    actions.RequestReview(key="k", number=7, reviewer=ADA): "ask @ada for a review",
    actions.RequestReview(key="k", number=7, team="core"): "ask team core for a review",
    actions.RemoveReviewRequest(key="k", number=7, reviewer=ADA): (
        "take back the request for a review to @ada"
    ),
    actions.PublishCheckRun(
        key="k", number=7, head_sha="c0ffee", name="mentorbot.yml", conclusion="success", title="", summary=""
    ): "show the check run “mentorbot.yml”",
    actions.OpenIssue(key="k", title="A list", body=""): "open the issue “A list”",
    actions.EditIssue(key="k", issue="i", title="A list", body=""): "renew the issue “A list”",
    actions.CloseIssue(key="k", issue="i", body=""): "close its issue",
    actions.Forget(kind="a", key="b"): "drop a note",
    actions.Answer(): "react with 👍",
    actions.Answer(reaction="-1", text="No."): "react with 👎 and answer",
    actions.LeaveAlone(person=ADA, wanted=True, said_at=NOW): "leave @ada alone",
    actions.LeaveAlone(person=ADA, wanted=False, said_at=NOW): "no longer leave @ada alone",
    actions.DecideGreetings(send=True, word="", because=""): "send the greetings that were held back",
    actions.DecideGreetings(send=False, word="", because=""): "drop the greetings that were held back",
}
A_NOTE = actions.Remember(kind="a", key="b", value={})


@pytest.mark.parametrize(("done", "told"), SOME.items(), ids=list(SOME.values()))
def test_each_action_is_told_in_words(done: Doable, told: str) -> None:
    assert in_words([done]) == told


def test_there_are_words_for_whatever_the_bot_can_do() -> None:
    kinds = {*Action.__subclasses__(), *get_args(Doable)} - {Action}
    told = {type(done) for done in SOME} | {actions.Remember}
    assert {kind.__name__ for kind in kinds} == {kind.__name__ for kind in told}
    with pytest.raises(TypeError, match="no words"):
        in_words(["tea"])  # type: ignore[list-item]


def test_several_things_are_one_sentence_and_each_is_told_once() -> None:
    comment = actions.Comment(
        key="k", number=7, body="Hi", occasion=actions.Occasion.NUDGE, mentions=(ADA, a_person("bob"))
    )
    label = actions.AddLabel(key="k", number=7, label="bug")
    assert in_words([]) == ""
    assert in_words([A_NOTE, A_NOTE]) == "keep a note"
    assert in_words([label, comment, A_NOTE]) == (
        "put on the label “bug”, write a comment that mentions @ada, @bob and keep a note"
    )
