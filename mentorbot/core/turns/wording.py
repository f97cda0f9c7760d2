"""What a comment's words mean for whose turn it is: approval, request, promise, thanks, words to others.

Quotes, code and HTML comments are taken out first: words somebody repeats are not words somebody says.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from mentorbot.core.turns import phrases

_SUGGESTED_CHANGE = re.compile(r"^[ \t]*(?:```|~~~)[ \t]*(?:suggestion|diff)\b", re.MULTILINE)
_HTML_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_FENCED = re.compile(r"^[ \t]*(```|~~~).*?(?:^[ \t]*\1[^\n]*$|\Z)", re.DOTALL | re.MULTILINE)
_FOLDED = re.compile(r"<details>.*?(?:</details>|\Z)", re.DOTALL | re.IGNORECASE)
_QUOTED = re.compile(r"^[ \t]*>[ \t]?([^\n]*)$", re.MULTILINE)
_HEADING = re.compile(r"^[ \t]*#{1,6}[ \t][^\n]*$", re.MULTILINE)
_COMMAND = re.compile(r"^[ \t]*/(?!lgtm\b|approve\b|cc\b)[a-z][\w-]*(?:[ \t][^\n]*)?$", re.MULTILINE)
_IMAGE = re.compile(r"!\[[^\]]*\]\([^)]*\)")
_INLINE_CODE = re.compile(r"(`+)(?!`)[^\n]+?(?<!`)\1(?!`)")
_LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)")
_ISSUE_ADDRESS = re.compile(r"https?://[^\s/]+/[^\s/]+/[^\s/]+/(?:pull|issues)/(\d+)[^\s)]*")
_ADDRESS = re.compile(r"https?://[^\s)>]+")
_EMPHASIS = re.compile(r"(?<!\w)[*_]{1,3}(?=\S)|(?<=\S)[*_]{1,3}(?!\w)")
_SENTENCE_END = re.compile(r"(?<=[.!?…])\s+|\s*\n\s*")
_MENTION = re.compile(r"(?<![\w/`.@-])@([A-Za-z0-9][A-Za-z0-9-]{0,38})(?![\w/@])")

# Sentences that take something back, put it off, or say what their writer will do ask nothing of anybody now.
_NOT_NOW = (phrases.WITHDRAWAL, phrases.DEFERRED, phrases.WILL_REVIEW)
_BEFORE_NAME = re.compile(
    r"^\W*(?:(?:cc|/cc|ping|friendly|gentle|hey|hi|hello|thanks|and|or|@[\w-]+)\W+)*$", re.IGNORECASE
)
_AFTER_NAME = re.compile(
    r"^,? (?:can|could|may|might|would|will|do|did|is|are|have|what|wdyt|thoughts?|opinions?|knows|remembers)\b"
)


@dataclass(frozen=True, slots=True)
class Words:
    """What one comment says, as far as whose turn it is goes. `called` are the logins it speaks to, in lower case."""

    sentences: tuple[str, ...]
    called: frozenset[str]
    calls_anybody: bool
    approves: bool
    approves_on_condition: bool
    rejects: bool
    requests: bool
    requests_firmly: bool
    doubts: bool
    asks: bool
    is_optional: bool
    is_courtesy: bool
    is_information: bool
    withdraws: bool
    reports: bool
    will_review: bool
    promises: bool
    wants_review: bool
    says_done: bool
    explains_failure: bool
    holds: bool
    builds_on: frozenset[int]
    waits_for: frozenset[int]

    @property
    def wants_something(self) -> bool:
        """True when an answer is hoped for: a question, a request, a change suggested line by line."""
        return self.requests or self.asks or (self.doubts and not self.is_information)


@lru_cache(maxsize=8192)
def read_words(body: str) -> Words:
    """What the comment says once quotes, code and HTML comments are taken out."""
    sentences = tuple(part.strip() for part in _SENTENCE_END.split(own_words(body)) if part.strip())
    approving = [sentence for sentence in sentences if approves(sentence)]
    rest = [sentence for sentence in sentences if sentence not in approving]
    suggests_change = _SUGGESTED_CHANGE.search(body) is not None
    now = [s for s in rest if not any(pattern.search(s) for pattern in _NOT_NOW)]
    substance = [s for s in now if not phrases.COURTESY.search(s)]
    return Words(
        sentences=sentences,
        called=frozenset(login for sentence in sentences for login in _called(sentence)),
        calls_anybody=_any_says(phrases.TO_ANYBODY, sentences),
        approves=bool(approving),
        approves_on_condition=any(_is_conditional(sentence) for sentence in approving),
        rejects=_any_says(phrases.REJECTION, sentences),
        requests=suggests_change or _any_says(phrases.REQUEST, now),
        doubts=_any_says(phrases.DOUBT, substance),
        requests_firmly=_any_says(phrases.FIRM, sentences),
        asks=_any_says(phrases.QUESTION, now),
        is_optional=_any_says(phrases.OPTIONAL, sentences),
        is_courtesy=bool(rest) and rest[0] not in substance,
        withdraws=_any_says(phrases.WITHDRAWAL, sentences),
        is_information=_any_says(phrases.INFORMATION, sentences),
        reports=_any_says(phrases.REPORT, sentences)
        or (len(sentences) < 4 and _FENCED.search(body) is not None),
        will_review=_any_says(phrases.WILL_REVIEW, sentences),
        promises=any(
            phrases.PROMISE.search(s) and not phrases.PROMISE_ELSEWHERE.search(s) for s in sentences
        ),
        wants_review=_any_says(phrases.WANTS_REVIEW, sentences),
        says_done=_any_says(phrases.DONE, sentences),
        explains_failure=_any_says(phrases.UNRELATED_FAILURE, sentences),
        holds=_any_says(phrases.HOLD, sentences),
        builds_on=_numbers(phrases.BUILDS_ON, sentences),
        waits_for=_numbers(phrases.WAITS_FOR, sentences),
    )


def own_words(body: str) -> str:
    """The body without quotes, code, HTML comments, headings, folded details, commands and addresses."""
    text = body.replace("\r", "").replace("’", "'")
    for silent in (_HTML_COMMENT, _FENCED, _FOLDED, _QUOTED, _HEADING, _COMMAND, _IMAGE):
        text = silent.sub("\n", text)
    text = _LINK.sub(r"\1", _INLINE_CODE.sub("CODE", text))
    return _EMPHASIS.sub("", _ADDRESS.sub("URL", _ISSUE_ADDRESS.sub(r"#\1", text))).strip()


def quoted_lines(body: str) -> tuple[str, ...]:
    """The lines somebody repeats from an earlier comment, outermost quotes only, long ones first."""
    lines = {
        line.strip() for line in _QUOTED.findall(body.replace("\r", "")) if not line.lstrip().startswith(">")
    }
    return tuple(sorted((line for line in lines if len(line) >= 12), key=lambda line: (-len(line), line)))


def approves(sentence: str) -> bool:
    """True when the sentence says yes to the whole of it: `ACK 1a2b3c`, `LGTM`, `r+`; not "Concept ACK"."""
    for token in phrases.APPROVAL_TOKEN.finditer(sentence):
        before = sentence[: token.start()]
        is_asked = "?" in sentence[token.end() : token.end() + 2]
        if not (is_asked or phrases.PARTIAL.search(before) or phrases.NOT_YET.search(before)):
            return True
    phrase = phrases.APPROVAL_PHRASE.search(sentence)
    return (
        phrase is not None and "?" not in sentence and not phrases.NOT_YET.search(sentence[: phrase.start()])
    )


def says_conflict(body: str) -> bool:
    """True when a notice says that the branch no longer merges."""
    return phrases.CONFLICT_NOTICE.search(own_words(body)) is not None


def _called(sentence: str) -> set[str]:
    """Whom a sentence speaks to: names at its start or end, and names asked for something ("maybe @ada can…")."""
    return {
        found[1].lower()
        for found in _MENTION.finditer(sentence)
        if _BEFORE_NAME.search(sentence[: found.start()])
        or not re.search(r"\w", sentence[found.end() :])
        or _AFTER_NAME.search(sentence[found.end() :])
    }


def _is_conditional(sentence: str) -> bool:
    token = phrases.APPROVAL_TOKEN.search(sentence) or phrases.APPROVAL_PHRASE.search(sentence)
    return token is not None and bool(
        phrases.CONDITION_BEFORE.search(sentence[: token.start()])
        or phrases.CONDITION_AFTER.search(sentence[token.end() :])
    )


def _any_says(pattern: re.Pattern[str], sentences: Iterable[str]) -> bool:
    return any(pattern.search(sentence) for sentence in sentences)


def _numbers(pattern: re.Pattern[str], sentences: Iterable[str]) -> frozenset[int]:
    return frozenset(int(number) for sentence in sentences for number in pattern.findall(sentence))
