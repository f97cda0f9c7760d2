"""Performs actions, each with what it takes that a second attempt does not repeat the first."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any

from mentorbot.core import actions
from mentorbot.core.actions import Action
from mentorbot.core.entities import Repository
from mentorbot.core.errors import AccessLost, GitHubUnavailable, Impossible, LimitReached
from mentorbot.core.markers import marked
from mentorbot.core.people import Person
from mentorbot.github import queries
from mentorbot.github.check_runs import find, publish
from mentorbot.github.client import Client, path_segment
from mentorbot.github.error_mapping import Missing
from mentorbot.github.footer import footer
from mentorbot.github.installation import InstallationContext
from mentorbot.github.json_reader import JsonReader, parse_response, parsing_response
from mentorbot.github.own_comments import OwnComments
from mentorbot.github.reactions import GRAPHQL_CONTENTS, reactions_path

Made = Mapping[str, Any]
"""What GitHub made of an action: "id", "node_id", "url", "number", as far as there are any."""

_UNPROCESSABLE = 422


@dataclass(frozen=True, slots=True, kw_only=True)
class _Task:
    client: Client
    path: str
    repository: Repository
    key: str
    is_repeated: bool
    made: Mapping[str, Any]


class InstallationWriter:
    """Performs actions in one installation; see `feature_api.ports.Writer`.

    `bot` tells who we are; `wrote` is shown what GitHub made of our comments and issues. `about` is where
    people read what this bot is: whatever it writes unasked leads there, in a footer.
    """

    def __init__(
        self,
        installation: InstallationContext,
        *,
        bot: Callable[[], Awaitable[Person]],
        wrote: Callable[[Any], None],
        about: str = "",
    ) -> None:
        self._installation = installation
        self._bot = bot
        self._wrote = wrote
        self._about = about
        self._performers: Mapping[type[Action], Callable[[Any, _Task], Awaitable[Made]]] = {
            actions.Comment: self._comment,
            actions.EditComment: self._edit_comment,
            actions.MinimizeComment: self._minimize_comment,
            actions.React: self._react,
            actions.AddLabel: self._add_label,
            actions.RemoveLabel: self._remove_label,
            actions.RequestReview: self._request_review,
            actions.RemoveReviewRequest: self._remove_review_request,
            actions.PublishCheckRun: self._publish_check_run,
            actions.OpenIssue: self._open_issue,
            actions.EditIssue: self._edit_issue,
            actions.CloseIssue: self._close_issue,
        }

    async def perform(
        self, action: Action, *, repository: Repository, key: str, attempt: int, made: Made | None
    ) -> Made:
        task = self._task(repository, key=key, is_repeated=attempt > 1, made=made)
        try:
            return await self._performers[type(action)](action, task)
        except Missing as error:
            await _check_that_it_exists(task)
            raise Impossible(error.why, status=error.status) from error
        except GitHubUnavailable as unavailable:
            unavailable.undone = not task.client.may_have_changed
            if isinstance(unavailable, LimitReached) and not unavailable.undone:
                # The limit struck between two steps: the first one is done, and is to be looked for.
                raise GitHubUnavailable(unavailable.why, retry_at=unavailable.retry_at) from unavailable
            raise

    async def keep_one(
        self, action: Action, *, repository: Repository, key: str, made: Made
    ) -> tuple[Made, int]:
        task = self._task(repository, key=key, is_repeated=True, made=made)
        own = self._own(task)
        if isinstance(action, actions.PublishCheckRun):
            # GitHub itself shows only the newest of a name; nobody can delete a check run.
            shown = await find(task.client, path=task.path, action=action, key=key, bot=self._bot)
            return (_ids(shown) if shown else made), 0
        if isinstance(action, actions.OpenIssue):
            found = await own.issues(key=key)
            await own.close(found[1:], in_favour_of=found[0]["number"] if found else 0)
        else:
            found = await own.comments(action.number or int(made.get("number", 0)), key=key)
            await own.delete(found[1:])
        kept = {**made, **_ids(found[0])} if found else made
        return kept, len(found[1:])

    def _task(self, repository: Repository, *, key: str, is_repeated: bool, made: Made | None) -> _Task:
        return _Task(
            client=self._installation.client.within(repository.id),
            path=f"/repos/{repository.full_name}",
            repository=repository,
            key=key,
            is_repeated=is_repeated,
            made=made or {},
        )

    def _own(self, task: _Task) -> OwnComments:
        return OwnComments(client=task.client, path=task.path, bot=self._bot, now=self._installation.clock())

    async def _comment(self, action: actions.Comment, task: _Task) -> Made:
        # Whoever asked knows who answers.
        under = "" if action.occasion is actions.Occasion.ANSWER else footer(self._about)
        return await self._write_comment(task, number=action.number, body=action.body, under=under)

    async def _write_comment(self, task: _Task, *, number: int, body: str, under: str = "") -> Made:
        path = f"{task.path}/issues/{number}/comments"
        if task.is_repeated and (written := await self._own(task).comments(number, key=task.key)):
            return _ids(written[0])
        return await self._write(task, path, {"body": marked(body, task.key, footer=under)})

    async def _write(self, task: _Task, path: str, data: Mapping[str, Any]) -> Made:
        found = await task.client.write("POST", path, data)
        self._wrote(found)
        return _ids(found)

    async def _edit_comment(self, action: actions.EditComment, task: _Task) -> Made:
        comment = _referred(task, "id")
        # The text keeps the marker of the comment it was first: a late second attempt must still find it.
        key = task.key.removesuffix(action.key) + action.comment
        data = {"body": marked(action.body, key, footer=footer(self._about))}
        return _ids(await task.client.write("PATCH", f"{task.path}/issues/comments/{comment}", data))

    async def _minimize_comment(self, action: actions.MinimizeComment, task: _Task) -> Made:
        subject = _referred(task, "node_id")
        await task.client.mutate(queries.MINIMIZE_COMMENT, subject=subject, reason=action.reason)
        return {"node_id": subject}

    async def _react(self, action: actions.React, task: _Task) -> Made:
        target = action.to
        if target.kind == "review":  # REST has no reactions to reviews
            content = GRAPHQL_CONTENTS[action.content]
            found = await task.client.mutate(queries.ADD_REACTION, subject=target.node_id, content=content)
            return {"node_id": parse_response(found, "data", _reaction_id)}
        path = reactions_path(task.path, target.kind, target.id)
        return _ids(await task.client.write("POST", path, {"content": action.content}))

    async def _add_label(self, action: actions.AddLabel, task: _Task) -> Made:
        await self._make_label(action, task)
        path = f"{task.path}/issues/{action.number}/labels"
        await task.client.write("POST", path, {"labels": [action.label]})
        return {}

    async def _make_label(self, action: actions.AddLabel, task: _Task) -> None:
        """See to it that the label is there: GitHub would create it without colour and description."""
        known = (task.repository.id, action.label.lower())
        if known in self._installation.labels:
            return
        try:
            await task.client.read(f"{task.path}/labels/{path_segment(action.label)}")
        except Missing:
            data = {
                "name": action.label,
                "color": action.color.removeprefix("#"),
                "description": action.description[:100],
            }
            try:
                await task.client.write("POST", f"{task.path}/labels", data)
            except Impossible as error:
                if error.status != _UNPROCESSABLE or "already_exists" not in error.why:
                    raise
        self._installation.labels[known] = True

    async def _remove_label(self, action: actions.RemoveLabel, task: _Task) -> Made:
        try:
            await task.client.write(
                "DELETE", f"{task.path}/issues/{action.number}/labels/{path_segment(action.label)}"
            )
        except Missing:
            await _check_that_it_exists(task)
        return {}

    async def _request_review(self, action: actions.RequestReview, task: _Task) -> Made:
        path = f"{task.path}/pulls/{action.number}/requested_reviewers"
        await task.client.write("POST", path, await self._asked(action))
        return {"number": action.number}

    async def _remove_review_request(self, action: actions.RemoveReviewRequest, task: _Task) -> Made:
        path = f"{task.path}/pulls/{action.number}/requested_reviewers"
        await task.client.write("DELETE", path, await self._asked(action))
        return {"number": action.number}

    async def _asked(self, action: actions.RequestReview | actions.RemoveReviewRequest) -> dict[str, Any]:
        if action.reviewer is None:
            return {"team_reviewers": [action.team or ""]}
        return {"reviewers": [await self._login(action.reviewer)]}

    async def _login(self, person: Person) -> str:
        login = await self._installation.login_of(person)
        if login is None:
            raise Impossible(f"The account that was @{person.login} is gone.", status=404)
        return login

    async def _publish_check_run(self, action: actions.PublishCheckRun, task: _Task) -> Made:
        found = await publish(
            task.client,
            path=task.path,
            action=action,
            key=task.key,
            bot=self._bot if task.is_repeated else None,
        )
        return _ids(found)

    async def _open_issue(self, action: actions.OpenIssue, task: _Task) -> Made:
        if task.is_repeated and (opened := await self._own(task).issues(key=task.key)):
            return _ids(opened[0])
        body = marked(action.body, task.key, footer=footer(self._about))
        data = {"title": action.title, "body": body, "labels": list(action.labels)}
        return await self._write(task, f"{task.path}/issues", data)

    async def _edit_issue(self, action: actions.EditIssue, task: _Task) -> Made:
        number = _referred(task, "number")
        # As with comments: the text keeps the marker of the issue it was first.
        key = task.key.removesuffix(action.key) + action.issue
        data = {"title": action.title, "body": marked(action.body, key, footer=footer(self._about))}
        return _ids(await task.client.write("PATCH", f"{task.path}/issues/{number}", data))

    async def _close_issue(self, action: actions.CloseIssue, task: _Task) -> Made:
        number = _referred(task, "number")
        said = await self._write_comment(task, number=number, body=action.body) if action.body else {}
        data = {"state": "closed", "state_reason": "completed"}
        await task.client.write("PATCH", f"{task.path}/issues/{number}", data)
        return {**said, "number": number}


async def _check_that_it_exists(task: _Task) -> None:
    """Raise `AccessLost` where not only the target but the whole repository is gone."""
    try:
        await task.client.read(task.path)
    except Missing as error:
        raise AccessLost(f"{task.repository.full_name} is gone, or the App may not see it.") from error


def _referred(task: _Task, name: str) -> Any:
    found = task.made.get(name)
    if found is None:
        raise Impossible(f"What this refers to was never made: its {name} is unknown.")
    return found


def _ids(found: Any) -> Made:
    with parsing_response():
        shape = JsonReader(found, "answer")
        texts = {"node_id": shape.text("node_id", ""), "url": shape.text("html_url", "")}
        numbers = {"id": shape.number("id", 0), "number": shape.number("number", 0)}
    return {name: value for name, value in {**numbers, **texts}.items() if value}


def _reaction_id(data: JsonReader) -> str:
    return data.at("addReaction").at("reaction").text("id")
