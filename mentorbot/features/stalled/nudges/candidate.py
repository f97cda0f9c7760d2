"""What is known of a pull request when it is decided whether somebody is to be nudged."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from mentorbot.core.people import Association, Person
from mentorbot.core.translator import say_day
from mentorbot.domain.timeline import ActKind, PullRequestTimeline
from mentorbot.domain.turns import Certainty, Evidence, Holder, Turn, TurnSettings
from mentorbot.features.stalled.config import Author, Reviewers, Stalled
from mentorbot.features.stalled.labels.rules import Projection
from mentorbot.features.stalled.learning.learned import LearnedTurns
from mentorbot.features.stalled.nudge_history import PastNudge, belongs_to, key_of, past_nudges_in
from mentorbot.features.stalled.nudges.rules.due_dates import (
    LAST_ASK,
    QuietPeriod,
    last_human_act,
    next_due,
    quiet_since,
)
from mentorbot.features.stalled.records import AuthorNudges, Released, SecondReviewer, ToldElsewhere
from mentorbot.features.stalled.turn.facts import RepositoryFacts
from mentorbot.features.stalled.turn.rules.turn_decision import (
    DecidedTurn,
    Situation,
    approvers,
    asked_now,
    insiders_of,
    situation_of,
)

_OF_THE_PROJECT = frozenset(one for one in Association if one.is_insider)


@dataclass(frozen=True, slots=True)
class CombinedPullRequest:
    """Another pull request of the same author that waits for them, told in the same comment."""

    number: int
    url: str
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A pull request nobody may have touched for a while.

    `asked` are those GitHub lists as asked for a review; `approvers` whose approval it rests on; `insiders`
    those of its people who belong to the project. `away` say so in their status. `others` are told of in
    this one's nudge; `told_in` is where this one is told of. `put_off` is why there is no nudge today.
    `author_nudges` is whether authors are nudged here at all; `is_disputed` is true where people called a
    nudge of this turn wrong; `has_merged_here` where anything of the author's was merged before.
    `author_belongs` where they are of the project or may merge; `author_is_bot` also for scripts. `by_author`
    are the ids of the acts that the turn rests on and that are the author's own. `was_looked_at` is true once
    anybody of the project has said something; `rests_on_strangers` where only passers-by asked for anything.
    `silent_label` is one it carries with which nothing is said here at all.
    `slash`, `mentor_command`, `owner` and `reminding_bot` are as in `RepositoryFacts`.
    """

    number: int
    url: str
    title: str
    author: Person | None
    turn: Turn
    quiet_period: QuietPeriod
    situation: Situation
    projection: Projection
    is_draft: bool = False
    silent_label: str | None = None
    has_merged_here: bool = False
    author_belongs: bool = False
    author_is_bot: bool = False
    by_author: frozenset[str] = frozenset()
    was_looked_at: bool = True
    rests_on_strangers: bool = False
    asked: frozenset[Person] = frozenset()
    approvers: tuple[Person, ...] = ()
    insiders: frozenset[Person] = frozenset()
    muted_until: datetime | None = None
    away: frozenset[Person] = frozenset()
    mentioned_enough: frozenset[Person] = frozenset()
    second_reviewer: SecondReviewer | None = None
    others: tuple[CombinedPullRequest, ...] = ()
    told_in: ToldElsewhere | None = None
    put_off: str = ""
    author_nudges: AuthorNudges = field(default_factory=AuthorNudges)
    is_disputed: bool = False
    slash: str = "/"
    mentor_command: str = ""
    owner: str = ""
    reminding_bot: str = ""

    def patience(self, config: Stalled) -> Author | Reviewers | None:
        """How patient one is with the party whose turn it is; None where it is never nudged."""
        if self.turn.holder is Holder.AUTHOR and config.author.nudge and not self.reminding_bot:
            return config.author
        if self.turn.holder is Holder.REVIEWERS and config.reviewers.nudge:
            return config.reviewers
        return None

    def due_since(self, config: Stalled) -> datetime | None:
        """Since when, or from when on, its next nudge is due if it stays quiet; None after the last one."""
        patience = self.patience(config)
        return next_due(patience, self.quiet_period) if patience is not None else None

    @property
    def is_sure_enough(self) -> bool:
        """Whether to nudge for this turn: people of whom nothing was merged here only where it is sure."""
        is_newcomers = self.turn.holder is Holder.AUTHOR and not self.has_merged_here
        return self.turn.certainty is Certainty.SURE if is_newcomers else self.turn.certain

    @property
    def top_rung(self) -> int:
        """The last rung of the author's ladder that is for this one.

        After the first reminder nothing more comes while nobody of the project has looked; who belongs to it
        is not asked whether somebody else may go on.
        """
        if not self.was_looked_at:
            return 1
        return LAST_ASK - 1 if self.author_belongs else LAST_ASK

    @property
    def points(self) -> tuple[Evidence, ...]:
        """What is open for the author: what the turn rests on, without what they did themselves."""
        return tuple(one for one in self.turn.evidence if one.act_id not in self.by_author)

    def key(self, rung: int) -> str:
        return key_of(self.number, self.turn, rung)

    def day(self, moment: datetime) -> str:
        """A day, in the language here and by the clock here."""
        return say_day(moment)

    @property
    def is_muted(self) -> bool:
        return self.muted_until is not None and self.muted_until > self.quiet_period.now

    @property
    def party(self) -> tuple[Person, ...]:
        """The people whose move it is, as far as they are known by name."""
        if self.turn.holder is Holder.AUTHOR:
            return (self.author,) if self.author is not None else ()
        if self.turn.holder is not Holder.REVIEWERS:
            return ()
        return self.approvers if self.situation is Situation.MERGE else self.turn.reviewers

    @property
    def told(self) -> tuple[int, ...]:
        """Everybody, by id, of whom anything said about its turn tells."""
        people = (self.author, *self.turn.named, *self.turn.reviewers, *self.approvers)
        return tuple(dict.fromkeys(person.id for person in people if person is not None))

    @property
    def within_reach(self) -> tuple[Person, ...]:
        """Those of them who are neither away nor mentioned often enough today, the second reviewer left out.

        Nor is anybody who asked to be forgotten.
        """
        second_reviewer = self.second_reviewer.person if self.second_reviewer is not None else None
        out_of_reach = self.away | self.mentioned_enough
        return tuple(
            one
            for one in self.party
            if one not in out_of_reach and one != second_reviewer and not one.is_nameless
        )


def candidate_of(
    decision: DecidedTurn,
    repository: RepositoryFacts,
    *,
    rules: TurnSettings,
    projection: Projection,
    told_elsewhere: tuple[PastNudge, ...] = (),
    learned: LearnedTurns | None = None,
    released: Released | None = None,
) -> Candidate:
    timeline, turn = decision.timeline, decision.turn
    grounds = {one.act_id for one in turn.evidence}
    acts = [act for act in timeline.acts if act.id in grounds]
    was_looked_at = _was_looked_at(timeline, rules)
    written = (*past_nudges_in(timeline, repository.bot), *told_elsewhere)
    quiet_period = QuietPeriod(
        holder=turn.holder,
        since=quiet_since(timeline, turn, rules),
        now=repository.now,
        calendar=repository.calendar,
        past_nudges=tuple(sorted((one for one in written if belongs_to(one, turn)), key=lambda one: one.at)),
        human=last_human_act(timeline, rules),
        kept_waiting=turn.kept_waiting if turn.holder is Holder.AUTHOR else timedelta(0),
        released_at=released.at(timeline.number) if released is not None else None,
        is_released=released is not None and timeline.number in released.pulls,
    )
    return Candidate(
        number=timeline.number,
        url=timeline.url,
        title=timeline.title,
        author=timeline.author,
        turn=turn,
        quiet_period=quiet_period,
        situation=situation_of(decision),
        projection=projection,
        is_draft=timeline.is_draft,
        silent_label=repository.ignore.label_among(timeline.labels),
        asked=asked_now(timeline),
        approvers=approvers(decision),
        insiders=insiders_of(timeline),
        author_belongs=_belongs(timeline, repository),
        author_is_bot=rules.is_bot(timeline.author),
        by_author=frozenset(act.id for act in acts if act.by is not None and act.by == timeline.author),
        was_looked_at=was_looked_at,
        rests_on_strangers=not was_looked_at and bool(acts) and all(act.is_remark for act in acts),
        has_merged_here=timeline.author is not None and timeline.author.id in repository.people.merged,
        author_nudges=learned.standing if learned is not None else AuthorNudges(),
        is_disputed=learned is not None
        and not learned.disputed.isdisjoint(one.key for one in quiet_period.past_nudges),
        slash=repository.slash,
        mentor_command=repository.mentor_command_for(timeline.author),
        owner=repository.owner,
        reminding_bot=repository.reminding_bot,
    )


def _belongs(timeline: PullRequestTimeline, repository: RepositoryFacts) -> bool:
    """True where GitHub, or what they did to others' work, tells that the author is of the project."""
    if timeline.author is None:
        return False
    return timeline.association in _OF_THE_PROJECT or timeline.author.id in repository.people.trusted


def _was_looked_at(timeline: PullRequestTimeline, rules: TurnSettings) -> bool:
    """True where somebody whose word carries weight has said something to the author."""
    return any(
        (act.is_remark or act.kind is ActKind.DECLARED_WAITING)
        and act.by is not None
        and act.by != timeline.author
        and not rules.is_bot(act.by)
        and rules.carries_weight(act)
        for act in timeline.acts
    )
