"""What happens while a review is owed."""

from __future__ import annotations

from dataclasses import replace

from mentorbot.config.principals import Principal
from mentorbot.core.actions import RemoveReviewRequest, RequestReview
from mentorbot.features.review_exchange.config import ReviewExchange
from tests.builders import a_person
from tests.features.review_exchange.project import Project, a_project


async def test_a_draft_again_waits_and_nobody_is_asked() -> None:
    project = Project(section=ReviewExchange(check_run=False, checklist=None))
    number = await project.opens("ada")
    await project.says("ada", number, "/exchange")
    project.timelines.seen[number] = replace(project.timelines.seen[number], opened_as_draft=True)
    await project.wait(hours=1)
    assert project.why[-1] == "This is a draft again, so I ask nobody to review it"


async def test_who_has_begun_is_not_replaced() -> None:
    project = a_project(newcomers_free=True, reviewers=(Principal(login="grace"), Principal(login="hedy")))
    project.github.accounts = {login: a_person(login) for login in ("grace", "hedy")}
    number = await project.opens("ada")
    await project.says("ada", number, "/exchange")
    (asked,) = project.actions(RequestReview)
    await project.wait(hours=1)
    assert "I asked @" in project.why[-1]
    assert "and wait until" in project.why[-1]
    await project.says(asked.reviewer.login, number, "I will have a look at it tonight.")
    await project.wait(days=10)
    assert project.why[-1] == f"I asked @{asked.reviewer.login}, who has started"
    assert len(project.actions(RequestReview)) == 1


async def test_who_keeps_silent_is_released_and_somebody_else_asked() -> None:
    project = a_project(newcomers_free=True, reviewers=(Principal(login="grace"), Principal(login="hedy")))
    project.github.accounts = {login: a_person(login) for login in ("grace", "hedy")}
    number = await project.opens("ada")
    await project.says("ada", number, "/exchange")
    await project.wait(days=10)
    first, second = project.actions(RequestReview)
    (released,) = project.actions(RemoveReviewRequest)
    assert released.reviewer == first.reviewer
    assert project.why[-1] == (
        f"I ask @{second.reviewer.login} for a review (offers reviews here), "
        f"as @{first.reviewer.login} did not answer"
    )
    await project.wait(days=10)
    assert project.why[-1] == (
        f"I know nobody else to ask for a review now; @{second.reviewer.login} is still asked"
    )


async def test_where_there_is_nobody_nobody_is_asked() -> None:
    project = a_project(newcomers_free=True)
    number = await project.opens("ada")
    await project.says("ada", number, "/exchange")
    await project.wait(hours=1)
    assert project.why[-1] == "I know nobody to ask for a review now"
