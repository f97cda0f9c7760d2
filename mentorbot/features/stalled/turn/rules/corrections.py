"""What people said outright about whose turn it is: commands, labels, the button, the phrase.

All of it becomes explicit acts of the timeline, which outrank what is worked out until something newer
happens. Commands are kept as records; everything else is told by the timeline itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from mentorbot.domain.timeline import Act, ActKind, PullRequestTimeline
from mentorbot.domain.turns import Holder, TurnSettings
from mentorbot.features.stalled.config import Stalled, TurnLabels

# CPython's bedevere asks for these words, and people who worked there write them everywhere.
_PHRASE = re.compile(r"\bI have made the requested changes[;,.:!]?\s+please review again\b", re.IGNORECASE)
_NOT_SAID = re.compile(
    r"<!--.*?(?:-->|\Z)|^[ \t]*>[^\n]*$|^[ \t]*(```|~~~).*?(?:^[ \t]*\1|\Z)", re.DOTALL | re.MULTILINE
)


def corrected(
    timeline: PullRequestTimeline, said: Iterable[Act], config: Stalled, *, rules: TurnSettings | None = None
) -> PullRequestTimeline:
    """The timeline with everything that was said outright merged in, as acts of its own.

    `rules` are the config's, with what is known of the repository besides.
    """
    rules, labels = rules or config.turn_rules(), config.labels
    timeline = _spelled(_without_words_to_the_bot(timeline, rules), labels.external)
    unblocked = _last_unblocking(timeline, labels, rules)
    kept = (
        act
        for act in said
        if act.kind is not ActKind.DECLARED_BLOCKED or unblocked is None or act.place > unblocked.place
    )
    return timeline.with_acts(
        [*kept, *_said_by_labels(timeline, labels, rules), *_said_by_the_author(timeline)]
    )


def _without_words_to_the_bot(timeline: PullRequestTimeline, rules: TurnSettings) -> PullRequestTimeline:
    """The timeline without comments that only speak to the bot: they are no sign of life in it, either."""
    silent = {act.id for act in timeline.standing_acts() if rules.is_for_the_bot(act)}
    if not silent:
        return timeline
    return replace(timeline, acts=tuple(act for act in timeline.acts if act.id not in silent))


def _spelled(timeline: PullRequestTimeline, label: str | None) -> PullRequestTimeline:
    """The timeline with this label as the config spells it: GitHub keeps the spelling it first had."""
    if label is None or all(
        act.label == label or act.label.lower() != label.lower() for act in timeline.acts
    ):
        return timeline
    acts = (replace(act, label=label) if act.label.lower() == label.lower() else act for act in timeline.acts)
    return replace(timeline, acts=tuple(acts))


def _last_unblocking(timeline: PullRequestTimeline, labels: TurnLabels, rules: TurnSettings) -> Act | None:
    """When a person last took the label for "blocked" off: that also lifts what `/blocked` said."""
    if labels.external is None:
        return None
    found = [
        act
        for act in timeline.acts
        if act.kind is ActKind.UNLABELED and act.label == labels.external and _is_by_a_person(act, rules)
    ]
    return found[-1] if found else None


def _said_by_labels(timeline: PullRequestTimeline, labels: TurnLabels, rules: TurnSettings) -> Iterator[Act]:
    """A person who puts the label of a side on says so; who takes the author's off says that it is not them.

    Who takes the reviewers' label off has not said whom it waits for: see `labels`. The label for
    "blocked" needs no act: it speaks as long as it is on.
    """
    for act in timeline.acts:
        if act.kind not in {ActKind.LABELED, ActKind.UNLABELED} or not _is_by_a_person(act, rules):
            continue
        holder = labels.holder_of(act.label)
        if act.kind is ActKind.UNLABELED:
            holder = Holder.REVIEWERS if holder is Holder.AUTHOR else None
        if holder in {Holder.AUTHOR, Holder.REVIEWERS}:
            yield _declared(ActKind.DECLARED_WAITING, act, outcome=str(holder))


def _said_by_the_author(timeline: PullRequestTimeline) -> Iterator[Act]:
    """The author asks a reviewer again with GitHub's button, or writes bedevere's phrase."""
    if timeline.author is None:
        return
    reviewed: set[int] = set()
    for act in timeline.standing_acts():
        if act.by is not None and act.kind in {ActKind.REVIEWED, ActKind.LINE_COMMENTED}:
            reviewed.add(act.by.id)
        if act.by != timeline.author:
            continue
        asks_again = act.kind is ActKind.REVIEW_REQUESTED and act.subject and act.subject.id in reviewed
        if asks_again or (act.kind is ActKind.COMMENTED and says_phrase(act.body)):
            yield _declared(ActKind.DECLARED_READY, act)


def says_phrase(body: str) -> bool:
    """True where somebody says that the requested changes are made; not where they merely quote it."""
    return _PHRASE.search(_NOT_SAID.sub("", body.replace("\r", ""))) is not None


def _declared(kind: ActKind, act: Act, *, outcome: str = "") -> Act:
    return Act(kind=kind, at=act.at, id=f"said-by-{act.id}", by=act.by, outcome=outcome, url=act.url)


def _is_by_a_person(act: Act, rules: TurnSettings) -> bool:
    return act.by is not None and not rules.is_bot(act.by)
