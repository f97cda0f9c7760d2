"""What visitors of the page can do as one of its people, refused where GitHub would refuse it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import TypeVar, get_args

from mentorbot.sandbox.acts import Acts
from mentorbot.sandbox.acts.acting import RefusedError
from mentorbot.sandbox.acts.reviews import Verdict
from mentorbot.sandbox.answers import Json
from mentorbot.sandbox.model import (
    REACTIONS,
    Account,
    Comment,
    Issue,
    PullRequest,
    Repository,
    ReviewComment,
    Role,
)
from mentorbot.sandbox.page.rights import Rights, has_role, rights
from mentorbot.sandbox.page.tries import Attempt, attempt_it
from mentorbot.sandbox.page.world import CONFIG_PATH
from mentorbot.sandbox.playing import Playing
from mentorbot.sandbox.simulated_github import SimulatedGitHub
from mentorbot.sandbox.story import story_named

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class PageForm:
    """What a visitor wants done: the fields of a form. RefusedError when one is missing or means nothing."""

    github: SimulatedGitHub
    body: Json

    @property
    def acts(self) -> Acts:
        return self.github.acts

    @property
    def by(self) -> Account:
        """Whom the visitor acts as."""
        return self.acts.who(self.text("by"))

    @property
    def repository(self) -> Repository:
        return self.acts.where(self.text("full_name"))

    @property
    def thread(self) -> Issue:
        return self.acts.thread(f"{self.text('full_name')}#{self.whole('number')}")

    @property
    def pull(self) -> PullRequest:
        return self.acts.pull(self.thread.reference)

    @property
    def may(self) -> Rights:
        return rights(self.thread, self.by)

    def text(self, name: str) -> str:
        """A text that must be there."""
        value = self.body.get(name)
        if not isinstance(value, str) or not value.strip():
            raise RefusedError(f"Please fill in: {name.replace('_', ' ')}.")
        return value.replace("\r\n", "\n")

    def words(self, name: str) -> str:
        """A text that may be empty."""
        value = self.body.get(name)
        return value.replace("\r\n", "\n") if isinstance(value, str) else ""

    def whole(self, name: str) -> int:
        """A whole number that must be there."""
        value = self.body.get(name)
        if isinstance(value, bool) or not isinstance(value, int | str) or not str(value).isdecimal():
            raise RefusedError(f"Please give a number: {name.replace('_', ' ')}.")
        return int(value)

    def files(self) -> dict[str, str | None]:
        given = self.body.get("files")
        rows = [one for one in given if isinstance(one, dict)] if isinstance(given, list) else []
        found = {str(one.get("path", "")).strip(): str(one.get("text", "")) for one in rows}
        found.pop("", None)
        return {path: text.replace("\r\n", "\n") for path, text in found.items()}

    def needs(self, *, allowed: bool, whose: str) -> None:
        """RefusedError unless it is allowed; `whose` it is."""
        if not allowed:
            raise RefusedError(f"{self.by.login} can't do that here: {whose}")

    def one_of(self, name: str, known: Sequence[T]) -> T:
        for one in known:
            if one == self.body.get(name):
                return one
        raise RefusedError(f"Please choose: {name} is one of {', '.join(map(str, known))}.")


_LONGEST_MOVE = timedelta(days=400)
_WRITERS = "only people with write access can."
_TRIAGERS = "only people with triage access can."
_AUTHOR = "only its author and people with write access can."


def open_issue(form: PageForm) -> Json:
    issue = form.acts.open_issue(
        form.repository, by=form.by, title=form.text("title"), body=form.words("body")
    )
    return {"number": issue.number}


def open_pull_request(form: PageForm) -> Json:
    """A new pull request, from a fork unless its author may push."""
    pull = form.acts.open_pull_request(
        form.repository,
        by=form.by,
        title=form.text("title"),
        body=form.words("body"),
        files=form.files() or None,
        draft=bool(form.body.get("draft")),
    )
    return {"number": pull.number}


def comment(form: PageForm) -> None:
    form.needs(allowed=form.may.comment, whose="the conversation is locked.")
    form.acts.comment(form.thread, by=form.by, body=form.text("body"))


def edit_comment(form: PageForm) -> None:
    found = form.acts.found(form.github.world.comments, form.whole("comment"), "comment")
    form.needs(allowed=found.author is form.by, whose="only who wrote a comment can edit it.")
    form.acts.edit_comment(found, form.text("body"), by=form.by)


def review(form: PageForm) -> None:
    verdict: Verdict = form.one_of("verdict", get_args(Verdict))
    form.needs(allowed=form.may.review, whose="this pull request is closed.")
    path, said = form.words("path").strip(), form.words("line_text").strip()
    on_line = [(path, form.whole("line"), said)] if path and said else []
    body = form.words("body").strip()
    if verdict != "approve" and not body and not on_line:
        raise RefusedError("Please say a few words: only approvals go without.")
    form.acts.review(form.pull, by=form.by, verdict=verdict, body=body, comments=on_line)


def push(form: PageForm) -> None:
    form.needs(allowed=form.may.push, whose=_AUTHOR)
    if not form.files():
        raise RefusedError("Please name a file to change.")
    message = form.words("message").strip() or "Address review"
    form.acts.push_to(form.pull, by=form.by, files=form.files(), message=message)


def ready(form: PageForm) -> None:
    form.needs(allowed=form.may.turn_draft, whose=_AUTHOR)
    form.acts.mark_ready(form.pull, by=form.by)


def draft(form: PageForm) -> None:
    form.needs(allowed=form.may.turn_draft, whose=_AUTHOR)
    form.acts.convert_to_draft(form.pull, by=form.by)


def label(form: PageForm) -> None:
    """A label, made where the repository has none of that name."""
    form.needs(allowed=form.may.label, whose=_TRIAGERS)
    form.acts.label(form.thread, form.text("label").strip(), by=form.by)


def unlabel(form: PageForm) -> None:
    form.needs(allowed=form.may.label, whose=_TRIAGERS)
    form.acts.unlabel(form.thread, form.text("label"), by=form.by)


def ask_for_review(form: PageForm) -> None:
    form.needs(allowed=form.may.ask_for_review, whose=_TRIAGERS)
    form.acts.request_review(form.pull, form.text("reviewer"), by=form.by)


def merge(form: PageForm) -> None:
    form.needs(allowed=form.may.merge, whose=_WRITERS)
    form.acts.merge(form.pull, by=form.by)


def close(form: PageForm) -> None:
    form.needs(allowed=form.may.close, whose="only its author and people with triage access can.")
    form.acts.close(form.thread, by=form.by)


def reopen(form: PageForm) -> None:
    form.needs(allowed=form.may.reopen, whose="only who closed it and people with triage access can.")
    form.acts.reopen(form.thread, by=form.by)


def react(form: PageForm) -> None:
    """A reaction; given a second time, it is taken back."""
    content = form.one_of("content", REACTIONS)
    to = _reacted_to(form)
    for reaction in list(to.reactions.values()):
        if reaction.user is form.by and reaction.content == content:
            form.acts.unreact(to, reaction.id)
            return
    form.acts.react(to, content, by=form.by)


def _reacted_to(form: PageForm) -> Issue | Comment | ReviewComment:
    what, world = form.text("to"), form.github.world
    if what == "comment":
        return form.acts.found(world.comments, form.whole("id"), "comment")
    if what == "review_comment":
        return form.acts.found(world.review_comments, form.whole("id"), "review comment")
    return form.thread


def edit_config(form: PageForm) -> None:
    """The App's config file is changed on the default branch; an empty text deletes it."""
    form.needs(allowed=has_role(form.repository, form.by, "write"), whose=f"{_WRITERS} Propose it instead.")
    form.acts.edit_file(form.repository, CONFIG_PATH, form.words("text") or None, by=form.by)


def propose_config(form: PageForm) -> Json:
    pull = form.acts.open_pull_request(
        form.repository,
        by=form.by,
        title=form.words("title").strip() or f"Update {CONFIG_PATH}",
        files={CONFIG_PATH: form.words("text") or None},
    )
    return {"number": pull.number}


def install(form: PageForm) -> None:
    """The App is installed on the repository's owner, for all of its repositories."""
    form.needs(allowed=has_role(form.repository, form.by, "admin"), whose="only owners can.")
    found = form.github.world.installation_on(form.repository.owner)
    if found is None:
        form.acts.install(form.repository.owner, by=form.by)
    elif not found.covers(form.repository):
        form.acts.add_repositories(form.repository.owner, [form.repository], by=form.by)


def uninstall(form: PageForm) -> None:
    form.needs(allowed=has_role(form.repository, form.by, "admin"), whose="only owners can.")
    form.acts.uninstall(form.repository.owner, by=form.by)


def new_person(form: PageForm) -> Json:
    """Somebody new; with a repository and a role other than `none`, a collaborator there from the start."""
    role: Role = form.one_of("role", ("none", "triage", "write"))
    login = form.text("login").strip().removeprefix("@")
    if not login.replace("-", "").isalnum() or not login.isascii():
        raise RefusedError("A login has only letters, digits and hyphens.")
    if form.github.world.find_account(login):
        raise RefusedError(f"{login} is here already: choose another login.")
    person = form.acts.add_user(login, name=form.words("name").strip() or None)
    if role != "none":
        form.acts.add_collaborator(form.repository, person, by=form.repository.owner, role=role)
    return {"login": person.login}


async def move_clock(form: PageForm) -> None:
    """Time passes, and what is due meanwhile is done."""
    by = timedelta(hours=form.whole("hours"))
    if by > _LONGEST_MOVE:
        raise RefusedError("The clock goes ahead by 400 days at most.")
    await form.github.pass_time(by)


async def try_this(form: PageForm) -> Json:
    """One of the things that the page offers to try, in a repository or, with a `number`, in a thread."""
    thread = form.thread if "number" in form.body else None
    attempt = Attempt(github=form.github, repository=form.repository, thread=thread)
    return await attempt_it(form.text("name"), attempt)


def begin_story(form: PageForm) -> None:
    """The sandbox begins afresh with a story; what was done in it so far is gone."""
    begin, story = form.github.host.begin_story, form.text("story")
    if begin is None:
        raise RefusedError(f"Stories begin with the program here: `mentorbot sandbox --story {story}`.")
    try:
        story_named(story)
    except LookupError as unknown:
        raise RefusedError(str(unknown)) from unknown
    begin(story)


def pause_story(form: PageForm) -> None:
    _playing(form).pause()
    form.github.world.changed()


def go_on_with_story(form: PageForm) -> None:
    _playing(form).go_on()
    form.github.world.changed()


def _playing(form: PageForm) -> Playing:
    if form.github.playing is None:
        raise RefusedError("No story is being told: choose one on the first page.")
    return form.github.playing


ACTS: dict[str, Callable[[PageForm], Json | Awaitable[Json | None] | None]] = {
    act.__name__: act
    for act in (
        open_issue,
        open_pull_request,
        comment,
        edit_comment,
        review,
        push,
        ready,
        draft,
        label,
        unlabel,
        ask_for_review,
        merge,
        close,
        reopen,
        react,
        edit_config,
        propose_config,
        install,
        uninstall,
        new_person,
        move_clock,
        try_this,
        begin_story,
        pause_story,
        go_on_with_story,
    )
}
