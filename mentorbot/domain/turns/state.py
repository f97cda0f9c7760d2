"""What is open between a pull request's author and its reviewers after the acts heard so far."""

from __future__ import annotations

from dataclasses import dataclass, field

from mentorbot.core.people import Person
from mentorbot.domain.timeline import Act, PullRequestTimeline
from mentorbot.domain.turns.comment_parser import CommentMeaning, parse_comment, quoted_lines
from mentorbot.domain.turns.language import Language
from mentorbot.domain.turns.settings import TurnSettings

_LOOKED_AT = 20_000  # characters of a comment, for what another one quotes


@dataclass(frozen=True, slots=True)
class Point:
    """Something a reviewer put to the author that waits for an answer."""

    act: Act
    is_optional: bool = False
    is_blocking: bool = False


@dataclass(slots=True)
class TurnState:
    """Made by `begin`, changed by `handle_event`, oldest act first.

    - `points` wait for the author; `approval` is the last that nothing has overtaken.
    - `promise`, `question` and `hold` are what the author's side said last of that kind and nothing has
      settled; `invites` is true while the description itself asks for opinions.
    - `handed_over` is the last act by which the author's side answered; `drafted` the last turn into a draft.
    - `builds_on` and `waits_for` map numbers that aren't closed to the act that named them; None means the
      description.
    - `reviewers` are the ids of those who spoke and aren't on the author's side; `answered` those of them
      whom the author answered; `helpers` those who pushed.
    - `red_checks` are the failed checks of the head by name; `unsigned` is the notice that a contributor
      licence agreement is missing.
    - `declared` is an explicit correction that nothing newer has overtaken.
    - `language` is what the thread was in so far.
    """

    timeline: PullRequestTimeline
    rules: TurnSettings
    is_draft: bool
    is_unfinished: bool
    head: str
    invites: bool
    points: list[Point] = field(default_factory=list)
    approval: Act | None = None
    promise: Act | None = None
    question: Act | None = None
    hold: Act | None = None
    handed_over: Act | None = None
    drafted: Act | None = None
    declared: Act | None = None
    snoozed: Act | None = None
    ended: Act | None = None
    waiting_run: Act | None = None
    conflict: Act | None = None
    red_checks: dict[str, Act] = field(default_factory=dict)
    unsigned: Act | None = None
    builds_on: dict[int, Act | None] = field(default_factory=dict)
    waits_for: dict[int, Act | None] = field(default_factory=dict)
    closed_numbers: set[int] = field(default_factory=set)
    labels: dict[str, Act] = field(default_factory=dict)
    requested: dict[int, Person] = field(default_factory=dict)
    requested_teams: dict[str, None] = field(default_factory=dict)
    answered: dict[int, Person] = field(default_factory=dict)
    reviewers: set[int] = field(default_factory=set)
    fork_owner: str = ""
    helpers: set[int] = field(default_factory=set)
    comments: list[Act] = field(default_factory=list)
    language: Language = field(default_factory=Language)

    @classmethod
    def begin(cls, timeline: PullRequestTimeline, rules: TurnSettings) -> TurnState:
        words = parse_comment(timeline.body)
        language = Language()
        language.hear("\n".join(words.sentences))
        return cls(
            timeline=timeline,
            rules=rules,
            is_draft=timeline.opened_as_draft,
            is_unfinished=rules.is_unfinished(timeline.opened_title),
            head=timeline.head_sha,
            invites=words.wants_review,
            builds_on=dict.fromkeys(words.builds_on - {timeline.number}),
            waits_for=dict.fromkeys(words.waits_for - {timeline.number}),
            fork_owner=_fork_owner(timeline),
            language=language,
        )

    @property
    def has_author_to_ask(self) -> bool:
        """False when the author is a bot or has left GitHub."""
        return self.timeline.author is not None and not self.rules.is_bot(self.timeline.author)

    def read(self, body: str) -> CommentMeaning:
        """What a comment says; of other languages than English only what its shape tells."""
        words = parse_comment(body)
        return words if self.language.is_english else words.shape()

    def is_authors_side(self, person: Person | None) -> bool:
        """True for the author, and for who pushed to the branch or owns it."""
        if person is None:
            return False
        return (
            person == self.timeline.author
            or person.id in self.helpers
            or person.login.lower() == self.fork_owner
        )

    def is_from_reviewers(self, act: Act) -> bool:
        """True for what a human said who isn't on the author's side and whose word carries weight."""
        return (
            not self.is_authors_side(act.by)
            and not self.rules.is_bot(act.by)
            and self.rules.carries_weight(act)
        )

    def pressing_points(self) -> list[Point]:
        """The points the author has to answer.

        An approval outweighs the optional ones; what the author asked back waits for its answer.
        """
        return [
            point
            for point in self.points
            if not (point.is_optional and self.approval is not None) and not self._is_asked_back(point)
        ]

    def is_newer_than_the_author(self, act: Act) -> bool:
        """True for what was said after everything by which the author's side answered."""
        return self.handed_over is None or act.place > self.handed_over.place

    def _is_asked_back(self, point: Point) -> bool:
        """True where the author has asked whoever made it something since, and waits for the answer."""
        asked = self.question
        if asked is None or point.is_blocking or asked.place < point.act.place:
            return False
        heard = (
            one
            for one in reversed(self.comments)
            if one.place < asked.place
            and not self.is_authors_side(one.by)
            and (not asked.thread or one.thread == asked.thread)
        )
        last = next(heard, None)
        return last is not None and last.by == point.act.by

    def answered_comment(self, act: Act) -> Act | None:
        """The remark that this one replies to: the last in its thread, or the one it quotes."""
        if act.thread:
            thread = [one for one in self.comments if one.thread == act.thread]
            return next((one for one in reversed(thread) if not self.rules.is_bot(one.by)), None) or (
                thread[0] if thread else None
            )
        for line in quoted_lines(act.body):
            found = next((one for one in reversed(self.comments) if line in one.body[:_LOOKED_AT]), None)
            if found is not None:
                return found
        return None

    def put(self, point: Point) -> None:
        self.points.append(point)
        self.question = None

    def hand_over(self, act: Act) -> None:
        """The author answers every point; on a line, all but what the same reviewer asks in other threads.

        Several answers and a push are one answer: a push settles all of them.
        """
        asked = self.answered_comment(act) if act.thread else None
        left = [point for point in self.points if asked is not None and _is_left_open(point, asked)]
        kept = {point.act.id for point in left}
        for point in self.points:
            if point.act.by is not None and point.act.id not in kept:
                self.answered[point.act.by.id] = point.act.by
        self.points = left
        self.handed_over = act
        self.declared = None

    def drop_points_of(self, person: Person | None) -> None:
        """A reviewer takes back what they asked; a review asking for changes stands until it is lifted."""
        self.points = [point for point in self.points if point.is_blocking or point.act.by != person]

    def note_dependencies(self, act: Act, words: CommentMeaning) -> None:
        """The author's side names what it builds on or waits for; what is closed doesn't matter."""
        gone = self.closed_numbers | {self.timeline.number}
        self.builds_on.update(dict.fromkeys(words.builds_on - gone, act))
        self.waits_for.update(dict.fromkeys(words.waits_for - gone, act))


def _is_left_open(point: Point, asked: Act) -> bool:
    """True for what the same reviewer asked for in another thread than the one that is answered."""
    is_plain_comment = bool(point.act.thread) and not (point.is_optional or point.is_blocking)
    return is_plain_comment and point.act.by == asked.by and point.act.thread != asked.thread


def _fork_owner(timeline: PullRequestTimeline) -> str:
    """The login that owns the branch, in lower case, unless that is the repository itself."""
    owner = timeline.head.partition(":")[0].lower()
    return "" if f"/{owner}/" in timeline.url.lower() else owner
