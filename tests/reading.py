"""Reads what the bot writes as its readers do: how many words, how hard they are, and who is spoken of."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

_FOLDED = re.compile(r"<details>.*?</details>", re.DOTALL)
_MARKER = re.compile(r"<!--.*?-->", re.DOTALL)
_FENCE = re.compile(r"^```.*?^```", re.DOTALL | re.MULTILINE)
_QUOTE = re.compile(r"^[-* ]*>.*$|“[^”]*”", re.MULTILINE)
_TABLE = re.compile(r"^\|.*$", re.MULTILINE)
_CODE = re.compile(r"`+[^`]*`+")
_IMAGE = re.compile(r"!\[[^\]]*\]\([^)]*\)")
_LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)")
_ADDRESS = re.compile(r"https?://\S+")
_VALUE = re.compile(r"\$?\{[^{}]*\}")
_NAME = re.compile(r"@[\w/-]+(\[bot\])?")
_NUMBER = re.compile(r"#?\b\d[\d.,:]*\b")
_MARKS = re.compile(r"[*_#|~<>\\]|^\s*[-*] ", re.MULTILINE)
_PIECES = re.compile(r"\n\s*\n|\n(?=\s*[-*] )")
_SENTENCE_END = (".", "!", "?", "…")
_NO_WIDTH = "\u200b"  # breaks up names in what is quoted, such as the journal's sentences
_OPENING = 3
"""Words before the name of whoever a paragraph is for: "Hello @ada", "Welcome back, @ada"."""

_LOGIN = r"[A-Za-z0-9][\w/-]*"
_CALLED = re.compile(
    rf"[^\w@]*(?:\w+,? ){{0,{_OPENING}}}(?P<names>\**@{_LOGIN}\**(?:(?:, | and )\**@{_LOGIN}\**)*)[,:!]"
)
_NAMED = re.compile(rf"(?:[-*] )?(?P<names>\**{_LOGIN}\**(?:(?:, | and )\**{_LOGIN}\**)*)[,:]")
_ALL = re.compile(r"\W*(?:everybody|everyone|anybody|both|maintainers)\b[^:,.]{0,20}[:,]", re.IGNORECASE)
_MENTION = re.compile(r"(?<![\w/`])@([A-Za-z0-9](?:[\w/-]*[A-Za-z0-9])?)")
_THE_AUTHOR = re.compile(r"\b(the|this|its|their) (author|newcomer|contributor)\b", re.IGNORECASE)


def shown(body: str) -> str:
    """What is there to be read at first sight: nothing that is folded away, hidden, or others' words."""
    for hidden in (_FOLDED, _MARKER, _FENCE, _QUOTE):
        body = hidden.sub("", body)
    return body.strip()


def words(body: str) -> int:
    """How many words somebody reads before they open anything; tables are looked up, not read."""
    plain = _LINK.sub(r"\1", _IMAGE.sub("", _TABLE.sub("", shown(body))))
    return len([word for word in plain.split() if any(map(str.isalnum, word))])


def prose(text: str) -> str:
    """Only words: no code, links, values, names, numbers or Markdown, and an end to each sentence."""
    plain = _LINK.sub(r"\1", _IMAGE.sub("", _TABLE.sub("", shown(text))))
    pieces = map(_only_words, _PIECES.split(plain))
    return " ".join(piece if piece.endswith(_SENTENCE_END) else f"{piece}." for piece in pieces if piece)


def _only_words(piece: str) -> str:
    for taken_out in (_CODE, _ADDRESS, _VALUE, _NAME, _NUMBER, _MARKS):
        piece = taken_out.sub(" ", piece)
    return " ".join(piece.split()).rstrip(":;")


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph or list item without its opening, and the logins (in lower case) of those it is for."""

    text: str
    readers: frozenset[str]


def blocks(body: str, readers: Collection[str]) -> list[Block]:
    """What is shown, piece by piece. What opens with a name is for them, and so is what follows it."""
    known = {login.lower() for login in readers} | mentioned(body)
    current = frozenset(login.lower() for login in readers)
    found = []
    for piece in _PIECES.split(_CODE.sub("", _LINK.sub(r"\1", shown(body)))):
        text = piece.strip()
        if _ALL.match(text):
            current = frozenset()
        for opening in filter(None, (_CALLED.match(text), _NAMED.match(text))):
            called = frozenset(login.lower() for login in re.findall(_LOGIN, opening["names"])) - {"and"}
            if called <= known:
                current, text = called, text[opening.end() :]
                break
        found.append(Block(text, current))
    return found


def mentioned(body: str) -> set[str]:
    """The logins (in lower case) of those whom GitHub tells of this text."""
    visible = _CODE.sub("", _FENCE.sub("", _MARKER.sub("", body)))
    return {login.lower() for login in _MENTION.findall(visible)}


def flaws(
    body: str, *, readers: Sequence[str], is_for_author: bool = False, most_words: int | None = None
) -> list[str]:
    """What is wrong with a text for its readers: too long, about them, or telling people it is not for.

    Whom the bot writes to is named first in `readers`; what opens with nobody's name is for them.
    """
    found = []
    if most_words is not None and (count := words(body)) > most_words:
        found.append(f"{count} words, where {most_words} are the most")
    if not readers:
        return found
    told = blocks(body, readers[:1])
    for block in told:
        found += [
            f"speaks of {login}, who reads it" for login in sorted(block.readers) if _names(login, block)
        ]
        if is_for_author and block.readers == {readers[0].lower()}:
            found += [f"says {said[0]!r} to the author" for said in _THE_AUTHOR.finditer(block.text)]
    addressed = frozenset[str]().union(*(block.readers for block in told))
    strangers = mentioned(body) - addressed - {readers[0].lower()}
    found += [f"mentions {login}, whom it does not address" for login in sorted(strangers)]
    return list(dict.fromkeys(found))


def _names(login: str, block: Block) -> bool:
    named = rf"(?<![\w/{_NO_WIDTH}-])@?{re.escape(login)}(?![\w/-])"
    return re.search(named, block.text, re.IGNORECASE) is not None
