"""Another process can drive the sandbox over HTTP."""

from __future__ import annotations

from datetime import timedelta

from mentorbot.sandbox.server import SimulatedGitHub
from tests.sandbox.receiving import Caller, Ear


async def test_acts_can_be_done_from_outside(github: SimulatedGitHub, anonymous: Caller) -> None:
    act = {"act": "open_issue", "with": {"repository": "octo/hello", "by": "ada", "title": "Hi"}}
    made = await anonymous("POST", "/_sandbox/act", act)
    assert (made.status, made.body["reference"]) == (200, "octo/hello#1")
    comment = {"act": "comment", "with": {"thread": "octo/hello#1", "by": "newton", "body": "Hm"}}
    assert (await anonymous("POST", "/_sandbox/act", comment)).body["id"] in github.world.comments
    busy = {"act": "set_status", "with": {"who": "ada", "busy": True}}
    assert (await anonymous("POST", "/_sandbox/act", busy)).body == {}


async def test_what_cannot_be_done_is_explained(anonymous: Caller) -> None:
    for act, says in (
        ({"act": "tell"}, "no act"),
        ({"act": "_open"}, "no act"),
        ({"act": "comment", "with": {"thread": "octo/hello#9", "by": "ada", "body": ""}}, "does not exist"),
        ({"act": "open_issue", "with": {"repository": "octo/hello", "by": "eve", "title": ""}}, "add_user"),
        (
            {"act": "open_issue", "with": {"repository": "octo/nope", "by": "ada", "title": ""}},
            "create_repository",
        ),
    ):
        refused = await anonymous("POST", "/_sandbox/act", act)
        assert refused.status == 400
        assert says in refused.body["message"]


async def test_the_clock_can_be_moved_from_outside(github: SimulatedGitHub, anonymous: Caller) -> None:
    before = github.clock.now()
    frozen = await anonymous("POST", "/_sandbox/clock", {"move": 86_400, "freeze": True})
    assert frozen.body["frozen"] is True
    assert github.clock.now() - before >= timedelta(days=1)
    at = await anonymous("POST", "/_sandbox/clock", {"set": "2027-01-01T00:00:00Z"})
    assert at.body["now"] == "2027-01-01T00:00:00Z"
    assert (await anonymous("POST", "/_sandbox/clock", {"freeze": False})).body["frozen"] is False


async def test_faults_can_be_ordered_from_outside(github: SimulatedGitHub, anonymous: Caller) -> None:
    order = {"requests": [{"kind": "status", "status": 503}], "deliveries": [{"kind": "lost"}]}
    found = await anonymous("POST", "/_sandbox/faults", order)
    assert [one["kind"] for one in found.body["requests"] + found.body["deliveries"]] == ["status", "lost"]
    assert (await anonymous("GET", "/repos/octo/hello")).status == 503
    assert (await anonymous("POST", "/_sandbox/faults", {"clear": True})).body["deliveries"] == []


async def test_requests_and_deliveries_can_be_read_from_outside(
    github: SimulatedGitHub, anonymous: Caller, ear: Ear
) -> None:
    await anonymous("POST", "/_sandbox/deliver_to", {"url": ear.url})
    await anonymous("GET", "/repos/octo/hello")
    github.acts.open_issue("octo/hello", by="ada", title="Hi")
    assert (await anonymous("POST", "/_sandbox/settled")).body == {"deliveries": 1}
    assert (await anonymous("GET", "/_sandbox/requests")).body[-1]["path"] == "/repos/octo/hello"
    assert (await anonymous("GET", "/_sandbox/deliveries")).body[0]["event"] == "issues"
    app = (await anonymous("GET", "/_sandbox/app")).body
    assert (app["id"], app["private_key"]) == (github.app.id, github.app.private_key)
