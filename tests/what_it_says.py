"""Holds what the bot said in a story against the page that names it all, docs/what-it-says.md."""

from __future__ import annotations

import fcntl
import json
import os
import re
from collections.abc import Iterable, Mapping

from docs.generate import EXAMPLES, ROOT, examples
from mentorbot.feature_api.feature_catalog import FeatureCatalog
from mentorbot.feature_api.message_reference import ANSWERS
from tests.spoken import Spoken

WRITE = "WHAT_IT_SAYS"
"""The environment variable with which `make what-it-says` has examples written instead of compared."""

_COMMIT = re.compile(r"\b[0-9a-f]{40}\b")
_SERVER = re.compile(r"http://127\.0\.0\.1:\d+")


def unlisted(said: Iterable[Spoken], catalog: FeatureCatalog) -> list[str]:
    """What was said that is neither on a card nor the answer to a command."""
    return [
        f"{one.feature}: {one.key!r} is no key of a message in its unasked.py"
        for one in said
        if not one.is_answer and _name(one, catalog) is None
    ]


def outdated(said: Iterable[Spoken], catalog: FeatureCatalog, *, story: str) -> list[str]:
    """Examples on the page that this story was to tell, and tells otherwise now."""
    told = _told(said, catalog)
    if os.environ.get(WRITE):
        _write(told, story)
        return []
    return [
        f"{name} says something else in docs/what-it-says.md: run `make what-it-says`"
        for name, example in examples().items()
        if example["story"] == story and example["text"] not in told.get(name, ())
    ]


def _told(said: Iterable[Spoken], catalog: FeatureCatalog) -> Mapping[str, list[str]]:
    """What was said, by message. What a command says is shown where it was given rightly, and alone."""
    found: dict[str, list[str]] = {}
    for one in said:
        name = _name(one, catalog)
        if name is not None and not one.is_refusal:
            found.setdefault(name, []).append(_as_example(one.body))
    return found


def _name(one: Spoken, catalog: FeatureCatalog) -> str | None:
    if one.is_answer:
        return f"{ANSWERS}/{one.commands[0]}" if len(one.commands) == 1 else None
    feature = next(feature for feature in catalog.features if feature.name == one.feature)
    message = feature.message(one.key)
    return f"{feature.name}/{message.name}" if message is not None else None


def story_exists(story: str) -> bool:
    """False where the test that told an example has gone, or has another name now."""
    file, _, name = story.partition("::")
    path = ROOT / file
    return path.exists() and f"def {name.partition('[')[0]}(" in path.read_text(encoding="utf-8")


def _as_example(body: str) -> str:
    return _COMMIT.sub("3ef85fd", _SERVER.sub("https://github.com", body))


def _write(told: Mapping[str, list[str]], story: str) -> None:
    """Keep the first of each; of several stories the one whose name comes first. Workers take turns."""
    with EXAMPLES.open("a+", encoding="utf-8") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        known = {
            name: one for name, one in examples().items() if one["story"] != story or name in told
        }  # what a story tells no more, another one may
        for name, texts in told.items():
            if name not in known or story <= known[name]["story"] or not story_exists(known[name]["story"]):
                known[name] = {"story": story, "text": texts[0]}
        file.truncate(0)
        file.write(json.dumps(dict(sorted(known.items())), indent=1, ensure_ascii=False) + "\n")
