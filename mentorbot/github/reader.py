"""Answers the questions of `feature_api.ports.GitHub` about one repository, and reads its past."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Collection, Mapping, Sequence
from datetime import datetime
from typing import Literal

from mentorbot.config.configuration import Source
from mentorbot.core.entities import Issue, PullRequest, Repository
from mentorbot.core.errors import AccessLost, Impossible
from mentorbot.core.people import Permission, Person
from mentorbot.domain.contributions import Sighting, ThreadSeen
from mentorbot.domain.timeline import ActKind, PullRequestTimeline
from mentorbot.feature_api.ports import ChangedFile, Reacted
from mentorbot.github import (
    availability,
    entity_reader,
    files,
    graphql_timelines,
    history,
    reactions,
    rest_timelines,
)
from mentorbot.github.detected_merges import was_merged_by_commit
from mentorbot.github.failures import Missing, NotAllowed, RequestDropped
from mentorbot.github.installation import InstallationMemory, part
from mentorbot.github.json_reader import JsonReader
from mentorbot.github.permissions import permission_of
from mentorbot.github.replies import legible, legible_each

_REACTIONS = {
    "issue": "issues/{id}/reactions",
    "issue_comment": "issues/comments/{id}/reactions",
    "review_comment": "pulls/comments/{id}/reactions",
}


class RepositoryReader:
    """Questions about one repository; see `feature_api.ports.GitHub` for what each means and raises."""

    def __init__(self, installation: InstallationMemory, repository: Repository) -> None:
        self._installation = installation
        self._client = installation.client.within(repository.id)
        self._repository = repository
        self._path = f"/repos/{repository.full_name}"

    async def permission(self, person: Person) -> Permission:
        """What this person may do here; remembered for ten minutes."""
        return await permission_of(self._installation, self._repository, person)

    async def file(self, path: str) -> str | None:
        """The text of a file on the default branch."""
        return await files.text_of(self._client, self._repository.full_name, path)

    async def file_at(self, path: str, ref: str, *, repository_id: int | None = None) -> str | None:
        """The text of a file at a commit or branch.

        Commits of forks are found here too, as GitHub keeps them with their pull requests; branches of forks
        are not looked up (None), so ask by SHA.
        """
        if repository_id not in {None, self._repository.id} and not re.fullmatch(r"[0-9a-f]{40}", ref):
            return None
        return await files.text_of(self._client, self._repository.full_name, path, ref=ref)

    async def issue(self, number: int) -> Issue | PullRequest | None:
        """An issue or pull request as it is now; None too where it was moved to another repository."""
        try:
            found = await self._client.read(f"{self._path}/issues/{number}")
        except Missing:
            return None
        return legible(found, "issue", entity_reader.thread)

    async def pull_request(self, number: int) -> PullRequest | None:
        """A pull request as it is now."""
        try:
            found = await self._client.read(f"{self._path}/pulls/{number}")
        except Missing:
            return None
        if legible(found, "pull_request", _home) not in {None, self._repository.id}:
            raise AccessLost(f"{self._repository.full_name} is another repository now.")
        return legible(found, "pull_request", entity_reader.pull_request)

    async def files(self, number: int) -> Sequence[ChangedFile]:
        """The files a pull request touches; GitHub lists at most 3,000."""
        try:
            found = await self._client.pages(f"{self._path}/pulls/{number}/files?per_page=100")
        except Missing:
            return ()
        return legible_each(found, "file", _changed_file)

    async def timeline(self, number: int) -> PullRequestTimeline | None:
        """Everything that happened in a pull request; over REST where GraphQL does not answer.

        Not where there are comments on lines: which of their conversations are over, REST does not tell, and
        people are not to be told to hurry on a guess.
        """
        try:
            return await graphql_timelines.timeline(self._client, self._repository, number)
        except (RequestDropped, NotAllowed, Impossible):
            found = await self.timeline_over_rest(number)
            if found is not None and any(act.kind is ActKind.LINE_COMMENTED for act in found.acts):
                raise
            return found

    async def timeline_over_rest(self, number: int) -> PullRequestTimeline | None:
        """The same without GraphQL, and without what only that tells: five requests."""
        return await rest_timelines.timeline(self._client, self._repository, number)

    async def open_numbers(self) -> Sequence[int]:
        """The numbers of all open pull requests, without GraphQL: a request per hundred."""
        return await rest_timelines.open_numbers(self._client, self._repository)

    def open_pull_requests(self) -> AsyncIterator[PullRequestTimeline]:
        """All open pull requests with their timelines, 100 a question."""
        return graphql_timelines.open_timelines(self._client, self._repository)

    def past_pull_requests(self, since: datetime) -> AsyncIterator[PullRequestTimeline]:
        """All pull requests to which anything happened since then, with their timelines, 100 a question."""
        return graphql_timelines.past_timelines(self._client, self._repository, since=since)

    async def open_issues(self, *, labels: Sequence[str], limit: int = 20) -> Sequence[Issue]:
        """Open, unassigned issues with any of these labels, newest first; a request for each label."""
        known: dict[int, Issue] = {}
        for label in dict.fromkeys(labels):  # GitHub's own list of labels means all of them, not any
            query = f"labels={part(label)}&state=open&assignee=none&sort=created&direction=desc&per_page=100"
            page = await self._client.page(f"{self._path}/issues?{query}")
            for found in legible_each(page.items, "issue", entity_reader.thread):
                if not found.is_pull_request:
                    known[found.number] = found
        newest = sorted(known.values(), key=lambda issue: (issue.opened_at, issue.number), reverse=True)
        return tuple(newest[:limit])

    async def was_merged_by_commit(self, number: int) -> bool:
        """True where a pull request was closed, not merged, by its own commit on the base branch."""
        pull = await self.pull_request(number)
        if pull is None:
            return False
        return await was_merged_by_commit(self._client, self._repository, pull)

    async def account(self, login: str) -> Person | None:
        """The account with this login; organizations are no persons."""
        try:
            found = await self._client.read(f"/users/{part(login)}")
        except Missing:
            return None
        if legible(found, "user", lambda user: user.text("type", "")) == "Organization":
            return None
        return legible(found, "user", entity_reader.person)

    async def team_members(self, slug: str) -> Sequence[Person]:
        """The members of a team of the owner; empty where there is none, or where we may not look."""
        owner = self._repository.full_name.partition("/")[0]
        try:
            found = await self._client.pages(f"/orgs/{owner}/teams/{part(slug)}/members?per_page=100")
        except (Missing, NotAllowed):
            return ()
        return legible_each(found, "member", entity_reader.account)

    async def can_be_asked_to_review(self, person: Person) -> bool:
        """True where this person is a collaborator: GitHub refuses requests to others."""
        login = await self._installation.login_of(person)
        if login is None:
            return False
        try:
            await self._client.read(f"{self._path}/collaborators/{part(login)}")
        except Missing:
            return False
        return True

    async def away(self, people: Collection[Person]) -> frozenset[Person]:
        """Those whose status says that they are busy."""
        return await availability.away(self._client, people)

    async def reactions(
        self, kind: Literal["issue", "issue_comment", "review_comment"], id_: int
    ) -> Sequence[tuple[Person, str]]:
        """Who reacted how."""
        path = _REACTIONS[kind].format(id=id_)
        try:
            found = await self._client.pages(f"{self._path}/{path}?per_page=100")
        except Missing:
            return ()
        given = legible_each(found, "reaction", _reaction)
        return tuple((by, content) for by, content in given if by is not None)

    async def reactions_to(self, nodes: Sequence[str]) -> Mapping[str, Sequence[Reacted]]:
        """Who reacted how to many things, by their global ids; a question per hundred."""
        return await reactions.reactions_to(self._client, nodes)

    async def config_sources(self) -> tuple[Source, Source]:
        """The repository's config file and its owner's."""
        return await files.config_sources(self._installation, self._repository)

    async def earlier_threads(self, person: Person) -> Sequence[ThreadSeen]:
        """This person's first hundred issues and pull requests here, oldest first: one request."""
        return await history.earlier_threads(self._client, self._repository, person)

    async def past_threads(self, cursor: str | None) -> tuple[Sequence[Sighting], str | None]:
        """A page of all issues and pull requests, newest first, and the cursor of the next one."""
        return await history.past_threads(self._client, self._repository, cursor)

    async def past_reviews(self, cursor: str | None) -> tuple[Sequence[Sighting], str | None]:
        """A page of reviews and first answers, newest first, and the cursor of the next one."""
        return await history.past_reviews(self._client, self._repository, cursor)


def _changed_file(found: JsonReader) -> ChangedFile:
    return ChangedFile(
        path=found.text("filename"),
        status=found.text("status", ""),
        additions=found.number("additions", 0),
        deletions=found.number("deletions", 0),
    )


def _home(pull: JsonReader) -> int | None:
    repository = pull.at("base").maybe("repo")
    return repository.number("id") if repository else None


def _reaction(found: JsonReader) -> tuple[Person | None, str]:
    return entity_reader.person(found.maybe("user")), found.text("content")
