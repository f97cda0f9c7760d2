"""Why somebody is proposed, in plain words that can be translated: told of them, or told to them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType

from mentorbot.core.translator import phrase, say, say_plural, translator


class Why(StrEnum):
    """The sentences; each goes on after a name ("Ada …"). They are also what translators translate."""

    ACTIVE_TODAY = phrase("was active here today")
    ACTIVE_THIS_WEEK = phrase("was active here this week")
    REVIEWS_MOST = phrase("reviews most pull requests here")
    REVIEWS_MUCH = phrase("reviews many pull requests here")
    REVIEWED_HERE = phrase("has reviewed {pull_requests} here, last in {month}")
    REVIEWED_AUTHOR = phrase("has reviewed {pull_requests} by {what}, last in {month}")
    REVIEWED_SUBJECT = phrase("has reviewed {pull_requests} about {what}, last in {month}")
    REVIEWED_FILES = phrase("has reviewed {pull_requests} in {what}, last in {month}")
    REVIEWED_LABEL = phrase("has reviewed {pull_requests} with the label {what}, last in {month}")
    REVIEWED_NEWCOMERS = phrase("has reviewed {pull_requests} by newcomers, last in {month}")
    WROTE_SUBJECT = phrase("wrote {pull_requests} about {what}, last in {month}")
    WROTE_FILES = phrase("wrote {pull_requests} in {what}, last in {month}")
    WROTE_LABEL = phrase("wrote {pull_requests} with the label {what}, last in {month}")
    WORKED_ON_KIND = phrase("worked on {what} files here")
    OPENED_LINKED = phrase("opened {what}, which is related")
    TOOK_PART_IN_LINKED = phrase("took part in {what}, which is related")
    REQUESTED = phrase("was asked for a review")
    MENTIONED = phrase("is mentioned in the description")
    COVERS_AREA = phrase("offers help with {what}")
    HAS_ROOM = phrase("has room for {count} more")
    NOT_ASKED_LATELY = phrase("wasn't asked for a while")
    SAME_HOURS = phrase("has a similar time zone")


_TO_THEM: Mapping[Why, str] = MappingProxyType(
    {
        Why.ACTIVE_TODAY: phrase("you were active here today"),
        Why.ACTIVE_THIS_WEEK: phrase("you were active here this week"),
        Why.REVIEWS_MOST: phrase("you review most pull requests here"),
        Why.REVIEWS_MUCH: phrase("you review many pull requests here"),
        Why.REVIEWED_HERE: phrase("you have reviewed {pull_requests} here, last in {month}"),
        Why.REVIEWED_AUTHOR: phrase("you have reviewed {pull_requests} by {what}, last in {month}"),
        Why.REVIEWED_SUBJECT: phrase("you have reviewed {pull_requests} about {what}, last in {month}"),
        Why.REVIEWED_FILES: phrase("you have reviewed {pull_requests} in {what}, last in {month}"),
        Why.REVIEWED_LABEL: phrase(
            "you have reviewed {pull_requests} with the label {what}, last in {month}"
        ),
        Why.REVIEWED_NEWCOMERS: phrase("you have reviewed {pull_requests} by newcomers, last in {month}"),
        Why.WROTE_SUBJECT: phrase("you wrote {pull_requests} about {what}, last in {month}"),
        Why.WROTE_FILES: phrase("you wrote {pull_requests} in {what}, last in {month}"),
        Why.WROTE_LABEL: phrase("you wrote {pull_requests} with the label {what}, last in {month}"),
        Why.WORKED_ON_KIND: phrase("you worked on {what} files here"),
        Why.OPENED_LINKED: phrase("you opened {what}, which is related"),
        Why.TOOK_PART_IN_LINKED: phrase("you took part in {what}, which is related"),
        Why.REQUESTED: phrase("you were asked for a review"),
        Why.MENTIONED: phrase("you are mentioned in the description"),
        Why.COVERS_AREA: phrase("you offer help with {what}"),
        Why.HAS_ROOM: phrase("you have room for {count} more"),
        Why.NOT_ASKED_LATELY: phrase("you were not asked for a while"),
        Why.SAME_HOURS: phrase("you have a similar time zone"),
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """One reason. `what` is a login, path, word, label or number as others wrote it.

    `str()` goes on after a name; `to_them` is said to the very person, and stands for itself. Both are plain
    text: before it is put into Markdown it must go through `core.markdown.as_text`.
    """

    why: Why
    count: int = 0
    what: str = ""
    latest: datetime | None = None

    def __str__(self) -> str:
        return self._said(self.why.value)

    def to_them(self) -> str:
        """The reason in the second person: "you have reviewed …"."""
        return self._said(_TO_THEM[self.why])

    def _said(self, text: str) -> str:
        return say(
            text,
            pull_requests=say_plural("one pull request", "{count} pull requests", self.count),
            count=self.count,
            what=self.what,
            month=translator().month(self.latest.date()) if self.latest is not None else "",
        )
