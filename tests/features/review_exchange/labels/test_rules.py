"""Labels and checks follow the ledger."""

from __future__ import annotations

from dataclasses import replace

from mentorbot.core.actions import AddLabel, RemoveLabel
from mentorbot.core.events import CommandGiven, PullRequestOpened
from mentorbot.domain.contributor_history import ContributorHistory
from mentorbot.features.review_exchange.config import ExchangeLabels, ReviewExchange
from mentorbot.features.review_exchange.labels.facts import BalanceDisplay, author_balance
from mentorbot.features.review_exchange.labels.rules import show, show_balance
from mentorbot.features.review_exchange.redeem.facts import redeem_request
from mentorbot.features.review_exchange.redeem.rules import redeem
from tests.builders import NOW, a_person, an_event
from tests.features.review_exchange.project import LABELS, Project, a_project


async def test_labels_follow_the_exchange() -> None:
    project = a_project(labels=LABELS)
    project.people.met["ada"] = a_person("ada")
    number = await project.opens("ada")
    await project.says("olga", number, "/credits give @ada 1")
    await project.says("ada", number, "/exchange")
    await project.wait(hours=1)
    await project.says("bob", number, "I will have a look at it tonight.")
    await project.wait(hours=1)
    await project.reviews("bob", number)
    put = [(type(a).__name__, a.label) for a in project.done if isinstance(a, AddLabel | RemoveLabel)]
    assert put == [
        ("AddLabel", "earned"),
        ("AddLabel", "wanted"),
        ("RemoveLabel", "wanted"),
        ("AddLabel", "in review"),
        ("RemoveLabel", "in review"),
    ]


async def test_checks_tell_the_balance_and_what_would_earn_the_next() -> None:
    project = a_project(check_run=True, newcomers_free=True)
    project.people.known["ada"] = ContributorHistory(person=a_person("ada"), pull_requests=3)
    project.people.met["ada"] = a_person("ada")
    await project.opens("nell")
    mine = await project.opens("ada")
    await project.opens("ada", draft=True)
    await project.opens("dependabot")
    assert project.checks() == ["Optional: get a free first review", "Optional: earn a review"]
    await project.says("olga", mine, "/credits give @ada 1")
    assert project.checks()[-1] == "Optional: use a credit"
    await project.pushes(mine)
    assert len(project.checks()) == 4, "the new head shows it, too"


async def test_a_credit_earned_before_shows_on_a_new_pull_request() -> None:
    project = a_project(labels=LABELS)
    project.people.met["ada"] = a_person("ada")
    await project.says("olga", await project.opens("bob"), "/credits give @ada 1")
    number = await project.opens("ada")
    (label,) = project.actions(AddLabel)
    assert (label.number, label.label) == (number, "earned")


async def test_a_balance_is_shown_only_where_it_is_wanted() -> None:
    project = Project(section=ReviewExchange(check_run=False, checklist=None, labels=ExchangeLabels()))
    number = await project.opens("ada")
    event = an_event(PullRequestOpened, thread=project.thread(number), at=NOW)
    plan = show(await author_balance(event, project.section, project.ports()), project.section)
    assert not plan.concerns, "nobody who asks why is told of credits where none are shown"
    draft = an_event(PullRequestOpened, thread=replace(project.thread(number), draft=True), at=NOW)
    plan = show(await author_balance(draft, project.section, project.ports()), project.section)
    assert plan.because == "Drafts don't show credits"


async def test_a_label_goes_with_the_credit_it_stands_for() -> None:
    project = a_project(labels=LABELS)
    has_it = BalanceDisplay(number=1, head="", labels=frozenset({"earned"}), runs=False)
    (gone,) = show_balance([has_it], 0, project.section, since="7/spent/in1.pr2/no1")
    assert gone == RemoveLabel(key="unlabel ready since 7/spent/in1.pr2/no1/pr1", number=1, label="earned")
    assert list(show_balance([has_it], 200, project.section, since="x")) == []


async def test_on_the_pull_request_itself_the_label_goes_when_its_credit_is_spent() -> None:
    project = a_project(labels=LABELS)
    project.people.met["ada"] = a_person("ada")
    number = await project.opens("ada")
    await project.says("olga", number, "/credits give @ada 2")
    event = an_event(
        CommandGiven,
        thread=project.thread(number),
        by=a_person("ada"),
        name="exchange",
        words=(),
        line="/exchange",
    )
    project.github.threads[number] = replace(project.thread(number), labels=frozenset({"earned"}))
    plan = redeem(await redeem_request(event, project.section, project.ports()), project.section)
    (gone,) = [action for action in plan.actions if isinstance(action, RemoveLabel)]
    assert (gone.number, gone.label) == (number, "earned")
