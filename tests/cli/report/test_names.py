from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mentorbot.cli.report.names import Names
from mentorbot.core.markdown import as_text
from tests.builders import a_person

ADA, BOB, EVE = a_person("ada"), a_person("bob"), a_person("Eve-Online")
PEOPLE = [ADA, BOB, EVE, a_person("anna_acme"), a_person("ci[bot]", is_bot=True), a_person("octo")]
HIDDEN = Names.of(PEOPLE, repository="octo/tea", are_shown=False)
SHOWN = Names.of(PEOPLE, repository="octo/tea", are_shown=True)


@pytest.mark.parametrize(
    ("text", "without"),
    [
        ("Hi @ada, thank you.", "Hi @author, thank you."),
        ("@BOB, could you review this?", "@reviewer, could you review this?"),
        ("bob asked for changes", "reviewer asked for changes"),
        ("by @eve-online and Eve-Online.", "by @somebody and somebody."),
        ("@\u200bbob said", "@reviewer said"),
        ("anna\\_acme pushed", "somebody pushed"),
        ("bob's and ada's", "reviewer's and author's"),
        ("ada-approved, pre-bob", "author-approved, pre-reviewer"),
        ("@unknown-person asks", "@somebody asks"),
        ("@octo/team-ada, look", "@octo/team-ada, look"),
        ("adamant bobsled", "adamant bobsled"),
        ("octo and tea stay", "octo and tea stay"),
        (
            "[there](https://github.com/octo/tea/pull/7#ada)",
            "[there](https://github.com/octo/tea/pull/7#ada)",
        ),
        ("https://github.com/ada/fork", "https://github.com/author/fork"),
    ],
)
def test_names_make_room_for_roles(text: str, without: str) -> None:
    assert HIDDEN.hidden(text, author=ADA, reviewers=(BOB,)) == without
    assert SHOWN.hidden(text, author=ADA, reviewers=(BOB,)) == text


def test_somebody_may_stay() -> None:
    assert HIDDEN.hidden("@ada and @bob", keep="ada") == "@ada and @somebody"


@given(
    before=st.text(alphabet=" .,:;!?()[]*~`'\"\n@/-_|<>&", max_size=5),
    after=st.text(alphabet=" .,:;!?()[]*~`'\"\n@/-|<>&", max_size=5),
    login=st.sampled_from(["ada", "bob", "Eve-Online", "anna_acme"]),
)
def test_no_login_stays_whatever_stands_around_it(before: str, after: str, login: str) -> None:
    for text in (before + login + after, as_text(before + login + after)):
        plain = HIDDEN.hidden(text).replace("\\", "").replace("\u200b", "").lower()
        assert login.lower() not in plain
