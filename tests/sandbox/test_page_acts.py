"""What visitors can do, and are refused, through the page's own door."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import aiohttp
import pytest

from mentorbot.sandbox.acts import Acts
from mentorbot.sandbox.host import Host, OfferedCommand
from mentorbot.sandbox.model import PullRequest
from mentorbot.sandbox.page.acts import ACTS
from mentorbot.sandbox.page.world import CONFIG_PATH
from mentorbot.sandbox.playing import Playing
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


async def tried(visitor: Visitor, name: str, **fields: Any) -> tuple[int, dict[str, Any]]:
    return await visitor.does("try_this", "", name=name, **fields)


async def test_with_one_click_somebody_new_opens_a_pull_request_that_all_else_is_tried_on(
    visitor: Visitor, github: SimulatedGitHub
) -> None:
    assert await tried(visitor, "newcomer") == (200, {"number": 1, "by": "mary"})
    assert await tried(visitor, "mentor") == (200, {"number": 1, "by": "mary"})
    assert await tried(visitor, "turn") == (200, {"number": 1, "by": "mary"})
    assert await tried(visitor, "changes") == (200, {"number": 1, "by": "mary"})
    assert await tried(visitor, "check") == (200, {"number": 1})
    thread = await visitor.reads(1)
    said = [item["raw"] for item in thread["items"] if item["kind"] == "comment" and item["raw"]]
    assert said[1:] == ["I could use somebody to ask.\n\n/mentor me", "/turn"]
    assert [item["verdict"] for item in thread["items"] if item["kind"] == "review"] == ["changes_requested"]
    assert [check["status"] for check in thread["pull"]["checks"]] == ["failure"]
    assert await tried(visitor, "merge", number=1) == (200, {"number": 1})
    assert (await visitor.reads(1))["state"] == "merged"
    assert await tried(visitor, "newcomer") == (200, {"number": 2, "by": "alan"})


async def test_there_is_always_somebody_new(visitor: Visitor) -> None:
    logins = [(await tried(visitor, "newcomer"))[1]["by"] for _ in range(17)]
    assert len(set(logins)) == 17
    assert logins[8] == "mary-2"


async def test_a_slip_in_the_config_is_made_and_mended(visitor: Visitor, acts: Acts) -> None:
    config = "welcome:\n  issue: default\n"
    acts.edit_file(HOME, CONFIG_PATH, config, by="grace")
    offers = (await visitor.sees("world"))["tries"][HOME]
    assert [one["name"] for one in offers] == ["newcomer", "slip", "skip"]
    await tried(visitor, "slip")
    [shown] = (await visitor.sees("world"))["repositories"]
    assert shown["config"] == f"{config}\nwelcom:\n  issue: default\n"
    offers = (await visitor.sees("world"))["tries"][HOME]
    assert [one["name"] for one in offers] == ["newcomer", "mend", "skip"]
    await tried(visitor, "mend")
    [shown] = (await visitor.sees("world"))["repositories"]
    assert shown["config"] == config


async def test_skipped_weeks_go_by_day_after_day_for_whoever_goes_by_the_clock(
    visitor: Visitor, github: SimulatedGitHub
) -> None:
    days: list[timedelta] = []

    async def heard(by: timedelta) -> None:
        days.append(by)

    github.host = Host(time_passed=heard)
    before = github.clock.now()
    await tried(visitor, "skip")
    assert days == [timedelta(days=1)] * 14
    assert (github.clock.now() - before).days == 14
    days.clear()
    await visitor.does("move_clock", "", hours=24 * 300)
    assert days == [timedelta(days=10)] * 30, "months go by in longer steps"


@pytest.mark.parametrize(
    ("act", "fields", "says"),
    [
        pytest.param("try_this", {"name": "turn"}, "no open pull request", id="a try without a pull request"),
        pytest.param("try_this", {"name": "fly"}, "one of newcomer, mentor", id="no such try"),
        pytest.param("begin_story", {"story": "month"}, "mentorbot sandbox --story month", id="no host"),
        pytest.param("pause_story", {}, "No story is being told", id="no story to pause"),
    ],
)
async def test_what_cannot_be_tried_or_told_is_refused_with_the_way_out(
    visitor: Visitor, act: str, fields: dict[str, Any], says: str
) -> None:
    status, answer = await visitor.does(act, "ada", **fields)
    assert status == 422
    assert says in answer["problem"]


async def test_a_story_is_chosen_among_all_there_are(visitor: Visitor, github: SimulatedGitHub) -> None:
    begun: list[str] = []
    github.host = Host(begin_story=begun.append)
    stories = (await visitor.sees("world"))["stories"]
    assert [one["name"] for one in stories["all"]] == ["newcomer", "month"]
    assert stories["can_begin"]
    assert stories["playing"] is None
    assert (await visitor.does("begin_story", "", story="month"))[0] == 200
    status, answer = await visitor.does("begin_story", "", story="dragons")
    assert (status, begun) == (422, ["month"])
    assert "choose one of month, newcomer" in answer["problem"]


async def test_a_story_is_stopped_and_goes_on(visitor: Visitor, github: SimulatedGitHub) -> None:
    now = github.clock.now()
    github.playing = Playing(story="month", days=26, since=now - timedelta(days=2), told="Something happened")
    await visitor.does("pause_story", "")
    shown = (await visitor.sees("world"))["stories"]["playing"]
    assert (shown["state"], shown["day"], shown["told"]) == ("paused", 3, "Something happened")
    waiting = asyncio.create_task(github.playing.wait_while_paused())
    await asyncio.sleep(0)
    assert not waiting.done()
    await visitor.does("go_on_with_story", "")
    await waiting
    assert github.playing.state == "playing"
    github.playing.state = "over"
    await visitor.does("pause_story", "")
    shown = (await visitor.sees("world"))["stories"]["playing"]
    assert (shown["state"], shown["day"]) == ("over", 26)


async def test_commands_are_offered_as_the_host_tells_them(visitor: Visitor, github: SimulatedGitHub) -> None:
    command = OfferedCommand(text="/dance", what="A dance.", who="anyone")
    github.host = Host(commands=[command])
    assert (await visitor.sees("world"))["commands"] == [
        {"text": "/dance", "what": "A dance.", "who": "anyone", "on": "anything"}
    ]


async def test_every_act_has_its_form_or_button_in_the_page(github: SimulatedGitHub) -> None:
    async with aiohttp.ClientSession(github.url) as http:
        names = ("page", "repository", "thread", "composer", "stories", "tries")
        scripts = [await (await http.get(f"/_sandbox/static/{name}.js")).text() for name in names]
    missing = [name for name in ACTS if f'"{name}"' not in "".join(scripts)]
    assert missing == []
