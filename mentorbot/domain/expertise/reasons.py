"""Why somebody is proposed, in plain words that can be translated."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from mentorbot.core.translator import phrase, say, say_plural, translator


class Why(StrEnum):
    """The sentences; each goes on after a name ("Ada …"). They are also what translators translate."""

    ACTIVE_TODAY = phrase("was active here today")
    ACTIVE_THIS_WEEK = phrase("was active here this week")
    REVIEWS_MOST = phrase("reviews most of what is opened here")
    REVIEWS_MUCH = phrase("reviews much of what is opened here")
    REVIEWED_HERE = phrase("has reviewed {pull_requests} here, last in {month}")
    REVIEWED_AUTHOR = phrase("has reviewed {pull_requests} by {what}, last in {month}")
    REVIEWED_SUBJECT = phrase("has reviewed {pull_requests} about {what}, last in {month}")
    REVIEWED_NEWCOMERS = phrase("has reviewed {pull_requests} by newcomers, last in {month}")
    WROTE_SUBJECT = phrase("wrote {pull_requests} about {what}, last in {month}")
    OPENED_LINKED = phrase("opened {what}, which is mentioned here")
    TOOK_PART_IN_LINKED = phrase("took part in {what}, which is mentioned here")
    REQUESTED = phrase("was asked to review this")
    MENTIONED = phrase("is mentioned in the description")
    COVERS_AREA = phrase("offers help with {what}")
    HAS_ROOM = phrase("has room for {count} more")
    NOT_ASKED_LATELY = phrase("wasn't asked for a while")
    SAME_HOURS = phrase("is awake at the same hours")


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
        return say(
            self.why.value,
            pull_requests=say_plural("one pull request", "{count} pull requests", self.count),
            count=self.count,
            what=self.what,
            month=translator().month(self.latest.date()) if self.latest is not None else "",
        )
