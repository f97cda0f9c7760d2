"""What a thread wears, and who put each of it there last, as GitHub's events tell."""

from __future__ import annotations

from mentorbot.domain.thread_marks import ThreadMarks
from mentorbot.sandbox.model import Account
from tests.github.conftest import Desk, as_person


def who(desk: Desk, login: str) -> Account:
    found = desk.github.world.find_account(login)
    assert found is not None
    return found


async def marks(desk: Desk, number: int) -> ThreadMarks:
    found = await desk.reader.marks(number)
    assert found is not None
    return found


async def test_the_last_who_labelled_is_the_one_who_counts(desk: Desk) -> None:
    acts = desk.github.acts
    issue = acts.open_issue("acme/rockets", by="ada", title="It does not start")
    for login in ("ada", "grace"):
        acts.label(issue, "Bug", by=login)
        if login == "ada":
            acts.unlabel(issue, "Bug", by="grace")
    found = await marks(desk, issue.number)
    assert found.labels == {"bug": as_person(who(desk, "grace"))}
    assert (found.is_open, found.author) == (True, as_person(who(desk, "ada")))
    acts.unlabel(issue, "Bug", by="grace")
    acts.close(issue, by="grace")
    found = await marks(desk, issue.number)
    assert (found.is_open, dict(found.labels)) == (False, {})


async def test_who_is_asked_to_review_and_by_whom(desk: Desk) -> None:
    acts = desk.github.acts
    for login in ("linus", "margaret"):
        acts.add_collaborator("acme/rockets", login, by="grace")
    pull = acts.open_pull_request("acme/rockets", by="ada", title="Start it", files={"engine.py": "go()\n"})
    acts.request_review(pull, "linus", by="grace")
    acts.request_review(pull, "margaret", by="grace")
    acts.review(pull, by="margaret", body="Fine", verdict="approve")
    found = await marks(desk, pull.number)
    assert found.reviewers == {who(desk, "linus").id: as_person(who(desk, "grace"))}
    acts.close(pull, by="ada")
    assert (await marks(desk, pull.number)).reviewers == {}, "nobody is waited for where it is closed"


async def test_what_is_not_there_wears_nothing(desk: Desk) -> None:
    assert await desk.reader.marks(99) is None
