"""Whose turn Gerrit would say it is: its attention set, kept by the acts of GitHub.

The rules are those of Gerrit's user documentation, as of 3.11, and where that is short, of its reply
dialog: https://gerrit-review.googlesource.com/Documentation/user-attention-set.html

- Who is added as a reviewer comes into the set, and leaves it when taken off again.
- Who replies (comments, votes, or both) leaves it. The reply of anybody but the owner brings the owner in.
  The owner's reply in an unresolved thread brings in everybody who wrote there; anybody's reply in a
  resolved one those who wrote there and haven't voted for the change.
- Whose vote is outdated by a new patch set, or deleted by somebody else, comes in. A new patch set alone
  changes nothing else.
- Work in progress, submitting and abandoning empty the set. Bots are never in it, and only their negative
  votes bring the owner in.

How that is mapped: the owner is the author; work in progress is a draft; a vote is the verdict of a review,
or a comment that approves ("ACK"). Each thread of line comments is a thread, unresolved until somebody
resolves it (which saved histories don't tell), and the conversation of the pull request is one more. Who
replies becomes a reviewer. Who leaves the draft state asks all reviewers, as in Gerrit's dialog. Who is
mentioned is left out.

Two habits differ so much that the rules alone would look worse than they are. In Gerrit, people who have
uploaded answer "Done" in each thread, and owners submit their approved changes themselves; on GitHub,
people push, and maintainers merge. So an author's push is also their reply in every thread in which
somebody else wrote last, and an approval doesn't bring the author in. `to_the_letter` is without both.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from mentorbot.core.people import Person
from mentorbot.domain.timeline import Act, ActKind, PullRequestTimeline, Verdict
from mentorbot.domain.turns import TurnSettings
from mentorbot.domain.turns.comment_parser import parse_comment

_SETTINGS = TurnSettings()
_REPLIES = frozenset({ActKind.COMMENTED, ActKind.LINE_COMMENTED, ActKind.REVIEWED})
_NEW_PATCH_SETS = frozenset({ActKind.PUSHED, ActKind.FORCE_PUSHED})
_VOTES = frozenset({Verdict.APPROVED, Verdict.CHANGES_REQUESTED})


@dataclass(slots=True)
class AttentionSet:
    """Who is expected to act on a pull request.

    `expected` is the set itself. `votes` are those on the present patch set; `threads` who wrote in each
    thread, in order, the conversation under the empty name.
    """

    owner: Person | None
    is_draft: bool
    to_the_letter: bool = False
    expected: set[Person] = field(default_factory=set)
    reviewers: set[Person] = field(default_factory=set)
    votes: dict[Person, Verdict] = field(default_factory=dict)
    threads: dict[str, list[Person | None]] = field(default_factory=dict)
    resolved: set[str] = field(default_factory=set)

    @classmethod
    def after(cls, past: PullRequestTimeline, *, to_the_letter: bool = False) -> AttentionSet:
        """The attention set as everything that happened has left it."""
        owner = None if _SETTINGS.is_bot(past.author) else past.author
        attention = cls(owner=owner, is_draft=past.opened_as_draft, to_the_letter=to_the_letter)
        for act in past.standing_acts():
            attention.hear(act)
        return attention

    @property
    def expects_the_author(self) -> bool:
        return self.owner in self.expected

    @property
    def expects_reviewers(self) -> bool:
        return bool(self.expected - {self.owner})

    def hear(self, act: Act) -> None:
        """Take in what happened next."""
        if act.kind in _REPLIES:
            self._hear_reply(act)
        elif act.kind in _NEW_PATCH_SETS:
            self._hear_new_patch_set(act)
        elif act.kind is ActKind.DRAFTED:
            self.is_draft = True
            self.expected.clear()
        elif act.kind is ActKind.MARKED_READY:
            self.is_draft = False
            self._expect(*self.reviewers)
        elif act.kind in {ActKind.CLOSED, ActKind.MERGED}:
            self.expected.clear()
        elif act.kind is ActKind.THREAD_RESOLVED:
            self.resolved.add(act.thread)
        elif act.kind is ActKind.THREAD_UNRESOLVED:
            self.resolved.discard(act.thread)
        elif act.subject is not None:
            self._hear_of_reviewer(act.kind, act.subject)

    def _hear_of_reviewer(self, kind: ActKind, reviewer: Person) -> None:
        if kind is ActKind.REVIEW_REQUESTED:
            self.reviewers.add(reviewer)
            self._expect(reviewer)
        elif kind is ActKind.REVIEW_REQUEST_REMOVED:
            self.reviewers.discard(reviewer)
            self.expected.discard(reviewer)
        elif kind is ActKind.REVIEW_DISMISSED and reviewer in self.votes:
            del self.votes[reviewer]
            self._expect(reviewer)

    def _hear_new_patch_set(self, act: Act) -> None:
        self._expect(*self.votes)
        self.votes.clear()
        if self._is_owner(act.by) and not self.to_the_letter:
            self.expected -= {act.by}
            for thread, writers in self.threads.items():
                if not self._is_owner(writers[-1]):
                    self._write(thread, act.by)

    def _hear_reply(self, act: Act) -> None:
        vote = _vote_of(act)
        says = act.kind is not ActKind.REVIEWED or bool(act.body.strip())
        if _SETTINGS.is_bot(act.by):
            if vote is Verdict.CHANGES_REQUESTED:
                self._expect(self.owner)
            return
        if not says and vote is None:  # only holds line comments together, which are acts of their own
            return
        self.expected -= {act.by}
        if not self._is_owner(act.by):
            if act.by is not None:
                self.reviewers.add(act.by)
                self.votes |= {act.by: vote} if vote is not None else {}
            if self.to_the_letter or vote is not Verdict.APPROVED:
                self._expect(self.owner)
        if says:
            self._write(act.thread, act.by)

    def _write(self, thread: str, by: Person | None) -> None:
        """Somebody writes in a thread; who wrote there before is expected if that is for them."""
        writers = self.threads.setdefault(thread, [])
        others = [one for one in writers if one != by and not self._is_owner(one)]
        if thread in self.resolved:
            self._expect(*(one for one in others if one and self.votes.get(one) is not Verdict.APPROVED))
        elif self._is_owner(by):
            self._expect(*others)
        writers.append(by)

    def _expect(self, *people: Person | None) -> None:
        if not self.is_draft:
            self.expected.update(one for one in people if one is not None and not _SETTINGS.is_bot(one))

    def _is_owner(self, person: Person | None) -> bool:
        return person is not None and person == self.owner


def _vote_of(act: Act) -> Verdict | None:
    if act.verdict in _VOTES:
        return act.verdict
    return Verdict.APPROVED if parse_comment(act.body).approves else None
