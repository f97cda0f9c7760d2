"""Says in a sentence what a webhook tells, and what the bot did with a request."""

from __future__ import annotations

import re

from mentorbot.sandbox.answers import Json

_LONGEST_QUOTE = 70
_REACTIONS = {
    "+1": "👍",
    "-1": "👎",
    "confused": "😕",
    "eyes": "👀",
    "heart": "❤️",
    "hooray": "🎉",
    "laugh": "😄",
    "rocket": "🚀",
}


def quoted(text: str) -> str:
    """The beginning of a text on one line, in quotation marks."""
    line = " ".join(text.split())
    return f"“{line[: _LONGEST_QUOTE - 1].rstrip()}…”" if len(line) > _LONGEST_QUOTE else f"“{line}”"


def number_in(payload: Json) -> int | None:
    """The issue or pull request a webhook is about, where it is about one."""
    thread = payload.get("issue") or payload.get("pull_request")
    return thread["number"] if thread else None


def heard(event: str, payload: Json) -> str:
    """What the sender of a webhook did: "opened issue #5 “…”"."""
    action = payload.get("action") or ""
    thread = payload.get("pull_request") or payload.get("issue") or {}
    where = f"#{thread['number']}" if thread else ""
    by_event = {
        "issues": _of_thread,
        "pull_request": _of_thread,
        "issue_comment": _of_comment,
        "pull_request_review": _of_review,
        "pull_request_review_comment": _of_line,
        "push": _of_push,
        "installation": _of_installation,
        "member": _of_member,
    }
    tell = by_event.get(event)
    return tell(action, payload, where) if tell else f"caused {event} {action}".rstrip()


def _of_thread(action: str, payload: Json, where: str) -> str:
    pull = payload.get("pull_request")
    thread = pull or payload["issue"]
    if action == "opened":
        kind = "issue" if pull is None else "draft pull request" if pull["draft"] else "pull request"
        return f"opened {kind} {where} {quoted(thread['title'])}"
    if action == "closed":
        return f"merged {where}" if pull and pull["merged"] else f"closed {where}"
    if action == "review_requested":
        asked = payload.get("requested_reviewer") or payload.get("requested_team") or {}
        return f"asked {asked.get('login') or asked.get('name')} to review {where}"
    label = payload.get("label", {}).get("name", "")
    words = {
        "synchronize": f"pushed to {where}",
        "reopened": f"reopened {where}",
        "edited": f"edited {where}",
        "labeled": f"labelled {where} {quoted(label)}",
        "unlabeled": f"took the label {quoted(label)} off {where}",
        "ready_for_review": f"marked {where} as ready for review",
        "converted_to_draft": f"turned {where} into a draft",
    }
    return words.get(action, f"{action.replace('_', ' ')} {where}")


def _of_comment(action: str, payload: Json, where: str) -> str:
    words = {"created": "commented on", "edited": "edited a comment on", "deleted": "deleted a comment on"}
    said = "" if action == "deleted" else f": {quoted(payload['comment']['body'])}"
    return f"{words.get(action, action)} {where}{said}"


def _of_review(action: str, payload: Json, where: str) -> str:
    if action != "submitted":
        return f"{action} a review of {where}"
    words = {"approved": "approved", "changes_requested": "asked for changes on"}
    review = payload["review"]
    said = f": {quoted(review['body'])}" if review["body"] else ""
    return f"{words.get(review['state'].lower(), 'reviewed')} {where}{said}"


def _of_line(action: str, payload: Json, where: str) -> str:
    comment = payload["comment"]
    verb = "commented on" if action == "created" else f"{action} a comment on"
    return f"{verb} a line of {comment['path']} in {where}: {quoted(comment['body'])}"


def _of_push(_action: str, payload: Json, _where: str) -> str:
    branch, head = payload["ref"].removeprefix("refs/heads/"), payload["head_commit"]
    return f"pushed to {branch}: {quoted(head['message'].splitlines()[0])}" if head else f"deleted {branch}"


def _of_installation(action: str, payload: Json, _where: str) -> str:
    words = {"created": "installed the App on", "deleted": "removed the App from"}
    return (
        f"{words.get(action, f'changed ({action}) the App on')} {payload['installation']['account']['login']}"
    )


def _of_member(action: str, payload: Json, _where: str) -> str:
    verb = {"added": "made", "removed": "ended that", "edited": "changed what"}.get(action, action)
    rest = {"added": "a collaborator", "removed": "is a collaborator", "edited": "may do"}.get(action, "")
    return f"{verb} {payload['member']['login']} {rest}".rstrip()


def done(method: str, path: str, body: Json) -> str | None:
    """What the bot did with a request that writes: "commented"; None for requests that only read."""
    if path.endswith("/graphql"):
        return _done_by_graphql(str(body.get("query", "")))
    for pattern, verb in _DEEDS.items():
        if re.fullmatch(pattern, f"{method} {path}"):
            return verb.format(
                reaction=_REACTIONS.get(str(body.get("content")), "a reaction"),
                labels=", ".join(map(str, body.get("labels") or [])),
                name=quoted(str(body.get("name", ""))),
                title=quoted(str(body.get("title") or (body.get("output") or {}).get("title") or "")),
                state="closed" if body.get("state") == "closed" else "edited",
            )
    return None


_THREAD = r"/(?:repos/[^/]+/[^/]+|repositories/\d+)"
_DEEDS = {
    rf"POST {_THREAD}/issues/\d+/comments": "commented",
    rf"PATCH {_THREAD}/issues/comments/\d+": "edited its comment",
    rf"DELETE {_THREAD}/issues/comments/\d+": "deleted its comment",
    rf"POST {_THREAD}/.*/reactions": "reacted with {reaction}",
    rf"POST {_THREAD}/issues": "opened the issue {title}",
    rf"PATCH {_THREAD}/issues/\d+": "{state} the issue",
    rf"POST {_THREAD}/issues/\d+/labels": "added the label {labels}",
    rf"DELETE {_THREAD}/issues/\d+/labels/.*": "took a label off",
    rf"POST {_THREAD}/check-runs": "wrote the check {name}: {title}",
    rf"PATCH {_THREAD}/check-runs/\d+": "rewrote a check: {title}",
    rf"POST {_THREAD}/pulls/\d+/requested_reviewers": "asked for a review",
}


def _done_by_graphql(query: str) -> str | None:
    if "mutation" not in query:
        return None
    return "folded its comment away" if "minimizeComment" in query else "changed something"
