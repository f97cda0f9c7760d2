"""One of a thing is never told as "1 open issues": whatever is counted in a text has a form for one."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import mentorbot

ROOT = Path(mentorbot.__file__).parent
COUNTED = (
    "accounts|annotations|answers|authors|checks|comments|commands|commits|credits|days|decisions|deliveries"
    "|effects|entries|events|features|files|groups|hours|installations|issues|jobs|labels|lines|maintainers"
    "|members|mentees|mentions|mentors|merges|messages|migrations|minutes|moments|months|nudges|people|pages"
    "|persons|problems|pull requests|questions|records|reminders|repositories|requests|reviewers|reviews"
    "|schedules|seconds|threads|times|tries|weeks|years"
)
BETWEEN = r"(?:more |other |open |business |old |new |closed |waiting |merged )*"
IN_TEXT = re.compile(rf"\{{(?P<name>\w+)\}} {BETWEEN}(?:{COUNTED})\b")
BEHIND = re.compile(rf" {BETWEEN}(?:{COUNTED})\b")
IN_TEMPLATE = re.compile(rf"\{{\{{[^}}]*\}}\}}(?:</\w+>)? {BETWEEN}(?:{COUNTED})\b")
PLURAL = re.compile(r"(^|_)(plural|say_plural|english_plural|ngettext)$")

FIXED = {
    *("QUIET.days", "_MOST_ANNOTATIONS", "_MOST_REVIEWERS", "RETRY_AFTER", "SLOWEST_BODY", "LARGEST_PAGE"),
    "DORMANT_AFTER.days",
    *("limit", "largest", "self._turn", "self._tries", "len(self._pauses) + 1"),
    "off.total_seconds()",  # told from half a minute on
    "age.total_seconds() / 60",  # told from ten minutes on
    "number",  # the queue's, which says "once" and "twice"
    "plain[:20]",  # a suggestion with what was written
    *("report.pulls", "round(wait / timedelta(days=1))"),  # a year's report, of projects
    *(
        "what",
        "self.feature",
        "size",
        "name",
        "grant.repositories",
        "response.url.path",
    ),  # no numbers, or echoed as GitHub says it
}
"""What is never one, and what is no number."""


def flaws(source: str) -> Iterator[str]:
    """Texts in which something is counted that has no form for one."""
    tree = ast.parse(source)
    inside = {id(node) for call in ast.walk(tree) if _is_plural(call) for node in ast.walk(call)}
    for node in ast.walk(tree):
        if id(node) in inside:
            continue
        if isinstance(node, ast.JoinedStr):
            yield from _counted_in(node)
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Name)
            and node.func.id in {"say", "phrase"}
        ):
            texts = [one.value for one in node.args if isinstance(one, ast.Constant)]
            yield from (text for text in texts if isinstance(text, str) and _counts(text))


def _counts(text: str) -> bool:
    return any(found["name"] not in FIXED for found in IN_TEXT.finditer(text))


def _is_plural(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and PLURAL.search(_called(node)) is not None


def _called(node: ast.Call) -> str:
    called = node.func
    if isinstance(called, ast.Attribute):
        return called.attr
    return called.id if isinstance(called, ast.Name) else ""


def _counted_in(node: ast.JoinedStr) -> Iterator[str]:
    for value, behind in zip(node.values, node.values[1:], strict=False):
        if (
            isinstance(value, ast.FormattedValue)
            and ast.unparse(value.value) not in FIXED
            and isinstance(behind, ast.Constant)
            and BEHIND.match(str(behind.value))
        ):
            yield ast.unparse(node)


MODULES = sorted(ROOT.rglob("*.py"))
TEMPLATES = sorted(ROOT.rglob("*.html"))


def test_whatever_is_counted_in_a_text_has_a_form_for_one() -> None:
    found = {
        f"{path.relative_to(ROOT)}: {flaw}" for path in MODULES for flaw in flaws(path.read_text("utf-8"))
    }
    found |= {
        f"{path.relative_to(ROOT)}: {counted[0]}"
        for path in TEMPLATES
        for counted in IN_TEMPLATE.finditer(path.read_text("utf-8"))
    }
    assert found == set()


@pytest.mark.parametrize(
    ("source", "is_flawed"),
    [
        ('f"{count} open issues"', True),
        ('say("{count} reviews are there", count=3)', True),
        ('say_plural("{count} review", "{count} reviews", n)', False),
        ("f\"{english_plural('{count} issue', '{count} issues', n)} are open\"", False),
        ('f"{name} opens it"', False),
    ],
)
def test_the_walk_finds_what_it_is_for(source: str, *, is_flawed: bool) -> None:
    assert bool(list(flaws(source))) is is_flawed
