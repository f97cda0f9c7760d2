"""What is wrong with a YAML text as a whole, in words for people who don't speak YAML's grammar."""

from __future__ import annotations

from dataclasses import dataclass

from ruamel.yaml.error import MarkedYAMLError


@dataclass(frozen=True, slots=True)
class Mark:
    """Where something stands, counted from 1. `text_line` is the first line of a text's own words."""

    line: int
    column: int
    text_line: int = 0


class UnreadableYAML(Exception):  # noqa: N818 - says what is the case
    """The file as a whole can't be read; `message` says what to change, in plain words."""

    def __init__(self, message: str, line: int = 1, column: int = 1) -> None:
        super().__init__(message)
        self.message = message
        self.mark = Mark(line, column)


def in_plain_words(broken: MarkedYAMLError) -> UnreadableYAML:
    """What the parser stumbled over, and where."""
    problem = str(broken.problem or "")
    message = next((words for pattern, words in _IN_PLAIN_WORDS if pattern in problem), None)
    # A missing colon is noticed only behind the key it is missing at.
    mark = broken.context_mark if "simple key" in str(broken.context) else broken.problem_mark
    if "quoted scalar" in str(broken.context) and message is None:
        message = "The quotes that open here are never closed. Close them."
        mark = broken.context_mark
    if message is None:
        message = (
            f"YAML can't be read from here on ({problem or 'no further reason is known'}). Look at this line."
        )
    line, column = (mark.line + 1, mark.column + 1) if mark is not None else (1, 1)
    return UnreadableYAML(message, line, column)


_IN_PLAIN_WORDS = (
    (r"'\t' that cannot start", "There is a tab here. YAML wants spaces: replace the tab with spaces."),
    ("'@' that cannot start", 'A text can\'t start with `@` here: put it in quotes, like `"@ada"`.'),
    ("'`' that cannot start", "A text can't start with a backtick here: put it in quotes."),
    ("'%' that cannot start", "A text can't start with `%` here: put it in quotes."),
    ("that cannot start any token", "A text can't start with this character: put it in quotes."),
    (
        "mapping values are not allowed here",
        (
            "Either this line is indented differently from its neighbours (line it up), "
            "or its text holds a `: ` (put the text in quotes)."
        ),
    ),
    ("could not find expected ':'", "A colon is missing: a key is written `key: value`."),
    ("expected <block end>", "This line's indentation fits none above it. Line it up with its neighbours."),
    ("expected ',' or ']'", "A list that was opened with `[` is not closed, or a comma is missing in it."),
    ("expected ',' or '}'", "A group that was opened with `{` is not closed, or a comma is missing in it."),
    (
        "unknown escape character",
        "In double quotes `\\\\` stands for a backslash: double it, or use single quotes.",
    ),
    ("expected chomping or indentation", "A text starts in the line *below* `|`: move these words there."),
    (
        "but found '<stream end>'",
        "The file ends in the middle of something: close the `[`, `{` or quotes that are open.",
    ),
    ("but found '}'", "There is a `}` without a `{`. Remove it."),
    ("but found ']'", "There is a `]` without a `[`. Remove it."),
)
