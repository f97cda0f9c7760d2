"""`mentorbot tidy` beside a running server, on a small GitHub: what goes, what stays, and that it is once."""

from __future__ import annotations

import json
import os
import signal
import time
from pathlib import Path

import pytest

from mentorbot.core.actions import Action, RequestReview
from mentorbot.core.people import Person
from mentorbot.core.plan import plan
from mentorbot.db.connection import text
from mentorbot.engine.decide import Decision
from mentorbot.engine.persist import persist
from mentorbot.sandbox.model import Account, Issue, PullRequest, Repository
from tests.cli.commanded import Ended, command
from tests.cli.conftest import Beside
from tests.cli.served import mentorbot
from tests.patience import PATIENCE
from tests.world import CONFIG, World

STALLED = """\
welcome:
  issue: default
stalled:
  labels: {author: awaiting changes, reviewers: awaiting review, external: blocked}
"""
BROKEN = STALLED + "first_merge:\n  milestones: often\n"
NEEDED = (
    "GITHUB_APP_ID",
    "GITHUB_PRIVATE_KEY",
    "GITHUB_WEBHOOK_SECRET",
    "GITHUB_API_URL",
    "DATABASE_URL",
)
TIDY = ("tidy", "octo/tea", "--yes")


def shown(pull: PullRequest) -> set[str]:
    return {label.name for label in pull.labels.values()}


def asked(pull: PullRequest) -> set[str]:
    return {one.login for one in pull.requested.values() if isinstance(one, Account)}


def pulls(world: World) -> list[PullRequest]:
    threads = world.github.world.find_repository("octo/tea")
    assert threads is not None
    return [one for one in threads.threads.values() if isinstance(one, PullRequest)]


def tea(world: World) -> Repository:
    found = world.github.world.find_repository("octo/tea")
    assert found is not None
    return found


def ours(world: World) -> list[Issue]:
    return [one for one in tea(world).threads.values() if one.author is world.github.app.bot]


async def do(world: World, *actions: Action) -> None:
    """Have a feature decide this, as its rule would."""
    workplace = await world.bot.engine.workplace("octo/tea")
    assert workplace is not None
    decision = Decision(
        feature="stalled",
        repository=workplace.repository,
        installation_id=workplace.installation_id,
        plan=plan(*actions, because="it waits"),
        at=world.github.clock.now(),
        number=actions[0].number,
    )
    async with world.bot.store.transaction() as connection:
        await persist(connection, world.bot.store, [decision], now=world.github.clock.now())
    await world.settled()


async def a_busy_project(world: World) -> None:
    """Labels on three pull requests, two review requests, and an issue about a broken config."""
    world.project(config=STALLED)
    world.people("ada", "eve", "grace", "hedy")
    for login in ("grace", "hedy"):
        world.acts.add_collaborator("octo/tea", login, by="olga")
    for title in ("Heat the kettle", "Warm the pot", "Pour the tea"):
        world.acts.open_pull_request("octo/tea", by="ada", title=title)
    world.acts.open_issue("octo/tea", by="eve", title="The kettle is cold")
    await world.settled()
    people = {one.login: Person(one.id, one.login) for one in world.github.world.accounts.values()}
    number = pulls(world)[0].number
    requests = (
        RequestReview(key=f"ask {login}", number=number, reviewer=people[login])
        for login in ("grace", "hedy")
    )
    await do(world, *requests)
    world.acts.edit_file("octo/tea", CONFIG, BROKEN, by="olga")
    await world.settled()
    assert [shown(pull) for pull in pulls(world)] == [{"awaiting review"}] * 3
    assert asked(pulls(world)[0]) == {"grace", "hedy"}
    assert [issue.state for issue in ours(world)] == ["open"]


async def others_want_it_too(world: World) -> None:
    """Grace puts a label on again that was ours, and asks hedy again, whom we had asked."""
    first, second, _ = pulls(world)
    world.acts.unlabel(second, "awaiting review", by="grace")
    await world.settled()
    world.acts.label(second, "awaiting review", by="grace")
    world.acts.remove_review_request(first, "hedy", by="grace")
    world.acts.request_review(first, "hedy", by="grace")
    await world.settled()


@pytest.fixture
def busy(beside: Beside) -> Beside:
    beside.do(a_busy_project)
    return beside


def writes(beside: Beside) -> int:
    return len(beside.world.writes())


def test_what_the_bot_put_there_is_taken_back_and_what_people_read_stays(busy: Beside) -> None:
    world = busy.world
    comments = [one.body for thread in tea(world).threads.values() for one in thread.comments.values()]

    ended = command(*TIDY)

    assert ended.code == 0, ended
    assert "Took back 3 labels, 2 review requests, 1 open issue." in ended.out
    assert "What stays: comments" in ended.out
    assert [shown(pull) for pull in pulls(world)] == [set()] * 3
    assert asked(pulls(world)[0]) == set()
    (issue,) = ours(world)
    assert issue.state == "closed"
    assert "I leave this repository" in world.said_in(issue)[-1]
    now = [one.body for thread in tea(world).threads.values() for one in thread.comments.values()]
    assert [one for one in now if "I leave this repository" not in one] == comments
    explained = command("explain", f"octo/tea#{pulls(world)[0].number}").out
    assert "whoever runs me has me take back what I put here" in explained


def test_twice_does_nothing_twice(busy: Beside) -> None:
    command(*TIDY)
    before = writes(busy)
    ended = command(*TIDY)
    assert ended.code == 0
    assert "Took back nothing." in ended.out
    assert writes(busy) == before


def test_a_dry_run_tells_each_and_does_nothing(busy: Beside) -> None:
    before = writes(busy)
    ended = command("tidy", "octo/tea", "--dry-run")
    assert ended.code == 0
    assert ended.out.count("would take off the label “awaiting review”") == 3
    assert "would stop asking @grace for a review" in ended.out
    assert "would close this issue" in ended.out
    assert "Would take back 3 labels, 2 review requests, 1 open issue; nothing was done." in ended.out
    assert writes(busy) == before
    assert len(json.loads(command("tidy", "octo/tea", "--dry-run", "--json").out)) == 6
    busy.do(a_further_pull_request)
    assert shown(pulls(busy.world)[-1]) == {"awaiting review"}, "it is not silent here"


async def a_further_pull_request(world: World) -> None:
    world.acts.open_pull_request("octo/tea", by="eve", title="Another kettle")
    await world.settled()


def test_what_somebody_else_put_there_again_is_left(busy: Beside) -> None:
    busy.do(others_want_it_too)
    told = command("tidy", "octo/tea", "--dry-run").out
    assert "would not take off the label “awaiting review”: @grace put it there again since" in told
    assert "would not stop asking @hedy for a review: @grace put it there again since" in told

    ended = command(*TIDY)

    assert ended.code == 0
    first, second, third = pulls(busy.world)
    assert shown(second) == {"awaiting review"}
    assert asked(first) == {"hedy"}
    assert (shown(first), shown(third)) == (set(), set())
    assert ended.out.count("@grace put it there again since") == 2
    assert "Took back 2 labels, 1 review request, 1 open issue." in ended.out


def test_nothing_comes_back_until_the_config_file_changes(busy: Beside) -> None:
    command(*TIDY)
    before = writes(busy)

    async def life_goes_on(world: World) -> None:
        await a_further_pull_request(world)
        world.acts.comment(pulls(world)[0], by="ada", body="/turn")
        await world.settled()
        await world.bot.engine.sweep("octo/tea")
        await world.settled()

    busy.do(life_goes_on)
    assert writes(busy) == before

    async def it_is_taken_out(world: World) -> None:
        world.acts.edit_file("octo/tea", CONFIG, None, by="olga")
        await world.settled()
        await a_further_pull_request(world)

    busy.do(it_is_taken_out)
    assert writes(busy) == before

    async def it_is_wanted_again(world: World) -> None:
        world.acts.edit_file("octo/tea", CONFIG, STALLED, by="olga")
        await world.settled()
        await a_further_pull_request(world)

    busy.do(it_is_wanted_again)
    assert shown(pulls(busy.world)[-1]) == {"awaiting review"}


def test_who_installs_it_again_has_it_back(busy: Beside) -> None:
    command(*TIDY)

    async def again(world: World) -> None:
        world.acts.uninstall("octo", by="olga")
        await world.settled()
        world.acts.install("octo", by="olga")
        await world.settled()
        await a_further_pull_request(world)

    busy.do(again)
    assert shown(pulls(busy.world)[-1]) == {"awaiting review"}


def test_what_is_only_planned_is_done_by_the_running_bot(busy: Beside) -> None:
    ended = command(*TIDY, "--no-wait")
    assert ended.code == 0
    busy.do(World.settled)
    assert [shown(pull) for pull in pulls(busy.world)] == [set()] * 3


def test_what_may_not_be_taken_back_is_told_and_tried_again_by_the_next_run(busy: Beside) -> None:
    """Somebody has taken the right to write issues and pull requests from the App."""
    github = busy.world.github
    installation = github.world.installation_on(tea(busy.world).owner)
    assert installation is not None
    granted = dict(installation.permissions)
    installation.permissions |= {"issues": "read", "pull_requests": "read"}

    ended = command(*TIDY)

    assert ended.code == 1
    assert ended.out.count("could not take off the label “awaiting review”: ") == 3
    assert "`mentorbot doctor` says what the App may not do" in ended.out
    assert shown(pulls(busy.world)[0]) == {"awaiting review"}
    installation.permissions |= granted
    again = command(*TIDY)
    assert again.code == 0, again
    assert [shown(pull) for pull in pulls(busy.world)] == [set()] * 3


def test_what_github_refused_for_good_is_tried_again_by_the_next_run(busy: Beside) -> None:
    faults = busy.world.github.faults
    faults.add("status", method="DELETE", path=".*/labels/.*", status=422, times=1000)
    ended = command(*TIDY)
    assert ended.code == 1
    assert "could not take off the label" in ended.out
    faults.clear()
    again = command(*TIDY)
    assert again.code == 0, again
    assert [shown(pull) for pull in pulls(busy.world)] == [set()] * 3


def test_where_github_does_not_answer_at_all_one_sentence_says_so(busy: Beside) -> None:
    busy.world.github.faults.add("status", method="GET", path=".*/contents/.*", times=10_000)
    ended = command(*TIDY)
    assert ended.code == 1
    assert "GitHub does not answer" in ended.out
    busy.world.github.faults.clear()
    assert shown(pulls(busy.world)[0]) == {"awaiting review"}


def test_where_the_app_was_uninstalled_already_one_sentence_says_what_can_be_done(busy: Beside) -> None:
    async def uninstalled(world: World) -> None:
        world.acts.uninstall("octo", by="olga")
        await world.settled()

    busy.do(uninstalled)
    for words in (TIDY, ("tidy", "octo/tea", "--dry-run")):
        ended = command(*words)
        assert ended.code == 2
        assert "install it once more, tidy, and uninstall it then" in ended.err


def test_whom_the_bot_never_met_it_owes_nothing(busy: Beside) -> None:
    ended = command("tidy", "octo/none", "--yes")
    assert ended.code == 2
    assert "has never worked in octo/none" in ended.err
    assert command("tidy", "tea").code == 2


def test_what_is_archived_is_told_how_to_tidy(busy: Beside) -> None:
    async def archived(world: World) -> None:
        world.acts.archive_repository("octo/tea", by="olga")
        await world.settled()

    busy.do(archived)
    ended = command(*TIDY)
    assert ended.code == 2
    assert "unarchive it, tidy, archive it" in ended.err


def test_who_says_no_is_left_with_everything(busy: Beside) -> None:
    ended: Ended = command("tidy", "octo/tea", "--ask", stdin="n\n")
    assert ended.code == 1
    assert "Nothing was taken back." in ended.out
    assert shown(pulls(busy.world)[0]) == {"awaiting review"}


def test_ctrl_c_says_that_it_goes_on_and_the_next_run_ends_it(busy: Beside, tmp_path: Path) -> None:
    world = busy.world
    world.github.faults.add("status", method="DELETE", times=10_000)
    variables = {name: os.environ[name] for name in NEEDED}
    with mentorbot(tmp_path, *TIDY, variables=variables) as process:
        deadline = time.monotonic() + PATIENCE
        while not any(request.method == "DELETE" for request in world.writes()):
            assert time.monotonic() < deadline, process.said()
            time.sleep(0.02)
        assert process.stop(signal.SIGINT) == 1
        said = process.said()
    assert "Stopped. The running bot goes on" in said
    assert "Traceback" not in said
    assert shown(pulls(world)[0]) == {"awaiting review"}

    world.github.faults.clear()

    async def tried_again_at_once(world: World) -> None:
        async with world.bot.store.transaction() as connection:
            await connection.execute(
                text("UPDATE procrastinate_jobs SET scheduled_at = NULL WHERE status = 'todo'")
            )

    busy.do(tried_again_at_once)
    ended = command(*TIDY)
    assert ended.code == 0
    assert [shown(pull) for pull in pulls(world)] == [set()] * 3
    assert [issue.state for issue in ours(world)] == ["closed"]
