"""Where other bots keep their settings in a repository."""

from __future__ import annotations

import re

STALE = ".github/stale.yml"
BEHAVIORBOT = ".github/config.yml"
BORING_CYBORG = ".github/boring-cyborg.yml"
NO_RESPONSE = ".github/no-response.yml"
TRIAGEBOT = "triagebot.toml"

ROOT_FILES = (STALE, BEHAVIORBOT, BORING_CYBORG, NO_RESPONSE, TRIAGEBOT)
"""Those with one name each."""

ZULIPBOT = ("config/config.js", "config/config.ts", "config/default.js", "config/default.ts")
"""Where a checkout of zulipbot itself keeps them: that it works in a repository can't be seen there."""

WORKFLOWS = ".github/workflows"

_WORKFLOW = re.compile(rf"{re.escape(WORKFLOWS)}/[^/]+\.ya?ml")


def is_workflow(path: str) -> bool:
    """True for a workflow's path; one with control characters in it is nobody's."""
    return path.isprintable() and _WORKFLOW.fullmatch(path) is not None


def is_other_bots_file(path: str) -> bool:
    """True where a file can be one by which another bot is set up."""
    return path in ROOT_FILES or is_workflow(path)
