"""When a credit can be spent, and when a first review is free."""

from __future__ import annotations

from mentorbot.domain.contributor_history import ContributorHistory
from mentorbot.features.review_exchange.config import ReviewExchange
from tests.builders import a_person
from tests.features.review_exchange.project import Project, a_project


async def test_an_exchange_is_for_open_ready_pull_requests_and_once_at_a_time() -> None:
    project = a_project()
    project.people.met["ada"] = a_person("ada")
    number, draft = await project.opens("ada"), await project.opens("ada", draft=True)
    await project.says("olga", number, "/credits give @ada 3")
    await project.says("ada", draft, "/exchange")
    assert "Press **Ready for review**" in project.answers[-1].text
    await project.says("ada", number, "/exchange")
    await project.says("ada", number, "/exchange")
    assert "You asked for a review here on" in project.answers[-1].text
    await project.closes(number)
    assert project.balance("ada") == 600, "nobody reviewed it, so the credit came back"
    await project.says("ada", number, "/exchange")
    assert "is closed" in project.answers[-1].text


async def test_somebody_who_only_reviewed_so_far_has_a_first_pull_request_for_free() -> None:
    project = Project(section=ReviewExchange(checklist=None, check_run=True))
    project.people.known["ada"] = ContributorHistory(person=a_person("ada"), reviews=3)
    number = await project.opens("ada")
    assert project.checks() == ["Optional: get a free first review"]
    await project.says("ada", number, "/exchange")
    assert "Done: your first review here is free." in project.answers[-1].text
