"""A small world for each test: an organisation with a maintainer, a repository, the App; a newcomer."""

from __future__ import annotations

from collections.abc import AsyncIterator

import aiohttp
import pytest

from mentorbot.sandbox.acts import Acts
from mentorbot.sandbox.server import running_github
from mentorbot.sandbox.simulated_github import SimulatedGitHub
from tests.sandbox.receiving import Caller, Ear, app_jwt, listening


@pytest.fixture
async def github() -> AsyncIterator[SimulatedGitHub]:
    async with running_github() as running:
        acts = running.acts
        acts.add_user("grace", name="Grace Hopper")
        acts.add_user("ada", name="Ada Lovelace")
        acts.add_user("newton")
        acts.add_organization("octo", owners=("grace",))
        acts.create_repository(
            "octo/hello", by="grace", files={"README.md": "# Hello\n", "src/a.py": "a = 1\n"}
        )
        acts.install("octo")
        yield running


@pytest.fixture
async def acts(github: SimulatedGitHub) -> Acts:
    return github.acts


@pytest.fixture
async def ear(github: SimulatedGitHub) -> AsyncIterator[Ear]:
    async with listening(github) as found:
        yield found


@pytest.fixture
async def session() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as found:
        yield found


@pytest.fixture
async def api(github: SimulatedGitHub, session: aiohttp.ClientSession) -> Caller:
    """The installation's way to call."""
    token = github.tokens.for_installation(github.acts.installation_on("octo")).token
    return Caller(session=session, github=github, authorization=f"token {token}")


@pytest.fixture
async def as_app(github: SimulatedGitHub, session: aiohttp.ClientSession) -> Caller:
    """The App's own way to call."""
    return Caller(session=session, github=github, authorization=f"Bearer {app_jwt(github)}")


@pytest.fixture
async def anonymous(github: SimulatedGitHub, session: aiohttp.ClientSession) -> Caller:
    return Caller(session=session, github=github, authorization=None)


@pytest.fixture
async def busy(acts: Acts) -> Acts:
    """A repository in which everything happened once."""
    acts.open_issue("octo/hello", by="newton", title="It falls", labels=("bug",))
    pull = acts.open_pull_request(
        "octo/hello", by="ada", title="Catch it", body="Fixes #1, ask @grace", files={"src/b.py": "b = 2\n"}
    )
    acts.review(
        pull, by="grace", verdict="request_changes", body="Nearly", comments=[("src/b.py", 1, "Why?")]
    )
    acts.reply_to_review_comment(6_000_001, by="ada", body="Because")
    acts.comment(pull, by="newton", body="Hm")
    acts.add_team("octo", "Core", by="grace", members=("grace",))
    acts.give_team("octo/hello", "octo/core", "write", by="grace")
    acts.request_review(pull, ["grace", "octo/core"], by="ada")
    acts.remove_review_request(pull, "octo/core", by="ada")
    acts.dismiss_review(5_000_001, by="grace")
    acts.edit(pull, by="ada", title="Catch it well")
    acts.assign(pull, "grace", by="grace")
    acts.unassign(pull, "grace", by="grace")
    acts.convert_to_draft(pull)
    acts.mark_ready(pull)
    acts.push_to(pull, files={"src/b.py": "b = 3\n"}, force=True)
    acts.lock(pull, by="grace")
    acts.lock(pull, by="grace", locked=False)
    acts.label(pull, "bug", by="grace")
    acts.unlabel(pull, "bug", by="grace")
    acts.react(pull, "heart", by="newton")
    acts.react(acts.world.comments[4_000_001], "+1", by="ada")
    acts.react(acts.world.review_comments[6_000_001], "eyes", by="ada")
    acts.complete_check("octo/hello", pull.head_sha)
    acts.set_commit_status("octo/hello", pull.head_sha, "success", by="grace")
    acts.run_workflow(pull, waits=True)
    acts.set_status("ada", busy=True, message="On holiday")
    return acts
