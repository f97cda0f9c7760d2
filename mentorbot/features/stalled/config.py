"""What a maintainer can set for pull requests that have gone quiet."""

from __future__ import annotations

import re
from typing import Annotated, Self

from pydantic import Field, model_validator

from mentorbot.config.durations import Duration
from mentorbot.config.keys import FormerNames
from mentorbot.config.principals import Principal
from mentorbot.config.section import Section
from mentorbot.domain.turns import Holder, TurnSettings

LabelName = Annotated[str, Field(min_length=1, max_length=50)]


class Author(Section):
    """When authors are reminded that it is their turn."""

    nudge: bool = True
    """Nudge authors at all. With `false`, labels and commands work as ever."""

    after: Duration = Duration.parse("14 days")
    """How long it may be quiet before the author gets a reminder with what is open."""

    again: Duration = Duration.parse("14 days")
    """How long after that an offer of help follows, and after as long once more the question whether somebody
    else may carry it on: both only once somebody of the project has looked. Who belongs to the project is
    reminded twice, in one line, and not asked that. Nothing is ever closed."""


class Reviewers(Section):
    """When reviewers are reminded that it is their turn, and whom to ask when they don't answer."""

    nudge: bool = True
    """Nudge reviewers at all. With `false`, labels and commands work as ever."""

    after: Duration = Duration.parse("7 business days")
    """How long it may be quiet before those who were asked are asked once more."""

    again: Duration = Duration.parse("7 business days")
    """How long after that somebody else is asked for a review. What stays quiet is in the weekly list."""

    then: tuple[Principal, ...] = Field(default=(), max_length=20, examples=[["team:triage", "ada"]])
    """Who is asked next, the first that can be: teams as `team:triage`, people by login."""

    pool: tuple[Principal, ...] = Field(default=(), max_length=50, examples=[["team:core"]])
    """Among whom the one is looked for who knows the matter best, where `then` names nobody who can be asked.

    Without it: members and collaborators who reviewed something that is open now.
    """


class TurnLabels(Section):
    """Labels that show whose turn it is. Leave one out, and it isn't used."""

    author: LabelName | None = Field(default=None, examples=["awaiting changes"])
    """Put on while it is the author's turn."""

    reviewers: LabelName | None = Field(default=None, examples=["awaiting review"])
    """Put on while it is the reviewers' turn."""

    external: LabelName | None = Field(default=None, examples=["blocked"])
    """Put on while it waits for something else. Put on by a person, it stays until a person takes it off."""

    @model_validator(mode="after")
    def _differ(self) -> Self:
        if len({label.lower() for label in self.used.values()}) < len(self.used):
            raise ValueError("the same label can't show two turns: write different ones")
        return self

    @property
    def used(self) -> dict[Holder, str]:
        """The labels that are used, by the turn they show."""
        labels = {
            Holder.AUTHOR: self.author,
            Holder.REVIEWERS: self.reviewers,
            Holder.EXTERNAL: self.external,
        }
        return {holder: label for holder, label in labels.items() if label is not None}

    def of(self, holder: Holder) -> str | None:
        """The label for a turn; None where there is none."""
        return self.used.get(holder)

    def holder_of(self, label: str) -> Holder | None:
        """Whose turn a label shows. GitHub doesn't tell labels apart by capitals."""
        return next((holder for holder, used in self.used.items() if used.lower() == label.lower()), None)


class Ignore(Section):
    """Pull requests that are left alone."""

    labels: tuple[LabelName, ...] = Field(default=(), max_length=50, examples=[["on hold"]])
    """Pull requests with any of these labels: no nudges, no labels."""

    drafts: bool = True
    """Drafts get no nudges."""

    def covers(self, worn: frozenset[str]) -> str | None:
        """The label that keeps a pull request out, as it is written in the config."""
        lower = {label.lower() for label in worn}
        return next((label for label in self.labels if label.lower() in lower), None)


class Vocabulary(Section):
    """What is said in this repository, beside the usual, from which turns are told."""

    approval: tuple[str, ...] = Field(default=(), max_length=20, examples=[["Ship it"]])
    """Words with which comments approve, beside `LGTM`, `ACK` and their kin."""

    unfinished: tuple[str, ...] = Field(default=(), max_length=20, examples=[["PoC"]])
    """Words in titles that mean unfinished, beside `WIP` and `draft`."""

    robots: tuple[str, ...] = Field(default=(), max_length=50, examples=[["acme-ci"]])
    """Logins of scripts that use an ordinary account. Accounts that GitHub calls bots are known anyway."""


class Stalled(Section):
    """Whose turn is it? Whoever a quiet pull request waits for is told, kindly and seldom; nothing is closed.

    Reminders are written on business days of the `calendar` only: never on days off, nor from 24 December to
    1 January. A `freeze` there stops every clock here.
    """

    author: Author = Author()
    """The author's side of the ladder."""

    reviewers: Reviewers = Reviewers()
    """The reviewers' side of the ladder."""

    labels: TurnLabels = TurnLabels()
    """Labels by whose turn it is; without this key, no labels."""

    ignore: Ignore = Ignore()
    """What is left alone."""

    digest: bool = True
    """Keep one issue, renewed every Monday, that lists what has waited for reviewers for too long."""

    a_day: Annotated[int, FormerNames("nudges_a_day")] = Field(default=5, ge=1, le=400)
    """How many nudges there are on a day at most in this repository.

    What was quiet already when this section came is spread over the days, what is newest first; half of each
    day is for what has become due since. What nobody has touched for 180 days gets none, unless a maintainer
    writes `/mentorbot nudges release`. `mentorbot sweep --dry-run` shows how it spreads.
    """

    words: Vocabulary = Vocabulary()
    """What is said here, from which turns are told."""

    @property
    def own_labels(self) -> frozenset[str]:
        return frozenset(self.labels.used.values())

    def turn_rules(self) -> TurnSettings:
        """What of this decides whose turn it is: what people say here, and who isn't one."""
        return TurnSettings(
            bots=frozenset(self.words.robots),
            external_labels=frozenset({self.labels.external} if self.labels.external else ()),
            approval_words=frozenset(self.words.approval),
            wip_titles=tuple(rf"\b{re.escape(word)}\b" for word in self.words.unfinished),
        )
