"""Threads that aren't in English: our phrases say nothing there, the shape of the conversation does."""

from __future__ import annotations

from typing import Any

import pytest

from mentorbot.domain.turns import Certainty, Holder
from mentorbot.domain.turns.language import Language
from tests.domain.pasts import a_past, approves, asks_for_changes, pushes, says, says_of_a_line, turn_of

REQUESTS = {
    "German": "Könntest du bitte noch einen Test schreiben, damit wir sehen, dass es unter Windows geht?",
    "Spanish": "¿Podrías añadir una prueba, por favor, para que se vea si todo esto va en Windows también?",
    "Chinese": "请为此添加一个测试，这样我们就能确认它在 Windows 上也能正常工作。你能解释一下这里的逻辑吗？",
    "Japanese": "Windows でも動作することを確認できるように、テストを追加していただけますか？",
}
IN_ITS_LANGUAGE = pytest.mark.parametrize("request_", REQUESTS.values(), ids=REQUESTS)


@pytest.mark.parametrize(
    ("text", "is_english"),
    [
        ("Could you please add a test for this, so that we see that it works on Windows as well?", True),
        ("utACK 1a2b3c4d5e6f. I only read the code and did not run it on any other machine than mine.", True),
        ("Rebased.", True),
        ("", True),
        *((text, False) for text in REQUESTS.values()),
        (
            "Pouvez-vous ajouter un test pour la fonction avant de fusionner, et le lancer sous Linux ?",
            False,
        ),
        ("Поправьте, пожалуйста, тест", False),
    ],
)
def test_english_is_told_from_other_languages(text: str, *, is_english: bool) -> None:
    language = Language()
    language.hear(text)
    assert language.is_english is is_english


@IN_ITS_LANGUAGE
def test_a_question_of_a_reviewer_is_the_authors_to_answer_but_never_sure(request_: str) -> None:
    turn = turn_of(a_past(says_of_a_line("bob", request_), says_of_a_line("bob", request_, thread="line-2")))
    assert turn.holder is Holder.AUTHOR
    assert turn.certainty is not Certainty.SURE
    assert turn_of(a_past(says("bob", request_))).certainty is not Certainty.SURE


@IN_ITS_LANGUAGE
def test_acts_speak_any_language(request_: str) -> None:
    asked = says("bob", request_)
    assert turn_of(a_past(asked, pushes())).holder is Holder.REVIEWERS
    assert turn_of(a_past(asked, says("ada", "OK"))).holder is Holder.REVIEWERS
    assert turn_of(a_past(asked, approves("bob"))).holder is Holder.REVIEWERS
    demanded = turn_of(a_past(asks_for_changes("bob", request_)))
    assert (demanded.holder, demanded.certainty) == (Holder.AUTHOR, Certainty.SURE)


@pytest.mark.parametrize(
    "past",
    [
        a_past(says("bob", REQUESTS["German"]), says("bob", "LGTM")),
        a_past(says("bob", REQUESTS["Chinese"] + " @carol ？")),
        a_past(
            says("bob", "Das ist gut so, und ich habe nichts daran auszusetzen. Danke dir sehr dafür!\n\n+1")
        ),
    ],
)
def test_approvals_and_whom_words_are_for_are_told_in_any_language(past: Any) -> None:
    assert turn_of(past).holder is Holder.REVIEWERS


def test_words_that_mean_something_in_english_only_mean_nothing_elsewhere() -> None:
    german = "Ich habe das bei mir ausprobiert, und es läuft auch dort, wo die Tests bisher rot waren. "
    assert turn_of(a_past(says("ada", german + "Will do heißt hier nichts."))).holder is Holder.REVIEWERS


def test_a_passer_by_does_not_turn_a_thread_into_one_of_another_language() -> None:
    """Else a stranger's long remark could make sure what was not."""
    german = "Ich habe mir das angesehen, und es läuft bei mir leider noch nicht, weil der Pfad anders ist. "
    doubt, remark = says("bob", "This seems wrong to me, the path is missing?"), says("dan", german * 3)
    alone = turn_of(a_past(doubt))
    assert turn_of(a_past(doubt, remark)).certainty is alone.certainty
    assert turn_of(a_past(remark, says("bob", "Please add a test."))).holder is Holder.AUTHOR
