"""What people say in issues and pull requests: comments, and reactions to them."""

from __future__ import annotations

import re

from mentorbot.sandbox import shapes_issues
from mentorbot.sandbox.accounts import Account
from mentorbot.sandbox.acting import Acting, RefusedError, Thread, Who
from mentorbot.sandbox.shapes_accounts import Json
from mentorbot.sandbox.threads import Comment, Issue, Reaction, ReactionContent, Review, ReviewComment

BODY_LIMIT = 65_536
"""Characters GitHub takes in a body."""

_MENTION = re.compile(r"(?<![\w`/])@([A-Za-z0-9][A-Za-z0-9-]*)")
_REFERENCE = re.compile(r"(?<![\w/&])#(\d+)\b")


class CommentActs(Acting):
    """Acts of talking."""

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
            via_app=self.app_of(author),
        )
        found.comments[comment.id] = comment
        found.repository.comments[comment.id] = comment
        found.timeline.append(comment)
        found.updated_at = now
        self.world.comments[comment.id] = comment
        self.world.add_node(comment)
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
        """Change what a comment says."""
        found = self.found(self.world.comments, comment, "comment")
        check_length(body)
        changes: Json = {"body": {"from": found.body}}
        found.body, found.updated_at = body, self.world.clock.now()
        found.edited_at = found.updated_at
        editor = found.author if by is None else self.who(by)
        self._tell_of_comment(found, "edited", editor, changes=changes)
        return found

    def delete_comment(self, comment: Comment | int, *, by: Who | None = None) -> None:
        """Take a comment away."""
        found = self.found(self.world.comments, comment, "comment")
        thread = found.thread
        del thread.comments[found.id], thread.repository.comments[found.id]
        del self.world.comments[found.id], self.world.nodes[found.node_id]
        thread.timeline.remove(found)
        self._tell_of_comment(found, "deleted", found.author if by is None else self.who(by))

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
        self.world.add_node(reaction)
        self.world.changed()
        return reaction

    def unreact(self, to: Issue | Comment | Review | ReviewComment, reaction_id: int) -> None:
        """Take a reaction back."""
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
