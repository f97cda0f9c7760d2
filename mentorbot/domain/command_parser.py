"""Finds commands in what people write: on lines of their own, not in code, quotes or HTML comments."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass

from markdown_it import MarkdownIt
from markdown_it.token import Token

from mentorbot.core.did_you_mean import limited_comparisons, nearest

BOT = "mentorbot"
MOST_IN_A_COMMENT = 5
_LONGEST_LINE = 1_000

# What people say to bots that needs no answer.
_THANKS = re.compile(
    r"\W*(thanks?|thank you|thx|ty|great|nice|cool|perfect|good bot|well done)\b", re.IGNORECASE
)
_GREETING = r"(?:(?:hi|hello|hey|dear|ok|okay|please|so)\b[\s,!]*)?"

# A comment without such a line needs no parsing; nearly all are.
_MIGHT_HOLD_ONE = re.compile(r"^[ ]{0,3}/[A-Za-z]", re.MULTILINE)
_SPOKEN_PUNCTUATION = ".,;:!?"


@dataclass(frozen=True, slots=True)
class SpokenCommand:
    """A command somebody wrote: its `name` as on its card ("mentor me"), the `words` behind it, its `line`.

    `name` is empty where somebody addressed the bot with words it doesn't know; then `suggestion` may hold
    the command that was probably meant.
    """

    name: str
    words: tuple[str, ...]
    line: str
    suggestion: str = ""


def commands_in(
    text: str,
    *,
    known: Collection[str],
    short: Collection[str],
    default: str = "",
    before: str | None = None,
) -> tuple[SpokenCommand, ...]:
    """The commands in a comment, each once, at most five.

    `known` are the names understood behind `/mentorbot`, `short` those understood behind `/` alone, `default`
    is what the bot's name alone asks for. `before` is the text before an edit: what was a command in it
    already is none now.
    """
    with limited_comparisons():
        found = list(_spoken(text, known, short, default))
        then = list(_spoken(before, known, short, default)) if before is not None else []
    if then:
        earlier = {(command.name, command.words) for command in then}
        found = [command for command in found if (command.name, command.words) not in earlier]
    once: dict[tuple[str, tuple[str, ...]], SpokenCommand] = {}
    for command in found:
        once.setdefault((command.name, command.words), command)
    return tuple(once.values())[:MOST_IN_A_COMMENT]


def words_to_bot(text: str, *, slug: str, before: str | None = None) -> str:
    """The line in which somebody speaks to the bot by its name on GitHub, in plain words; empty without one.

    That is a line that starts with the name, or a question that ends with it: whoever names the bot in a
    sentence speaks of it, not to it. Thanks need no answer. `before` is the text before an edit.
    """
    found = next(_words_to(text, slug), "")
    return found if found and found not in set(_words_to(before or "", slug)) else ""


def _words_to(text: str, slug: str) -> Iterator[str]:
    name = rf"@{re.escape(slug)}(?:\[bot\])?(?![\w/-])"
    if slug and re.search(name, text, re.IGNORECASE):
        starts = re.compile(_GREETING + name + r"(?P<said>.*)", re.IGNORECASE)
        asks = re.compile(rf"(?P<said>.*)(?<![\w/.@-]){name}\s*[?!]*\?[?!]*", re.IGNORECASE)
        for line in _lines_of_prose(text, _spoken_lines):
            found = starts.fullmatch(line) or asks.fullmatch(line)
            if found is not None and not _THANKS.match(found["said"]):
                yield line


def _spoken(
    text: str, known: Collection[str], short: Collection[str], default: str
) -> Iterator[SpokenCommand]:
    if not _MIGHT_HOLD_ONE.search(text.replace("\r", "\n")):
        return
    for line in _lines_of_prose(text, _slashed_lines):
        command = _command(line, known, short, default)
        if command is not None:
            yield command


def _reader() -> MarkdownIt:
    """Knows just enough Markdown to tell prose from code, quotes and HTML; marks nothing else up."""
    reader = MarkdownIt("commonmark")
    # A line under which somebody drew a rule ("---") is prose for us, though Markdown makes a heading of it.
    reader.disable(["lheading", "reference", "emphasis", "link", "image", "autolink", "entity"])
    # Otherwise an escaped slash would be joined with its neighbours and look like a typed one.
    reader.disable(["text_join"])
    return reader


_READER = _reader()


def _lines_of_prose(text: str, lines_in: Callable[[list[Token]], Iterator[str]]) -> Iterator[str]:
    """The lines that `lines_in` finds in paragraphs outside of quotes."""
    quotes = 0
    before: Token | None = None
    for token in _READER.parse(text):
        quotes += {"blockquote_open": 1, "blockquote_close": -1}.get(token.type, 0)
        if token.type == "inline" and not quotes and before is not None and before.type == "paragraph_open":
            yield from lines_in(token.children or [])
        before = token


def _spoken_lines(children: list[Token]) -> Iterator[str]:
    """All lines, without what is code or HTML in them."""
    line = ""
    for child in [*children, Token("softbreak", "br", 0)]:
        if child.type in {"softbreak", "hardbreak"}:
            yield line.strip()[:_LONGEST_LINE]
            line = ""
        elif child.type not in {"html_inline", "code_inline"}:
            line += child.content


def _slashed_lines(children: list[Token]) -> Iterator[str]:
    """The lines that start with a slash their writer typed as such."""
    line = ""
    starts_with_slash = at_start = True
    for child in [*children, Token("softbreak", "br", 0)]:
        if child.type in {"softbreak", "hardbreak"}:
            if starts_with_slash and line:
                yield line.strip()[:_LONGEST_LINE]
            line, starts_with_slash, at_start = "", True, True
            continue
        if at_start:
            starts_with_slash = child.type == "text" and child.content.lstrip().startswith("/")
            at_start = False
        line += "" if child.type == "html_inline" else child.content


def _command(line: str, known: Collection[str], short: Collection[str], default: str) -> SpokenCommand | None:
    words = line[1:].split()
    if not words:
        return None
    if _plain(words[0]) == BOT:
        return _addressed(words[1:], line, known, default)
    return _understood(words, line, short) or _nearly(words, line, short)


def _addressed(words: list[str], line: str, known: Collection[str], default: str) -> SpokenCommand:
    """What was said to the bot by name, which always gets an answer."""
    if not words and default:
        return SpokenCommand(default, (), line)
    understood = _understood(words, line, known)
    if understood is not None:
        return understood
    said = " ".join(_plain(word) for word in words[:2])
    near = nearest(said, known) or nearest(said.partition(" ")[0], known)
    return SpokenCommand("", tuple(words), line, near)


def _understood(words: list[str], line: str, names: Collection[str]) -> SpokenCommand | None:
    """The command with the longest name that the words start with."""
    for length in range(min(len(words), 3), 0, -1):
        name = " ".join(_plain(word) for word in words[:length])
        if name in names:
            return SpokenCommand(name, tuple(words[length:]), line)
    return None


def _nearly(words: list[str], line: str, names: Collection[str]) -> SpokenCommand | None:
    """A slip in the second word of a command of ours; any other unknown word is probably another bot's."""
    first = _plain(words[0])
    family = [name for name in names if name.partition(" ")[0] == first]
    near = nearest(" ".join([first, *map(_plain, words[1:2])]), family, cutoff=0.75)
    return SpokenCommand("", tuple(words), line, near) if near else None


def _plain(word: str) -> str:
    return word.rstrip(_SPOKEN_PUNCTUATION).lower()
