"""What GitHub would have told a bot, had one been there: a saved history as webhooks in order of time.

Each payload shows its issue or pull request as it was *then*: open or closed, its title, labels and head, and
how its people belonged to the project, because `author_association` in the file is of the day it was saved:

- COLLABORATOR from the moment somebody evidently could do more than outsiders can: merge, close, label, lock
  or assign what others opened. Who only later got there was an outsider when they first came.
- CONTRIBUTOR from one's first merged pull request on.
- NONE before: in webhooks newcomers come as NONE, even where the API says FIRST_TIME_CONTRIBUTOR.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime

from bench.saved_history import GHOST, Happening, Json, SavedThread, moment

_ONLY_WITH_RIGHTS = frozenset(
    {
        "closed",
        "reopened",
        "labeled",
        "unlabeled",
        "milestoned",
        "demilestoned",
        "locked",
        "unlocked",
        "assigned",
    }
)
_LATER_THAN_ALL = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class ToldThen:
    """A webhook that would have been sent at a moment. `id` is the same in every replay.

    `closing_commit` is the commit that closed an issue or pull request, if one did.
    """

    at: datetime
    id: str
    event: str
    payload: Json
    closing_commit: str = ""

    @property
    def step(self) -> tuple[int, str] | None:
        """What a person does here that may be their first of the kind: the author's id and what it is."""
        action = self.payload.get("action")
        if self.event not in {"issues", "pull_request"} or action not in {"opened", "closed"}:
            return None
        shown = self.payload.get("pull_request") or self.payload["issue"]
        if shown["user"] is None or (action == "closed" and not (shown.get("merged") or self.closing_commit)):
            return None
        return shown["user"]["id"], f"{self.event} {action}"

    @property
    def reviewer(self) -> int | None:
        """Who reviewed, where this tells of a review."""
        told = self.event in {"pull_request_review", "pull_request_review_comment"}
        return self.payload["sender"]["id"] if told else None


@dataclass(frozen=True, slots=True)
class Standing:
    """Since when people belonged to the project, by account id."""

    merged_since: Mapping[int, datetime]
    rights_since: Mapping[int, datetime]

    def association(self, person: Json | None, at: datetime) -> str:
        """What a webhook would have said then."""
        if person is None:
            return "NONE"
        if at >= self.rights_since.get(person["id"], _LATER_THAN_ALL):
            return "COLLABORATOR"
        if at >= self.merged_since.get(person["id"], _LATER_THAN_ALL):
            return "CONTRIBUTOR"
        return "NONE"


def deliveries_of(threads: Iterable[SavedThread], *, installation_id: int) -> Iterator[ToldThen]:
    """Every webhook of a history, in order of time, without those of GitHub's Apps about themselves."""
    threads = sorted(threads, key=lambda thread: thread.number)
    standing = standing_of(threads)
    repository = repository_of(threads)
    scenes = {thread.number: _Scene(thread, standing, repository, installation_id) for thread in threads}
    queue = sorted(
        (
            (happening.at, thread.number, place)
            for thread in threads
            for place, happening in enumerate(thread.happenings)
        )
    )
    for _, number, place in queue:
        scene = scenes[number]
        yield from scene.told(place)
        if place + 1 == len(scene.thread.happenings):
            del scenes[number]


def standing_of(threads: Iterable[SavedThread]) -> Standing:
    """Who had something merged, and who evidently had rights, since when."""
    merged: dict[int, datetime] = {}
    rights: dict[int, datetime] = {}
    for thread in threads:
        author = thread.author or GHOST
        if merged_at := thread.saved.get("merged_at"):
            _earlier(merged, author["id"], moment(merged_at))
        for happening in thread.happenings:
            of_others = happening.by["id"] not in {author["id"], GHOST["id"]}
            if of_others and happening.action in _ONLY_WITH_RIGHTS:
                _earlier(rights, happening.by["id"], happening.at)
    return Standing(merged_since=merged, rights_since=rights)


def repository_of(threads: Iterable[SavedThread]) -> Json:
    """The repository: as the youngest pull request shows it, else what the addresses of issues tell."""
    threads = list(threads)
    bases = [thread.saved["base"]["repo"] for thread in threads if thread.saved.get("base")]
    found = next((base for base in reversed(bases) if base and base.get("full_name")), None)
    if found is None:
        owner, name = threads[-1].saved["html_url"].split("/")[3:5] if threads else ("nobody", "nothing")
        found = {"id": 1, "name": name, "full_name": f"{owner}/{name}", "owner": None}
    owner = {**GHOST, "login": found["full_name"].partition("/")[0], "id": 2, "type": "Organization"}
    return {
        "node_id": f"R_{found['id']}",
        "private": False,
        "fork": False,
        "default_branch": "main",
        **found,
        "owner": found.get("owner") or owner,
        "html_url": f"https://github.com/{found['full_name']}",
    }


@dataclass(slots=True)
class _Scene:
    """An issue or pull request as it stands at a moment of the replay."""

    thread: SavedThread
    standing: Standing
    repository: Json
    installation_id: int
    shown: Json = field(init=False)

    def __post_init__(self) -> None:
        saved = dict(self.thread.saved)
        changed_later = ("merged_at", "merged_by", "merge_commit_sha")
        self.shown = {key: value for key, value in saved.items() if key not in changed_later}
        renamings = [one.more for one in self.thread.happenings if "title" in one.more]
        drafts = [
            one.action
            for one in self.thread.happenings
            if one.action in {"ready_for_review", "converted_to_draft"}
        ]
        self.shown |= {
            "title": renamings[0]["changes"]["title"]["from"] if renamings else saved.get("title", ""),
            "state": "open",
            "locked": False,
            "labels": [],
            "assignees": [],
            "closed_at": None,
            "comments": 0,
        }
        if self.thread.is_pull_request:
            was_draft = drafts[0] == "ready_for_review" if drafts else bool(saved.get("draft"))
            self.shown |= {"draft": was_draft, "merged": False, "merged_at": None, "merged_by": None}
            self.shown |= {"requested_reviewers": [], "requested_teams": [], "merge_commit_sha": None}
            self.shown["base"] = {
                **(saved.get("base") or {"ref": "main", "sha": ""}),
                "repo": self.repository,
            }
            self.shown["head"] = saved.get("head") or {"ref": "", "sha": "", "repo": None}

    def told(self, place: int) -> Iterator[ToldThen]:
        """The webhook about what happened at this place, after the push that caused it, if there was one."""
        happening = self.thread.happenings[place]
        self._take_in(happening)
        if happening.action == "closed" and self.thread.is_pull_request and happening.more.get("commit_id"):
            yield self._telling(happening, place, "push", self._push(happening))
        yield self._telling(happening, place, happening.event, self._payload(happening))

    def _telling(self, happening: Happening, place: int, event: str, payload: Json) -> ToldThen:
        name = f"{self.repository['full_name']}#{self.thread.number}/{place}/{event}"
        common = {
            "repository": self.repository,
            "sender": happening.by,
            "installation": {"id": self.installation_id, "node_id": "MDIzOkludGVncmF0aW9u"},
        }
        return ToldThen(
            at=happening.at,
            id=str(uuid.uuid5(uuid.NAMESPACE_URL, name)),
            event=event,
            payload={**payload, **common},
            closing_commit=happening.more.get("commit_id", "") if happening.action == "closed" else "",
        )

    def _take_in(self, happening: Happening) -> None:
        shown, more, at = self.shown, happening.more, _text(happening.at)
        label = more.get("label")
        match happening.action:
            case "closed":
                shown |= {"state": "closed", "closed_at": at}
                if more.get("merged"):
                    commit = self.thread.saved.get("merge_commit_sha")
                    shown |= {
                        "merged": True,
                        "merged_at": at,
                        "merged_by": happening.by,
                        "merge_commit_sha": commit,
                    }
            case "reopened":
                shown |= {"state": "open", "closed_at": None}
            case "labeled":
                shown["labels"] = [*shown["labels"], label] if label else shown["labels"]
            case "unlabeled":
                shown["labels"] = [one for one in shown["labels"] if label and one["name"] != label["name"]]
            case "edited":
                shown["title"] = more.get("title") or shown["title"]
            case "ready_for_review" | "converted_to_draft":
                shown["draft"] = happening.action == "converted_to_draft"
            case "synchronize" if more["after"]:
                shown["head"] = {**shown["head"], "sha": more["after"]}
            case "locked" | "unlocked":
                shown["locked"] = happening.action == "locked"
        shown["comments"] += happening.event == "issue_comment"
        shown["updated_at"] = at
        shown["author_association"] = self.standing.association(self.thread.author, happening.at)

    def _payload(self, happening: Happening) -> Json:
        payload: Json = {"action": happening.action, "number": self.thread.number}
        if happening.event in {"issues", "issue_comment"}:
            payload["issue"] = self._as_issue()
        else:
            payload["pull_request"] = dict(self.shown)
        for key in ("comment", "review"):
            if key in happening.more:
                words = happening.more[key]
                association = self.standing.association(words["user"], happening.at)
                payload[key] = {**words, "author_association": association}
        shown_as_is = ("label", "changes", "assignee", "requested_reviewer", "requested_team", "after")
        return {**payload, **{key: happening.more[key] for key in shown_as_is if key in happening.more}}

    def _as_issue(self) -> Json:
        """As it appears among issues: pull requests without branches, but with a sign that they are one."""
        if not self.thread.is_pull_request:
            return dict(self.shown)
        hidden = {
            "head",
            "base",
            "merged",
            "merged_at",
            "merged_by",
            "merge_commit_sha",
            "requested_reviewers",
        }
        sign = {"html_url": self.shown.get("html_url"), "merged_at": self.shown["merged_at"]}
        return {
            **{key: value for key, value in self.shown.items() if key not in hidden},
            "pull_request": sign,
        }

    def _push(self, happening: Happening) -> Json:
        """The push of a merge bot: a commit on the base branch that closed the pull request."""
        commit: Json = {
            "id": happening.more["commit_id"],
            "message": f"{self.shown['title']}\n\nCloses #{self.thread.number}",
            "timestamp": _text(happening.at),
            "added": [],
            "modified": [],
            "removed": [],
        }
        return {
            "ref": f"refs/heads/{self.shown['base'].get('ref') or self.repository['default_branch']}",
            "before": self.shown["base"].get("sha") or "0" * 40,
            "after": commit["id"],
            "commits": [commit],
            "head_commit": commit,
        }


def _earlier(known: dict[int, datetime], person: int, at: datetime) -> None:
    known[person] = min(at, known.get(person, at))


def _text(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
