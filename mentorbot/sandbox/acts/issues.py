"""What people do in issues, and in pull requests as far as they are issues: talk, label, assign, close."""

from __future__ import annotations

import re

from mentorbot.sandbox.acts.acting import Acting, RefusedError, Thread, Where, Who
from mentorbot.sandbox.answers import Json
from mentorbot.sandbox.model import (
    Account,
    Comment,
    Issue,
    Label,
    PullRequest,
    Reaction,
    ReactionContent,
    Review,
    ReviewComment,
)
from mentorbot.sandbox.shapes import accounts as shapes_accounts
from mentorbot.sandbox.shapes import issues as shapes_issues
from mentorbot.sandbox.shapes import pulls as shapes_pulls
from mentorbot.sandbox.shapes import repositories as shapes_repositories

BODY_LIMIT = 65_536
"""Characters GitHub takes in a body."""

_MENTION = re.compile(r"(?<![\w`/])@([A-Za-z0-9][A-Za-z0-9-]*)")
_REFERENCE = re.compile(r"(?<![\w/&])#(\d+)\b")


class IssueActs(Acting):
    def open_issue(
        self,
        repository: Where,
        *,
        by: Who,
        title: str,
        body: str | None = None,
        labels: tuple[str, ...] = (),
    ) -> Issue:
        found, author, now = self.where(repository), self.who(by), self.world.clock.now()
        found.last_number += 1
        issue = Issue(
            id=self.world.next_id("issue"),
            number=found.last_number,
            repository=found,
            author=author,
            title=title,
            body=body,
            created_at=now,
            updated_at=now,
        )
        self.world.add_thread(issue)
        self.tell_of_thread(issue, "opened", author)
        self.note_references(issue, author, body)
        for name in labels:
            self.label(issue, name, by=author)
        return issue

    def tell_of_thread(self, thread: Issue, action: str, sender: Account, **more: Json) -> None:
        """Announce something as `issues` or `pull_request`, whichever it is."""

        def body() -> Json:
            if isinstance(thread, PullRequest):
                pull = shapes_pulls.pull_request(self.world, thread)
                return {"number": thread.number, "pull_request": pull, **more}
            return {"issue": shapes_issues.issue(self.world, thread), **more}

        event = "pull_request" if isinstance(thread, PullRequest) else "issues"
        self.tell(event, action, thread.repository, sender=sender, body=body)

    def edit(self, thread: Thread, *, by: Who, title: str | None = None, body: str | None = None) -> Issue:
        found, editor = self.thread(thread), self.who(by)
        changes: Json = {}
        if title is not None and title != found.title:
            changes["title"] = {"from": found.title}
            self.note(found, "renamed", editor, renamed_from=found.title, renamed_to=title)
            found.title = title
        if body is not None and body != found.body:
            check_length(body)
            changes["body"] = {"from": found.body or ""}
            found.body, found.updated_at = body, self.world.clock.now()
            found.edited_at = found.updated_at
        if changes:
            self.tell_of_thread(found, "edited", editor, changes=changes)
        return found

    def close(
        self, thread: Thread, *, by: Who, reason: str = "completed", commit_sha: str | None = None
    ) -> Issue:
        """Close it (a pull request without merging it); `commit_sha` is the commit that did."""
        found, closer = self.thread(thread), self.who(by)
        if found.state == "closed":
            return found
        self.note_closed(found, closer, reason=reason, commit_sha=commit_sha)
        self.tell_of_thread(found, "closed", closer)
        return found

    def note_closed(
        self, thread: Issue, closer: Account, *, reason: str = "completed", commit_sha: str | None = None
    ) -> None:
        """Let a thread be closed, without telling anybody yet."""
        thread.state, thread.closed_by, thread.closed_at = "closed", closer, self.world.clock.now()
        thread.repository.open_count -= 1
        thread.state_reason = None if isinstance(thread, PullRequest) else reason
        self.note(thread, "closed", closer, state_reason=thread.state_reason, commit_sha=commit_sha)

    def reopen(self, thread: Thread, *, by: Who) -> Issue:
        found, opener = self.thread(thread), self.who(by)
        if isinstance(found, PullRequest) and found.merged_at is not None:
            raise RefusedError("This pull request was merged and cannot be reopened.")
        if found.state == "closed":
            found.state, found.closed_at, found.closed_by = "open", None, None
            found.state_reason = None if isinstance(found, PullRequest) else "reopened"
            found.repository.open_count += 1
            self.note(found, "reopened", opener)
            self.tell_of_thread(found, "reopened", opener)
        return found

    def label(self, thread: Thread, name: str, *, by: Who) -> None:
        """Put a label on it, made when the repository has none of that name."""
        found, actor = self.thread(thread), self.who(by)
        label = self.world.label(found.repository, name)
        if label.name.lower() not in found.labels:
            found.labels[label.name.lower()] = label
            self._tell_of_label(found, "labeled", label, actor)

    def unlabel(self, thread: Thread, name: str, *, by: Who) -> None:
        found, actor = self.thread(thread), self.who(by)
        label = found.labels.pop(name.lower(), None)
        if label is not None:
            self._tell_of_label(found, "unlabeled", label, actor)

    def _tell_of_label(self, thread: Issue, kind: str, label: Label, actor: Account) -> None:
        self.note(thread, kind, actor, label=label)
        shape = shapes_repositories.label(self.world, thread.repository, label)
        self.tell_of_thread(thread, kind, actor, label=shape)

    def assign(self, thread: Thread, who: Who, *, by: Who) -> None:
        found, actor, person = self.thread(thread), self.who(by), self.who(who)
        if person.id not in found.assignees:
            found.assignees[person.id] = person
            self.note(found, "assigned", actor, assignee=person)
            self.tell_of_thread(found, "assigned", actor, assignee=shapes_accounts.user(self.world, person))

    def unassign(self, thread: Thread, who: Who, *, by: Who) -> None:
        found, actor, person = self.thread(thread), self.who(by), self.who(who)
        if found.assignees.pop(person.id, None) is not None:
            self.note(found, "unassigned", actor, assignee=person)
            shape = shapes_accounts.user(self.world, person)
            self.tell_of_thread(found, "unassigned", actor, assignee=shape)

    def lock(self, thread: Thread, *, by: Who, locked: bool = True) -> None:
        """Let only collaborators talk here, or end that."""
        found, actor = self.thread(thread), self.who(by)
        found.is_locked = locked
        kind = "locked" if locked else "unlocked"
        self.note(found, kind, actor)
        self.tell_of_thread(found, kind, actor)

    # what is said

    def comment(self, thread: Thread, *, by: Who, body: str) -> Comment:
        """A new comment; RefusedError when the conversation is locked or the text too long."""
        found, author, now = self.thread(thread), self.who(by), self.world.clock.now()
        check_length(body)
        if found.is_locked and found.repository.role_of(author) in {"none", "read"}:
            raise RefusedError("Unable to create comment because issue is locked.")
        comment = Comment(
            id=self.world.next_id("comment"),
            thread=found,
            author=author,
            body=body,
            created_at=now,
            updated_at=now,
        )
        found.comments[comment.id] = comment
        found.repository.comments[comment.id] = comment
        found.timeline.append(comment)
        found.updated_at = now
        self.world.comments[comment.id] = comment
        self.world.nodes[comment.node_id] = comment
        self._tell_of_comment(comment, "created", author)
        self.note_references(found, author, body)
        return comment

    def _tell_of_comment(self, comment: Comment, action: str, sender: Account, **more: Json) -> None:
        self.tell(
            "issue_comment",
            action,
            comment.thread.repository,
            sender=sender,
            body=lambda: {
                "issue": shapes_issues.issue(self.world, comment.thread),
                "comment": shapes_issues.comment(self.world, comment),
                **more,
            },
        )

    def edit_comment(self, comment: Comment | int, body: str, *, by: Who | None = None) -> Comment:
        found = self.found(self.world.comments, comment, "comment")
        check_length(body)
        changes: Json = {"body": {"from": found.body}}
        found.body, found.updated_at = body, self.world.clock.now()
        found.edited_at = found.updated_at
        self._tell_of_comment(found, "edited", self.who(by or found.author), changes=changes)
        return found

    def delete_comment(self, comment: Comment | int, *, by: Who | None = None) -> None:
        found = self.found(self.world.comments, comment, "comment")
        thread = found.thread
        del thread.comments[found.id], thread.repository.comments[found.id]
        del self.world.comments[found.id], self.world.nodes[found.node_id]
        thread.timeline.remove(found)
        self._tell_of_comment(found, "deleted", self.who(by or found.author))

    def minimize(self, comment: Comment | Review | ReviewComment, reason: str | None) -> None:
        """Fold a comment away for a reason (`OUTDATED`, …), or with None show it again."""
        comment.minimized_reason = reason
        self.world.changed()

    def react(
        self, to: Issue | Comment | Review | ReviewComment, content: ReactionContent, *, by: Who
    ) -> Reaction:
        """A reaction; each person can give each one once. GitHub sends no event for it."""
        person = self.who(by)
        for existing in to.reactions.values():
            if existing.user is person and existing.content == content:
                return existing
        reaction = Reaction(
            id=self.world.next_id("reaction"),
            user=person,
            content=content,
            created_at=self.world.clock.now(),
        )
        to.reactions[reaction.id] = reaction
        self.world.changed()
        return reaction

    def unreact(self, to: Issue | Comment | Review | ReviewComment, reaction_id: int) -> None:
        to.reactions.pop(reaction_id, None)
        self.world.changed()

    def note_references(self, thread: Issue, author: Account, text: str | None) -> None:
        """Let mentioned people and threads know of a text, in the timeline."""
        for login in dict.fromkeys(_MENTION.findall(text or "")):
            mentioned = self.world.find_account(login)
            if mentioned is not None and mentioned is not author:
                self.note(thread, "mentioned", mentioned)
        for number in dict.fromkeys(_REFERENCE.findall(text or "")):
            other = thread.repository.threads.get(int(number))
            if other is not None and other is not thread:
                self.note(other, "cross-referenced", author, source=thread)


def check_length(body: str) -> None:
    """RefusedError when GitHub would not take so long a body."""
    if len(body) > BODY_LIMIT:
        raise RefusedError(f"Body is too long (maximum is {BODY_LIMIT} characters)")
