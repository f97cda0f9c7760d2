"""Answers the questions of `feature_api.ports.GitHub` about one repository, and reads its past."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Collection, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Literal

from mentorbot.config.configuration import Source
from mentorbot.core.entities import Issue, PullRequest, Repository
from mentorbot.core.errors import AccessLost, Impossible
from mentorbot.core.people import Permission, Person
from mentorbot.domain.contributions import Sighting, ThreadSeen
from mentorbot.domain.thread_marks import ThreadMarks
from mentorbot.domain.timeline import ActKind, PullRequestTimeline
from mentorbot.feature_api.ports import ChangedFile, Reacted
from mentorbot.github import (
    entity_reader,
    files,
    graphql_timelines,
    history,
    queries,
    reactions,
    rest_timelines,
    thread_marks,
)
from mentorbot.github.client import path_segment
from mentorbot.github.detected_merges import was_merged_by_commit
from mentorbot.github.error_mapping import Missing, NotAllowed, RequestDropped
from mentorbot.github.installation import InstallationContext
from mentorbot.github.json_reader import JsonReader, parse_items, parse_response, parsing_response
from mentorbot.github.other_bots_files import other_bots_files


class RepositoryReader:
    """Questions about one repository; see `feature_api.ports.GitHub` for what each means and raises."""

    def __init__(self, installation: InstallationContext, repository: Repository) -> None:
        self._installation = installation
        self._client = installation.client.within(repository.id)
        self._repository = repository
        self._path = f"/repos/{repository.full_name}"

    async def permission(self, person: Person) -> Permission:
        return await self._installation.permission_of(self._repository, person)

    async def file(self, path: str) -> str | None:
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
        return parse_response(found, "issue", entity_reader.thread)

    async def pull_request(self, number: int) -> PullRequest | None:
        try:
            found = await self._client.read(f"{self._path}/pulls/{number}")
        except Missing:
            return None
        if parse_response(found, "pull_request", entity_reader.base_repository_id) not in {
            None,
            self._repository.id,
        }:
            raise AccessLost(f"{self._repository.full_name} is another repository now.")
        return parse_response(found, "pull_request", entity_reader.pull_request)

    async def marks(self, number: int) -> ThreadMarks | None:
        return await thread_marks.thread_marks(self._client, self._path, number)

    async def files(self, number: int) -> Sequence[ChangedFile]:
        """The files a pull request touches; GitHub lists at most 3,000.

        https://docs.github.com/en/rest/pulls/pulls#list-pull-requests-files
        """
        try:
            found = await self._client.pages(f"{self._path}/pulls/{number}/files?per_page=100")
        except Missing:
            return ()
        return parse_items(found, "file", _changed_file)

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
        """The numbers of all open pull requests, lowest first, without GraphQL: a request per hundred."""
        query = "state=open&sort=created&direction=asc&per_page=100"
        found = await self._client.pages(f"{self._path}/pulls?{query}")
        return sorted(parse_items(found, "pull", lambda pull: pull.number("number")))

    def open_pull_requests(self) -> AsyncIterator[PullRequestTimeline]:
        return graphql_timelines.open_timelines(self._client, self._repository)

    def past_pull_requests(self, since: datetime) -> AsyncIterator[PullRequestTimeline]:
        """All pull requests to which anything happened since then, with their timelines, 100 a question."""
        return graphql_timelines.past_timelines(self._client, self._repository, since=since)

    async def open_issues(self, *, labels: Sequence[str], limit: int = 20) -> Sequence[Issue]:
        """Open, unassigned issues with any of these labels, newest first; a request for each label."""
        known: dict[int, Issue] = {}
        for label in dict.fromkeys(labels):  # GitHub's own list of labels means all of them, not any
            query = f"labels={path_segment(label)}&state=open&assignee=none"
            newest_first = "sort=created&direction=desc&per_page=100"
            page = await self._client.page(f"{self._path}/issues?{query}&{newest_first}")
            for found in parse_items(page.items, "issue", entity_reader.thread):
                if not found.is_pull_request:
                    known[found.number] = found
        newest = sorted(known.values(), key=lambda issue: (issue.opened_at, issue.number), reverse=True)
        return tuple(newest[:limit])

    async def was_merged_by_commit(self, number: int) -> bool:
        pull = await self.pull_request(number)
        if pull is None:
            return False
        return await was_merged_by_commit(self._client, self._repository, pull)

    async def account(self, login: str) -> Person | None:
        """The account with this login; organizations are no persons."""
        try:
            found = await self._client.read(f"/users/{path_segment(login)}")
        except Missing:
            return None
        if parse_response(found, "user", lambda user: user.text("type", "")) == "Organization":
            return None
        return parse_response(found, "user", entity_reader.person)

    async def team_members(self, slug: str) -> Sequence[Person]:
        """The members of a team of the owner; empty where there is none, or where we may not look.

        https://docs.github.com/en/rest/teams/members#list-team-members
        """
        owner = self._repository.full_name.partition("/")[0]
        try:
            found = await self._client.pages(f"/orgs/{owner}/teams/{path_segment(slug)}/members?per_page=100")
        except (Missing, NotAllowed):
            return ()
        return parse_items(found, "member", entity_reader.account)

    async def can_be_asked_to_review(self, person: Person) -> bool:
        """True where this person is a collaborator: GitHub refuses requests to others."""
        login = await self._installation.login_of(person)
        if login is None:
            return False
        try:
            await self._client.read(f"{self._path}/collaborators/{path_segment(login)}")
        except Missing:
            return False
        return True

    async def away(self, people: Collection[Person]) -> frozenset[Person]:
        """Those whose status says "Busy"; a hundred people a question, none for nobody. Bots never are.

        https://docs.github.com/en/graphql/reference/objects#userstatus
        """
        # Sorted, so that the same question is asked the same way.
        humans = sorted({person for person in people if not person.is_bot}, key=lambda person: person.id)
        found: set[Person] = set()
        for start in range(0, len(humans), queries.MOST_NODES):
            some = humans[start : start + queries.MOST_NODES]
            logins = {f"login{place}": person.login for place, person in enumerate(some)}
            data = await self._client.query(queries.user_statuses(len(some)), **logins)
            with parsing_response():
                found.update(_busy(some, JsonReader(data, "data")))
        return frozenset(found)

    async def reactions(
        self, kind: Literal["issue", "issue_comment", "review_comment"], id_: int
    ) -> Sequence[tuple[Person, str]]:
        """Who reacted how to one thing; GitHub sends no webhook for that."""
        path = reactions.reactions_path(self._path, kind, id_)
        return await reactions.reactions_over_rest(self._client, path)

    async def reactions_to(self, nodes: Sequence[str]) -> Mapping[str, Sequence[Reacted]]:
        return await reactions.reactions_to(self._client, nodes)

    async def other_bots_files(self) -> Mapping[str, str] | None:
        """The files by which other bots are set up; None where GitHub doesn't tell."""
        try:
            return await other_bots_files(self._client, self._repository.full_name)
        except (Missing, NotAllowed):
            return None

    async def config_sources(self) -> tuple[Source, Source]:
        return await files.config_sources(self._installation, self._repository)

    async def earlier_threads(self, person: Person) -> Sequence[ThreadSeen]:
        return await history.earlier_threads(self._client, self._repository, person)

    async def past_threads(self, cursor: str | None) -> tuple[Sequence[Sighting], str | None]:
        return await history.past_threads(self._client, self._repository, cursor)

    async def past_reviews(self, cursor: str | None) -> tuple[Sequence[Sighting], str | None]:
        return await history.past_reviews(self._client, self._repository, cursor)


def _busy(people: Sequence[Person], data: JsonReader) -> Iterator[Person]:
    for place, person in enumerate(people):
        user = data.maybe(f"p{place}")
        # A login may be somebody else's by now: then nothing is known of the person we mean.
        if user is None or user.number("databaseId", 0) != person.id:
            continue
        status = user.maybe("status")  # one that has run out is not shown any more
        if status is not None and status.flag("indicatesLimitedAvailability"):
            yield person


def _changed_file(found: JsonReader) -> ChangedFile:
    return ChangedFile(
        path=found.text("filename"),
        status=found.text("status", ""),
        additions=found.number("additions", 0),
        deletions=found.number("deletions", 0),
    )
