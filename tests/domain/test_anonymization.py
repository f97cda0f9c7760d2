"""Names are found as whole words, people as objects with an id and a login, and nothing else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mentorbot.core.markdown import as_text
from mentorbot.core.people import Person
from mentorbot.domain.anonymization import (
    FORGOTTEN,
    Anonymizer,
    anonymous,
    contains_login,
    mentioned,
    people_in,
    without_mention,
    without_name,
    without_person,
)
from mentorbot.domain.timeline import Act, ActKind, PullRequestTimeline
from tests.builders import NOW

ADA, EVE = Person(7, "ada"), Person(8, "eve")
_LOGINS = st.from_regex(r"[A-Za-z0-9](?:[-_]?[A-Za-z0-9]){0,12}", fullmatch=True)


@pytest.mark.parametrize(
    "text",
    [
        "@ada",
        "@Ada.",
        "(@ada)",
        "@ada's",
        "_@ada_",
        "**@ada**",
        "@ada-",
        "@\u200bada",
        "`@ada`",
        "x\n@ada\ny",
        "/@ada",
    ],
)
def test_a_name_with_an_at_is_found_whatever_stands_around_it(text: str) -> None:
    assert mentioned(text) == {"ada"}
    assert without_mention(text, "ada") != text
    assert contains_login(text, "ada")


@pytest.mark.parametrize(
    "text", ["@ada-lovelace", "@ada_x", "@adam", "@x-ada", "@lovelace-ada", "mail@adam", "@ada--x", "ad@a"]
)
def test_a_longer_name_is_another_one(text: str) -> None:
    assert without_mention(text, "ada") == without_name(text, "ada") == text
    assert "ada" not in mentioned(text)


def test_a_word_is_a_name_only_where_somebody_is_known_to_be_told_of() -> None:
    assert without_mention("fix by @fix", "fix") == f"fix by {FORGOTTEN}"
    assert without_name("a fix by @fix", "fix") == f"a {FORGOTTEN} by {FORGOTTEN}"
    assert without_name("anything", "") == without_mention("anything", "") == "anything"


@given(_LOGINS)
def test_every_login_is_found_also_where_markdown_was_taken_out_of_it(login: str) -> None:
    for text in (f"by @{login}.", as_text(f"by @{login}.")):
        assert mentioned(text) == {login.lower()}
        assert FORGOTTEN in without_mention(text, login.upper())


@given(_LOGINS, _LOGINS)
def test_of_two_people_only_the_one_loses_their_name(one: str, other: str) -> None:
    if one.lower() != other.lower():
        assert without_mention(f"@{one}, @{other}", one) == f"{FORGOTTEN}, @{other}"


def test_in_json_a_person_becomes_null_and_what_they_did_in_a_list_goes() -> None:
    ada, eve = {"id": 7, "login": "ada"}, {"id": 8, "login": "eve"}
    value = {"count": 7, "ids": [7, 8], "who": ada, "asked": [ada, eve], "acts": [{"by": ada}, {"by": eve}]}

    assert set(people_in(value)) == {7, 8}
    assert without_person(value, 7) == {
        "count": 7, "ids": [7, 8], "who": None, "asked": [eve], "acts": [{"by": eve}],
    }  # fmt: skip


def test_behind_a_veil_somebody_stays_the_same_and_has_no_words() -> None:
    anonymizer = Anonymizer({7: anonymous(5)}, ("ada",))
    acts = (
        Act(kind=ActKind.COMMENTED, at=NOW, id="comment-1", by=ADA, body="My words"),
        Act(kind=ActKind.COMMENTED, at=NOW, id="comment-2", by=EVE, body="Thanks, @ada", node="IC_2"),
        Act(kind=ActKind.CHECKS_CONCLUDED, at=NOW, id="check-1"),
    )
    hers = PullRequestTimeline(number=4, author=ADA, opened_at=NOW, head="ada:fix", body="Mine", acts=acts)

    seen = anonymizer.timeline(hers)

    assert seen.author is not None
    assert seen.author.is_nameless
    assert (seen.opened_title, seen.body, seen.head) == ("", "", ":fix")
    assert [(act.by, act.body) for act in seen.acts] == [
        (seen.author, ""), (EVE, f"Thanks, {FORGOTTEN}"), (None, ""),
    ]  # fmt: skip
    theirs = PullRequestTimeline(number=4, author=EVE, opened_at=NOW, head="eve:fix", body="For @ada")
    assert (anonymizer.opening(theirs).body, anonymizer.opening(theirs).head) == (
        f"For {FORGOTTEN}",
        "eve:fix",
    )
