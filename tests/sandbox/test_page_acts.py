"""What visitors can do, and are refused, through the page's own door."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import aiohttp
import pytest

from mentorbot.sandbox.acts import Acts
from mentorbot.sandbox.model import PullRequest
from mentorbot.sandbox.page.acts import ACTS
from mentorbot.sandbox.page.world import CONFIG_PATH
from mentorbot.sandbox.simulated_github import SimulatedGitHub

HOME = "octo/hello"


@dataclass
class Visitor:
    """Sends forms, and looks at what the page would show."""

    session: aiohttp.ClientSession
    url: str

    async def does(self, act: str, by: str, **fields: Any) -> tuple[int, dict[str, Any]]:
        body = {"by": by, "full_name": HOME, **fields}
        async with self.session.post(f"{self.url}/_sandbox/acts/{act}", json=body) as answer:
            return answer.status, await answer.json()

    async def sees(self, path: str) -> Any:
        async with self.session.get(f"{self.url}/_sandbox/{path}") as answer:
            return await answer.json()

    async def reads(self, number: int, by: str = "ada") -> Any:
        return await self.sees(f"threads/{HOME}/{number}?as={by}")


@pytest.fixture
async def visitor(github: SimulatedGitHub) -> AsyncIterator[Visitor]:
    async with aiohttp.ClientSession() as session:
        yield Visitor(session, github.url)


@pytest.fixture
def pull(acts: Acts) -> PullRequest:
    """Pull request 1 of octo/hello, by ada."""
    return acts.open_pull_request(HOME, by="ada", title="Catch it", files={"src/b.py": "b = 2\n"})


async def test_an_issue_is_opened_talked_about_closed_and_reopened(visitor: Visitor) -> None:
    status, made = await visitor.does("open_issue", "newton", title="It falls", body="**Down**")
    assert (status, made) == (200, {"number": 1})
    await visitor.does("comment", "ada", number=1, body="Catch it")
    await visitor.does("close", "newton", number=1)
    assert (await visitor.reads(1))["state"] == "closed"
    await visitor.does("reopen", "newton", number=1)
    thread = await visitor.reads(1)
    assert thread["state"] == "open"
    told = [(item["author"]["login"], item["html"]) for item in thread["items"] if item["kind"] == "comment"]
    assert told == [("newton", "<p><strong>Down</strong></p>\n"), ("ada", "<p>Catch it</p>\n")]


async def test_a_pull_request_goes_from_draft_to_merge(visitor: Visitor) -> None:
    _, made = await visitor.does(
        "open_pull_request", "ada", title="Catch it", draft=True, files=[{"path": "c.py", "text": "c = 1\n"}]
    )
    number = made["number"]
    assert (await visitor.reads(number))["state"] == "draft"
    await visitor.does("ready", "ada", number=number)
    line = {"path": "c.py", "line": 1, "line_text": "Why one?"}
    await visitor.does("review", "grace", number=number, verdict="request_changes", body="Nearly", **line)
    await visitor.does(
        "push", "ada", number=number, files=[{"path": "c.py", "text": "c = 2\n"}], message="Two"
    )
    await visitor.does("review", "grace", number=number, verdict="approve")
    await visitor.does("merge", "grace", number=number)
    thread = await visitor.reads(number, by="grace")
    assert thread["state"] == "merged"
    reviews = [item for item in thread["items"] if item["kind"] == "review"]
    assert [one["verdict"] for one in reviews] == ["changes_requested", "approved"]
    assert [(one["path"], one["line"]) for one in reviews[0]["lines"]] == [("c.py", 1)]
    assert reviews[0]["outdated"]
    did = [item["did"] for item in thread["items"] if item["kind"] == "event"]
    assert did == [
        "pushed “Catch it”", "marked this as ready for review", "pushed “Two”", "merged this", "closed this",
    ]  # fmt: skip
    assert thread["pull"]["files"][0]["patch"].endswith("+c = 2")
    assert thread["pull"]["head"] == "ada:patch-1"


async def test_labels_and_reviewers_are_set_by_those_who_triage(visitor: Visitor, pull: PullRequest) -> None:
    await visitor.does("label", "grace", number=1, label="good")
    await visitor.does("ask_for_review", "grace", number=1, reviewer="newton")
    thread = await visitor.reads(1)
    assert [one["name"] for one in thread["labels"]] == ["good"]
    assert thread["pull"]["asked"] == ["newton"]
    await visitor.does("unlabel", "grace", number=1, label="good")
    await visitor.does("draft", "ada", number=1)
    thread = await visitor.reads(1)
    assert thread["labels"] == []
    assert thread["state"] == "draft"


async def test_a_reaction_is_given_and_taken_back(visitor: Visitor, pull: PullRequest, acts: Acts) -> None:
    comment = acts.comment(pull, by="grace", body="Nice")
    review = acts.review(pull, by="grace", body="x", comments=[("src/b.py", 1, "Why?")])
    for to, number in (("thread", 1), ("comment", comment.id), ("review_comment", review.comments[0].id)):
        fields = {"number": 1, "to": to, "id": number, "content": "+1"}
        await visitor.does("react", "ada", **fields)
        assert '"by": ["ada"]' in str(await visitor.reads(1)).replace("'", '"'), to
        await visitor.does("react", "ada", **fields)
        assert '"by": ["ada"]' not in str(await visitor.reads(1)).replace("'", '"'), to


async def test_ones_own_comment_is_edited(visitor: Visitor, pull: PullRequest, acts: Acts) -> None:
    comment = acts.comment(pull, by="ada", body="Helo")
    assert (await visitor.does("edit_comment", "ada", comment=comment.id, body="Hello"))[0] == 200
    assert comment.body == "Hello"
    assert (await visitor.does("edit_comment", "newton", comment=comment.id, body="Ha"))[0] == 422


async def test_the_config_file_is_edited_by_writers_and_proposed_by_others(
    visitor: Visitor, acts: Acts
) -> None:
    await visitor.does("edit_config", "grace", text="welcome:\r\n  issue: default\r\n")
    shown = (await visitor.sees("world"))["repositories"][0]
    assert shown["config"] == "welcome:\n  issue: default\n"
    status, refused = await visitor.does("edit_config", "ada", text="x")
    assert status == 422
    assert "Propose it instead" in refused["problem"]
    _, made = await visitor.does("propose_config", "ada", text="first_merge: {}\n")
    assert [one["path"] for one in (await visitor.reads(made["number"]))["pull"]["files"]] == [CONFIG_PATH]
    await visitor.does("edit_config", "grace", text="")
    assert (await visitor.sees("world"))["repositories"][0]["config"] is None


async def test_owners_remove_the_app_and_install_it_again(visitor: Visitor, acts: Acts) -> None:
    assert (await visitor.does("uninstall", "ada"))[0] == 422
    await visitor.does("uninstall", "grace")
    assert not (await visitor.sees("world"))["repositories"][0]["installed"]
    await visitor.does("install", "grace")
    assert (await visitor.sees("world"))["repositories"][0]["installed"]
    acts.remove_repositories("octo", [HOME])
    await visitor.does("install", "grace")
    assert (await visitor.sees("world"))["repositories"][0]["installed"]


async def test_somebody_new_comes_in_with_a_role_or_without(visitor: Visitor) -> None:
    assert (await visitor.does("new_person", "ada", login="@mary", name="Mary", role="none"))[1] == {
        "login": "mary"
    }
    await visitor.does("new_person", "ada", login="joan", role="write")
    shown = (await visitor.sees("world"))["repositories"][0]
    assert shown["standings"]["mary"] == "new here"
    assert shown["standings"]["joan"] == "member, may merge"
    assert "joan" in shown["writers"]


async def test_time_passes_when_asked_to(visitor: Visitor, github: SimulatedGitHub) -> None:
    before = github.clock.now()
    await visitor.does("move_clock", "", hours=168)
    assert (github.clock.now() - before).days == 7


@pytest.mark.parametrize(
    ("act", "by", "fields", "says"),
    [
        pytest.param("merge", "ada", {"number": 1}, "only people with write access", id="a newcomer merges"),
        pytest.param("label", "ada", {"number": 1, "label": "x"}, "triage access", id="a newcomer labels"),
        pytest.param("ask_for_review", "ada", {"number": 1}, "triage access", id="a newcomer asks people"),
        pytest.param("close", "newton", {"number": 1}, "its author", id="a stranger closes"),
        pytest.param("push", "newton", {"number": 1}, "its author", id="a stranger pushes"),
        pytest.param("push", "ada", {"number": 1, "files": []}, "name a file", id="a push of nothing"),
        pytest.param("reopen", "ada", {"number": 1}, "only who closed it", id="reopening what is open"),
        pytest.param(
            "review", "ada", {"number": 1, "verdict": "approve"}, "your own pull request", id="self-approval"
        ),
        pytest.param(
            "review", "newton", {"number": 1, "verdict": "comment"}, "a few words", id="an empty review"
        ),
        pytest.param("review", "newton", {"number": 1, "verdict": "perhaps"}, "one of", id="no verdict"),
        pytest.param("comment", "ada", {"number": 1, "body": "  "}, "fill in: body", id="an empty comment"),
        pytest.param("comment", "ada", {"number": 99, "body": "x"}, "does not exist", id="no such thread"),
        pytest.param("comment", "ada", {"number": "x", "body": "x"}, "give a number", id="no number"),
        pytest.param(
            "comment", "nobody", {"number": 1, "body": "x"}, "nobody is called", id="no such person"
        ),
        pytest.param("open_issue", "ada", {}, "fill in: title", id="an issue without a title"),
        pytest.param("new_person", "ada", {"login": "grace", "role": "none"}, "here already", id="taken"),
        pytest.param("new_person", "ada", {"login": "a b", "role": "none"}, "only letters", id="no login"),
        pytest.param("move_clock", "ada", {"hours": 99999}, "400 days", id="too far ahead"),
    ],
)
async def test_what_github_would_refuse_is_refused_with_the_reason(
    visitor: Visitor, pull: PullRequest, act: str, by: str, fields: dict[str, Any], says: str
) -> None:
    status, answer = await visitor.does(act, by, **fields)
    assert status == 422
    assert says in answer["problem"]


async def test_the_locked_are_left_to_collaborators(visitor: Visitor, pull: PullRequest, acts: Acts) -> None:
    acts.lock(pull, by="grace")
    assert (await visitor.does("comment", "newton", number=1, body="x"))[0] == 422
    assert (await visitor.does("comment", "grace", number=1, body="x"))[0] == 200


async def test_every_act_has_its_form_or_button_in_the_page(github: SimulatedGitHub) -> None:
    async with aiohttp.ClientSession(github.url) as http:
        names = ("page", "repository", "thread", "composer")
        scripts = [await (await http.get(f"/_sandbox/static/{name}.js")).text() for name in names]
    missing = [name for name in ACTS if f'"{name}"' not in "".join(scripts)]
    assert missing == []
