"""GraphQL of what the bot does through it: fold comments away, edit them, react, resolve conversations."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from mentorbot.sandbox.acts import RefusedError
from mentorbot.sandbox.graph_fields import FieldContext, GraphProblem, field
from mentorbot.sandbox.graph_people import find_node
from mentorbot.sandbox.graph_threads import CONTENTS
from mentorbot.sandbox.threads import (
    Comment,
    Issue,
    PullRequest,
    ReactionContent,
    Review,
    ReviewComment,
    ReviewThread,
)

_CONTENTS: dict[str, Any] = {name: content for content, name in CONTENTS.items()}

Input = Mapping[str, Any]
Mutation = Callable[[FieldContext, Input], dict[str, Any]]


def _mutation(name: str) -> Callable[[Mutation], Mutation]:
    """Let the decorated function be a mutation; `clientMutationId` is handed back as it came."""

    def keep(mutation: Mutation) -> Mutation:
        def run(_: object, asking: FieldContext, **given: Input) -> dict[str, Any]:
            try:
                payload = mutation(asking, given["input"])
            except RefusedError as refusal:
                raise GraphProblem("UNPROCESSABLE", str(refusal)) from refusal
            return payload | {"clientMutationId": given["input"].get("clientMutationId")}

        field("Mutation", name)(run)
        return mutation

    return keep


def _find(asking: FieldContext, node_id: str, kinds: tuple[type, ...]) -> Any:
    """The thing of that id that the caller may write to."""
    found = find_node(asking, node_id)
    if not isinstance(found, kinds):
        raise GraphProblem("NOT_FOUND", f"Could not resolve to a node with the global id of '{node_id}'")
    thread = found.thread if isinstance(found, Comment) else found
    is_issue = isinstance(thread, Issue) and not isinstance(thread, PullRequest)
    asking.need("issues:write" if is_issue else "pull_requests:write|issues:write")
    return found


@_mutation("addReaction")
def _add_reaction(asking: FieldContext, given: Input) -> dict[str, Any]:
    subject = _find(asking, given["subjectId"], (Issue, Comment, Review, ReviewComment))
    content: ReactionContent = _CONTENTS[given["content"]]
    reaction = asking.acts.react(subject, content, by=_actor(asking))
    return {"reaction": reaction, "subject": subject}


@_mutation("removeReaction")
def _remove_reaction(asking: FieldContext, given: Input) -> dict[str, Any]:
    subject = _find(asking, given["subjectId"], (Issue, Comment, Review, ReviewComment))
    content, actor = _CONTENTS[given["content"]], _actor(asking)
    for reaction in subject.reactions.values():
        if reaction.user is actor and reaction.content == content:
            asking.acts.unreact(subject, reaction.id)
            return {"reaction": reaction, "subject": subject}
    raise GraphProblem("NOT_FOUND", "Could not find a reaction of that kind to remove.")


@_mutation("minimizeComment")
def _minimize(asking: FieldContext, given: Input) -> dict[str, Any]:
    comment = _find(asking, given["subjectId"], (Comment, Review, ReviewComment))
    asking.acts.minimize(comment, given["classifier"])
    return {"minimizedComment": comment}


@_mutation("unminimizeComment")
def _unminimize(asking: FieldContext, given: Input) -> dict[str, Any]:
    comment = _find(asking, given["subjectId"], (Comment, Review, ReviewComment))
    asking.acts.minimize(comment, None)
    return {"unminimizedComment": comment}


@_mutation("updateIssueComment")
def _update_comment(asking: FieldContext, given: Input) -> dict[str, Any]:
    comment = _find(asking, given["id"], (Comment,))
    return {"issueComment": asking.acts.edit_comment(comment, given["body"], by=_actor(asking))}


@_mutation("resolveReviewThread")
def _resolve(asking: FieldContext, given: Input) -> dict[str, Any]:
    thread = _find(asking, given["threadId"], (ReviewThread,))
    return {"thread": asking.acts.resolve_thread(thread, by=_actor(asking))}


@_mutation("unresolveReviewThread")
def _unresolve(asking: FieldContext, given: Input) -> dict[str, Any]:
    thread = _find(asking, given["threadId"], (ReviewThread,))
    return {"thread": asking.acts.resolve_thread(thread, by=_actor(asking), resolved=False)}


def _actor(asking: FieldContext) -> Any:
    return asking.caller.user or asking.world.app.bot
