"""What a maintainer can set for the review exchange."""

from __future__ import annotations

from typing import Annotated, Self

from pydantic import Field, model_validator

from mentorbot.config.durations import Duration
from mentorbot.config.principals import Principal
from mentorbot.config.section import OFF_IS_NONE, Section
from mentorbot.config.templates import BUILT_IN, Offers, Template
from mentorbot.feature_api.ports import Ports
from mentorbot.features.review_exchange.ledger.ledger import REVIEW

LabelName = Annotated[str, Field(min_length=1, max_length=50)]
FullName = Annotated[str, Field(pattern=r"^[\w.-]+/[\w.-]+$", max_length=140)]
Guide = Annotated[str, Field(max_length=1_000)]


Checklist = Annotated[
    Template | None,
    Offers(
        reviewer="login of the person who gave their first review here",
        repo="name of the repository",
        guide="the setting `guide`",
        counts="whether the review counts towards a credit as it is, in a sentence",
    ),
    OFF_IS_NONE,
]


class ExchangeLabels(Section):
    """Labels that show where a pull request stands in the exchange. Leave one out, and it isn't used."""

    ready: LabelName | None = Field(default=None, examples=["exchange: earned"])
    """On open pull requests of people who have a credit to spend."""

    wanted: LabelName | None = Field(default=None, examples=["exchange: review wanted"])
    """From `/exchange` on, until somebody begins to review."""

    in_review: LabelName | None = Field(default=None, examples=["exchange: in review"])
    """While somebody has begun, until there is a review that counts."""

    @property
    def used(self) -> tuple[str, ...]:
        return tuple(label for label in (self.ready, self.wanted, self.in_review) if label)

    @model_validator(mode="after")
    def _differ(self) -> Self:
        if len({label.lower() for label in self.used}) < len(self.used):
            raise ValueError("the same label can't show two things: write different ones")
        return self


class PairLimit(Section):
    """How much reviews are worth that the same person gives the same author again and again."""

    free: int = Field(default=3, ge=1, le=1_000)
    """So many count in full; each one after them counts half of the one before."""

    within: Duration = Duration.parse("90 days")
    """How far back they are counted."""


class Guards(Section):
    """What keeps the exchange honest. Every refusal names its guard; `off` switches a guard off."""

    own: bool = True
    """A review of one's own pull request earns nothing."""

    bots: bool = True
    """Reviews by bots, and of bots' pull requests, earn nothing."""

    after_close: bool = True
    """What is said once a pull request is merged or closed earns nothing."""

    old_head: bool = True
    """A review of commits that were replaced already when it was given earns nothing."""

    substance: Annotated[int | None, Field(ge=1, le=1_000), OFF_IS_NONE] = 15
    """So many words of one's own, beyond thanks and approval, make a review.

    So does one comment on a line that says something, a test report, or a request that the author then
    followed. Quick ones need twice the words.
    """

    copied: bool = True
    """The same words as in an earlier review of theirs, or as somebody else wrote here, don't count."""

    edited: Annotated[Duration | None, OFF_IS_NONE] = Duration.parse("1 hour")
    """Words that were added later than this don't count."""

    recreated: bool = True
    """Words that were deleted and written once more don't count."""

    dismissed: bool = True
    """A review that a maintainer dismisses before it is confirmed earns nothing."""

    same_day_swap: bool = True
    """Where two people review each other on the same day, only the first of both reviews counts."""

    daily_cap: Annotated[int | None, Field(ge=1, le=100), OFF_IS_NONE] = 5
    """So many reviews of a person count on one day."""

    approve_only: Annotated[int | None, Field(ge=1, le=1_000), OFF_IS_NONE] = 5
    """So many mere approvals in a row count in full; each one after them counts half of the one before."""

    pair: Annotated[PairLimit | None, OFF_IS_NONE] = PairLimit()
    """Falling value for the same reviewer and author."""

    clusters: bool = True
    """Where a few accounts review hardly anybody but each other, a maintainer has to confirm.

    Nothing is said in public; `mentorbot ledger clusters OWNER/REPO` shows maintainers who it is.
    """

    interest: Annotated[Duration | None, OFF_IS_NONE] = Duration.parse("30 days")
    """Interest for a credit that came back is given to a person once in this time."""


class ReviewExchange(Section):
    """Review others' pull requests and earn a review of your own. It gives priority; it gates nobody."""

    give: int = Field(default=2, ge=1, le=20)
    """So many reviews of others' pull requests that count earn `get` credits."""

    get: int = Field(default=1, ge=1, le=20)
    """So many credits are earned by `give` reviews. A credit is a review of a pull request of one's own."""

    silence: Duration = Duration.parse("7 days")
    """A review counts when nobody has disputed it (👎) for so long.

    It counts earlier when the author gives it a 👍 or thanks for it, or a maintainer does.
    """

    dispute: Duration = Duration.parse("30 days")
    """A disputed review that nobody has confirmed for so long earns nothing."""

    newcomers_free: bool = True
    """The first pull request of somebody new gets its review without a credit."""

    review_within: Duration = Duration.parse("21 days")
    """Where nobody has reviewed for so long, the credit comes back."""

    interest: Annotated[int, Field(ge=0, le=20)] = 1
    """So many reviews towards the next credit come with a credit that comes back."""

    reassign_after: Duration = Duration.parse("5 business days")
    """Who was asked and stays silent for so long is released, and somebody else is asked."""

    reviewers: tuple[Principal, ...] = Field(default=(), max_length=50, examples=[["team:triage", "ada"]])
    """People who offer reviews anyway. Whoever takes part in the exchange is asked as well."""

    most_asked: int = Field(default=2, ge=1, le=50)
    """Nobody is asked for more reviews than this at a time."""

    expire_after: Annotated[Duration | None, OFF_IS_NONE] = None
    """Credits that nobody spends for so long expire. Leave it out, and they never do."""

    newcomer_labels: tuple[LabelName, ...] = Field(default=("good first review",), max_length=20)
    """Labels of pull requests that suit people who review for the first time."""

    checklist: Checklist = Template(BUILT_IN)
    """What is said to somebody at their first review here, once: `default`, a text of your own, or `off`."""

    guide: Guide = ""
    """How reviews are done here: an address, or a sentence with one."""

    check_run: bool = False
    """Show authors their credits, and how to earn more, among a pull request's checks. It never fails."""

    labels: ExchangeLabels = ExchangeLabels()
    """Labels that show where a pull request stands. Leave them out, and none are used."""

    guards: Guards = Guards()
    """What keeps the exchange honest."""

    shared_by: tuple[FullName, ...] = Field(
        default=(), max_length=100, examples=[["octo/tea", "octo/coffee"]]
    )
    """Repositories that keep one ledger together, in the first one's books.

    Only heeded in the owner's file, which speaks for all of them.
    """

    @property
    def own_labels(self) -> frozenset[str]:
        return frozenset(self.labels.used)

    @property
    def price(self) -> int:
        """What a credit costs, in hundredths of a review; rounded down, so that `give` do earn `get`."""
        return self.give * REVIEW // self.get


def section_of(ports: Ports) -> ReviewExchange:
    """The section in force. Raises TypeError where the configuration knows another one by that name."""
    section = ports.configuration.section("review_exchange")
    if not isinstance(section, ReviewExchange):
        raise TypeError(f"review_exchange has a section of type {type(section).__name__}")
    return section
