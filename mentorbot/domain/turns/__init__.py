"""Whose turn is it? The answer for a pull request from its past alone, with the evidence in plain words.

`event_handlers` take in one act after the other, `comment_handlers` and `comment_parser` what was said,
`state` keeps what is open, `rules` picks the rule that decides, and `second_opinion` says how sure that is.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from mentorbot.core.people import Person
from mentorbot.domain.timeline import PullRequestTimeline
from mentorbot.domain.turns.event_handlers import handle_event
from mentorbot.domain.turns.evidence import Evidence, evidence_of
from mentorbot.domain.turns.features import could_be_a_debate, features_of
from mentorbot.domain.turns.rules import Basis, Holder, TurnDecision, decide
from mentorbot.domain.turns.second_opinion import Certainty, second_opinion
from mentorbot.domain.turns.settings import TurnSettings
from mentorbot.domain.turns.state import TurnState

__all__ = ["Certainty", "Evidence", "Holder", "Turn", "TurnSettings", "whose_turn"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """Whose move a pull request is.

    `reviewers` and `teams` are named when it is theirs and somebody was asked, or answered, by name; empty
    means the maintainers at large. `since` is when it became their turn; `snoozed_until` is set while nobody
    wants a nudge. `certain` is false where it is the author's turn only by words that could be read otherwise
    (a mild remark, a "good point"): tell it to who asks, but don't nudge the author for it. `named` is
    everybody of whom any of this tells.
    """

    holder: Holder
    since: datetime
    because: str
    ends_when: str
    evidence: tuple[Evidence, ...]
    reviewers: tuple[Person, ...] = ()
    teams: tuple[str, ...] = ()
    snoozed_until: datetime | None = None
    certainty: Certainty = Certainty.SURE
    named: tuple[Person, ...] = ()

    @property
    def certain(self) -> bool:
        """False where the turn is unclear, and `holder` a guess."""
        return self.certainty is not Certainty.UNCLEAR

    @property
    def told(self) -> Holder:
        """Whose turn to say it is to people who did not ask: nobody is told a guess."""
        return self.holder if self.certain else Holder.UNCLEAR


def whose_turn(timeline: PullRequestTimeline, rules: TurnSettings, *, now: datetime) -> Turn:
    """Whose turn it was at `now`, knowing only what had happened by then."""
    known = timeline.until(now)
    state = TurnState.begin(known, rules)
    decision, since = decide(state), known.opened_at
    for act in known.standing_acts():
        handle_event(state, act)
        newer = decide(state)
        if newer.holder is not decision.holder:
            since = max(act.at, known.opened_at)
        decision = newer
    return _turn(state, decision, since=since, now=now)


def _turn(state: TurnState, decision: TurnDecision, *, since: datetime, now: datetime) -> Turn:
    theirs = decision.holder is Holder.REVIEWERS
    named = state.requested or ({} if state.approval is not None else state.answered)
    snoozed_until = state.snoozed.ends_at if state.snoozed is not None else None
    told = (*(act.by for act in decision.acts), *state.answered.values(), *state.requested.values())
    return Turn(
        holder=decision.holder,
        since=since,
        because=decision.because,
        ends_when=decision.ends_when,
        evidence=tuple(evidence_of(act) for act in decision.acts),
        reviewers=tuple(sorted(named.values(), key=lambda person: person.id)) if theirs else (),
        teams=tuple(state.requested_teams) if theirs else (),
        certainty=_certainty(state, decision),
        named=tuple(dict.fromkeys(person for person in told if person is not None)),
        snoozed_until=snoozed_until if snoozed_until is not None and snoozed_until > now else None,
    )


def _certainty(state: TurnState, decision: TurnDecision) -> Certainty:
    """Facts speak for themselves; of what was said, the second opinion has to think the same.

    No author is told on the word of passers-by alone, for what they answered in part, or for a promise; and
    of what is said in another language than English only the shape is read, so nothing is sure. Nor is it
    where several people ask each other as well as the author.
    """
    if decision.basis is Basis.FACT:
        return Certainty.SURE
    if decision.basis is Basis.PROMISE:
        return Certainty.UNCLEAR
    features = features_of(state)
    if decision.holder is Holder.REVIEWERS:
        return second_opinion().of_reviewers(features)
    if not (state.is_unfinished or features.get("point: newer than the author")):
        return Certainty.UNCLEAR
    found = second_opinion().of_author(features)
    may_be_sure = state.language.is_english and (state.is_unfinished or not could_be_a_debate(features))
    return found if may_be_sure or found is not Certainty.SURE else Certainty.FAIRLY_SURE
