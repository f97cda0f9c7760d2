"""Commands are run in the name of who wrote them, or not at all: who moves or edits them is not heard."""

from __future__ import annotations

from typing import Any

import pytest

from mentorbot.core.people import Permission
from mentorbot.db.store import Store
from tests.engine.test_commands import an_office_that_talks, reactions
from tests.github import hooks

COMMAND = "/turn please"
FROM = {"body": {"from": "Nothing yet."}}
MOVED = {"old_issue": hooks.an_issue(number=99), "old_repository": dict(hooks.REPOSITORY, id=8)}


def comment_on(name: str, action: str, by: dict[str, Any], **more: Any) -> tuple[str, dict[str, Any]]:
    """A comment by `by` was written or edited: in an issue, or on a line of a diff."""
    written = hooks.a_comment(user=by, body=COMMAND)
    if name == "issue_comment":
        return name, hooks.an_issue_hook(action, comment=written, **more)
    return name, hooks.a_pull_hook(action, comment=written | {"path": "engine.py"}, **more)


def review_by(action: str, by: dict[str, Any], **more: Any) -> tuple[str, dict[str, Any]]:
    """A review by `by` was written or edited."""
    return "pull_request_review", hooks.a_pull_hook(
        action, review=hooks.a_review(user=by, body=COMMAND), **more
    )


def opened(name: str, by: dict[str, Any], **more: Any) -> tuple[str, dict[str, Any]]:
    """Something by `by` appeared here."""
    if name == "issues":
        return name, hooks.an_issue_hook("opened", issue=hooks.an_issue(user=by, body=COMMAND), **more)
    return name, hooks.a_pull_hook("opened", pull=hooks.a_pull(user=by, body=COMMAND), **more)


WRITINGS = [
    pytest.param(lambda by, **more: opened("issues", by, **more), id="an issue"),
    pytest.param(
        lambda by, **more: opened("issues", by, changes=MOVED, **more), id="an issue that was moved"
    ),
    pytest.param(lambda by, **more: opened("pull_request", by, **more), id="a pull request"),
    pytest.param(lambda by, **more: comment_on("issue_comment", "created", by, **more), id="a comment"),
    pytest.param(
        lambda by, **more: comment_on("issue_comment", "edited", by, changes=FROM, **more),
        id="an edited comment",
    ),
    pytest.param(
        lambda by, **more: comment_on("pull_request_review_comment", "created", by, **more),
        id="a comment on a line",
    ),
    pytest.param(
        lambda by, **more: comment_on("pull_request_review_comment", "edited", by, changes=FROM, **more),
        id="an edited comment on a line",
    ),
    pytest.param(lambda by, **more: review_by("submitted", by, **more), id="a review"),
    pytest.param(lambda by, **more: review_by("edited", by, changes=FROM, **more), id="an edited review"),
]


@pytest.mark.parametrize("writing", WRITINGS)
async def test_commands_in_somebodys_own_words_are_run_in_their_name(store: Store, writing: Any) -> None:
    office = an_office_that_talks(store)

    await office.hear(*writing(hooks.ADA, sender=hooks.ADA))
    await office.work()

    assert office.said == ["turn: please"]
    assert await office.why(4) + await office.why(3) == ["@ada said /turn please"]


@pytest.mark.parametrize("writing", WRITINGS)
async def test_words_that_another_one_moved_or_edited_are_run_in_nobodys_name(
    store: Store, writing: Any
) -> None:
    """Neither as their author, who did not say them here and now, nor as whoever brought or changed them."""
    office = an_office_that_talks(store)
    office.app.here.permissions = {"grace": Permission.ADMIN, "ada": Permission.ADMIN}

    await office.hear(*writing(hooks.ADA, sender=hooks.GRACE))
    await office.work()

    assert (office.said, reactions(office)) == ([], [])
    assert await office.why(4) + await office.why(3) == []


@pytest.mark.parametrize("writing", WRITINGS)
async def test_the_words_of_accounts_that_are_gone_are_run_in_nobodys_name(
    store: Store, writing: Any
) -> None:
    office = an_office_that_talks(store)
    ghost = {"id": 10137, "login": "ghost", "type": "User"}

    await office.hear(*writing(ghost, sender=ghost))
    await office.work()

    assert office.app.pen.done == []
