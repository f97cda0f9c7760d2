"""What a comment's words mean for whose turn it is: approval, request, promise, thanks, words to others.

Quotes, code and HTML comments are taken out first: words somebody repeats are not words somebody says.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from hashlib import blake2b
from threading import Lock

from cachetools import LRUCache, cached

from mentorbot.core.people import MENTION
from mentorbot.domain.turns import phrases
from mentorbot.domain.turns.language import Language, counted

# Longer texts are logs and reports; what a person says stands in front. The limits also keep every pattern
# quick on texts made to be slow.
_BODY = 20_000
_SENTENCES = 150
_SENTENCE = 600
_REMEMBERED = 1_000_000  # characters of what was read lately: a pull request is looked at again and again
_AT_LEAST = 200  # as many as an empty entry takes bytes
_QUOTES = 20  # lines are looked for in all that was said before
_QUOTE = 12  # shorter quoted lines ("yes") stand in many comments
_CAPTION = 3  # so few sentences beside a block of output only introduce it
_POINTING = 2  # "See also", "Previously", "Related:"

_SUGGESTED_CHANGE = re.compile(r"^[ \t]*(?:```|~~~)[ \t]*(?:suggestion|diff)\b", re.MULTILINE)
HTML_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
FENCED = re.compile(r"^[ \t]*(```|~~~).*?(?:^[ \t]*\1[^\n]*$|\Z)", re.DOTALL | re.MULTILINE)
FOLDED = re.compile(r"<details>.*?(?:</details>|\Z)", re.DOTALL | re.IGNORECASE)
QUOTED = re.compile(r"^[ \t]*>[ \t]?([^\n]*)$", re.MULTILINE)
HEADING = re.compile(r"^[ \t]*#{1,6}[ \t][^\n]*$", re.MULTILINE)
COMMAND = re.compile(r"^[ \t]*/(?!lgtm\b|approve\b|cc\b)[a-z][\w-]*(?:[ \t][^\n]*)?$", re.MULTILINE)
# "r? @somebody", and "r? compiler" on a line of its own, as Rust's bots understand it.
_HANDED_TO = re.compile(r"(?<![\w/])r\? ?(?=@)|^r\? (?=[\w/-]+[ \t]*$)", re.MULTILINE)
IMAGE = re.compile(r"!\[[^\]\n]{0,300}\]\([^)\n]{0,1000}\)")
INLINE_CODE = re.compile(r"(?<!`)(`{1,3})(?!`)[^\n]{1,500}?(?<!`)\1(?!`)")
LINK = re.compile(r"\[([^\[\]\n]{0,300})\]\([^)\n]{0,1000}\)")
_ISSUE_ADDRESS = re.compile(r"https?://[^\s/]+/[^\s/]+/[^\s/]+/(?:pull|issues)/(\d+)[^\s)]*")
_ADDRESS = re.compile(r"https?://[^\s)>]*[^\s)>.,;:!?]")
_REFERENCE = re.compile(r"#\d+|\bURL\b")
_STRUCK = re.compile(r"~~[^~\n]{1,300}~~")
EMPHASIS = re.compile(r"(?<!\w)[*_]{1,3}(?=\S)|(?<=\S)[*_]{1,3}(?!\w)")
_SENTENCE_END = re.compile(r"(?<=[.!?…])\s+|(?<!\s)\s*\n\s*")
# Each piece can be read in one way only: else what doesn't fit would be tried in all combinations of ways.
_BEFORE_NAME = re.compile(
    r"^(?>(?<!\w)@[\w-]+|(?:cc|ping(?:ing)?|friendly|gentle|hey|hi|hello|thanks|and|or)\b|\W)*+$",
    re.IGNORECASE,
)
_TEAM = re.compile(
    r"(?<![\w/`.@-])@([\w-]+/[\w.-]+),? "
    r"(?=(?:can|could|would|will|may|might) (?:you|some|any)|(?:please|ptal|wdyt|thoughts)\b)",
    re.IGNORECASE,
)  # only where it is asked something: packages are called @like/this, too
_AFTER_NAME = re.compile(
    r"^,? (?:can|could|may|might|would|will|should|do|did|what|wdyt|thoughts?|knows|remembers)\b"
)
# Sentences that take something back, put it off, or say what their writer will do ask nothing of anybody now.
_NOT_NOW = (phrases.WITHDRAWAL, phrases.DEFERRED, phrases.WILL_REVIEW)


@dataclass(frozen=True)  # not slotted: each meaning is looked for once, and only when somebody asks for it
class CommentMeaning:
    """What one comment says, as far as whose turn it is goes: `sentences` are its writer's own."""

    sentences: tuple[str, ...]
    suggests_change: bool
    shows_output: bool

    @cached_property
    def language(self) -> Language:
        """What tells its language; threads hear the same comment again at each event."""
        return counted("\n".join(self.sentences))

    @cached_property
    def approves(self) -> bool:
        """Says yes to the whole."""
        return bool(self._approving)

    @cached_property
    def approves_on_condition(self) -> bool:
        """Says yes, once something else is done."""
        return any(_is_conditional(sentence) for sentence in self._approving)

    @cached_property
    def cancels_approval(self) -> bool:
        """Takes back what made the bots of Kubernetes or Rust merge it."""
        return self._says(phrases.APPROVAL_CANCELLED)

    @cached_property
    def rejects(self) -> bool:
        return self._says(phrases.NACK)

    @cached_property
    def requests(self) -> bool:
        """Asks or suggests to do something, in whatever tone."""
        return self.requests_plainly or _found((phrases.SUGGESTION,), self._now)

    @cached_property
    def requests_plainly(self) -> bool:
        """Asks a question, or asks to do something in words that can't be taken for a passing thought."""
        return self.demands or self.asks

    @cached_property
    def demands(self) -> bool:
        """Asks to do something in plain words, questions left out."""
        return self.suggests_change or _found((phrases.PLAIN_REQUEST,), self._now)

    @cached_property
    def asks(self) -> bool:
        return _found((phrases.QUESTION,), self._now)

    @cached_property
    def criticises(self) -> bool:
        """Finds something amiss."""
        return _found((phrases.DOUBT,), self._beside_courtesy)

    @cached_property
    def is_optional(self) -> bool:
        """Leaves it to the other to do anything: a nit, "feel free"."""
        return self._says(phrases.OPTIONAL)

    @cached_property
    def is_courteous(self) -> bool:
        """Begins with thanks, praise or agreement."""
        return bool(self._rest) and self._rest[0] not in self._beside_courtesy

    @cached_property
    def only_refers(self) -> bool:
        """Merely points to something: "See also #17"."""
        words, references = _REFERENCE.subn(" ", " ".join(self.sentences))
        return bool(references) and len(re.findall(r"\w+", words)) <= _POINTING

    @cached_property
    def withdraws(self) -> bool:
        """Takes something back, or is content with an answer."""
        return self._says(phrases.WITHDRAWAL)

    @cached_property
    def takes_all_back(self) -> bool:
        """Ends by taking back what it said."""
        return _found((phrases.TAKEN_BACK,), self.sentences[-1:])

    @cached_property
    def reports(self) -> bool:
        """Tells of a test or a measurement."""
        is_caption = self.shows_output and len(self.sentences) <= _CAPTION
        return is_caption or self._says(phrases.REPORT) or self._says(phrases.MEASUREMENT)

    @cached_property
    def will_review(self) -> bool:
        """Promises a review, or tells of one under way."""
        return self._says(phrases.WILL_REVIEW)

    @cached_property
    def promises(self) -> bool:
        """Says that more is to come here."""
        return any(
            phrases.PROMISE.search(sentence)
            and "?" not in sentence
            and not phrases.PROMISE_ELSEWHERE.search(sentence)
            for sentence in self.sentences
        )

    @cached_property
    def wants_review(self) -> bool:
        """Asks others to look or to give their opinion."""
        return self._says(phrases.WANTS_REVIEW)

    @cached_property
    def says_done(self) -> bool:
        return self._says(phrases.DONE)

    @cached_property
    def explains_failure(self) -> bool:
        """Says that a failing check has nothing to do with the change."""
        return self._says(phrases.UNRELATED_FAILURE)

    @cached_property
    def holds(self) -> bool:
        return self._says(phrases.HOLD)

    @cached_property
    def builds_on(self) -> frozenset[int]:
        """The pull requests that this one is said to be stacked on."""
        return frozenset(int(n) for sentence in self.sentences for n in phrases.BUILDS_ON.findall(sentence))

    @cached_property
    def waits_for(self) -> frozenset[int]:
        """The issues or pull requests that have to be closed first."""
        return frozenset(int(n) for sentence in self.sentences for n in phrases.WAITS_FOR.findall(sentence))

    @cached_property
    def called(self) -> frozenset[str]:
        """The logins it speaks to, in lower case: first or last in a sentence, or asked for something."""
        return frozenset(login for sentence in self.sentences for login in _called(sentence))

    @cached_property
    def calls_anybody(self) -> bool:
        """Asks the others at large: "could anybody test this?"."""
        return self._says(phrases.TO_ANYBODY)

    @cached_property
    def _approving(self) -> list[str]:
        return [one for one in self.sentences if approves(one) and not phrases.BUT_NO.search(one)]

    @cached_property
    def _rest(self) -> list[str]:
        return [sentence for sentence in self.sentences if sentence not in self._approving]

    @cached_property
    def _now(self) -> list[str]:
        return [sentence for sentence in self._rest if not _found(_NOT_NOW, [sentence])]

    @cached_property
    def _beside_courtesy(self) -> list[str]:
        return [sentence for sentence in self._now if not phrases.COURTESY.search(sentence)]

    def shape(self) -> CommentMeaning:
        """What can be told without its language: approval, whom it calls, and whether it asks."""
        return CommentMeaning(
            sentences=tuple(one if approves(one) else _shape_of(one) for one in self.sentences),
            suggests_change=self.suggests_change,
            shows_output=self.shows_output,
        )

    def _says(self, pattern: phrases.Phrases) -> bool:
        return _found((pattern,), self.sentences)


def _characters(meaning: CommentMeaning) -> int:
    return _AT_LEAST + sum(map(len, meaning.sentences))


def _digest(body: str) -> bytes:
    """What stands for a body in a cache: bodies themselves may be long, and somebody else's choice."""
    return blake2b(body.encode("utf-8", "surrogatepass"), digest_size=16).digest()


@cached(LRUCache(_REMEMBERED, getsizeof=_characters), key=_digest, lock=Lock())
def parse_comment(body: str) -> CommentMeaning:
    """What the comment says once quotes, code and HTML comments are taken out."""
    body = body[:_BODY].replace("\r", "")
    sentences = (part.strip()[:_SENTENCE] for part in _SENTENCE_END.split(own_words(body)))
    return CommentMeaning(
        sentences=tuple(sentence for sentence in sentences if sentence)[:_SENTENCES],
        suggests_change=_SUGGESTED_CHANGE.search(body) is not None,
        shows_output=FENCED.search(body) is not None,
    )


def own_words(body: str) -> str:
    """The body without quotes, code, HTML comments, headings, folded details, commands and addresses."""
    text = _HANDED_TO.sub(_handed_to, body[:_BODY].replace("\r", "").replace("’", "'"))
    for silent in (HTML_COMMENT, FENCED, FOLDED, QUOTED, HEADING, COMMAND, IMAGE, _STRUCK):
        text = silent.sub("\n", text)
    text = LINK.sub(r"\1", INLINE_CODE.sub("CODE", text))
    return EMPHASIS.sub("", _ADDRESS.sub("URL", _ISSUE_ADDRESS.sub(r"#\1", text))).strip()


def _handed_to(found: re.Match[str]) -> str:
    return "cc " if found.string.startswith("@", found.end()) else "cc @"


@cached(
    LRUCache(_REMEMBERED, getsizeof=lambda lines: _AT_LEAST + sum(map(len, lines))), key=_digest, lock=Lock()
)
def quoted_lines(body: str) -> tuple[str, ...]:
    """The lines repeated from an earlier comment, outermost quotes only, the longest first."""
    lines = {
        line.strip()
        for line in QUOTED.findall(body[:_BODY].replace("\r", ""))
        if not line.lstrip().startswith(">")
    }
    long = sorted((line for line in lines if len(line) >= _QUOTE), key=lambda line: (-len(line), line))
    return tuple(long[:_QUOTES])


def approves(sentence: str) -> bool:
    """True when the sentence says yes to the whole of it: `ACK 1a2b3c`, `LGTM`, `r+`; not "Concept ACK"."""
    for token in (*phrases.ACK.finditer(sentence), *phrases.LGTM.finditer(sentence)):
        before = sentence[: token.start()]
        is_asked = "?" in sentence[token.end() : token.end() + 2]
        if not (is_asked or phrases.PARTIAL.search(before) or phrases.NOT_YET.search(before)):
            return True
    if phrases.APPROVAL_COMMAND.search(sentence):
        return True
    phrase = phrases.APPROVAL.search(sentence)
    return (
        phrase is not None and "?" not in sentence and not phrases.NOT_YET.search(sentence[: phrase.start()])
    )


def says_conflict(body: str) -> bool:
    """True when a notice says that the branch no longer merges; not where it says that it does, or if."""
    return any(
        phrases.CONFLICT_NOTICE.search(sentence) and not phrases.NO_CONFLICT.search(sentence)
        for sentence in parse_comment(body).sentences
    )


def says_unsigned(body: str) -> bool:
    """True when a notice says that somebody has yet to sign a contributor licence agreement."""
    return any(
        phrases.UNSIGNED.search(sentence) and not phrases.IN_CASE.search(sentence)
        for sentence in parse_comment(body).sentences
    )


def _shape_of(sentence: str) -> str:
    called = [f"@{found[1]}" for found in MENTION.finditer(sentence)]
    return " ".join([*called, "?" if phrases.QUESTION.search(sentence) else "…"])


def _is_conditional(sentence: str) -> bool:
    token = phrases.ACK.search(sentence) or phrases.LGTM.search(sentence) or phrases.APPROVAL.search(sentence)
    return token is not None and bool(
        phrases.CONDITION_BEFORE.search(sentence[: token.start()])
        or phrases.CONDITION_AFTER.search(sentence[token.end() :])
    )


def _called(sentence: str) -> set[str]:
    return {
        found[1].lower()
        for found in (*MENTION.finditer(sentence), *_TEAM.finditer(sentence))
        if found.re is _TEAM
        or _BEFORE_NAME.search(sentence[: found.start()].rpartition(": ")[2])
        or not re.search(r"\w", sentence[found.end() :])
        or _AFTER_NAME.search(sentence[found.end() :])
    }


def _found(patterns: Iterable[phrases.Phrases], sentences: Iterable[str]) -> bool:
    return any(pattern.search(sentence) for sentence in sentences for pattern in patterns)
