"""Says in a plain sentence what an act was, so that people can check what a decision rests on."""

from __future__ import annotations

from dataclasses import dataclass

from mentorbot.core.people import Person
from mentorbot.domain.timeline import Act, ActKind, Verdict
from mentorbot.domain.turns.comment_parser import own_words

_EXCERPT = 90
_DID = {
    ActKind.PUSHED: "pushed new commits",
    ActKind.FORCE_PUSHED: "pushed a new version of the branch",
    ActKind.MARKED_READY: "marked it as ready for review",
    ActKind.DRAFTED: "turned it into a draft",
    ActKind.RETITLED: "took the mark of unfinished work out of the title",
    ActKind.REVIEW_REQUESTED: "asked for a review",
    ActKind.THREAD_RESOLVED: "resolved a conversation",
    ActKind.THREAD_UNRESOLVED: "opened a conversation again",
    ActKind.REACTED: "gave a 👍",
    ActKind.CLOSED: "closed it",
    ActKind.MERGED: "merged it",
    ActKind.DECLARED_READY: "said that it is ready",
    ActKind.DECLARED_BLOCKED: "said that it is blocked",
    ActKind.DECLARED_WAITING: "said who it waits for",
}
_HAPPENED = {
    ActKind.CHECKS_CONCLUDED: "A check failed on the latest commit",
    ActKind.MERGEABILITY_SEEN: "The branch was seen to conflict with the base branch",
    ActKind.WORKFLOW_WAITING: "The automatic checks began to wait for a maintainer's approval",
}


@dataclass(frozen=True, slots=True)
class Evidence:
    """Something that happened and counted: the id and address of the act, and a sentence about it."""

    act_id: str
    url: str
    sentence: str


def evidence_of(act: Act) -> Evidence:
    """The act as evidence, dated, with its first words where it has any."""
    day = f"{act.at.day} {act.at:%B %Y}"
    if act.kind in _HAPPENED:
        return Evidence(act.id, act.url, f"{_HAPPENED[act.kind]} on {day}.")
    words = excerpt(act.body) if act.is_remark or act.kind is ActKind.DECLARED_BLOCKED else ""
    return Evidence(
        act.id,
        act.url,
        f"{name_of(act.by)} {_what_was_done(act)} on {day}" + (f": “{words}”" if words else "."),
    )


def name_of(person: Person | None) -> str:
    """The login, without the @ that would notify; deleted accounts have none."""
    return person.login if person is not None else "Somebody"


def excerpt(body: str) -> str:
    """The first of somebody's own words, short enough for a sentence."""
    words = " ".join(own_words(body).split())
    return words if len(words) <= _EXCERPT else words[:_EXCERPT].rsplit(" ", 1)[0] + " …"


def _what_was_done(act: Act) -> str:
    if act.verdict is Verdict.APPROVED:
        return "approved"
    if act.verdict is Verdict.CHANGES_REQUESTED:
        return "asked for changes"
    if act.kind in {ActKind.LABELED, ActKind.UNLABELED}:
        return f"set the label “{act.label}”"
    return _DID.get(act.kind, "wrote")
