"""A stretch of a saved history as things that people do in the simulated GitHub, with commands in between.

What was recorded decides who does what where, in which order and in which words; it all happens now, so that
nothing is too late to be answered. Who did something in the project before the stretch has a past there.

Whatever order the bot hears it in, it has to do the same: so newcomers open one thread each.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import cycle
from typing import Any

from bench.deliveries_of import standing_of
from bench.mirrored_github import People
from bench.saved_history import GHOST, Happening, Json, SavedThread
from mentorbot.sandbox.acts.acting import RefusedError
from mentorbot.sandbox.model import Account, Issue, Organization, PullRequest, Repository
from mentorbot.sandbox.simulated_github import SimulatedGitHub

CONFIG = """\
calendar: {weekend: []}
welcome: {pull_request: default, issue: default}
first_merge: {message: default}
stalled:
  author: {after: 14 days}
  reviewers: {after: 7 business days}
  labels: {author: awaiting changes, reviewers: awaiting review, external: blocked}
review_exchange: {labels: {ready: "exchange: earned", wanted: "exchange: wanted"}}
mentoring:
  mentors: [olga, oscar, otto]
  capacity: 30
  digest: "off"
desk: {for: []}
"""
COMMANDS = (
    "/mentorbot help",
    "/turn",
    "/credits",
    "/mentorbot why",
    "/snooze 2 weeks",
    "/suggest reviews",
    "/mentorbot config",
    "/exchange",
    "/mentorbot dance",
)
_MOST_IN_A_THREAD = 14
_EVERY = 8
"""After so many acts in a stretch somebody gives a command."""

_MOST_OF_ONE_PERSON = 4
"""Commands: what is beyond a person's budget depends on the order in which threads are worked off."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """Something that somebody does; `more` is what the history says of it."""

    number: int
    event: str
    action: str
    by: Json
    more: Json


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """Part of a project's history: what happens, who was there before, and who has rights."""

    name: str
    threads: Sequence[SavedThread]
    acts: Sequence[Act]
    regulars: Sequence[Json]
    insiders: frozenset[int]

    @property
    def people(self) -> Iterator[Json]:
        """Everybody who does something, in a fixed order."""
        seen = {act.by["id"]: act.by for act in self.acts}
        for act in self.acts:
            for key in ("assignee", "requested_reviewer"):
                if key in act.more:
                    seen.setdefault(act.more[key]["id"], act.more[key])
        yield from (seen[id_] for id_ in sorted(seen))


def stretch_of(history: Sequence[SavedThread], *, name: str, at: float, threads: int) -> Stretch:
    """So many threads from the middle of a history: `at` is between 0 (its beginning) and 1 (its end)."""
    ordered = sorted(history, key=lambda thread: thread.number)
    start = int(at * max(len(ordered) - threads, 0))
    chosen = ordered[start : start + threads]
    standing = standing_of(ordered[: start + threads])
    happenings = [
        (happening.at, thread.number, place, happening)
        for thread in chosen
        for place, happening in enumerate(_few(thread.happenings))
    ]
    happenings.sort(key=lambda one: one[:3])
    authors = {thread.number: thread.author or GHOST for thread in chosen}
    return Stretch(
        name=name,
        threads=chosen,
        acts=tuple(_with_commands(happenings, authors)),
        regulars=tuple(_regulars(ordered, chosen, happenings)),
        insiders=frozenset(standing.rights_since),
    )


def _few(happenings: Sequence[Happening]) -> Sequence[Happening]:
    """The first ones, and the last one: it may have closed the thread."""
    if len(happenings) <= _MOST_IN_A_THREAD:
        return happenings
    return (*happenings[: _MOST_IN_A_THREAD - 1], happenings[-1])


def _regulars(
    history: Sequence[SavedThread],
    chosen: Sequence[SavedThread],
    happenings: Sequence[tuple[datetime, int, int, Happening]],
) -> Iterator[Json]:
    """Who opened something earlier, opens more than one thread here, or also reviews: no newcomers."""
    first = chosen[0].number
    earlier = {thread.author["id"] for thread in history if thread.author and thread.number < first}
    opened = Counter(thread.author["id"] for thread in chosen if thread.author)
    reviewed = {
        happening.by["id"]
        for _, _, _, happening in happenings
        if happening.event in {"pull_request_review", "pull_request_review_comment"}
    }
    for id_, shown in sorted({t.author["id"]: t.author for t in chosen if t.author}.items()):
        if id_ in earlier or opened[id_] > 1 or id_ in reviewed:
            yield shown


def _with_commands(
    happenings: Sequence[tuple[datetime, int, int, Happening]], authors: dict[int, Json]
) -> Iterator[Act]:
    commands = cycle(COMMANDS)
    given: Counter[int] = Counter()
    for count, (_, number, _, happening) in enumerate(happenings, start=1):
        yield Act(
            number=number,
            event=happening.event,
            action=happening.action,
            by=happening.by,
            more=happening.more,
        )
        by = authors[number]
        if given[by["id"]] >= _MOST_OF_ONE_PERSON:
            by = happening.by
        is_human = by["type"] == "User" and by is not GHOST
        if count % _EVERY == 0 and is_human and given[by["id"]] < _MOST_OF_ONE_PERSON:
            given[by["id"]] += 1
            comment = {"comment": {"body": f"Hello!\n\n{next(commands)}"}}
            yield Act(number=number, event="issue_comment", action="created", by=by, more=comment)


@dataclass(slots=True)
class Stage:
    """A stretch on the simulated GitHub, where its acts are done one after the other.

    `said` names by id what people said, the same in every run: ids depend on what the bot says in between.
    """

    github: SimulatedGitHub
    stretch: Stretch
    people: People
    base: datetime
    repository: Repository = field(init=False)
    threads: dict[int, Issue] = field(default_factory=dict)
    said: dict[int, str] = field(default_factory=dict)
    _olga: Account = field(init=False)

    def __post_init__(self) -> None:
        acts, world, name = self.github.acts, self.github.world, self.stretch.name
        self._olga = world.find_account("olga") or acts.add_user("olga")
        mentors = [self._olga, *(world.find_account(n) or acts.add_user(n) for n in ("oscar", "otto"))]
        world.add_account(Organization, name)
        world.organization(name).members[self._olga.id] = "admin"
        with acts.quietly(), self.github.clock.at(self.base - timedelta(days=400)):
            self.repository = acts.create_repository(
                f"{name}/project", files={"README.md": "# It\n", ".github/mentorbot.yml": CONFIG}, by="olga"
            )
            for shown in self.stretch.people:
                person = self.people.of(shown)
                if shown["id"] in self.stretch.insiders and shown["id"] != GHOST["id"]:
                    acts.add_collaborator(self.repository, person, by="olga")
            for mentor in mentors[1:]:
                acts.add_collaborator(self.repository, mentor, by="olga")
        self._give_a_past()

    def _give_a_past(self) -> None:
        """Everybody who is no newcomer had something merged; some of their work is quiet and still open."""
        acts, clock = self.github.acts, self.github.clock
        with acts.quietly():
            for place, shown in enumerate(self.stretch.regulars):
                person = self.people.of(shown)
                with clock.at(self.base - timedelta(days=300 - place)):
                    merged = acts.open_pull_request(self.repository, by=person, title=f"Earlier {place}")
                    acts.merge(merged, by=self._olga)
                if place % 3 == 0 and person.type == "User" and person is not self._olga:
                    with clock.at(self.base - timedelta(days=40 + place / 24)):
                        quiet = acts.open_pull_request(self.repository, by=person, title=f"Quiet {place}")
                        acts.request_changes(quiet, by="oscar", body="Could you add a test for that?")

    def install(self) -> None:
        """Let the App in: it hears what happens from now on."""
        self.github.acts.install(self.repository.owner, by=self._olga)

    def do(self, act: Act) -> bool:
        """Do one thing; False where GitHub would not let it happen."""
        try:
            self._do(act)
        except (RefusedError, KeyError):
            return False
        return True

    def _do(self, act: Act) -> None:
        by = self.people.of(act.by)
        if act.action == "opened":
            self._open(act, by)
            return
        thread = self.threads[act.number]
        if act.event == "issue_comment":
            self._said(self.github.acts.comment(thread, by=by, body=act.more["comment"]["body"] or "…").id)
        elif isinstance(thread, PullRequest) and act.event == "pull_request_review":
            self._review(thread, by, act.more["review"])
        elif isinstance(thread, PullRequest) and act.event == "pull_request_review_comment":
            self._comment_on_a_line(thread, by, act.more["comment"])
        elif not (isinstance(thread, PullRequest) and self._do_to_pull_request(thread, act, by)):
            self._do_to_thread(thread, act, by)

    def _do_to_pull_request(self, pull: PullRequest, act: Act, by: Account) -> bool:
        """What can be done to pull requests only; False where it was something else."""
        acts = self.github.acts
        match act.action:
            case "closed" if act.more.get("merged"):
                acts.mark_ready(pull)
                acts.merge(pull, by=by)
            case "synchronize":
                acts.push_to(pull, files={f"notes/{act.number}.md": act.more["after"]})
            case "ready_for_review":
                acts.mark_ready(pull, by=by)
            case "converted_to_draft":
                acts.convert_to_draft(pull, by=by)
            case "review_requested":
                acts.request_review(pull, self.people.of(act.more["requested_reviewer"]), by=by)
            case _:
                return False
        return True

    def _do_to_thread(self, thread: Issue, act: Act, by: Account) -> None:
        acts = self.github.acts
        match act.action:
            case "closed":
                acts.close(thread, by=by)
            case "reopened":
                acts.reopen(thread, by=by)
            case "edited":
                acts.edit(thread, by=by, title=act.more["title"])
            case "labeled":
                acts.label(thread, act.more["label"]["name"], by=by)
            case "unlabeled":
                acts.unlabel(thread, act.more["label"]["name"], by=by)
            case "assigned":
                acts.assign(thread, self.people.of(act.more["assignee"]), by=by)

    def _comment_on_a_line(self, pull: PullRequest, by: Account, words: Json) -> None:
        line = (words["path"] or "README.md", 1, words["body"] or "…")
        review = self.github.acts.review(pull, by=by, comments=[line])
        self._said(review.id)
        self._said(review.comments[0].id)

    def _open(self, act: Act, by: Account) -> None:
        saved = next(one for one in self.stretch.threads if one.number == act.number)
        opening: dict[str, Any] = {
            "by": by,
            "title": saved.saved.get("title") or f"Thread {act.number}",
            "body": saved.saved.get("body"),
        }
        if saved.is_pull_request:
            pull = self.github.acts.open_pull_request(self.repository, **opening, branch=f"was-{act.number}")
            self.threads[act.number] = pull
        else:
            self.threads[act.number] = self.github.acts.open_issue(self.repository, **opening)

    def _review(self, pull: PullRequest, by: Account, told: Json) -> None:
        verdicts = {"approved": "approve", "changes_requested": "request_changes"}
        verdict = verdicts.get(told["state"], "comment") if by is not pull.author else "comment"
        review = self.github.acts.review(pull, by=by, verdict=verdict, body=told["body"])  # type: ignore[arg-type]
        self._said(review.id)

    def _said(self, id_: int) -> None:
        self.said[id_] = f"<said {len(self.said)} in {self.stretch.name}>"
