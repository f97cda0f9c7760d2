"""What a maintainer can set for mentoring: areas, mentors, who may volunteer, and how patient the bot is."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from fnmatch import fnmatchcase
from typing import Annotated, Literal, Self

from pydantic import Field, field_validator, model_validator

from mentorbot.config.calendar import known_timezones
from mentorbot.config.durations import Duration
from mentorbot.config.principals import Principal
from mentorbot.config.section import Section
from mentorbot.core.markdown import code
from mentorbot.core.translator import say
from mentorbot.feature_api.guidance import Guidance

AreaName = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9_.+-]{0,39}$", examples=["docs"])]


class Area(Section):
    """A part of the project that somebody can be mentored in."""

    paths: tuple[str, ...] = Field(default=(), max_length=100, examples=[["Python/*interp*"]])
    """Files that belong to it, as patterns: `docs/**`, `Python/*interp*`."""
    labels: tuple[str, ...] = Field(default=(), max_length=50, examples=[["topic-subinterpreters"]])
    """Labels that stand for it."""
    guide: str = Field(default="", max_length=500, examples=["https://docs.example.org/subinterpreters"])
    """Where newcomers find how it works: an address."""

    def covers(self, labels: Collection[str], paths: Collection[str]) -> bool:
        """True where one of these labels or files belongs to it."""
        worn = {label.casefold() for label in labels}
        return any(label.casefold() in worn for label in self.labels) or any(
            fnmatchcase(path, pattern) for path in paths for pattern in self.paths
        )


class MentorEntry(Section):
    """Somebody, or a team, whose members can be asked to be a mentor."""

    login: Principal | None = None
    """Their login; `team:mentors` for everybody in a team of this repository's owner."""
    team: str | None = Field(default=None, max_length=120, examples=["mentors"])
    """The same, for teams: the team's slug."""
    areas: tuple[AreaName, ...] = Field(default=(), max_length=50)
    """Areas they know; none means any."""
    languages: tuple[str, ...] = Field(default=(), max_length=20, examples=[["Python", "C"]])
    """Programming languages they like to help with."""
    capacity: int | None = Field(default=None, ge=0, le=50)
    """How many mentees they want at most at the same time; without it the section's `capacity`."""
    timezone: str | None = Field(default=None, examples=["Europe/London"])
    """Where they live, as in the IANA time zone database."""
    away_until: date | None = Field(default=None, examples=["2026-09-01"])
    """Not asked before this day."""

    @field_validator("timezone")
    @classmethod
    def _is_known(cls, name: str | None) -> str | None:
        if name is not None and name not in known_timezones():
            raise ValueError(f"there is no time zone {code(name)}: write one such as `Europe/Berlin`")
        return name

    @model_validator(mode="after")
    def _names_somebody(self) -> Self:
        if (self.login is None) == (self.team is None):
            raise ValueError("say who: `login: ada`, or `team: mentors`")
        return self

    @property
    def whom(self) -> Principal:
        """Who is meant, as one name."""
        return self.login or Principal.parse(f"team:{self.team}")


class Eligible(Section):
    """What somebody has done here before they may volunteer as a mentor: everything that is named."""

    merged: int = Field(default=3, ge=0, le=1000)
    """Merged pull requests."""
    reviews: int = Field(default=0, ge=0, le=1000)
    """Reviews of others' pull requests."""


class SilentMentor(Section):
    """What happens while a mentor does nothing here: asked at each of `ask`, then relieved."""

    ask: tuple[Duration, ...] = Field(
        default=(Duration.parse("7 days"), Duration.parse("14 days"), Duration.parse("21 days")),
        min_length=1,
        max_length=6,
    )
    """After how long they are asked whether they still have time; once each, on business days."""
    relieve: Duration = Duration.parse("28 days")
    """After how long the mentee is given somebody else, first in the queue."""


class SilentMentee(Section):
    """What happens while a mentee does nothing here: asked kindly, then the pair rests, then it ends."""

    ask: tuple[Duration, ...] = Field(default=(Duration.parse("14 days"),), min_length=1, max_length=6)
    """After how long they are asked how it goes; their mentor is told what may help."""
    pause: Duration = Duration.parse("42 days")
    """After how long the pair rests, until the mentee does something here again."""
    end: Duration = Duration.parse("90 days")
    """After how long a resting pair ends, so that the mentor has room for somebody else."""


class Rung(Section):
    """A rung of the ladder: what somebody did here when maintainers may want to offer them more."""

    name: str = Field(min_length=1, max_length=40, examples=["reviewer"])
    """What it is called: `reviewer`, `triager`."""
    merged: int = Field(default=0, ge=0)
    """Merged pull requests."""
    reviews: int = Field(default=0, ge=0)
    """Reviews of others' pull requests."""
    helped: int = Field(default=0, ge=0)
    """People whose pull requests they reviewed."""
    mentees: int = Field(default=0, ge=0)
    """People they mentored."""

    @property
    def wants(self) -> Mapping[str, int]:
        """What is asked, by name, without the zeros."""
        asked = {
            "merged": self.merged,
            "reviews": self.reviews,
            "helped": self.helped,
            "mentees": self.mentees,
        }
        return {name: count for name, count in asked.items() if count}


Milestone = Literal[
    "first issue confirmed",
    "first pull request",
    "first review given",
    "first review received",
    "first merge",
    "third merge",
    "tenth merge",
    "first person helped",
    "first mentee",
]


class Mentoring(Section):
    """Mentors for newcomers: pairs in which both agreed, and nobody is left waiting unseen."""

    areas: dict[AreaName, Area | None] = Field(default_factory=dict, max_length=100)
    """Parts of the project that somebody can be mentored in, by name."""

    mentors: tuple[Principal | MentorEntry, ...] = Field(default=(), max_length=500)
    """Who can be asked: `ada`, `team:mentors`, or an entry with more about them."""

    eligible: Eligible | None = None
    """Who may volunteer by `/mentor volunteer`; leave it out, and only those named in `mentors` are asked."""

    capacity: int = Field(default=2, ge=1, le=50)
    """How many mentees a mentor has at most, where they don't say."""

    active_within: Duration = Duration.parse("90 days")
    """Who did nothing here for longer is not asked to be a mentor."""

    lock: Duration = Duration.parse("30 minutes")
    """How long a request is kept for the mentor who was asked, before every mentor may take it."""

    answer_within: Duration = Duration.parse("3 business days")
    """How long a mentor has for an answer, before the next one is asked."""

    check_in: Duration = Duration.parse("14 days")
    """How old the last word between a mentee and the project may be, before the digest says so."""

    silent_mentor: SilentMentor = SilentMentor()
    """Patience with mentors who fall silent."""

    silent_mentee: SilentMentee = SilentMentee()
    """Patience with mentees who fall silent."""

    waiting: Duration = Duration.parse("7 days")
    """How long somebody waits for a mentor, before the maintainers are told; and again each time as long."""

    maintainers: tuple[Principal, ...] = Field(default=(), max_length=20)
    """Who is told when somebody waits for too long: logins, or teams such as `team:core`."""

    digest: Literal["off", "here", "desk"] = "desk"
    """Where each mentor's weekly summary goes: `here`, seen by everybody; the private `desk`; or `off`."""

    desk: str = Field(default="", max_length=140, examples=["acme/mentoring-desk"])
    """A private repository of the same owner for what is private; without it, that of the section `desk`.

    A private one is its own desk.
    """

    desk_for: tuple[str, ...] = Field(default=(), max_length=50, examples=[["acme/rockets"]])
    """In the desk's own config: the repositories that it is the desk of; as `for` in the section `desk`."""

    milestones: tuple[Milestone, ...] = ("first review given", "third merge", "first mentee")
    """What a mentee is congratulated on in public, each once. The rest only shows in the mentor's summary."""

    ladder: tuple[Rung, ...] = Field(default=(), max_length=10)
    """Rungs, lowest first. Who meets one is told of at the desk only; I promote nobody."""

    guides: dict[str, str] = Field(
        default_factory=dict, max_length=50, examples=[{"docs/*": "https://docs.example.org/building-docs"}]
    )
    """Names of checks (or patterns), each with the page that helps when it fails; shown to a mentee once."""

    feedback: str = Field(default="", max_length=300, examples=["mentoring@example.org"])
    """Where somebody can say in private how it went: an address. Named when a pair ends."""

    language: Literal["", "en", "de"] = ""
    """Write `language:` above all sections instead: this one will be gone with the next version."""

    @model_validator(mode="after")
    def _areas_exist(self) -> Self:
        for entry in self.entries:
            for name in entry.areas:
                if name not in self.areas:
                    known = ", ".join(map(code, self.areas)) or "none yet"
                    raise ValueError(f"{code(name)}, which {entry.whom} is for, isn't in `areas` ({known})")
        return self

    @property
    def entries(self) -> tuple[MentorEntry, ...]:
        """Those named as mentors, also where only a name was written."""
        return tuple(one if isinstance(one, MentorEntry) else MentorEntry(login=one) for one in self.mentors)

    @property
    def guides_by_path(self) -> bool:
        """True where the touched files tell which area's guide fits (see `feature_api.guidance`)."""
        return any(area.guide and area.paths for area in map(self.area, self.areas))

    def guidance(self, *, labels: Collection[str], paths: Collection[str]) -> Guidance:
        """The guide of the area that is touched, and how a mentor is found (see `feature_api.guidance`)."""
        fitting = (area.guide for area in map(self.area, self.areas) if area.covers(labels, paths))
        return Guidance(
            guide=next((guide for guide in fitting if guide), ""),
            mentor=say(
                "Would you like a mentor, somebody to ask? "
                "Write `{command}` in a comment, on a line of its own.",
                command="${command}",
            ),
            mentor_command="mentor me",
        )

    def area(self, name: str) -> Area:
        """The settings of an area; one that is only named has none."""
        return self.areas.get(name) or Area()
