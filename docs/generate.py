"""Writes what is derived from code: the App manifest, the references, tables, and mentoring's states."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Mapping
from pathlib import Path

from mentorbot.domain.turns.rules import RULES
from mentorbot.feature_api.feature_catalog import FeatureCatalog
from mentorbot.feature_api.message_reference import Examples, message_reference
from mentorbot.features import load
from mentorbot.features.mentoring.pairs.state_machine import diagram
from mentorbot.github.manifest import manifest_yaml
from mentorbot.settings import Settings

ROOT = Path(__file__).parent.parent
EXAMPLES = ROOT / "docs/what-it-says.json"
"""What stories had the bot say: `make what-it-says` writes it, and each story is held against it."""

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


def generated() -> Mapping[Path, str]:
    """Each generated file with what it has to say."""
    catalog = FeatureCatalog(load())
    return {
        ROOT / "app.yaml": manifest_yaml(catalog),
        ROOT / "docs/configuration.md": _CONFIGURATION + catalog.config_reference().strip() + "\n",
        ROOT / "docs/what-it-says.md": message_reference(catalog, examples()),
        ROOT / "docs/commands.md": _COMMANDS + catalog.command_table().strip() + "\n",
        ROOT / "README.md": _with_table(ROOT / "README.md", "commands", catalog.command_table()),
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


def _with_table(path: Path, name: str, table: str) -> str:
    """The file with a fresh table between its marks."""
    marks = re.compile(rf"(<!-- generated: {name} -->\n).*?(<!-- end -->)", re.DOTALL)
    text = path.read_text(encoding="utf-8")
    if not marks.search(text):
        raise LookupError(f"{path} has no place for {name}: add <!-- generated: {name} --> and <!-- end -->")
    return marks.sub(lambda found: f"{found[1]}{table.strip()}\n{found[2]}", text)


def main() -> None:
    """Write everything, and say what changed."""
    for path, text in generated().items():
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8")
            sys.stdout.write(f"wrote {path.relative_to(ROOT)}\n")


if __name__ == "__main__":
    main()
