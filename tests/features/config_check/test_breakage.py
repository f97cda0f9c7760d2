"""One issue while the config file on the default branch is broken."""

from __future__ import annotations

from typing import Any

import pytest

from mentorbot.config.configuration import CONFIG_PATH, Configuration, Source, read_configuration
from mentorbot.core.actions import CloseIssue, EditIssue, Forget, OpenIssue
from mentorbot.core.events import BranchPushed, IssueClosed, IssueOpened, PushedCommit
from mentorbot.core.people import Person
from mentorbot.core.plan import Plan
from mentorbot.feature_api.feature_catalog import FeatureCatalog
from mentorbot.features.config_check import FEATURE
from mentorbot.features.config_check.config import ConfigCheck
from mentorbot.features.config_check.facts import closed_issue, default_branch, in_force
from mentorbot.features.config_check.messages import issue_title
from mentorbot.features.config_check.rules import report, report_once, respect_closing
from mentorbot.features.welcome import FEATURE as WELCOME
from tests.builders import a_person, an_event, an_issue
from tests.fakes import FakeGitHub, FakeRecords, some_ports

BOOK = FeatureCatalog((FEATURE, WELCOME))
TITLE = issue_title()
BOT = a_person("mentorbot[bot]", is_bot=True)
BROKEN = "welcome:\n  etta: true\n"


def configured(text: str | None) -> Configuration:
    return read_configuration(
        [Source("repository", "acme/rockets", CONFIG_PATH, text)], sections=BOOK.sections(), last_good={}
    )


def a_push(sha: str, **details: Any) -> BranchPushed:
    given = {
        "branch": "main",
        "before": "b" * 40,
        "after": sha,
        "commits": (PushedCommit(sha=sha, message="Tune"),),
        "touched_paths": frozenset({CONFIG_PATH}),
    }
    return an_event(BranchPushed, **{**given, **details})


async def after_a_push(
    text: str | None,
    *,
    sha: str = "one",
    records: FakeRecords | None = None,
    before: str | None = "welcome:",
    section: ConfigCheck | None = None,
    **details: Any,
) -> Plan:
    """What is decided when the default branch has `text` after a push; records are kept."""
    kept = records or FakeRecords()
    github = FakeGitHub(texts_at={} if text is None else {(CONFIG_PATH, "main"): text})
    ports = some_ports(github=github, records=kept, configuration=configured(before), bot=BOT)
    decision = report(
        await default_branch(a_push(sha, **details), section or ConfigCheck(), ports),
        section or ConfigCheck(),
    )
    kept.remember(decision.actions)
    return decision


async def test_in_shadow_no_issue_is_opened_about_a_break() -> None:
    decision = await after_a_push(BROKEN, before="mode: shadow\nwelcome:")
    assert not decision.acts
    assert decision.because.endswith("in shadow mode")


async def test_a_break_opens_one_issue_that_says_what_to_do_and_what_is_in_force() -> None:
    (issue, _) = (await after_a_push(BROKEN)).actions
    assert isinstance(issue, OpenIssue)
    assert (issue.key, issue.title) == ("broken since one", TITLE)
    assert "- Line 2, `welcome.etta`: There is no key `etta`: did you mean `eta`?" in issue.body
    assert "Until then these go on as before this change: `welcome`." in issue.body


@pytest.mark.parametrize(
    ("text", "before", "told"),
    [
        pytest.param(BROKEN, None, "Until then what is named above stays off.", id="it never was in order"),
        pytest.param(
            "welcome: [",
            "welcome:\nconfig_check:",
            "these go on as before this change: `config_check`, `welcome`",
            id="all of it is unreadable",
        ),
    ],
)
async def test_the_issue_says_what_goes_on(text: str, before: str | None, told: str) -> None:
    (issue, _) = (await after_a_push(text, before=before)).actions
    assert isinstance(issue, OpenIssue)
    assert told in issue.body


async def test_the_issue_is_rewritten_when_the_break_changes_and_closed_when_it_is_mended() -> None:
    records = FakeRecords()
    await after_a_push(BROKEN, records=records)
    same = await after_a_push(BROKEN + "# a remark\n", sha="two", records=records)
    assert (same.actions, same.because) == ((), "the issue about it says already what is broken")
    (edit, _) = (await after_a_push("weather:", sha="three", records=records)).actions
    assert isinstance(edit, EditIssue)
    assert (edit.issue, edit.key) == ("broken since one", "broken since one/as of three")
    assert "`weather`" in edit.body
    (close, forget) = (await after_a_push("welcome:", sha="four", records=records)).actions
    assert isinstance(close, CloseIssue)
    assert (close.issue, close.key) == ("broken since one", "broken since one/mended by four")
    assert close.body == "The file works again since four. Thank you."
    assert isinstance(forget, Forget)
    assert records.kept == {}


@pytest.mark.parametrize(
    ("text", "details", "because"),
    [
        pytest.param("welcome:", {}, f"{CONFIG_PATH} works", id="it is in order"),
        pytest.param(None, {}, f"{CONFIG_PATH} works", id="there is none any more"),
        pytest.param(
            BROKEN,
            {"section": ConfigCheck(issue=False)},
            f"{CONFIG_PATH} is broken, but no issue about that is wanted here",
            id="no issue is wanted",
        ),
        pytest.param(
            BROKEN,
            {"touched_paths": frozenset({"README.md"})},
            f"the push does not change {CONFIG_PATH} on the default branch",
            id="the push touches other files",
        ),
        pytest.param(
            BROKEN,
            {"branch": "topic"},
            f"the push does not change {CONFIG_PATH} on the default branch",
            id="it is another branch",
        ),
    ],
)
async def test_otherwise_nobody_is_bothered(text: str | None, details: dict[str, Any], because: str) -> None:
    decision = await after_a_push(text, **details)
    assert (decision.actions, decision.because) == ((), because)


async def test_a_branch_that_was_moved_without_commits_is_looked_at() -> None:
    assert (await after_a_push(BROKEN, commits=(), touched_paths=frozenset())).acts


async def when_something_happens(
    text: str | None, *, records: FakeRecords, section: ConfigCheck | None = None
) -> Plan:
    """What is decided about the default branch's `text` when an issue is opened; records are kept."""
    ports = some_ports(records=records, configuration=configured(text), bot=BOT)
    wanted = section or ConfigCheck()
    decision = report_once(await in_force(an_event(IssueOpened, thread=an_issue()), wanted, ports), wanted)
    records.remember(decision.actions)
    return decision


async def test_a_file_that_was_broken_before_we_came_gets_its_issue_with_the_first_event() -> None:
    records = FakeRecords()
    (issue, _) = (await when_something_happens(BROKEN, records=records)).actions
    assert isinstance(issue, OpenIssue)
    assert issue.key == "broken since before b07c420183ea250c"
    assert issue.body.startswith(f"I can't use a part of `{CONFIG_PATH}`:")
    again = await when_something_happens(BROKEN, records=records)
    assert (again.actions, again.because) == ((), f"I said already what is broken in {CONFIG_PATH}")
    (close, _) = (await after_a_push("welcome:", records=records)).actions
    assert isinstance(close, CloseIssue)
    assert close.issue == issue.key


@pytest.mark.parametrize(
    ("text", "section"),
    [
        pytest.param("welcome:", ConfigCheck(), id="it is in order"),
        pytest.param(BROKEN, ConfigCheck(issue=False), id="no issue is wanted"),
    ],
)
async def test_events_say_nothing_else_about_the_file(text: str, section: ConfigCheck) -> None:
    decision = await when_something_happens(text, records=FakeRecords(), section=section)
    assert (decision.actions, decision.concerns) == ((), False)


@pytest.mark.parametrize(
    ("author", "title", "by", "is_remembered", "acts"),
    [
        pytest.param(BOT, TITLE, a_person("grace"), True, True, id="ours, closed by somebody"),
        pytest.param(BOT, TITLE, BOT, True, False, id="ours, closed by ourselves"),
        pytest.param(BOT, TITLE, a_person("grace"), False, False, id="an older one of ours"),
        pytest.param(BOT, "Something else", a_person("grace"), True, False, id="another of ours"),
        pytest.param(a_person("ada"), TITLE, a_person("grace"), True, False, id="somebody else's"),
    ],
)
async def test_who_closes_the_issue_has_read_it(
    author: Person, title: str, by: Person, is_remembered: bool, acts: bool
) -> None:
    records = FakeRecords()
    if is_remembered:
        await after_a_push(BROKEN, records=records)
    assert (await after_closing(records, author=author, title=title, by=by)).acts is acts


async def after_closing(
    records: FakeRecords, *, author: Person = BOT, title: str = TITLE, by: Person | None = None
) -> Plan:
    """What is decided when somebody closes an issue; records are kept."""
    thread = an_issue(author=author, title=title)
    event = an_event(IssueClosed, thread=thread, by=by or a_person("grace"))
    ports = some_ports(records=records, bot=BOT)
    decision = respect_closing(await closed_issue(event, ConfigCheck(), ports), ConfigCheck())
    records.remember(decision.actions)
    return decision


async def test_a_closed_issue_is_followed_by_another_only_when_the_file_is_changed_again() -> None:
    records = FakeRecords()
    await after_a_push(BROKEN, records=records)
    await after_closing(records)
    assert not (await after_closing(records)).acts
    assert not (await when_something_happens(BROKEN, records=records)).acts
    (issue, _) = (await after_a_push(BROKEN, sha="two", records=records)).actions
    assert isinstance(issue, OpenIssue)
    assert issue.key == "broken since two"


async def test_a_closed_issue_is_not_closed_again_when_the_file_is_mended() -> None:
    records = FakeRecords()
    await after_a_push(BROKEN, records=records)
    await after_closing(records)
    (forget,) = (await after_a_push("welcome:", sha="two", records=records)).actions
    assert isinstance(forget, Forget)
    assert records.kept == {}
