"""Which open pull requests suit somebody who wants to review: what they know, what waits, what is small."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from mentorbot.core.people import Person
from mentorbot.core.translator import say, say_plural
from mentorbot.domain.expertise import Expertise, OpenedPullRequest, Weights, is_human, is_review, opening_of
from mentorbot.domain.expertise.predictors import Predictors
from mentorbot.domain.expertise.reviewers import parts_for
from mentorbot.domain.timeline import ActKind, PullRequestTimeline, Verdict

FEW_REVIEWS = 3
"""Who gave fewer is new to reviewing here."""

_FEW_FILES = 3
_FIT = Weights(active=0, present=0, reviewing=0)
_WEEK = timedelta(days=7)
_LONG = 4.0  # weeks: who waits longer waits too long already
_WAITING, _WANTED, _LABELLED, _SMALL = 0.4, 1.5, 1.5, 0.5
_VERDICTS = frozenset({Verdict.APPROVED, Verdict.CHANGES_REQUESTED})


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewCandidate:
    """An open pull request.

    `paths` are the files it touches, empty where not known; `wanted` is true where its author has spent a
    credit on a review.
    """

    timeline: PullRequestTimeline
    paths: frozenset[str] = frozenset()
    wanted: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SuggestedReview:
    """A pull request somebody could review, with reasons that are said to them and stand for themselves.

    Reasons hold what users wrote: into Markdown they go through `core.markdown.as_text`.
    """

    pull: ReviewCandidate
    score: float
    reasons: tuple[str, ...]


def suggest(
    person: Person,
    pulls: Iterable[ReviewCandidate],
    past: Expertise,
    *,
    now: datetime,
    newcomer_labels: frozenset[str] = frozenset(),
) -> list[SuggestedReview]:
    """What this person could review, best first: others' work without a verdict on its present head.

    `newcomer_labels` (lower case) mark what suits people who review for the first time.
    """
    reviews = past.reviews.get(person)
    is_new = reviews is None or reviews.count(now) < FEW_REVIEWS
    labels = newcomer_labels if is_new else frozenset[str]()
    found = [_suggested(person, pull, past, now, labels) for pull in pulls if _suits(person, pull.timeline)]
    return sorted(found, key=lambda one: (-one.score, one.pull.timeline.number))


def _suits(person: Person, timeline: PullRequestTimeline) -> bool:
    author = timeline.author
    if not timeline.is_open or timeline.is_draft or author == person or not is_human(author):
        return False
    if any(act.by == person and is_review(act, author) for act in timeline.acts):
        return False
    conflicts = [a.outcome == "conflict" for a in timeline.acts if a.kind is ActKind.MERGEABILITY_SEEN]
    return not (conflicts and conflicts[-1]) and not _has_verdict(timeline)


def _has_verdict(timeline: PullRequestTimeline) -> bool:
    """True where somebody has approved the present head or asked for changes in it."""
    dismissed = {act.about for act in timeline.acts if act.kind is ActKind.REVIEW_DISMISSED}
    return any(
        act.kind is ActKind.REVIEWED
        and act.verdict in _VERDICTS
        and act.id not in dismissed
        and act.by != timeline.author
        and act.sha in {"", timeline.current_head}
        for act in timeline.acts
    )


def _suggested(
    person: Person, pull: ReviewCandidate, past: Expertise, now: datetime, labels: frozenset[str]
) -> SuggestedReview:
    timeline = pull.timeline
    predictors = Predictors.about(_as_it_is(pull), past, now)
    parts = parts_for(person, predictors, _FIT)
    score = math.fsum(part.score for part in parts)
    telling = sorted((part for part in parts if part.reason and part.score > 0), key=lambda part: -part.score)
    reasons = [part.reason.to_them() for part in telling[:2] if part.reason]
    if pull.wanted:
        score += _WANTED
        reasons.append(say("the author has spent a credit on a review"))
    worn = sorted(label for label in timeline.labels if label.lower() in labels)
    if worn:
        score += _LABELLED
        reasons.append(say("it has the label “{label}”", label=worn[0]))
    if 0 < len(pull.paths) <= _FEW_FILES:
        score += _SMALL
        reasons.append(say_plural("it changes one file", "it changes {count} files", len(pull.paths)))
    waited = now - max(timeline.opened_at, _since(timeline))
    score += _WAITING * min(max(waited / _WEEK, 0.0), _LONG)
    if waited >= timedelta(days=1):
        reasons.append(
            say_plural(
                "it has waited one day for a reviewer's yes or no",
                "it has waited {count} days for a reviewer's yes or no",
                waited.days,
            )
        )
    return SuggestedReview(pull=pull, score=score, reasons=tuple(reasons))


def _as_it_is(pull: ReviewCandidate) -> OpenedPullRequest:
    opening = opening_of(pull.timeline, pull.paths)
    return replace(opening, title=pull.timeline.title, labels=pull.timeline.labels)


def _since(timeline: PullRequestTimeline) -> datetime:
    """Since when the present head waits."""
    moved = [act.at for act in timeline.acts if act.is_push or act.kind is ActKind.MARKED_READY]
    return moved[-1] if moved else timeline.opened_at
