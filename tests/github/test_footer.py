"""Whatever the bot writes unasked says that it is a bot, and leads to what that is."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import aiohttp
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mentorbot.core.actions import (
    AddLabel,
    CloseIssue,
    Comment,
    EditComment,
    EditIssue,
    Occasion,
    OpenIssue,
    PublishCheckRun,
)
from mentorbot.core.markers import MOST_CHARACTERS, key_in, marked
from mentorbot.core.translator import Translator, speaking
from mentorbot.github.app import GitHubApp
from mentorbot.github.footer import IN_THE_REPOSITORY, about_page, footer
from mentorbot.github.manifest import REPOSITORY
from mentorbot.sandbox.model import Issue, PullRequest
from tests.github.conftest import Desk, first_comment
from tests.translated import translated

ABOUT = "https://bot.example/about"
FOOTER = f"<sub>[What this bot is, and how you can stop it]({ABOUT})</sub>"
ROOT = Path(__file__).parent.parent.parent


@pytest.fixture
def leading(desk: Desk, session: aiohttp.ClientSession) -> Desk:
    """A desk whose bot has a page of its own."""
    app = GitHubApp(
        session=session,
        api_url=desk.github.url,
        graphql_url=f"{desk.github.url}/graphql",
        app_id=desk.github.app.id,
        private_key=desk.github.app.private_key,
        clock=desk.github.clock.precise,
        about=ABOUT,
    )
    return replace(desk, app=app)


@pytest.fixture
def issue(desk: Desk) -> Issue:
    return desk.github.acts.open_issue("acme/rockets", by="ada", title="It does not start")


def a_comment(number: int, occasion: Occasion) -> Comment:
    return Comment(key="k", number=number, body="Hi!", occasion=occasion)


@pytest.mark.parametrize("occasion", [one for one in Occasion if one is not Occasion.ANSWER])
async def test_a_comment_that_nobody_asked_for_leads_there(
    leading: Desk, issue: Issue, occasion: Occasion
) -> None:
    await leading.do(a_comment(issue.number, occasion))
    body = first_comment(issue).body
    assert body.startswith(f"Hi!\n\n{FOOTER}\n\n<!-- ")
    assert key_in(body) == f"welcome/{leading.repository.id}/k"


async def test_who_asked_is_answered_without_it(leading: Desk, issue: Issue) -> None:
    await leading.do(a_comment(issue.number, Occasion.ANSWER))
    assert "<sub>" not in first_comment(issue).body


async def test_what_is_rewritten_has_it_once(leading: Desk, issue: Issue) -> None:
    made = await leading.do(a_comment(issue.number, Occasion.NUDGE))
    for text in ("Hello!", "Hello again!"):
        edit = EditComment(key=text, number=issue.number, comment="k", body=text)
        await leading.do(edit, made=made)
        assert first_comment(issue).body.startswith(f"{text}\n\n{FOOTER}\n\n<!-- ")
        assert first_comment(issue).body.count(FOOTER) == 1


async def test_an_issue_has_it_once_however_often_it_is_rewritten_and_its_title_never(leading: Desk) -> None:
    made = await leading.do(OpenIssue(key="list", title="What waits", body="#1"))
    await leading.do(EditIssue(key="later", issue="list", title="What waits now", body="#2"), made=made)
    (opened,) = leading.github.world.repositories[leading.repository.id].threads.values()
    assert (opened.body or "").startswith(f"#2\n\n{FOOTER}\n\n<!-- ")
    assert opened.title == "What waits now"
    await leading.do(CloseIssue(key="end", issue="list", body="Done."), made=made)
    assert "<sub>" not in first_comment(opened).body, "the issue above it has it"


async def test_labels_and_checks_are_as_they_were(leading: Desk) -> None:
    pull: PullRequest = leading.github.acts.open_pull_request(
        "acme/rockets", by="ada", title="Start it", files={"engine.py": "go()\n"}
    )
    await leading.do(AddLabel(key="l", number=pull.number, label="new", description="Somebody new"))
    await leading.do(
        PublishCheckRun(
            key="c", number=pull.number, head_sha=pull.head_sha, name="Config", conclusion="success",
            title="All well", summary="Nothing to say",
        )
    )  # fmt: skip
    (label,) = pull.labels.values()
    assert label.description == "Somebody new"
    (run,) = leading.github.world.check_runs.values()
    assert (run.title, run.summary) == ("All well", "Nothing to say")


async def test_a_second_attempt_finds_what_the_first_wrote(leading: Desk, issue: Issue) -> None:
    first = await leading.do(a_comment(issue.number, Occasion.NUDGE))
    assert await leading.do(a_comment(issue.number, Occasion.NUDGE), attempt=2) == first


@given(length=st.integers(0, MOST_CHARACTERS + 5_000))
def test_with_it_a_text_is_never_longer_than_github_allows(length: int) -> None:
    text = marked("x" * length, "k" * 40, footer=FOOTER)
    assert len(text) <= MOST_CHARACTERS
    assert text.count(FOOTER) == 1
    assert key_in(text) == "k" * 40


GERMAN = {"[What this bot is, and how you can stop it]({address})": "[Was ist das?]({address})"}


def test_it_speaks_the_repository_s_language_and_so_does_the_page_it_leads_to(tmp_path: Path) -> None:
    with translated(tmp_path, "de", GERMAN), speaking(Translator("de")):
        assert footer(ABOUT) == f"<sub>[Was ist das?]({ABOUT}?language=de)</sub>"
        assert f"]({IN_THE_REPOSITORY})" in footer(IN_THE_REPOSITORY)
    assert footer(ABOUT) == FOOTER
    assert footer("") == ""


PUBLIC = "https://api.github.com"


@pytest.mark.parametrize(
    ("public_url", "api_url", "page"),
    [
        pytest.param("https://bot.example", PUBLIC, ABOUT, id="a server that people reach"),
        pytest.param(None, PUBLIC, IN_THE_REPOSITORY, id="nobody said where"),
        pytest.param("http://localhost:3000", PUBLIC, IN_THE_REPOSITORY, id="only this machine"),
        pytest.param("http://127.0.0.1:3000", PUBLIC, IN_THE_REPOSITORY, id="the same as a number"),
        pytest.param("http://[::1]:3000", PUBLIC, IN_THE_REPOSITORY, id="the same as a longer number"),
        pytest.param(
            "http://127.0.0.1:3000",
            "http://127.0.0.1:4000",
            "http://127.0.0.1:3000/about",
            id="a sandbox, whose people are here, too",
        ),
        pytest.param(
            "http://10.0.0.7", "https://ghe.local/api/v3", "http://10.0.0.7/about", id="a house's own"
        ),
    ],
)
def test_it_leads_to_where_people_can_read_it(public_url: str | None, api_url: str, page: str) -> None:
    assert about_page(public_url, api_url=api_url) == page


def test_the_page_in_the_repository_is_there() -> None:
    path = IN_THE_REPOSITORY.removeprefix(f"{REPOSITORY}/blob/main/")
    assert (ROOT / path).is_file()
