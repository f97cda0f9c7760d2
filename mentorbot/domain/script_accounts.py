"""Accounts of type User behind which a program acts, told by their login: GitHub marks apps only."""

from __future__ import annotations

import re

_BY_FORM = re.compile(r"(?:^|[-_])(?:ro)?bots?\d*$|^bot[-_]|\[bot\]$", re.IGNORECASE)
_SOMETHING_BOT = re.compile(r"(?:^|[a-z\d])Bot$")
_BY_NAME = frozenset(
    {
        "ansibot",
        "appveyor",
        "bedevere-app",
        "bors",
        "bors-servo",
        "cla-assistant",
        "claassistant",
        "codecov",
        "codecov-commenter",
        "codecov-io",
        "coderabbitai",
        "copilot",
        "coveralls",
        "dependabot",
        "github-actions",
        "gitguardian",
        "googlebot",
        "gopherbot",
        "greenkeeper",
        "highfive",
        "homu",
        "linux-foundation-easycla",
        "mergify",
        "miss-islington",
        "msftclas",
        "netlify",
        "pep8speaks",
        "pre-commit-ci",
        "pytorchmergebot",
        "renovate",
        "rust-highfive",
        "rust-log-analyzer",
        "rust-timer",
        "rustbot",
        "snyk",
        "sonarcloud",
        "the-knights-who-say-ni",
        "travis-ci",
        "travisbuddy",
        "vercel",
    }
)


def is_scripts_login(login: str) -> bool:
    """True for logins known as a program's, and for those formed like `merge-bot` or `SomethingBot`."""
    return login.lower() in _BY_NAME or bool(_BY_FORM.search(login)) or bool(_SOMETHING_BOT.search(login))
