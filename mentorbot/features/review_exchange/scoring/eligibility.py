"""Which of somebody's remarks on a pull request count, and which words in them are their own."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from datetime import datetime, timedelta

from mentorbot.config.calendar import Calendar
from mentorbot.core.people import Person
from mentorbot.domain.timeline import Act, ActKind, PullRequestTimeline
from mentorbot.domain.turns.comment_parser import own_words, parse_comment
from mentorbot.features.review_exchange.config import Guards

DELETED = "deleted"
"""What became of words that are gone; there is nothing left that could count."""

_BY_ITSELF = timedelta(minutes=2)  # so soon after a push, GitHub dismisses reviews by itself


class RemarkEligibility:
    """What is asked about each of one person's remarks in turn."""

    def __init__(
        self, timeline: PullRequestTimeline, reviewer: Person, guards: Guards, calendar: Calendar
    ) -> None:
        self._timeline = timeline
        self._reviewer = reviewer
        self._guards = guards
        self._calendar = calendar
        acts = timeline.acts
        self._ends = [act.at for act in acts if act.kind in {ActKind.CLOSED, ActKind.MERGED}]
        self._reopened = [act.at for act in acts if act.kind is ActKind.REOPENED]
        self._deleted = {act.about for act in acts if act.kind is ActKind.COMMENT_DELETED and act.about}
        self._dismissed = _dismissed(timeline)
        self._said = {sentence.lower() for sentence in parse_comment(timeline.body).sentences}

    def overhear(self, act: Act) -> None:
        """Somebody else says something; to be told in order of time."""
        self._said.update(sentence.lower() for sentence in parse_comment(act.body).sentences)

    def spoiled(  # noqa: PLR0911 - a rule is its guard clauses
        self, act: Act, *, head: str
    ) -> str | None:
        """The guard that keeps a remark from counting, if any. `head` is the one at its time."""
        guards = self._guards
        if guards.after_close and not self._was_open(act.at):
            return "after_close"
        if act.id in self._deleted:
            return DELETED
        if guards.dismissed and act.id in self._dismissed:
            return "dismissed"
        if guards.old_head and act.kind is ActKind.REVIEWED and act.sha and head and act.sha != head:
            return "old_head"
        if act.edited_at is not None and self._is_late(act, act.edited_at):
            return "edited"
        if guards.recreated and self._was_deleted_before(act):
            return "recreated"
        return None

    def was_edited_late(self, act: Act) -> bool:
        """True where words were added when it was too late for them to count."""
        return any(self._is_late(act, edit.at) for edit in self._edits_of(act))

    def first_body(self, act: Act) -> str:
        """The words as they were written, with what was edited in at once."""
        at_once = [edit.body for edit in self._edits_of(act) if not self._is_late(act, edit.at)]
        return at_once[-1] if at_once else act.body

    @property
    def said_before(self) -> AbstractSet[str]:
        """The sentences, in lower case, that stand in the description or that somebody else said so far."""
        return self._said if self._guards.copied else frozenset()

    def _edits_of(self, act: Act) -> Iterator[Act]:
        acts = self._timeline.acts
        return (edit for edit in acts if edit.kind is ActKind.COMMENT_EDITED and edit.about == act.id)

    def _is_late(self, act: Act, edited_at: datetime) -> bool:
        window = self._guards.edited
        return window is not None and window.has_passed(act.at, edited_at, self._calendar)

    def _was_open(self, moment: datetime) -> bool:
        ended = [at for at in self._ends if at < moment]  # approving and merging may take one second
        return not ended or any(max(ended) < at <= moment for at in self._reopened)

    def _was_deleted_before(self, act: Act) -> bool:
        """True where they wrote the same words here before, and deleted them."""
        mine = own_words(act.body).lower()
        return bool(mine) and any(
            other.id in self._deleted and other.by == self._reviewer and own_words(other.body).lower() == mine
            for other in self._timeline.acts
            if other.at < act.at
        )


def _dismissed(timeline: PullRequestTimeline) -> set[str]:
    """Reviews that somebody else than the author dismissed; GitHub does so by itself at pushes."""
    pushes = [act.at for act in timeline.acts if act.is_push]
    return {
        act.about
        for act in timeline.acts
        if act.kind is ActKind.REVIEW_DISMISSED
        and act.by not in {None, timeline.author}
        and not (act.by is not None and act.by.is_bot)
        and not any(timedelta(0) <= act.at - push < _BY_ITSELF for push in pushes)
    }
