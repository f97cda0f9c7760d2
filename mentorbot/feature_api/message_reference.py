"""The page docs/what-it-says.md: every message with when, to whom and how often, and an example."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from mentorbot.core.markdown import code, table
from mentorbot.feature_api.feature import Feature
from mentorbot.feature_api.feature_catalog import FeatureCatalog
from mentorbot.feature_api.reference import spelled

ANSWERS = "answers"
Examples = Mapping[str, Mapping[str, str]]
"""By message: its `text`, and the `story` (a test) that it is from."""

_HEAD = """\
# What it says

Everything that Mentorbot writes: on this page maintainers decide what they want in their repository. A
section of `.github/mentorbot.yml` that is not there, or `off`, says nothing. Texts of your own win over these
wherever [a key](configuration.md) takes one. The examples come from the tests; names and dates are made up.

Unasked, it writes at most one reminder in an issue or pull request in 7 business days, and mentions
nobody in reminders more than 3 times in 24 hours, over all repositories. `/mentorbot mute` ends that in one
thread.
"""
_ANSWERED = """\
## Answers

Whoever gives a command gets a reaction, and these words where there is something to say: once for each
command. Somebody who may not give it is told who may. [Commands](commands.md) tells how many answers there
are at most.
"""


def message_reference(catalog: FeatureCatalog, examples: Examples) -> str:
    parts = [_HEAD]
    for feature in catalog.features:
        if feature.messages:
            parts += [f"## {feature.name}\n\n{feature.summary}\n", *_unasked(feature, examples)]
    parts += [_ANSWERED, *_answers(catalog, examples)]
    return "\n".join(parts)


def message_names(catalog: FeatureCatalog) -> Iterator[str]:
    """The names under which examples are kept: every message, and every command."""
    for feature in catalog.features:
        yield from (f"{feature.name}/{message.name}" for message in feature.messages)
    yield from (f"{ANSWERS}/{listed.command.name}" for listed in catalog.commands())


def _unasked(feature: Feature[Any], examples: Examples) -> Iterator[str]:
    for message in feature.messages:
        rows = (("When", message.when), ("To", message.to), ("At most", message.at_most))
        yield f"### {message.name}\n\n{table(('', ''), rows)}\n"
        yield from _example(examples.get(f"{feature.name}/{message.name}"))


def _answers(catalog: FeatureCatalog, examples: Examples) -> Iterator[str]:
    for listed in catalog.commands():
        yield f"### {code(spelled(listed))}\n\n{listed.command.help} For {listed.command.who}.\n"
        yield from _example(examples.get(f"{ANSWERS}/{listed.command.name}"))


def _example(found: Mapping[str, str] | None) -> Iterable[str]:
    """The words as they were written, in a block that does nothing; no fence in them is as long."""
    return [f"`````markdown\n{found['text']}\n`````\n"] if found is not None else []
