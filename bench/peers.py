"""What others would say at the same moments: simple rules, and the rules of tools that projects use.

Each says whose turn it is, and whom it would write to:

- The simple rules and bedevere write to the side whose turn they say it is.
- actions/stale looks at one date, GitHub's `updated_at`, so it knows no turns. Its comment asks for
  activity and threatens to close, which is for the author to avert: its turn is always the author's. The
  comment mentions nobody and reaches everybody in the thread: it is counted as a nudge of both sides. By
  its defaults that is after 60 days without any activity (and only if a `stale-pr-message` is set, else it
  puts on its label in silence), for which a labelled moment, 14 days after the last act, is too early. The
  other row is what it would do if set to 14 days, which is how long mentorbot waits for authors.
- Gerrit expects both sides at once where people of both are in its attention set (see `gerrit`): then, and
  in drafts, it is the author's turn; else the reviewers'. Nudged is who is in the set, so nobody where no
  reviewer was ever added.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from bench.gerrit import AttentionSet
from mentorbot.core.people import Person
from mentorbot.domain.timeline import Act, ActKind, PullRequestTimeline, Verdict
from mentorbot.domain.turns import TurnSettings
from mentorbot.domain.turns.comment_parser import parse_comment

AUTHOR, REVIEWERS = "author", "reviewers"
NOBODY: frozenset[str] = frozenset()

_SETTINGS = TurnSettings()
_VERDICTS = {Verdict.APPROVED: REVIEWERS, Verdict.CHANGES_REQUESTED: AUTHOR}


@dataclass(frozen=True, slots=True)
class Peer:
    """A rule of somebody else: whose turn it is, and which sides it writes to in the morning at a moment."""

    name: str
    turn: Callable[[PullRequestTimeline], str]
    nudges: Callable[[PullRequestTimeline, datetime], frozenset[str]]


def whoever_did_not_act_last(past: PullRequestTimeline) -> str:
    """The turn goes to the other side of whoever did anything last."""
    acts = [act for act in past.acts if act.by is not None and not _SETTINGS.is_bot(act.by)]
    return AUTHOR if acts and acts[-1].by != past.author else REVIEWERS


def last_substantive_act(past: PullRequestTimeline) -> str:
    """Drafts are the author's; a comment or review of others is too, unless it approves."""
    if past.is_draft:
        return AUTHOR
    acts = [act for act in past.acts if _is_substantive(act) and not _SETTINGS.is_bot(act.by)]
    if not acts or acts[-1].by == past.author:
        return REVIEWERS
    approves = acts[-1].verdict is Verdict.APPROVED or parse_comment(acts[-1].body).approves
    return REVIEWERS if approves else AUTHOR


def bedevere(past: PullRequestTimeline) -> str:
    """The last verdict of somebody with weight decides, until the author says that it is done.

    As CPython's bot: "awaiting changes" after a review that asks for them, "awaiting merge" or "review" else;
    comments and reviews without a verdict move nothing, and a dismissal only where no verdict is left.
    bedevere waits for a phrase it has told the author to say; nobody was told here, so that the author's next
    comment or push stands for it. Drafts, on which it puts no label, are the author's.
    """
    if past.is_draft:
        return AUTHOR
    turn = REVIEWERS
    verdicts: dict[Person | None, Verdict] = {}
    for act in past.standing_acts():
        if act.by is not None and act.by == past.author and (act.is_remark or act.is_push):
            turn = REVIEWERS
        elif act.verdict in _VERDICTS and not _SETTINGS.is_bot(act.by) and _SETTINGS.carries_weight(act):
            verdicts[act.by] = act.verdict
            turn = _VERDICTS[act.verdict]
        elif act.kind is ActKind.REVIEW_DISMISSED:
            verdicts.pop(act.subject, None)
            turn = turn if verdicts else REVIEWERS
    return turn


def by_turn(name: str, turn: Callable[[PullRequestTimeline], str]) -> Peer:
    """A peer that writes to the side whose turn it says it is."""
    return Peer(name, turn, lambda past, _at: frozenset({turn(past)}))


def stale(name: str, *, days_before_stale: int) -> Peer:
    """What actions/stale does after so many days without activity of anybody, bots included."""

    def nudges(past: PullRequestTimeline, at: datetime) -> frozenset[str]:
        # That something else was closed is no activity here.
        active = [act.at for act in past.acts if act.kind is not ActKind.REFERENCE_CLOSED]
        is_due = at - max([past.opened_at, *active]) >= timedelta(days=days_before_stale)
        return frozenset({AUTHOR, REVIEWERS}) if is_due else NOBODY

    return Peer(name, lambda _past: AUTHOR, nudges)


def gerrit(name: str, *, to_the_letter: bool) -> Peer:
    """Gerrit's attention set."""

    def turn(past: PullRequestTimeline) -> str:
        attention = AttentionSet.after(past, to_the_letter=to_the_letter)
        return AUTHOR if attention.is_draft or attention.expects_the_author else REVIEWERS

    def nudges(past: PullRequestTimeline, _at: datetime) -> frozenset[str]:
        attention = AttentionSet.after(past, to_the_letter=to_the_letter)
        expected = {AUTHOR: attention.expects_the_author, REVIEWERS: attention.expects_reviewers}
        return frozenset(side for side, is_expected in expected.items() if is_expected)

    return Peer(name, turn, nudges)


PEERS = (
    by_turn("always the author (what stale bots do)", lambda _past: AUTHOR),
    by_turn("always reviewers", lambda _past: REVIEWERS),
    by_turn("whoever did not act last", whoever_did_not_act_last),
    by_turn("last substantive act, drafts, approvals by comment", last_substantive_act),
    stale("actions/stale, its defaults (60 days)", days_before_stale=60),
    stale("actions/stale, set to 14 days", days_before_stale=14),
    by_turn("bedevere: last verdict or the author's answer", bedevere),
    gerrit("Gerrit's attention set", to_the_letter=False),
    gerrit("Gerrit's attention set, to the letter", to_the_letter=True),
)


def _is_substantive(act: Act) -> bool:
    if act.kind is ActKind.REVIEWED:
        return bool(act.body.strip()) or act.verdict is not Verdict.COMMENTED
    return act.is_remark or act.is_push or act.kind is ActKind.MARKED_READY
