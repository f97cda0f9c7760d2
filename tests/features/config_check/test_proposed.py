"""What is said about a config file that somebody proposes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from mentorbot.config.configuration import CONFIG_PATH, Configuration, Source, read_configuration
from mentorbot.core.actions import Forget, PublishCheckRun
from mentorbot.core.entities import PullRequest
from mentorbot.core.events import BranchPushed, PullRequestOpened, PullRequestPushed
from mentorbot.core.people import Association
from mentorbot.core.plan import Plan
from mentorbot.feature_api.feature_catalog import FeatureCatalog
from mentorbot.feature_api.ports import ChangedFile
from mentorbot.features.config_check import FEATURE
from mentorbot.features.config_check.config import ConfigCheck
from mentorbot.features.config_check.facts import branch, opened, pushed
from mentorbot.features.config_check.rules import check
from mentorbot.features.welcome import FEATURE as WELCOME
from tests.builders import a_pull_request, an_event
from tests.fakes import FakeGitHub, FakeRecords, some_ports

BOOK = FeatureCatalog((FEATURE, WELCOME))
SECTION = ConfigCheck()
HEAD = "c0ffee0000000000000000000000000000000001"
TOUCHES: dict[int, Sequence[ChangedFile]] = {2: [ChangedFile(CONFIG_PATH, "modified", 1, 1)]}
ELSEWHERE: dict[int, Sequence[ChangedFile]] = {2: [ChangedFile("README.md", "modified", 1, 1)]}
BY_A_MAINTAINER = a_pull_request(association=Association.MEMBER)


def configured(text: str | None) -> Configuration:
    return read_configuration(
        [Source("repository", "acme/rockets", CONFIG_PATH, text)], sections=BOOK.sections(), last_good={}
    )


def github_with(
    text: str | None, *, ref: str = HEAD, touched: dict[int, Sequence[ChangedFile]] | None = None
) -> FakeGitHub:
    return FakeGitHub(
        touched=TOUCHES if touched is None else touched,
        texts_at={} if text is None else {(CONFIG_PATH, ref): text},
    )


async def decided_on(
    thread: PullRequest,
    github: FakeGitHub,
    *,
    records: FakeRecords | None = None,
    current: str | None = None,
    is_push: bool = False,
) -> Plan:
    ports = some_ports(github=github, records=records, configuration=configured(current))
    if is_push:
        return check(await pushed(an_event(PullRequestPushed, thread=thread), SECTION, ports), SECTION)
    return check(await opened(an_event(PullRequestOpened, thread=thread), SECTION, ports), SECTION)


def check_run(decision: Plan) -> PublishCheckRun:
    (run,) = (action for action in decision.actions if isinstance(action, PublishCheckRun))
    return run


async def test_a_pull_request_that_brings_the_first_config_gets_its_check_run() -> None:
    github = github_with("welcome:\n")
    decision = await decided_on(a_pull_request(title="Add mentorbot"), github)
    run = check_run(decision)
    assert (run.conclusion, run.head_sha, run.name) == ("success", HEAD, "mentorbot configuration")
    assert run.title == "This configuration works"
    assert "On after the merge: `welcome`." in run.summary
    assert "This change switches on: `welcome`." in run.summary
    assert run.annotations == ()
    assert github.asked == ["files 2", f"file {CONFIG_PATH} at {HEAD}"]


async def test_each_mistake_is_an_annotation_on_its_line() -> None:
    run = check_run(await decided_on(BY_A_MAINTAINER, github_with("welcome:\n  etta: true\nweather:\n")))
    assert run.conclusion == "failure"
    assert run.title == "2 problems to fix"
    assert [(one.path, one.line, one.column, one.title) for one in run.annotations] == [
        (CONFIG_PATH, 2, 3, "welcome.etta"),
        (CONFIG_PATH, 3, 1, "weather"),
    ]
    assert "- Line 2, `welcome.etta`: There is no key `etta`: did you mean `eta`?" in run.summary
    assert "goes on as it was before" in run.summary


async def test_a_file_that_cannot_be_read_fails_as_a_whole() -> None:
    run = check_run(await decided_on(BY_A_MAINTAINER, github_with("welcome: [")))
    assert run.title == "One problem to fix"
    assert run.annotations[0].title == "The whole file"


async def test_no_more_annotations_than_github_takes_at_once() -> None:
    text = "".join(f"x{number}:\n" for number in range(80))
    run = check_run(await decided_on(BY_A_MAINTAINER, github_with(text)))
    assert len(run.annotations) == 50
    assert run.title == "80 problems to fix"
    assert "There are 31 more problems in this file." in run.summary


async def test_what_a_change_switches_off_is_said() -> None:
    run = check_run(await decided_on(BY_A_MAINTAINER, github_with("welcome: off"), current="welcome:"))
    assert run.conclusion == "success"
    assert "Nothing is on after the merge." in run.summary
    assert "This change switches off: `welcome`." in run.summary


async def test_deleting_the_file_is_neither_good_nor_bad() -> None:
    removed: dict[int, Sequence[ChangedFile]] = {2: [ChangedFile(CONFIG_PATH, "removed", 0, 1)]}
    github = github_with(None, touched=removed)
    run = check_run(await decided_on(BY_A_MAINTAINER, github, current="welcome:"))
    assert (run.conclusion, run.title) == ("neutral", "The file is deleted")
    assert "Without this file I go by the file of the repository's owner" in run.summary


async def test_a_file_that_github_does_not_show_is_not_called_deleted() -> None:
    decision = await decided_on(BY_A_MAINTAINER, github_with(None), current="welcome:")
    assert decision.actions == ()
    assert decision.because == f"GitHub does not show me the {CONFIG_PATH} that is proposed"


async def test_the_proposal_is_judged_but_never_used() -> None:
    decision = await decided_on(
        BY_A_MAINTAINER, github_with("welcome: [", touched=TOUCHES), current="welcome:"
    )
    assert "On after the merge: `welcome`." in check_run(decision).summary


@pytest.mark.parametrize(
    ("thread", "questions"),
    [
        pytest.param(a_pull_request(), 0, id="by somebody new: nothing is asked"),
        pytest.param(a_pull_request(association=Association.CONTRIBUTOR), 0, id="by a regular: neither"),
        pytest.param(BY_A_MAINTAINER, 1, id="by a maintainer: one question"),
        pytest.param(
            a_pull_request(association=Association.MEMBER, head_repository_id=1),
            1,
            id="by a maintainer from a branch here: its push may not have reached us",
        ),
        pytest.param(a_pull_request(title="Tune Mentorbot"), 1, id="its title names the bot"),
        pytest.param(a_pull_request(title="Update .github config"), 1, id="its title sounds like the file"),
        pytest.param(a_pull_request(title="Make a robot wait"), 0, id="a word within a word is no hint"),
        pytest.param(a_pull_request(head_ref="mentorbot-setup"), 1, id="its branch names the bot"),
        pytest.param(a_pull_request(body="Adds .github/mentorbot.yml"), 1, id="its text names the file"),
        pytest.param(a_pull_request(body="Write /mentorbot help"), 0, id="its text explains a command"),
    ],
)
async def test_a_pull_request_costs_a_question_only_where_something_hints_at_the_file(
    thread: PullRequest, questions: int
) -> None:
    github = github_with(None, touched=ELSEWHERE)
    decision = await decided_on(thread, github)
    assert len(github.asked) == questions
    assert decision.actions == ()
    assert decision.because == (
        f"it does not change {CONFIG_PATH}"
        if questions
        else f"nothing hints so far that it changes {CONFIG_PATH}"
    )


async def test_new_commits_are_looked_at_where_the_file_was_changed_before() -> None:
    records = FakeRecords()
    records.remember((await decided_on(BY_A_MAINTAINER, github_with("welcome:"), records=records)).actions)
    again = await decided_on(
        a_pull_request(head_sha="beef"),
        github_with("welcome: off", ref="beef"),
        records=records,
        is_push=True,
    )
    assert check_run(again).head_sha == "beef"
    taken_back = await decided_on(
        a_pull_request(), github_with(None, touched=ELSEWHERE), records=records, is_push=True
    )
    assert Forget(kind="changes", key="pull request 2") in taken_back.actions
    assert check_run(taken_back).conclusion == "success"
    assert check_run(taken_back).title == "The file is not changed here any more"


async def test_new_commits_of_others_cost_nothing() -> None:
    github = github_with("welcome:")
    assert (await decided_on(BY_A_MAINTAINER, github, is_push=True)).actions == ()
    assert github.asked == []


def a_push(*paths: str, **details: Any) -> BranchPushed:
    return an_event(
        BranchPushed,
        **{
            "branch": "topic",
            "before": "0" * 40,
            "after": HEAD,
            "touched_paths": frozenset(paths),
            **details,
        },
    )


async def decided_on_branch(
    event: BranchPushed,
    github: FakeGitHub,
    *,
    records: FakeRecords | None = None,
    current: str | None = "welcome:",
) -> Plan:
    ports = some_ports(github=github, records=records, configuration=configured(current))
    return check(await branch(event, SECTION, ports), SECTION)


async def test_a_branch_of_the_repository_is_checked_when_its_push_touches_the_file() -> None:
    run = check_run(await decided_on_branch(a_push(CONFIG_PATH), github_with("welcome: {etta: 1}")))
    assert (run.head_sha, run.conclusion, run.number) == (HEAD, "failure", 0)


@pytest.mark.parametrize(
    ("event", "text", "because", "questions"),
    [
        pytest.param(
            a_push("README.md"),
            None,
            f"the push does not change {CONFIG_PATH}",
            0,
            id="it touches other files",
        ),
        pytest.param(
            a_push(CONFIG_PATH, branch="main"),
            None,
            "what is on the default branch is in force, not proposed",
            0,
            id="it is the default branch",
        ),
        pytest.param(
            a_push(CONFIG_PATH),
            "# a remark\nwelcome:",
            f"the branch has the {CONFIG_PATH} that is in force",
            1,
            id="it brings what is in force",
        ),
    ],
)
async def test_other_pushes_are_left_alone(
    event: BranchPushed, text: str | None, because: str, questions: int
) -> None:
    github = github_with(text)
    decision = await decided_on_branch(event, github)
    assert (decision.actions, decision.because) == ((), because)
    assert len(github.asked) == questions


async def test_a_branch_that_changed_the_file_stays_checked_until_it_is_gone() -> None:
    records = FakeRecords()
    first = await decided_on_branch(a_push(CONFIG_PATH), github_with("welcome: off"), records=records)
    records.remember(first.actions)
    second = await decided_on_branch(
        a_push("README.md", after="beef"), github_with("welcome: off", ref="beef"), records=records
    )
    assert check_run(second).head_sha == "beef"
    gone = await decided_on_branch(a_push(after="0" * 40), github_with(None), records=records)
    assert gone.actions == (Forget(kind="changes", key="branch topic"),)
