"""What somebody's review of a pull request consists of, read from the pull request's past alone."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import datetime, timedelta

from mentorbot.config.calendar import Calendar
from mentorbot.core.people import Person
from mentorbot.domain.expertise import is_review
from mentorbot.domain.timeline import Act, ActKind, PullRequestTimeline, Verdict
from mentorbot.domain.turns import phrases
from mentorbot.domain.turns.comment_parser import CommentMeaning, approves, own_words, parse_comment
from mentorbot.features.review_exchange.config import Guards
from mentorbot.features.review_exchange.scoring.eligibility import RemarkEligibility

LINE_SAYS_SOMETHING = 3
"""Words that make a comment on a line more than a sign that somebody was there."""

_QUICK = timedelta(minutes=2)  # after a push: hardly time to read it

_WORD = re.compile(
    r"(?<![\w'-])[^\W\d_](?:[^\W\d_]|['-](?=[^\W\d_]))*(?![\w])"
)  # no hashes, no names of code
_MOST_NODES = 5  # reactions are asked for with these


@dataclass(frozen=True, slots=True, kw_only=True)
class Contribution:
    """What somebody has given to a pull request until it was a review, or until now where it isn't one.

    `at` is when it was `enough`; before that, the last remark. `spoiled` names what kept remarks from
    counting. `fingerprint` tells whether the same words were used before, without keeping them. `nodes` are
    what people react to.
    """

    number: int
    author: Person | None
    reviewer: Person
    at: datetime
    enough: bool = False
    words: int = 0
    lines: int = 0
    reports: bool = False
    changes_made: bool = False
    approves: bool = False
    asks: bool = False
    verdict: Verdict | None = None
    head: str = ""
    fingerprint: str = ""
    spoiled: tuple[str, ...] = ()
    nodes: tuple[str, ...] = ()

    @property
    def approves_only(self) -> bool:
        """True where it says yes and nothing that an author could use."""
        return self.approves and not (self.asks or self.lines or self.reports or self.changes_made)


def contribution_of(
    timeline: PullRequestTimeline,
    reviewer: Person,
    guards: Guards,
    *,
    calendar: Calendar,
    since: datetime | None = None,
) -> Contribution | None:
    """What this person's review of the pull request consists of; None where they reviewed nothing.

    It is read in order of time: what came after the moment at which it was enough doesn't matter, nor what
    was said before `since`.
    """
    reading = _Reading(timeline, reviewer, guards, calendar)
    for act in timeline.acts:
        if act.is_push and act.at > timeline.opened_at:
            reading.see_push(act)
        elif act.is_remark and act.by == reviewer and (since is None or act.at >= since):
            reading.hear(act)
        elif act.is_remark:
            reading.overhear(act)
        if reading.is_enough:
            break
    return reading.result()


class _Reading:
    """Goes through a pull request's past and gathers what one person gave."""

    def __init__(
        self, timeline: PullRequestTimeline, reviewer: Person, guards: Guards, calendar: Calendar
    ) -> None:
        self._timeline = timeline
        self._reviewer = reviewer
        self._guards = guards
        self._remarks = RemarkEligibility(timeline, reviewer, guards, calendar)
        self._head = timeline.head_sha
        self._head_since = timeline.opened_at
        self._last: Act | None = None
        self._at: datetime | None = None
        self._heard: list[Act] = []
        self._said: set[str] = set()
        self._spoiled: list[str] = []
        self._lines = 0
        self._reports = self._asks = self._approves = self._quick = False
        self._wants_changes = self._changes_made = self._is_review = False

    @property
    def is_enough(self) -> bool:
        """Size and time are weighed, but never decide alone: quick remarks merely need more words."""
        if not (self._heard and self._is_review):
            return False
        if self._guards.substance is None or self._lines or self._reports or self._changes_made:
            return True
        return len(self._said) >= self._guards.substance * (2 if self._quick else 1)

    def see_push(self, act: Act) -> None:
        """The head moves; a request that stood is followed, where its author made the push."""
        self._head, self._head_since = act.sha or self._head, act.at
        if self._wants_changes and act.by == self._timeline.author and act.kind is not ActKind.BASE_MERGED:
            self._changes_made, self._at = True, act.at

    def overhear(self, act: Act) -> None:
        """One remark of somebody else, or of theirs in a time that doesn't matter."""
        self._remarks.overhear(act)

    def hear(self, act: Act) -> None:
        words = parse_comment(self._remarks.first_body(act))
        others = None if self._reviewer == self._timeline.author else self._timeline.author
        self._is_review = self._is_review or is_review(act, others) or words.reports
        self._last, self._at = act, act.at
        spoiled = self._remarks.spoiled(act, head=self._head)
        if spoiled is not None:
            self._spoiled.append(spoiled)
            return
        if self._remarks.was_edited_late(act):
            self._spoiled.append("edited")
        self._heard.append(act)
        self._quick = self._quick or act.at - self._head_since < _QUICK
        self._reports = self._reports or words.reports
        self._approves = self._approves or words.approves or act.verdict is Verdict.APPROVED
        self._asks = self._asks or words.requests or words.criticises
        demands = act.verdict is Verdict.CHANGES_REQUESTED or words.requests_plainly
        self._wants_changes = self._wants_changes or demands
        fresh = set(words_of(words, but=self._remarks.said_before))
        if act.kind is ActKind.LINE_COMMENTED and (
            words.suggests_change or len(fresh) >= LINE_SAYS_SOMETHING
        ):
            self._lines += 1
        self._said |= fresh

    def result(self) -> Contribution | None:
        """What was gathered; None where they reviewed nothing."""
        if not self._is_review or self._last is None or self._at is None:
            return None
        verdicts = [act.verdict for act in self._heard if act.verdict is not None]
        first = self._heard[0] if self._heard else self._last
        return Contribution(
            number=self._timeline.number,
            author=self._timeline.author,
            reviewer=self._reviewer,
            at=self._at,
            enough=self.is_enough,
            words=len(self._said),
            lines=self._lines,
            reports=self._reports,
            changes_made=self._changes_made,
            approves=self._approves,
            asks=self._asks,
            verdict=verdicts[-1] if verdicts else None,
            head=first.sha or self._head,
            fingerprint=_fingerprint(self._said),
            spoiled=tuple(dict.fromkeys(self._spoiled)),
            nodes=tuple(act.node for act in self._heard if act.node)[:_MOST_NODES],
        )


def says_something(act: Act) -> bool:
    """True for reviews and for comments that are more than a command to a bot."""
    return act.kind is ActKind.REVIEWED or (act.is_remark and bool(own_words(act.body)))


def words_of(words: CommentMeaning, *, but: AbstractSet[str] = frozenset()) -> Iterator[str]:
    """The words beyond thanks and approval, sentences in `but` (lower case) left out."""
    for sentence in words.sentences:
        if not (phrases.COURTESY.search(sentence) or sentence.lower() in but):
            yield from (word.lower() for word in _WORD.findall(_beyond_approval(sentence)))


def _beyond_approval(sentence: str) -> str:
    """What is said beside `ACK 1a2b3c4`; how somebody came to it often stands in the same sentence."""
    for pattern in (phrases.ACK, phrases.LGTM, phrases.APPROVAL) if approves(sentence) else ():
        sentence = pattern.sub(" ", sentence)
    return sentence


def _fingerprint(said: set[str]) -> str:
    plain = " ".join(sorted(said))
    return hashlib.blake2s(plain.encode(), digest_size=8).hexdigest() if plain else ""
