"""Says what an act was, so that people can check what a decision rests on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from mentorbot.core.people import Person
from mentorbot.core.translator import phrase, say, say_day
from mentorbot.domain.timeline import Act, ActKind, Verdict
from mentorbot.domain.turns.quotation import quotation
from mentorbot.domain.turns.reason import name_of

_EXCERPT = 90
# Translators: these stand after a name and a day: "ada, 2 March 2026: pushed new commits". A noun is as good
# as a verb ("new commits"), and better where a verb would have to know whether ada is a woman or a man.
_DID = {
    ActKind.PUSHED: phrase("pushed new commits"),
    ActKind.FORCE_PUSHED: phrase("pushed a new version of the branch"),
    ActKind.MARKED_READY: phrase("marked it as ready for review"),
    ActKind.DRAFTED: phrase("turned it into a draft"),
    ActKind.RETITLED: phrase("changed the title"),
    ActKind.REVIEW_REQUESTED: phrase("asked for a review"),
    ActKind.THREAD_RESOLVED: phrase("resolved a conversation"),
    ActKind.THREAD_UNRESOLVED: phrase("opened a conversation again"),
    ActKind.REACTED: phrase("gave a 👍"),
    ActKind.CLOSED: phrase("closed it"),
    ActKind.MERGED: phrase("merged it"),
    ActKind.DECLARED_READY: phrase("said that it is ready"),
    ActKind.DECLARED_BLOCKED: phrase("said that it is blocked"),
    ActKind.DECLARED_WAITING: phrase("said whose turn it is"),
    ActKind.LABELED: phrase("set the label"),
    ActKind.UNLABELED: phrase("removed the label"),
}
_APPROVED = phrase("approved it")
_CHANGES_REQUESTED = phrase("asked for changes")
_WROTE = phrase("wrote a comment")
_HAPPENED = {
    ActKind.CHECKS_CONCLUDED: phrase("a check failed on the latest commit"),
    ActKind.MERGEABILITY_SEEN: phrase("the branch has conflicts with the base branch"),
    ActKind.WORKFLOW_WAITING: phrase("the automatic checks wait until a maintainer lets them run"),
}


@dataclass(frozen=True, slots=True)
class Evidence:
    """Something that happened and counted: the id and address of the act, and what it was.

    `words` are people's own, in plain text, or a label; `by` is None where nobody did it.
    """

    act_id: str
    url: str
    what: str
    by: Person | None = None
    at: datetime | None = None
    words: str = ""

    @property
    def sentence(self) -> str:
        """What happened, to anybody."""
        return self.said()

    def said(self, reader: Person | None = None) -> str:
        """What happened, in plain text and in the language at hand; what the reader did says "you"."""
        what = say(self.what) if self.what else ""
        if self.at is None:
            return what
        if self.by is None:
            return say("{day}: {what}", day=say_day(self.at), what=what)
        name = say("you") if self.by == reader else name_of(self.by)
        if not self.words:
            return say("{name}, {day}: {what}", name=name, day=say_day(self.at), what=what)
        if not what:
            return say("{name}, {day}: “{words}”", name=name, day=say_day(self.at), words=self.words)
        return say(
            "{name}, {day}: {what}: “{words}”", name=name, day=say_day(self.at), what=what, words=self.words
        )


def evidence_of(act: Act) -> Evidence:
    """The act as evidence, with its first words where it has any."""
    if act.kind in _HAPPENED:
        return Evidence(act.id, act.url, _HAPPENED[act.kind], at=act.at)
    words = _words_of(act)
    return Evidence(
        act.id, act.url, _what_was_done(act, words), by=act.by or SOMEBODY, at=act.at, words=words
    )


SOMEBODY = Person(0, name_of(None))
"""Who did what nobody's name stands at any more."""


def _words_of(act: Act) -> str:
    if act.kind in {ActKind.LABELED, ActKind.UNLABELED}:
        return act.label
    says_something = act.is_remark or act.kind is ActKind.DECLARED_BLOCKED
    return quotation(act.body, limit=_EXCERPT) if says_something else ""


def _what_was_done(act: Act, words: str) -> str:
    """What the words don't tell by themselves; empty for a plain remark."""
    if act.verdict is Verdict.APPROVED:
        return _APPROVED
    if act.verdict is Verdict.CHANGES_REQUESTED:
        return _CHANGES_REQUESTED
    return _DID.get(act.kind, "" if words else _WROTE)
