"""Pull requests from a light listing: most are whole in it, and what is left out of the others is asked for.

What is whole here is the same timeline as `graphql_timelines` makes of everything, but that it isn't known
when a failed check ended: that is asked where somebody has said since the last push why a check failed.
"""

from __future__ import annotations

import json
import math
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from mentorbot.domain.timeline import PullRequestTimeline
from mentorbot.domain.turns.comment_parser import parse_comment
from mentorbot.github import survey_queries
from mentorbot.github.error_mapping import RequestDropped
from mentorbot.github.graphql_timelines import assembled, last_push_at, next_cursor
from mentorbot.github.json_reader import JsonReader, parsing_response
from mentorbot.github.questions import Questions

_MOST_ITEMS = 100
_MOST_CONVERSATIONS = 40
_MOST_AT_ONCE = 2_500
"""Of items and conversations in one question: about what a page of the light listing holds."""

_FAILED = frozenset({"FAILURE", "ERROR"})


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedPull:
    """A pull request of a light listing. `timeline` is as much of it as was read; `is_whole`: all of it."""

    timeline: PullRequestTimeline
    title: str
    updated_at: datetime
    labels: frozenset[str]
    is_draft: bool
    is_whole: bool

    @property
    def number(self) -> int:
        return self.timeline.number


@dataclass(slots=True, kw_only=True)
class UnfinishedPull:
    """One of which more is to be read. What was read is packed: there may be thousands.

    `before` and `after` are where older items and further conversations go on, `items` and `threads` how many
    there are left of each.
    """

    number: int
    items: int = 0
    before: str | None = None
    threads: int = 0
    after: str | None = None
    wants_checks: bool = False
    is_gone: bool = False
    _packed: list[bytes] = field(default_factory=list)

    @classmethod
    def of(
        cls, pull: JsonReader, raw: Mapping[str, Any], *, read: PullRequestTimeline
    ) -> UnfinishedPull | None:
        """What is left to be read of a pull request; None where nothing is."""
        found = cls(number=pull.number("number"))
        items = pull.at("timelineItems")
        if items.at("pageInfo").flag("hasPreviousPage"):
            found.before = items.at("pageInfo").text("startCursor")
            found.items = max(items.number("totalCount", 0) - len(items.each("nodes")), 1)
        threads = pull.at("reviewThreads")
        listed = threads.each("nodes")
        if any(_is_cut(one) for one in listed):  # then all are asked for again, with all their comments
            found.threads = max(threads.number("totalCount", 0), len(listed))
        elif (after := next_cursor(threads)) is not None:
            found.after, found.threads = after, max(threads.number("totalCount", 0) - len(listed), 1)
        is_short = found.items or found.threads
        found.wants_checks = _is_red(pull) and bool(is_short or _has_explained_failure(read))
        if not (is_short or found.wants_checks):
            return None
        found._packed.append(_pack(raw))
        return found

    @property
    def is_over(self) -> bool:
        return not (self.items or self.threads or self.wants_checks)

    @property
    def size(self) -> int:
        """How much the next question about it asks for."""
        return min(self.items, _MOST_ITEMS) + min(self.threads, _MOST_CONVERSATIONS) + 1

    @property
    def key(self) -> str:
        """By what the answer to the next question is kept."""
        return f"rest {self.number} {self.items}{self.before} {self.threads}{self.after} {self.wants_checks}"

    def variables(self, place: int) -> dict[str, Any]:
        return {
            f"number{place}": self.number,
            f"items{place}": min(max(self.items, 1), _MOST_ITEMS),
            f"before{place}": self.before,
            f"threads{place}": min(max(self.threads, 1), _MOST_CONVERSATIONS),
            f"after{place}": self.after,
            f"wantsItems{place}": self.items > 0,
            f"wantsThreads{place}": self.threads > 0,
            f"wantsChecks{place}": self.wants_checks,
        }

    def add(self, raw: Mapping[str, Any] | None) -> None:
        """Take in an answer; None where the pull request is gone: then nobody's turn is told."""
        if raw is None:
            self.is_gone = True
            return
        pull = JsonReader(raw, "pullRequest")
        if (items := pull.maybe("timelineItems")) is not None:
            info = items.at("pageInfo")
            older = info.flag("hasPreviousPage")
            self.before = info.text("startCursor") if older else None
            self.items = max(self.items - len(items.each("nodes")), 1) if older else 0
        if (threads := pull.maybe("reviewThreads")) is not None:
            self.after = next_cursor(threads)
            left = self.threads - len(threads.each("nodes"))
            self.threads = max(left, 1) if self.after is not None else 0
        self.wants_checks = False
        self._packed.append(_pack(raw))

    def whole(self) -> PullRequestTimeline:
        """Its timeline, once nothing is left to be read."""
        first, *more = [JsonReader(json.loads(zlib.decompress(one)), "pullRequest") for one in self._packed]
        items = [*first.at("timelineItems").each("nodes")]
        threads = [one for one in first.at("reviewThreads").each("nodes") if not _is_cut(one)]
        head = first
        known = {_first_comment(one) for one in threads}
        for one in more:
            if (older := one.maybe("timelineItems")) is not None:
                items = [*older.each("nodes"), *items]
            if (further := one.maybe("reviewThreads")) is not None:
                found = further.each("nodes")
                again = {_first_comment(thread) for thread in found} & known
                threads = [*(thread for thread in threads if _first_comment(thread) not in again), *found]
            if "commits" in one:
                head = one
        return assembled(first, items=items, threads=threads, head=head)


def listed_pull(raw: Mapping[str, Any]) -> tuple[ListedPull, UnfinishedPull | None]:
    """A pull request of a light listing, and what is left to be read of it.

    Raises UnexpectedJson where GitHub's answer has another shape.
    """
    pull = JsonReader(raw, "pullRequest")
    timeline = assembled(
        pull, items=pull.at("timelineItems").each("nodes"), threads=pull.at("reviewThreads").each("nodes")
    )
    unfinished = UnfinishedPull.of(pull, raw, read=timeline)
    labels = pull.maybe("labels")
    listed = ListedPull(
        timeline=timeline,
        title=pull.text("title", ""),
        updated_at=pull.moment("updatedAt"),
        labels=frozenset(one.text("name") for one in labels.each("nodes")) if labels else frozenset(),
        is_draft=pull.flag("isDraft"),
        is_whole=unfinished is None,
    )
    return listed, unfinished


@dataclass(slots=True)
class PullListing:
    """The pull requests of a listing, by number, and those of which more is to be read."""

    pulls: dict[int, ListedPull] = field(default_factory=dict)
    unfinished: dict[int, UnfinishedPull] = field(default_factory=dict)

    def take_in(self, nodes: Sequence[Mapping[str, Any]]) -> None:
        """Note the pull requests of a page; one that was there before has moved, and is told anew."""
        with parsing_response():
            for node in nodes:
                found, rest = listed_pull(node)
                self.pulls[found.number] = found
                self.unfinished.pop(found.number, None)
                if rest is not None:
                    self.unfinished[found.number] = rest

    @property
    def whole(self) -> int:
        return len(self.pulls) - len(self.unfinished)

    def questions_left(self, size: int) -> int:
        """About how many questions the rest takes, where so many pull requests go into one."""
        batches = sum(1 for _ in in_batches(list(self.unfinished.values())))
        return math.ceil(batches * survey_queries.MOST_REST / size)

    async def read_the_rest(
        self,
        questions: Questions,
        *,
        owner: str,
        name: str,
        may_ask: Callable[[], bool] = lambda: True,
        tell: Callable[[], None],
    ) -> str:
        """Ask for what the listing left out as long as that is allowed; why something is left, or nothing.

        Where GitHub fails at some of them, however few are asked for at once, the others are read all the
        same; when it goes on failing, it is not because of them: raises RequestDropped.
        """
        waiting, failed_before, reason = dict(self.unfinished), False, ""
        while waiting:
            if not may_ask():
                return f"{len(waiting):,} long pull requests would take more requests than was told before"
            batch = next(in_batches(list(waiting.values())))
            try:
                await complete(questions, batch, owner=owner, name=name)
            except RequestDropped as dropped:
                if failed_before:
                    raise
                failed_before, reason = (
                    True,
                    f"about some long pull requests GitHub gave no answer: {dropped.why}",
                )
                for one in batch:
                    del waiting[one.number]
                continue
            failed_before = False
            for one in [one for one in batch if one.is_gone]:
                del waiting[one.number]
            for one in [one for one in batch if one.is_over and not one.is_gone]:
                with parsing_response():
                    whole = replace(self.pulls[one.number], timeline=one.whole(), is_whole=True)
                self.pulls[one.number] = whole
                del waiting[one.number], self.unfinished[one.number]
            tell()
        return reason


async def complete(
    questions: Questions, unfinished: Sequence[UnfinishedPull], *, owner: str, name: str
) -> None:
    """Ask for the rest of these, or of as many as GitHub can bear at once; what is known costs nothing."""
    fresh = [one for one in unfinished if not _take_what_is_known(questions, one)]
    if not fresh:
        return

    def keys(most: int) -> dict[str, str]:
        return {f"p{place}": one.key for place, one in enumerate(fresh[:most])}

    def ask(most: int) -> tuple[str, dict[str, Any]]:
        variables: dict[str, Any] = {"owner": owner, "name": name}
        for place, one in enumerate(fresh[:most]):
            variables |= one.variables(place)
        return survey_queries.rest_of(len(fresh[:most])), variables

    answered = await questions.together(keys, ask)
    with parsing_response():
        for one in fresh:
            if one.key in answered:
                one.add(answered[one.key])


def _take_what_is_known(questions: Questions, one: UnfinishedPull) -> bool:
    """Add what was answered earlier; True where nothing is left to be asked."""
    while not one.is_over and (known := questions.known(one.key)) is not None:
        with parsing_response():
            one.add(known)
    return one.is_over


def in_batches(unfinished: Sequence[UnfinishedPull]) -> Iterator[list[UnfinishedPull]]:
    """Those that make one question together, the shortest first: so most are whole where not all can be."""
    batch: list[UnfinishedPull] = []
    size = 0
    for one in sorted(unfinished, key=lambda one: (one.size, -one.number)):
        if batch and (len(batch) == survey_queries.MOST_REST or size + one.size > _MOST_AT_ONCE):
            yield batch
            batch, size = [], 0
        batch.append(one)
        size += one.size
    if batch:
        yield batch


def _is_cut(thread: JsonReader) -> bool:
    comments = thread.at("comments")
    return comments.number("totalCount", 0) > len(comments.each("nodes"))


def _first_comment(thread: JsonReader) -> str:
    comments = thread.at("comments").each("nodes")
    return comments[0].text("id", "") if comments else ""


def _is_red(pull: JsonReader) -> bool:
    commits = pull.maybe("commits")
    nodes = commits.each("nodes") if commits else ()
    rollup = nodes[-1].at("commit").maybe("statusCheckRollup") if nodes else None
    return rollup is not None and rollup.text("state", "") in _FAILED


def _has_explained_failure(timeline: PullRequestTimeline) -> bool:
    """Whether anybody said since the last push why a check failed: then it matters when that was."""
    pushed = last_push_at(timeline)
    return any(
        act.at >= pushed and act.is_remark and parse_comment(act.body).explains_failure
        for act in timeline.acts
    )


def _pack(raw: Mapping[str, Any]) -> bytes:
    return zlib.compress(json.dumps(raw).encode(), level=1)
