"""Writes what is derived from code: the App manifest, the references, tables, and mentoring's states."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from typer.main import get_command

from mentorbot.cli import app
from mentorbot.domain.turns.rules import RULES
from mentorbot.feature_api.feature_catalog import FeatureCatalog
from mentorbot.feature_api.message_reference import Examples, message_reference
from mentorbot.feature_api.reference import ListedCommand, command_table
from mentorbot.features import load
from mentorbot.features.mentoring.pairs.state_machine import diagram
from mentorbot.github.manifest import manifest_yaml, permissions_needed
from mentorbot.github.webhook_subscriptions import subscribed_events
from mentorbot.settings import Settings

ROOT = Path(__file__).parent.parent
EXAMPLES = ROOT / "docs/what-it-says.json"
"""What stories had the bot say: `make what-it-says` writes it, and each story is held against it."""

FIRST_COMMANDS = ("help", "why", "leave me alone", "turn", "mentor me", "exchange")
"""Those that README shows; all of them are in docs/commands.md."""

WHAT_FOR = {
    "actions: read": "to hear that a workflow run waits for a maintainer's approval: then it is their turn",
    "checks: read": "to hear when checks are done: a red one makes it the author's turn",
    "checks: write": "to show whether a changed `.github/mentorbot.yml` is in order, at the line; to hear "
    "when checks are done",
    "contents: read": "to read `.github/mentorbot.yml`, and which commit landed a change; never to push",
    "issues: read": "to hear who opened and answered what",
    "issues: write": "to comment, react and label, in issues and, as GitHub has it, in pull requests; to "
    "open and close issues of its own",
    "members: read": "to know who is in a team that the config names (`team:triage`). "
    "Without it, name people one by one",
    "metadata: read": "every App has it: names of repositories, who may do what there",
    "pull_requests: read": "to hear what happens in pull requests",
    "pull_requests: write": "to ask for reviews, and to take that back; to comment",
    "statuses: read": "to hear what continuous integration says that reports by statuses",
}
"""The reason for each permission that the App may ask for; a test finds those that have none."""

EVENTS_TELL = {
    "check_run": "a check is done",
    "check_suite": "the checks of a commit are done",
    "issue_comment": "somebody comments: greetings are no longer owed, commands are given",
    "issues": "an issue is opened, edited, labelled, closed",
    "member": "somebody becomes a collaborator",
    "membership": "somebody joins or leaves a team",
    "organization": "somebody joins or leaves the organisation",
    "pull_request": "a pull request is opened, pushed to, labelled, asked to be reviewed, closed",
    "pull_request_review": "a review is given or dismissed",
    "pull_request_review_comment": "somebody comments on a line",
    "pull_request_review_thread": "a conversation on a line is resolved",
    "push": "the config file on the default branch changes; a merge bot lands something",
    "repository": "a repository gets another name, or goes private",
    "status": "continuous integration reports by a status",
    "team": "a team changes",
    "workflow_run": "a workflow waits for approval, or is done",
}
"""What each webhook tells; a test finds those of which nothing is said."""

_CONFIGURATION = """\
# Configuration

What a maintainer can set in `.github/mentorbot.yml` on the default branch. The same file in the owner's
`.github` repository speaks for all its repositories; both are merged, key by key, and the repository's own
wins. A section that is present is on; `off` switches one off that the owner's file has on. Each section is
checked alone: a mistake in one keeps that one as it was last, and leaves the others alone.
`mentorbot check FILE` checks a file, and `mentorbot schema` prints a JSON Schema for your editor.

"""

_COMMANDS = """\
# Commands

A command stands on a line of its own in a comment, a review, or the text of a new issue or pull
request; not in code, quotes or HTML comments. It counts for whoever wrote the words, if they sent them,
too: when somebody moves another one's issue here, or edits their comment, no command in it is run. When
you edit your own comment, only what is new in it counts. `/mentorbot VERB` is always understood.

The bot answers with a reaction, and in words where there is something to say: 👍 done, 👎 that is for
somebody else (an offer to help never gets it), 😕 impossible, or no command at all (`/mentorbot why` says
which one was perhaps meant). Who speaks to the App by its name in plain words (`@mentorbot can you help me?`)
gets 😕 too, and is told once in a thread how to ask. `/mentorbot help` shows at most eight commands, those
that would do something for you there; the rest is folded.
Up to five commands in one comment are carried out in order, and answered together.

So that nobody uses up what is there for everybody, one person gets at most five answers in words in one
thread within 10 minutes (ten over all repositories of an installation, and twenty in an hour). After
that the bot only reacts; after twenty commands within 10 minutes it does what it is told without
answering; and after sixty within an hour it takes no more until some time has passed. It says each of
that once, and the journal tells it of every command.

"""


_COMMAND_LINE = """

## On the command line

For whoever runs the server: `mentorbot COMMAND --help` tells all options, and
[README](../README.md#the-command) how to call it. Exit codes: 0 all is well, 1 problems were found,
2 usage or set-up.

"""


def generated() -> Mapping[Path, str]:
    """Each generated file with what it has to say."""
    catalog = FeatureCatalog(load())
    return {
        ROOT / "app.yaml": manifest_yaml(catalog),
        ROOT / "docs/configuration.md": _CONFIGURATION + catalog.config_reference().strip() + "\n",
        ROOT / "docs/what-it-says.md": message_reference(catalog, examples()),
        ROOT / "docs/commands.md": "".join(
            (_COMMANDS, catalog.command_table().strip(), _COMMAND_LINE, _command_line_table(), "\n")
        ),
        ROOT / "docs/permissions.md": _with_table(
            ROOT / "docs/permissions.md",
            "permissions",
            _permissions_table(catalog),
            also={"events": _events_table(catalog)},
        ),
        ROOT / "README.md": _with_table(
            ROOT / "README.md", "commands", command_table(_first_commands(catalog))
        ),
        ROOT / "docs/operate.md": _with_table(ROOT / "docs/operate.md", "settings", _settings_table()),
        ROOT / "docs/mentoring.md": _with_table(
            ROOT / "docs/mentoring.md", "states", f"```mermaid\n{diagram()}\n```"
        ),
        ROOT / "docs/whose-turn.md": _with_table(ROOT / "docs/whose-turn.md", "rules", _rules_of_turns()),
    }


def examples() -> Examples:
    found: Examples = json.loads(EXAMPLES.read_text(encoding="utf-8") or "{}") if EXAMPLES.exists() else {}
    return found


def _rules_of_turns() -> str:
    """The rules as they are tried, from their docstrings: "when: whose turn", and what more there is."""
    rows = ["| # | when | whose turn | |", "| --- | --- | --- | --- |"]
    for number, rule in enumerate(RULES, start=1):
        first, _, more = (rule.__doc__ or "").partition("\n")
        when, _, whose = first.rstrip(".").rpartition(": ")
        rows.append(f"| {number} | {when} | {whose} | {' '.join(more.split())} |")
    return "\n".join(rows)


def _settings_table() -> str:
    rows = ["| variable | what it is | default | example |", "| --- | --- | --- | --- |"]
    for name, field in Settings.model_fields.items():
        default = "" if field.default is None or field.default_factory else f"`{field.default}`"
        example = str((field.examples or [""])[0])
        description = str(field.description).replace("|", "\\|")
        rows.append(f"| `{name.upper()}` | {description} | {default} | `{example}` |")
    return "\n".join(rows)


def _first_commands(catalog: FeatureCatalog) -> list[ListedCommand]:
    """The few commands that README shows. Raises LookupError where one is no more."""
    found = [catalog.command(name) for name in FIRST_COMMANDS]
    if None in found:
        raise LookupError(f"README shows a command that there is not: {FIRST_COMMANDS[found.index(None)]}")
    return [listed for listed in found if listed is not None]


def command_line() -> dict[str, Any]:
    """All that `mentorbot` understands, features' commands included, by name: click's commands.

    Typer has a click of its own: which one, is its affair.
    """
    group: Any = get_command(app)
    context = group.context_class(group, info_name="mentorbot")
    return {name: group.get_command(context, name) for name in group.list_commands(context)}


def _command_line_table() -> str:
    """What `mentorbot` can be told on the command line, as its help has it."""
    rows = ["| Command | What it does |", "| --- | --- |"]
    for name, command in command_line().items():
        pieces = command.collect_usage_pieces(command.context_class(command, info_name=name))
        words = ["mentorbot", name, *(_spelled(piece) for piece in pieces if piece != "[OPTIONS]")]
        about = (command.help or "").strip().partition("\n\n")[0]
        rows.append(f"| `{' '.join(words)}` | {' '.join(about.split())} |")
    return "\n".join(rows)


def _spelled(piece: str) -> str:
    """What is to be typed: `FILE` for `{file}`, and one pair of brackets around what may be left out."""
    plain = piece.removeprefix("{").removesuffix("}")
    if plain.startswith("[["):
        plain = plain[1:-1]
    return plain.upper() if plain.islower() else plain


def _permissions_table(catalog: FeatureCatalog) -> str:
    """Each permission of the App: what for, and which features' cards ask for it."""
    rows = ["| permission | what for | asked for by |", "| --- | --- | --- |"]
    for name, access in permissions_needed(catalog).items():
        by = [f"`{feature.name}`" for feature in catalog.features if name in feature.permissions]
        reason = WHAT_FOR[f"{name}: {access}"]
        rows.append(f"| `{name}: {access}` | {reason} | {', '.join(by) or 'the bot itself'} |")
    return "\n".join(rows)


def _events_table(catalog: FeatureCatalog) -> str:
    rows = ["| event | tells that |", "| --- | --- |"]
    rows += [f"| `{name}` | {EVENTS_TELL[name]} |" for name in subscribed_events(catalog.features)]
    return "\n".join(rows)


def _with_table(path: Path, name: str, table: str, *, also: Mapping[str, str] | None = None) -> str:
    """The file with a fresh table between its marks, and with others between theirs."""
    text = path.read_text(encoding="utf-8")
    for mark, fresh in {name: table, **(also or {})}.items():
        marks = re.compile(rf"(<!-- generated: {mark} -->\n).*?(<!-- end -->)", re.DOTALL)
        if not marks.search(text):
            raise LookupError(
                f"{path} has no place for {mark}: add <!-- generated: {mark} --> and <!-- end -->"
            )
        inside = fresh.strip().replace("\\", r"\\")
        text = marks.sub(rf"\g<1>{inside}\n\g<2>", text)
    return text


def main() -> None:
    """Write everything, and say what changed."""
    for path, text in generated().items():
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8")
            sys.stdout.write(f"wrote {path.relative_to(ROOT)}\n")


if __name__ == "__main__":
    main()
