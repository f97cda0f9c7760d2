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
    assert project.why[-1] == "It is a draft again: nobody is asked to review it"


async def test_who_has_begun_is_not_replaced() -> None:
    project = a_project(newcomers_free=True, reviewers=(Principal(login="grace"), Principal(login="hedy")))
    project.github.accounts = {login: a_person(login) for login in ("grace", "hedy")}
    number = await project.opens("ada")
    await project.says("ada", number, "/exchange")
    (asked,) = project.actions(RequestReview)
    await project.wait(hours=1)
    assert "has time until after 5 business days" in project.why[-1]
    await project.says(asked.reviewer.login, number, "I will have a look at it tonight.")
    await project.wait(days=10)
    assert project.why[-1] == f"@{asked.reviewer.login} was asked and has begun"
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
    assert project.why[-1].startswith(
        f"@{second.reviewer.login} is asked for a review, as @{first.reviewer.login} kept silent: "
    )
    await project.wait(days=10)
    assert project.why[-1] == (
        f"There is nobody (else) who could be asked for a review now; @{second.reviewer.login} still is"
    )


async def test_where_there_is_nobody_nobody_is_asked() -> None:
    project = a_project(newcomers_free=True)
    number = await project.opens("ada")
    await project.says("ada", number, "/exchange")
    await project.wait(hours=1)
    assert project.why[-1] == "There is nobody (else) who could be asked for a review now"
