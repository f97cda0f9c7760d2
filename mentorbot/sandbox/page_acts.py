"""What visitors of the page can do as one of its people, refused where GitHub would refuse it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import get_args

from mentorbot.sandbox.acting import RefusedError
from mentorbot.sandbox.acts_reviews import Verdict
from mentorbot.sandbox.answers import Json
from mentorbot.sandbox.model import REACTIONS, Comment, Issue, ReviewComment, Role
from mentorbot.sandbox.page_rights import has_role
from mentorbot.sandbox.page_wish import PageForm
from mentorbot.sandbox.page_world import CONFIG_PATH

_LONGEST_MOVE = timedelta(days=400)
_WRITERS = "only people with write access can."
_TRIAGERS = "only people with triage access can."
_AUTHOR = "only its author and people with write access can."


def open_issue(wish: PageForm) -> Json:
    """A new issue."""
    issue = wish.acts.open_issue(
        wish.repository, by=wish.by, title=wish.text("title"), body=wish.words("body")
    )
    return {"number": issue.number}


def open_pull_request(wish: PageForm) -> Json:
    """A new pull request, from a fork unless its author may push."""
    pull = wish.acts.open_pull_request(
        wish.repository,
        by=wish.by,
        title=wish.text("title"),
        body=wish.words("body"),
        files=wish.files() or None,
        draft=bool(wish.body.get("draft")),
    )
    return {"number": pull.number}


def comment(wish: PageForm) -> Json:
    """A comment, which may be a command."""
    wish.needs(allowed=wish.may.comment, whose="the conversation is locked.")
    wish.acts.comment(wish.thread, by=wish.by, body=wish.text("body"))
    return {}


def edit_comment(wish: PageForm) -> Json:
    """Other words for a comment of one's own."""
    found = wish.acts.found(wish.github.world.comments, wish.whole("comment"), "comment")
    wish.needs(allowed=found.author is wish.by, whose="only who wrote a comment can edit it.")
    wish.acts.edit_comment(found, wish.text("body"), by=wish.by)
    return {}


def review(wish: PageForm) -> Json:
    """A review with its verdict, perhaps with a comment on a line."""
    verdict: Verdict = wish.one_of("verdict", get_args(Verdict))
    wish.needs(allowed=wish.may.review, whose="this pull request is closed.")
    path, said = wish.words("path").strip(), wish.words("line_text").strip()
    on_line = [(path, wish.whole("line"), said)] if path and said else []
    body = wish.words("body").strip()
    if verdict != "approve" and not body and not on_line:
        raise RefusedError("Please say a few words: only approvals go without.")
    wish.acts.review(wish.pull, by=wish.by, verdict=verdict, body=body, comments=on_line)
    return {}


def push(wish: PageForm) -> Json:
    """Another commit on a pull request."""
    wish.needs(allowed=wish.may.push, whose=_AUTHOR)
    if not wish.files():
        raise RefusedError("Please name a file to change.")
    message = wish.words("message").strip() or "Address review"
    wish.acts.push_to(wish.pull, by=wish.by, files=wish.files(), message=message)
    return {}


def ready(wish: PageForm) -> Json:
    """A draft is ready for review."""
    wish.needs(allowed=wish.may.turn_draft, whose=_AUTHOR)
    wish.acts.mark_ready(wish.pull, by=wish.by)
    return {}


def draft(wish: PageForm) -> Json:
    """A pull request is a draft again."""
    wish.needs(allowed=wish.may.turn_draft, whose=_AUTHOR)
    wish.acts.convert_to_draft(wish.pull, by=wish.by)
    return {}


def label(wish: PageForm) -> Json:
    """A label, made where the repository has none of that name."""
    wish.needs(allowed=wish.may.label, whose=_TRIAGERS)
    wish.acts.label(wish.thread, wish.text("label").strip(), by=wish.by)
    return {}


def unlabel(wish: PageForm) -> Json:
    """A label less."""
    wish.needs(allowed=wish.may.label, whose=_TRIAGERS)
    wish.acts.unlabel(wish.thread, wish.text("label"), by=wish.by)
    return {}


def ask_for_review(wish: PageForm) -> Json:
    """Somebody is asked for a review."""
    wish.needs(allowed=wish.may.ask_for_review, whose=_TRIAGERS)
    wish.acts.request_review(wish.pull, wish.text("reviewer"), by=wish.by)
    return {}


def merge(wish: PageForm) -> Json:
    """A pull request is merged."""
    wish.needs(allowed=wish.may.merge, whose=_WRITERS)
    wish.acts.merge(wish.pull, by=wish.by)
    return {}


def close(wish: PageForm) -> Json:
    """An issue or pull request is closed."""
    wish.needs(allowed=wish.may.close, whose="only its author and people with triage access can.")
    wish.acts.close(wish.thread, by=wish.by)
    return {}


def reopen(wish: PageForm) -> Json:
    """It is opened again."""
    wish.needs(allowed=wish.may.reopen, whose="only who closed it and people with triage access can.")
    wish.acts.reopen(wish.thread, by=wish.by)
    return {}


def react(wish: PageForm) -> Json:
    """A reaction; given a second time, it is taken back."""
    content = wish.one_of("content", REACTIONS)
    to = _reacted_to(wish)
    for reaction in list(to.reactions.values()):
        if reaction.user is wish.by and reaction.content == content:
            wish.acts.unreact(to, reaction.id)
            return {}
    wish.acts.react(to, content, by=wish.by)
    return {}


def _reacted_to(wish: PageForm) -> Issue | Comment | ReviewComment:
    what, world = wish.text("to"), wish.github.world
    if what == "comment":
        return wish.acts.found(world.comments, wish.whole("id"), "comment")
    if what == "review_comment":
        return wish.acts.found(world.review_comments, wish.whole("id"), "review comment")
    return wish.thread


def edit_config(wish: PageForm) -> Json:
    """The App's config file is changed on the default branch; an empty text deletes it."""
    wish.needs(allowed=has_role(wish.repository, wish.by, "write"), whose=f"{_WRITERS} Propose it instead.")
    wish.acts.edit_file(wish.repository, CONFIG_PATH, wish.words("text") or None, by=wish.by)
    return {}


def propose_config(wish: PageForm) -> Json:
    """The App's config file is changed in a pull request."""
    pull = wish.acts.open_pull_request(
        wish.repository,
        by=wish.by,
        title=wish.words("title").strip() or f"Update {CONFIG_PATH}",
        files={CONFIG_PATH: wish.words("text") or None},
    )
    return {"number": pull.number}


def install(wish: PageForm) -> Json:
    """The App is installed on the repository's owner, for all of its repositories."""
    wish.needs(allowed=has_role(wish.repository, wish.by, "admin"), whose="only owners can.")
    found = wish.github.world.installation_on(wish.repository.owner)
    if found is None:
        wish.acts.install(wish.repository.owner, by=wish.by)
    elif not found.covers(wish.repository):
        wish.acts.add_repositories(wish.repository.owner, [wish.repository], by=wish.by)
    return {}


def uninstall(wish: PageForm) -> Json:
    """The App is removed from the repository's owner."""
    wish.needs(allowed=has_role(wish.repository, wish.by, "admin"), whose="only owners can.")
    wish.acts.uninstall(wish.repository.owner, by=wish.by)
    return {}


def new_person(wish: PageForm) -> Json:
    """Somebody new; with a repository and a role other than `none`, a collaborator there from the start."""
    role: Role = wish.one_of("role", ("none", "triage", "write"))
    login = wish.text("login").strip().removeprefix("@")
    if not login.replace("-", "").isalnum() or not login.isascii():
        raise RefusedError("A login has only letters, digits and hyphens.")
    if wish.github.world.find_account(login):
        raise RefusedError(f"{login} is here already: choose another login.")
    person = wish.acts.add_user(login, name=wish.words("name").strip() or None)
    if role != "none":
        wish.acts.add_collaborator(wish.repository, person, by=wish.repository.owner, role=role)
    return {"login": person.login}


def move_clock(wish: PageForm) -> Json:
    """Time passes."""
    by = timedelta(hours=wish.whole("hours"))
    if by > _LONGEST_MOVE:
        raise RefusedError("The clock goes ahead by 400 days at most.")
    wish.github.clock.move(by)
    wish.github.world.changed()
    return {}


ACTS: dict[str, Callable[[PageForm], Json]] = {
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
    )
}
