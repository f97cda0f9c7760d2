from __future__ import annotations

import re

import pytest

from mentorbot.core.people import LOGIN, MENTION


@pytest.mark.parametrize(
    ("text", "is_login"),
    [
        pytest.param("ada", True, id="a login"),
        pytest.param("Ada-Lovelace-1815", True, id="with hyphens and figures"),
        pytest.param("ada_acme", True, id="of an Enterprise Managed User"),
        pytest.param("ada-", True, id="an old one that ends in a hyphen"),
        pytest.param("a" * 39, True, id="the longest"),
        pytest.param("a" * 40, False, id="too long"),
        pytest.param("-ada", False, id="a hyphen in front"),
        pytest.param("adä", False, id="not ASCII"),
        pytest.param("", False, id="nothing"),
    ],
)
def test_what_may_be_a_login(text: str, is_login: bool) -> None:
    assert bool(re.fullmatch(LOGIN, text)) is is_login


@pytest.mark.parametrize(
    ("text", "logins"),
    [
        pytest.param("@ada, look", ["ada"], id="a person"),
        pytest.param("cc @ada @grace_acme", ["ada", "grace_acme"], id="several"),
        pytest.param("@acme/triage", [], id="a team"),
        pytest.param("ada@example.org", [], id="an e-mail address"),
        pytest.param("`@ada`", [], id="code"),
    ],
)
def test_whom_a_text_mentions(text: str, logins: list[str]) -> None:
    assert MENTION.findall(text) == logins
