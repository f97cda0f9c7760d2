"""Why somebody is proposed, in plain words that can be translated."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from mentorbot.core.translator import english_plural


class Why(StrEnum):
    """The sentences; each goes on after a name ("Ada …"). They are also what translators translate."""

    ACTIVE_TODAY = "was active here today"
    ACTIVE_THIS_WEEK = "was active here this week"
    REVIEWS_MOST = "reviews most of what is opened here"
    REVIEWS_MUCH = "reviews much of what is opened here"
    REVIEWED_HERE = "has reviewed {pull_requests} here, last in {month}"
    REVIEWED_AUTHOR = "has reviewed {pull_requests} by {what}, last in {month}"
    REVIEWED_SUBJECT = "has reviewed {pull_requests} about {what}, last in {month}"
    REVIEWED_NEWCOMERS = "has reviewed {pull_requests} by newcomers, last in {month}"
    WROTE_SUBJECT = "wrote {pull_requests} about {what}, last in {month}"
    OPENED_LINKED = "opened {what}, which is mentioned here"
    TOOK_PART_IN_LINKED = "took part in {what}, which is mentioned here"
    REQUESTED = "was asked to review this"
    MENTIONED = "is mentioned in the description"
    COVERS_AREA = "offers help with {what}"
    HAS_ROOM = "has room for {count} more"
    NOT_ASKED_LATELY = "wasn't asked for a while"
    SAME_HOURS = "is awake at the same hours"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """One reason. `what` is a login, path, word, label or number as others wrote it.

    `str()` is plain text: before it is put into Markdown it must go through `core.markdown.as_text`.
    """

    why: Why
    count: int = 0
    what: str = ""
    latest: datetime | None = None

    def __str__(self) -> str:
        return self.why.value.format(
            pull_requests=english_plural("one pull request", "{count} pull requests", self.count),
            count=self.count,
            what=self.what,
            month=f"{self.latest:%B %Y}" if self.latest is not None else "",
        )
