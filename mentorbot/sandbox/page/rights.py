"""Who may do what in the page, as on GitHub: by role in the repository, or as author."""

from __future__ import annotations

from dataclasses import dataclass

from mentorbot.sandbox.model import ROLES, Account, Issue, PullRequest, Repository, Role

_WORDS = {
    "OWNER": "Owner",
    "MEMBER": "Member",
    "COLLABORATOR": "Collaborator",
    "CONTRIBUTOR": "Contributor",
    "FIRST_TIME_CONTRIBUTOR": "First-time contributor",
}


def has_role(repository: Repository, person: Account, least: Role) -> bool:
    """Whether somebody's role in a repository is at least this one."""
    return ROLES.index(repository.role_of(person)) >= ROLES.index(least)


def badge(thread: Issue, author: Account) -> str:
    """What GitHub writes beside a comment's author; empty for people it has nothing to say about."""
    if author.type == "Bot":
        return "Bot"
    is_new = isinstance(thread, PullRequest) and author is thread.author
    return _WORDS.get(thread.repository.association(author, in_api=True, to_pull=is_new), "")


def standing(repository: Repository, person: Account) -> str:
    """In a few words, what somebody is in a repository."""
    if person.type == "Bot":
        return "bot"
    role, association = repository.role_of(person), repository.association(person)
    if role in {"admin", "maintain"}:
        return "maintainer"
    if association in {"OWNER", "MEMBER", "COLLABORATOR"}:
        return "member, may merge" if role == "write" else "member"
    if association == "CONTRIBUTOR":
        return "has commits here"
    return "was here before" if repository.threads_by_author.get(person.id) else "new here"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rights:
    """What one person may do with one issue or pull request, right now."""

    comment: bool
    label: bool
    close: bool
    reopen: bool
    review: bool
    judge: bool
    merge: bool
    push: bool
    turn_draft: bool
    ask_for_review: bool


def rights(thread: Issue, person: Account) -> Rights:
    """What `person` may do with `thread`: https://docs.github.com/en/organizations/managing-user-access-to-your-organizations-repositories/managing-repository-roles/repository-roles-for-an-organization."""
    repository = thread.repository
    triages = has_role(repository, person, "triage")
    writes = has_role(repository, person, "write")
    is_author, is_open = person is thread.author, thread.state == "open"
    pull = thread if isinstance(thread, PullRequest) else None
    is_merged = pull is not None and pull.merged_at is not None
    open_pull = pull is not None and is_open
    return Rights(
        comment=writes or not thread.is_locked,
        label=triages,
        close=is_open and (is_author or triages),
        reopen=not is_open and not is_merged and (triages or (is_author and thread.closed_by is person)),
        review=open_pull,
        judge=open_pull and not is_author,
        merge=open_pull and writes and pull is not None and not pull.is_draft and pull.mergeable is not False,
        push=open_pull and (is_author or writes),
        turn_draft=open_pull and (is_author or writes),
        ask_for_review=open_pull and triages,
    )
