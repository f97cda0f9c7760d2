"""A small GitHub and the whole bot, talking to each other over HTTP: what stories are told in."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from datetime import timedelta

from mentorbot.db.skipped_time import skip_time
from mentorbot.sandbox.acts import Acts
from mentorbot.sandbox.checks import CheckRun
from mentorbot.sandbox.model import Comment, Issue, PullRequest, Repository
from mentorbot.sandbox.simulated_github import RecordedRequest, SimulatedGitHub
from mentorbot.wiring import Bot
from tests.patience import PATIENCE

CONFIG = ".github/mentorbot.yml"
EVERYTHING_ON = """\
welcome:
  pull_request: default
  issue: default
first_merge:
  message: default
"""


@dataclass(slots=True)
class World:
    """What people do is in `acts`; what they then see is asked with the methods here."""

    github: SimulatedGitHub
    bot: Bot
    ended: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def acts(self) -> Acts:
        return self.github.acts

    def project(
        self,
        full_name: str = "octo/tea",
        *,
        config: str | None = EVERYTHING_ON,
        private: bool = False,
        installed: bool = True,
    ) -> Repository:
        """A repository of an organisation with a maintainer, `olga`, and the App installed on it."""
        owner = full_name.partition("/")[0]
        world = self.github.world
        if world.find_account(owner) is None:
            maintainer = world.find_account("olga") or self.acts.add_user("olga")
            self.acts.add_organization(owner, owners=(maintainer,))
        files = {"README.md": "# Tea\n"} | ({} if config is None else {CONFIG: config})
        repository = self.acts.create_repository(full_name, files=files, private=private, by="olga")
        if installed and world.installation_on(repository.owner) is None:
            self.acts.install(owner, by="olga")
        return repository

    def people(self, *logins: str) -> None:
        for login in logins:
            self.acts.add_user(login)

    async def settled(self) -> None:
        """Wait until all is delivered and worked off, and what the bot did then has come back to it, too."""
        before = -1
        while before != len(self.github.webhooks.log):
            before = len(self.github.webhooks.log)
            await self.github.settled()
            await self.bot.engine.settled(within=PATIENCE)

    async def later(self, by: timedelta) -> None:
        """Let time pass: GitHub's, and that of jobs that were put back; these are done before schedules look.

        Otherwise the reading of a repository's past, put off for half a minute, would race the morning.
        """
        self.github.clock.move(by)
        await skip_time(self.bot.store, by)
        await self.settled()
        await self.bot.engine.tick()
        await self.settled()

    async def forget(self, login: str) -> None:
        """What `mentorbot forget LOGIN` does."""
        store = self.bot.store
        person = await store.people.named(login)
        assert person is not None
        await store.forgetting.forget(person, now=self.github.clock.now())

    def comments_in(self, thread: Issue) -> list[Comment]:
        """What the bot wrote there, oldest first."""
        me = self.github.app.bot
        return [one for one in thread.comments.values() if one.author is me]

    def said_in(self, thread: Issue) -> list[str]:
        """The same, as text."""
        return [one.body for one in self.comments_in(thread)]

    def reactions_to(self, comment: Comment | Issue) -> list[str]:
        """The bot's reactions to a comment or an opening text."""
        me = self.github.app.bot
        return [one.content for one in comment.reactions.values() if one.user is me]

    def checks_on(self, pull: PullRequest) -> list[CheckRun]:
        """The bot's checks on the head of a pull request."""
        runs = self.github.world.check_runs.values()
        return [run for run in runs if run.head_sha == pull.head_sha and run.suite.app is self.github.app]

    async def why(self, thread: Issue) -> list[str]:
        """What the journal says about it, newest first."""
        entries = await self.bot.store.journal.about(thread.repository.id, thread.number, limit=100)
        return [entry.sentence for entry in entries]

    def requests(self, since: int = 0) -> list[RecordedRequest]:
        """What GitHub was asked, the minting of tokens left out."""
        return [one for one in self.github.requests[since:] if not one.path.endswith("/access_tokens")]

    def writes(self) -> list[RecordedRequest]:
        """What GitHub was told to change."""
        return [one for one in self.requests() if one.method not in {"GET", "HEAD"} and one.graphql is None]
