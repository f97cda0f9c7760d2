from __future__ import annotations

from mentorbot.core.actions import EditIssue, OpenIssue
from mentorbot.core.markers import key_in
from tests.github.conftest import Desk


async def test_an_issue_of_ours_is_rewritten_and_still_found_by_its_first_key(desk: Desk) -> None:
    opening = OpenIssue(key="list", title="What waits", body="#1")
    made = await desk.do(opening)
    edit = EditIssue(key="list/as of Monday", issue="list", title="What waits now", body="#2")
    done = await desk.do(edit, made=made)

    (issue,) = desk.github.world.repositories[desk.repository.id].threads.values()
    assert (issue.title, done["number"]) == ("What waits now", issue.number)
    assert issue.body is not None
    assert issue.body.startswith("#2")
    assert key_in(issue.body) == f"welcome/{desk.repository.id}/list"
    assert (await desk.do(opening, attempt=2))["number"] == issue.number
