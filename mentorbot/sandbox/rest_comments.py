"""REST of what people say below issues and pull requests, and of reactions."""

from __future__ import annotations

from typing import Any

from mentorbot.sandbox import shapes_issues as shapes
from mentorbot.sandbox.answers import GitHubProblem, Listing, SandboxAnswer, invalid, not_found
from mentorbot.sandbox.routes import Call, Routes
from mentorbot.sandbox.threads import REACTIONS, Comment, Issue, ReviewComment

ROUTES = Routes()


@ROUTES.add("GET", "{o}/issues/{issue_number}/comments", needs="thread:read")
def list_comments(call: Call) -> Listing:
    """Comments of one thread, oldest first."""
    found = call.since(list(call.thread.comments.values()))
    return Listing(items=found, shape=lambda one: shapes.comment(call.world, one, in_api=True))


@ROUTES.add("GET", "{o}/issues/comments", needs="issues:read|pull_requests:read")
def list_all_comments(call: Call) -> Listing:
    """Comments of all threads, by id unless asked otherwise (`direction` counts only with `sort`)."""
    found = call.since(list(call.repository.comments.values()))
    if "sort" in call.query:
        found = call.sorted(found)
    return Listing(items=found, shape=lambda one: shapes.comment(call.world, one, in_api=True))


@ROUTES.add("POST", "{o}/issues/{issue_number}/comments", needs="thread:write")
def create_comment(call: Call) -> SandboxAnswer:
    """Say something."""
    comment = call.acts.comment(call.thread, by=call.actor, body=call.text("body", "IssueComment"))
    return SandboxAnswer(status=201, json=shapes.comment(call.world, comment, in_api=True))


@ROUTES.add("GET", "{o}/issues/comments/{comment_id}", needs="thread:read")
def get_comment(call: Call) -> SandboxAnswer:
    """One comment."""
    return SandboxAnswer(json=shapes.comment(call.world, call.comment, in_api=True))


@ROUTES.add("PATCH", "{o}/issues/comments/{comment_id}", needs="thread:write")
def change_comment(call: Call) -> SandboxAnswer:
    """Change what a comment says."""
    body = call.text("body", "IssueComment")
    call.acts.edit_comment(call.comment, body, by=call.actor)
    return SandboxAnswer(json=shapes.comment(call.world, call.comment, in_api=True))


@ROUTES.add("DELETE", "{o}/issues/comments/{comment_id}", needs="thread:write")
def delete_comment(call: Call) -> SandboxAnswer:
    """Take a comment away."""
    call.acts.delete_comment(call.comment, by=call.actor)
    return SandboxAnswer(status=204)


Target = Issue | Comment | ReviewComment


def _list(call: Call, target: Target) -> Listing:
    content = call.query.get("content")
    found = [one for one in target.reactions.values() if content in {None, one.content}]
    return Listing(items=found, shape=lambda one: shapes.reaction(call.world, one))


def _create(call: Call, target: Target) -> SandboxAnswer:
    content: Any = call.body.get("content")
    if content not in REACTIONS:
        raise invalid("Reaction", "content")
    before = len(target.reactions)
    reaction = call.acts.react(target, content, by=call.actor)
    status = 201 if len(target.reactions) > before else 200
    return SandboxAnswer(status=status, json=shapes.reaction(call.world, reaction))


def _delete(call: Call, target: Target) -> SandboxAnswer:
    number = call.number("reaction_id")
    if number not in target.reactions:
        raise not_found()
    if target.reactions[number].user is not call.actor:
        raise GitHubProblem(403, "Resource not accessible by integration")
    call.acts.unreact(target, number)
    return SandboxAnswer(status=204)


@ROUTES.add("GET", "{o}/issues/{issue_number}/reactions", needs="thread:read")
def list_issue_reactions(call: Call) -> Listing:
    """Reactions to an issue or pull request."""
    return _list(call, call.thread)


@ROUTES.add("POST", "{o}/issues/{issue_number}/reactions", needs="thread:write")
def create_issue_reaction(call: Call) -> SandboxAnswer:
    """React to an issue or pull request: 201, or 200 when that reaction was there."""
    return _create(call, call.thread)


@ROUTES.add("DELETE", "{o}/issues/{issue_number}/reactions/{reaction_id}", needs="thread:write")
def delete_issue_reaction(call: Call) -> SandboxAnswer:
    """Take a reaction to an issue or pull request back."""
    return _delete(call, call.thread)


@ROUTES.add("GET", "{o}/issues/comments/{comment_id}/reactions", needs="thread:read")
def list_comment_reactions(call: Call) -> Listing:
    """Reactions to a comment."""
    return _list(call, call.comment)


@ROUTES.add("POST", "{o}/issues/comments/{comment_id}/reactions", needs="thread:write")
def create_comment_reaction(call: Call) -> SandboxAnswer:
    """React to a comment."""
    return _create(call, call.comment)


@ROUTES.add("DELETE", "{o}/issues/comments/{comment_id}/reactions/{reaction_id}", needs="thread:write")
def delete_comment_reaction(call: Call) -> SandboxAnswer:
    """Take a reaction to a comment back."""
    return _delete(call, call.comment)


@ROUTES.add("GET", "{o}/pulls/comments/{comment_id}/reactions", needs="pull_requests:read")
def list_review_comment_reactions(call: Call) -> Listing:
    """Reactions to a comment on a line."""
    return _list(call, call.review_comment)


@ROUTES.add("POST", "{o}/pulls/comments/{comment_id}/reactions", needs="pull_requests:write")
def create_review_comment_reaction(call: Call) -> SandboxAnswer:
    """React to a comment on a line."""
    return _create(call, call.review_comment)


@ROUTES.add("DELETE", "{o}/pulls/comments/{comment_id}/reactions/{reaction_id}", needs="pull_requests:write")
def delete_review_comment_reaction(call: Call) -> SandboxAnswer:
    """Take a reaction to a comment on a line back."""
    return _delete(call, call.review_comment)
