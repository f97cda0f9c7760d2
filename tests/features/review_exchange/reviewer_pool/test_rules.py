"""Who is asked for a review, how, and who is left in peace."""

from __future__ import annotations

from mentorbot.config.principals import Principal
from mentorbot.core.actions import Comment, RemoveReviewRequest, RequestReview
from mentorbot.feature_api.ports import ChangedFile
from mentorbot.features.review_exchange.config import ReviewExchange
from tests.builders import a_person
from tests.features.review_exchange.project import Project, a_project


async def test_somebody_is_asked_by_request_where_possible_and_else_by_a_mention() -> None:
    project = a_project(reviewers=(Principal(login="grace"), Principal(login="hedy")))
    project.github.accounts = {login: a_person(login) for login in ("grace", "hedy")}
    project.github.cannot_review = {"hedy"}
    project.people.met["ada"] = a_person("ada")
    number = await project.opens("ada")
    project.github.touched[number] = [ChangedFile("src/parser.c", "modified", 3, 1)]
    await project.says("olga", number, "/credits give @ada 1")
    await project.says("ada", number, "/exchange")
    await project.wait(days=8)
    await project.wait(days=1)
    asked = [a for a in project.done if isinstance(a, RequestReview | RemoveReviewRequest | Comment)]
    requests = {type(a).__name__ for a in asked}
    assert "RequestReview" in requests
    (mention,) = project.actions(Comment)
    assert "@hedy, would you review this pull request? ada has spent a credit on it." in mention.body
    assert "you offer reviews here" in mention.body
    assert "I know nobody" in project.why[-1] or "I asked @" in project.why[-1]


async def test_nobody_is_asked_who_is_away_busy_or_was_mentioned_thrice() -> None:
    project = a_project(reviewers=(Principal(login="grace"),), most_asked=1)
    project.github.accounts = {"grace": a_person("grace")}
    project.people.met["ada"] = a_person("ada")
    one, other = await project.opens("ada"), await project.opens("ada")
    await project.says("olga", one, "/credits give @ada 2")
    await project.says("ada", one, "/exchange")
    await project.says("ada", other, "/exchange")
    assert [a.number for a in project.actions(RequestReview)] == [one], "one at a time is enough for her"
    assert "I ask somebody for a review as soon as I can." in project.answers[-1].text


async def test_who_was_asked_is_released_when_somebody_else_has_reviewed() -> None:
    section = ReviewExchange(check_run=False, checklist=None, reviewers=(Principal(login="grace"),))
    project = Project(section=section)
    project.github.accounts = {"grace": a_person("grace")}
    number = await project.opens("ada")
    await project.says("ada", number, "/exchange")
    await project.wait(hours=1)
    await project.reviews("bob", number)
    (released,) = project.actions(RemoveReviewRequest)
    assert released.reviewer == a_person("grace")
