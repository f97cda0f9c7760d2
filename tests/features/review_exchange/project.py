"""A small project whose people review each other: what they do goes through the feature's card, as live."""

from __future__ import annotations

import itertools
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any, TypeVar

from mentorbot.config.configuration import Configuration, EffectiveValue
from mentorbot.config.section import Section
from mentorbot.core.actions import Action, Answer, Comment, Doable, PublishCheckRun
from mentorbot.core.entities import PullRequest, Repository, WrittenComment
from mentorbot.core.events import (
    CommandGiven,
    CommentDeleted,
    Commented,
    CommentEdited,
    Event,
    PullRequestClosed,
    PullRequestOpened,
    PullRequestPushed,
    Reactable,
    ReviewDismissed,
    ReviewSubmitted,
)
from mentorbot.core.people import Permission
from mentorbot.core.plan import Plan, Refusal, refuse
from mentorbot.core.translator import Translator, speaking
from mentorbot.domain.timeline import Act, ActKind, PullRequestTimeline, Verdict
from mentorbot.feature_api.feature import Command, Every, On
from mentorbot.feature_api.ports import Ports, Reacted
from mentorbot.feature_api.records import typed
from mentorbot.feature_api.translation import translator_for
from mentorbot.features.review_exchange import FEATURE
from mentorbot.features.review_exchange.config import ExchangeLabels, Guards, ReviewExchange
from mentorbot.features.review_exchange.ledger.ledger import Entry, EntryKind, Ledger, Place
from mentorbot.features.review_exchange.rebuild import Past, past_of, reactions_in, rebuilt
from tests.builders import NOW, a_comment, a_person, a_pull_request, a_repository, a_review, an_event
from tests.fakes import FakeGitHub, FakePeople, FakeRecords, FakeTimelines, some_ports

E = TypeVar("E", bound=Event)
Again = Callable[[], Awaitable[Any]]

WORDS = (
    "I went through the parser and the tokens; the second loop visits every name twice, so a set would do, "
    "and the case of an empty file deserves a test number {}."
)
"""A review that says something; the number keeps two of them apart."""


LABELS = ExchangeLabels(ready="earned", wanted="wanted", in_review="in review")


@dataclass
class Project:
    """Olga maintains it. Everything happens at `now`, which `wait` moves."""

    section: ReviewExchange = field(default_factory=lambda: ReviewExchange(check_run=False, checklist=None))
    now: datetime = NOW
    repository: Repository = field(default_factory=a_repository)
    github: FakeGitHub = field(default_factory=lambda: FakeGitHub(permissions={"olga": Permission.ADMIN}))
    people: FakePeople = field(default_factory=FakePeople)
    records: FakeRecords = field(default_factory=FakeRecords)
    timelines: FakeTimelines = field(default_factory=FakeTimelines)
    done: list[Action] = field(default_factory=list)
    answers: list[Answer] = field(default_factory=list)
    why: list[str] = field(default_factory=list)
    journal: list[str] = field(default_factory=list)
    other_sections: dict[str, Section] = field(default_factory=dict)
    translator: Translator | None = None
    ids: itertools.count[int] = field(default_factory=lambda: itertools.count(1))

    def sharing(self, home: Project) -> Project:
        """The same project, keeping its ledger in another one's books."""
        names = (home.repository.full_name, self.repository.full_name)
        for project in (home, self):
            project.section = project.section.model_copy(update={"shared_by": names})
        self.records.repository_id = self.repository.id
        self.records.others[home.repository.full_name] = home.records
        self.ids = home.ids
        return self

    def set(self, **guards: object) -> Project:
        """The same project with other guards."""
        self.section = self.section.model_copy(update={"guards": Guards(**guards)})
        return self

    def ports(self) -> Ports:
        return some_ports(
            now=self.now,
            repository=self.repository,
            configuration=Configuration(
                exists=True,
                sections=self.other_sections,
                values_with_origin=(
                    EffectiveValue("review_exchange.shared_by", list(self.section.shared_by), "owner"),
                ),
            ),
            github=self.github,
            people=self.people,
            records=self.records,
            timelines=self.timelines,
        )

    # --- what people do -----------------------------------------------------------------------------------

    async def opens(self, author: str, *, draft: bool = False, title: str = "Speed it up") -> int:
        """Somebody opens a pull request; its number."""
        number = next(self.ids)
        self.timelines.seen[number] = PullRequestTimeline(
            number=number,
            author=a_person(author),
            opened_at=self.now,
            opened_title=title,
            opened_as_draft=draft,
            head_sha=f"sha{number}-0",
            url=f"https://github.com/acme/rockets/pull/{number}",
        )
        await self._happens(an_event(PullRequestOpened, thread=self.thread(number)))
        return number

    async def reviews(
        self,
        by: str,
        number: int,
        body: str | None = None,
        *,
        verdict: Verdict = Verdict.COMMENTED,
        lines: Sequence[str] = (),
        sha: str | None = None,
    ) -> int:
        """Somebody reviews; without a body they say something of their own. The review's id."""
        id_ = next(self.ids)
        body = WORDS.format(f"{id_} {_letters(id_)}") if body is None else body
        person, timeline = a_person(by), self.timelines.seen[number]
        head = sha or timeline.current_head
        self._add(
            number,
            Act(
                kind=ActKind.REVIEWED,
                at=self.now,
                id=f"review-{id_}",
                by=person,
                body=body,
                verdict=verdict,
                sha=head,
                node=f"PRR_{id_}",
            ),
        )
        state = verdict.value.replace(" ", "_")
        review = a_review(
            id=id_,
            author=person,
            body=body,
            submitted_at=self.now,
            state=state,
            head_sha=head,
            node_id=f"PRR_{id_}",
        )
        await self._happens(an_event(ReviewSubmitted, thread=self.thread(number), review=review))
        for line in lines:
            await self.says(by, number, line, path="src/parser.c")
        return id_

    async def says(self, by: str, number: int, body: str, *, path: str | None = None) -> WrittenComment:
        """Somebody comments, on a line where `path` is given; commands in it are heard."""
        id_ = next(self.ids)
        kind = ActKind.LINE_COMMENTED if path else ActKind.COMMENTED
        act_id, node = f"{'line' if path else 'comment'}-{id_}", f"IC_{id_}"
        comment = a_comment(id=id_, author=by, body=body, written_at=self.now, path=path, node_id=node)
        self._add(
            number,
            Act(kind=kind, at=self.now, id=act_id, by=a_person(by), body=body, path=path or "", node=node),
        )
        await self._happens(an_event(Commented, thread=self.thread(number), comment=comment))
        if body.startswith("/"):
            await self._commands(number, comment)
        return comment

    async def edits(self, number: int, comment: WrittenComment, body: str, *, by: str = "") -> None:
        """The comment's author edits it, or somebody else."""
        about = f"comment-{comment.id}"
        self._add(
            number,
            Act(
                kind=ActKind.COMMENT_EDITED,
                at=self.now,
                id=f"edit-{next(self.ids)}",
                by=a_person(by) if by else comment.author,
                about=about,
                body=body,
            ),
        )
        edited = replace(comment, body=body, previous_body=comment.body)
        await self._happens(an_event(CommentEdited, thread=self.thread(number), comment=edited))

    async def deletes(self, number: int, comment: WrittenComment) -> None:
        kind = "line" if comment.path else "comment"
        self._add(
            number,
            Act(
                kind=ActKind.COMMENT_DELETED,
                at=self.now,
                id=f"{kind}-{comment.id}-deleted",
                by=comment.author,
                about=f"{kind}-{comment.id}",
            ),
        )
        await self._happens(an_event(CommentDeleted, thread=self.thread(number), comment=comment))

    async def dismisses(self, by: str, number: int, review: int) -> None:
        act = next(act for act in self.timelines.seen[number].acts if act.id == f"review-{review}")
        self._add(
            number,
            Act(
                kind=ActKind.REVIEW_DISMISSED,
                at=self.now,
                id=f"review-{review}-dismissed",
                by=a_person(by),
                about=act.id,
                subject=act.by,
            ),
        )
        gone = a_review(id=review, author=act.by, submitted_at=act.at, state="dismissed")
        await self._happens(
            an_event(ReviewDismissed, thread=self.thread(number), review=gone, by=a_person(by))
        )

    async def pushes(self, number: int, *, force: bool = False, by: str | None = None) -> None:
        id_, timeline = next(self.ids), self.timelines.seen[number]
        person = a_person(by) if by else timeline.author
        kind = ActKind.FORCE_PUSHED if force else ActKind.PUSHED
        sha = f"sha{number}-{id_}"
        self._add(number, Act(kind=kind, at=self.now, id=f"push-{sha}", by=person, sha=sha))
        await self._happens(an_event(PullRequestPushed, thread=self.thread(number)))

    async def closes(self, number: int, *, merged: bool = False, by: str = "olga") -> None:
        kind = ActKind.MERGED if merged else ActKind.CLOSED
        id_ = "merged" if merged else f"closed-{next(self.ids)}"
        self._add(number, Act(kind=kind, at=self.now, id=id_, by=a_person(by)))
        thread = replace(self.thread(number), merged=merged, closed_at=self.now)
        await self._happens(an_event(PullRequestClosed, thread=thread, by=a_person(by), at=self.now))

    def reacts(self, by: str, number: int, content: str = "+1", *, to: str | None = None) -> None:
        """A reaction to somebody's first remark there (anybody's but the author's, where nobody is named)."""
        timeline = self.timelines.seen[number]
        remarks = [act for act in timeline.acts if act.is_remark and act.node and act.by != timeline.author]
        node = next(act.node for act in remarks if to is None or (act.by and act.by.login == to))
        given = self.github.reacted_to.get(node, ())
        self.github.reacted_to[node] = (*given, Reacted(a_person(by), content, self.now))

    async def wait(self, **by: float) -> None:
        """Time passes; then the clock's rounds are run."""
        self.now += timedelta(**by)
        await self.rounds()

    # --- what comes of it ---------------------------------------------------------------------------------

    def ledger(self) -> Ledger:
        """What is in the books: one's own, or those of the first repository that shares them."""
        home = self.records.others.get(self.section.shared_by[0]) if self.section.shared_by else None
        kept = (home or self.records).kept
        return Ledger(typed(r, Entry).value for (kind, _), r in kept.items() if kind == Entry.KIND)

    def balance(self, login: str) -> int:
        return self.ledger().balance(a_person(login))

    def state(self, login: str, number: int) -> tuple[EntryKind, str] | None:
        """How somebody's review stands, and by which guard or in which way."""
        found = self.ledger().state(a_person(login), self.place(number))
        return (found.kind, found.reason) if found else None

    def place(self, number: int) -> Place:
        return Place(repository_id=self.repository.id, full_name=self.repository.full_name, number=number)

    def thread(self, number: int) -> PullRequest:
        timeline = self.timelines.seen[number]
        return a_pull_request(
            number=number,
            author=timeline.author,
            title=timeline.title,
            opened_at=timeline.opened_at,
            head_sha=timeline.current_head,
            draft=timeline.is_draft,
            labels=timeline.labels,
            state="open" if timeline.is_open else "closed",
        )

    def texts(self) -> list[str]:
        """What was commented or answered, in order of kind."""
        said = [action.body for action in self.done if isinstance(action, Comment)]
        return said + [answer.text for answer in self.answers if answer.text]

    def actions(self, kind: type[Any]) -> list[Any]:
        return [action for action in self.done if isinstance(action, kind)]

    def checks(self) -> list[str]:
        return [action.title for action in self.done if isinstance(action, PublishCheckRun)]

    async def rebuilt(self) -> Ledger:
        """The ledger made again from the timelines and reactions alone."""
        return await rebuilt(await self.past())

    async def past(self) -> Past:
        """What GitHub remembers of it."""
        reactions = await reactions_in(self.timelines.seen.values(), self.github)
        timelines = self.timelines.seen.values()
        return past_of(self.ports(), self.section, timelines, reactions)

    async def rounds(self) -> None:
        for trigger in FEATURE.triggers:
            if isinstance(trigger, Every):
                async for case in trigger.each(self.section, self.ports()):
                    with self._speaking():
                        self.take(trigger.decide(case.facts, self.section))

    def take(self, plan: Plan) -> None:
        """Carry out what was decided, all of it or nothing, as the engine does."""
        before = dict(self.records.kept)
        try:
            self.records.remember(plan.actions)
        except AssertionError:
            self.records.kept = before
            raise
        self.why.append(plan.because)
        if plan.concerns:
            self.journal.append(plan.because)
        self._keep(plan.actions)

    def _keep(self, actions: Sequence[Doable]) -> None:
        known = {action.key for action in self.done}
        for action in actions:
            if isinstance(action, Answer):
                self.answers.append(action)
            elif isinstance(action, Action) and action.key not in known:
                self.done.append(action)

    async def _happens(self, event: Event) -> None:
        for trigger in FEATURE.triggers:
            if isinstance(trigger, On) and isinstance(event, trigger.event):
                with self._speaking():
                    facts = await trigger.ask(event, self.section, self.ports())
                    self.take(trigger.decide(facts, self.section))

    async def decides(self, by: str, number: int, body: str) -> tuple[Again, Plan]:
        """What would be decided about a command, not yet carried out, and how to decide it once more."""
        comment = a_comment(id=next(self.ids), author=by, body=body, written_at=self.now)

        async def again() -> tuple[Again, Plan]:
            (plan,) = [plan async for plan in self._plans(number, comment)]
            return again, plan

        return await again()

    async def _commands(self, number: int, comment: WrittenComment) -> None:
        async for plan in self._plans(number, comment):
            self.take(plan)

    async def _plans(self, number: int, comment: WrittenComment) -> AsyncIterator[Plan]:
        words = comment.body[1:].split()
        for trigger in FEATURE.triggers:
            if not isinstance(trigger, Command):
                continue
            name = trigger.name.split()
            if words[: len(name)] != name or (trigger.name == "credits" and words[1:2] == ["give"]):
                continue
            event = an_event(
                CommandGiven,
                thread=self.thread(number),
                by=comment.author or a_person("ghost"),
                name=trigger.name,
                words=tuple(words[len(name) :]),
                line=comment.body,
                at=self.now,
                source=Reactable(
                    kind="issue_comment", id=comment.id, node_id=comment.node_id, url=comment.url
                ),
            )
            self.github.threads[number] = self.thread(number)
            yield await self._answer(trigger, event)

    async def _answer(self, command: Command[Any, Any], event: CommandGiven) -> Plan:
        with self._speaking():
            try:
                return command.decide(await command.ask(event, self.section, self.ports()), self.section)
            except Refusal as refusal:
                return refuse(refusal.text, because=refusal.text, allowed=refusal.allowed)

    def _speaking(self) -> AbstractContextManager[None]:
        return speaking(self.translator or translator_for(self.ports().configuration))

    def _add(self, number: int, act: Act) -> None:
        self.timelines.seen[number] = self.timelines.seen[number].with_acts([act])


def _letters(number: int) -> str:
    """A word of its own for each number, as words are what makes reviews differ."""
    return "".join("abcdefghij"[int(digit)] for digit in str(number))


def a_project(**settings: Any) -> Project:
    """A project in which nothing is shown or free unless these settings say so."""
    defaults: dict[str, Any] = {"checklist": None, "check_run": False, "newcomers_free": False}
    return Project(section=ReviewExchange(**{**defaults, **settings}))
