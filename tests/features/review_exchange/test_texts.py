"""What the exchange says, as its readers read it: short, to one person, and in any language the same deed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from mentorbot.config.principals import Principal
from mentorbot.core.actions import AddLabel, Answer, Comment, Occasion, PublishCheckRun
from mentorbot.core.translator import Translator
from mentorbot.domain.contributor_history import ContributorHistory
from mentorbot.features.review_exchange.config import ReviewExchange
from tests.builders import a_person
from tests.features.review_exchange.project import LABELS, Project

PEOPLE = ("ada", "bob", "grace", "hedy", "olga")
LOUD = re.compile("«[^»]*»")


@dataclass(frozen=True, slots=True)
class Loud(Translator):
    """Says everything in a language of its own, so that nothing it says is taken for a fact unseen."""

    def say(self, text: str, /, **values: object) -> str:
        return f"«{super(Loud, self).say(text, **values).upper()}»"

    def plural(self, one: str, more: str, count: int, **values: object) -> str:
        return f"«{super(Loud, self).plural(one, more, count, **values).upper()}»"


async def a_season(translator: Translator | None = None) -> Project:
    """Everything that the exchange has to say, in some weeks of a project."""
    section = ReviewExchange(
        check_run=True,
        checklist="default",
        labels=LABELS,
        reviewers=(Principal(login="grace"), Principal(login="hedy")),
    )
    project = Project(section=section, translator=translator)
    project.github.accounts = {login: a_person(login) for login in PEOPLE}
    project.github.cannot_review = {"hedy"}
    project.people.met = {login: a_person(login) for login in PEOPLE}
    for login in ("ada", "olga"):
        project.people.known[login] = ContributorHistory(person=a_person(login), pull_requests=3)
    his, hers, draft = (
        await project.opens("bob"),
        await project.opens("ada"),
        await project.opens("ada", draft=True),
    )
    await project.wait(hours=1)
    await project.says("ada", hers, "/suggest reviews")
    await project.says("ada", hers, "/exchange")
    await project.reviews("ada", his, "LGTM")
    await project.reviews("ada", his)
    await project.says("ada", hers, "/credits")
    await project.says("bob", his, "/credits @ada")
    project.reacts("bob", his, "-1", to="ada")
    await project.wait(hours=1)
    await project.says("ada", hers, "/credits")
    await project.says("bob", his, "/thanks @bob")
    await project.says("bob", his, "/thanks @hedy")
    await project.says("olga", his, "/thanks @ada")
    for gift in (
        "/credits give",
        "/credits give @ada none",
        "/credits give @olga 1",
        "/credits give @ada 1 docs",
    ):
        await project.says("olga", his, gift)
    await project.says("ada", draft, "/exchange")
    await project.says("ada", hers, "/exchange")
    await project.says("ada", hers, "/exchange")
    await project.says("bob", his, "/exchange")
    await project.wait(days=8)
    await project.wait(days=20)
    await project.closes(his)
    await project.wait(hours=1)
    await project.reviews("hedy", his)
    await project.says("bob", his, "/exchange")
    await project.says("bob", his, "/thanks @hedy")
    await project.says("hedy", his, "/credits")
    await project.says("ada", hers, "/credits")
    return project


def refusals(project: Project) -> list[Answer]:
    return [answer for answer in project.answers if answer.reaction in {"confused", "-1"}]


def words(text: str) -> list[str]:
    """The words outside of what is folded away."""
    return re.sub(r"<details>.*?</details>", "", text, flags=re.DOTALL).split()


def comments(project: Project, occasion: Occasion) -> Sequence[Comment]:
    return [one for one in project.actions(Comment) if one.occasion is occasion]


async def test_refusals_are_short_and_say_what_to_do_instead() -> None:
    found = refusals(await a_season())
    assert len({answer.text for answer in found}) >= 9
    for answer in found:
        assert 0 < len(words(answer.text)) <= 30, answer.text
        assert answer.reaction == "confused", "nobody did anything forbidden"


async def test_requests_and_questions_are_short_and_for_one_reader() -> None:
    found = comments(await a_season(), Occasion.NUDGE)
    assert len(found) >= 2
    for comment in found:
        assert len(words(comment.body)) <= 80
        (reader,) = comment.mentions
        assert comment.body.startswith(f"@{reader.login}, ")
        assert re.findall(r"(?<![\w`/ ]) ?@(\w+)", comment.body) == [reader.login]
        assert re.search(r"\byou\b", comment.body)


async def test_the_thanks_for_a_first_review_are_short() -> None:
    found = comments(await a_season(), Occasion.CELEBRATION)
    assert found
    assert all(len(words(comment.body)) <= 90 for comment in found)


async def test_exchange_answers_in_four_short_lines() -> None:
    project = await a_season()
    spent = [answer.text for answer in project.answers if answer.text.startswith("Done: ")]
    assert len(spent) == 2, "a credit, and a newcomer's free one"
    for text in spent:
        lines = text.split("\n")
        assert len(lines) <= 4
        assert all(len(line.split()) <= 15 for line in lines)


async def test_nobody_reads_of_themself_in_the_third_person() -> None:
    project = await a_season()
    own = [answer.text for answer in project.answers if answer.text.startswith("Your credits")]
    assert len(own) >= 3
    assert not any(re.search(r"\b(ada|hedy) (has|have|got)\b|Credits of (ada|hedy)", text) for text in own)


async def test_everything_is_told_in_credits() -> None:
    told = "\n".join([*(await a_season()).texts()])
    assert not re.search(r"half a review|\d of a review|\d(\.\d+)? reviews? (towards|worth)", told)


async def test_the_check_is_an_offer_and_never_fails() -> None:
    checks = (await a_season()).actions(PublishCheckRun)
    assert {check.title for check in checks} >= {
        "Optional: get a free first review",
        "Optional: earn a review",
        "Optional: use a credit",
    }
    assert all(check.title.startswith("Optional: ") and check.conclusion == "neutral" for check in checks)
    assert all("nobody needs a credit to be reviewed" in check.summary for check in checks)


async def test_labels_fit_into_github_with_their_descriptions() -> None:
    labels = (await a_season()).actions(AddLabel)
    assert {label.label for label in labels} >= {"earned", "wanted"}
    assert all(0 < len(label.description) <= 100 for label in labels)


async def test_what_is_done_and_remembered_is_the_same_in_every_language() -> None:
    plain, loud = await a_season(), await a_season(Loud("en"))
    assert [action.key for action in loud.done] == [action.key for action in plain.done]
    assert loud.ledger().entries() == plain.ledger().entries()
    assert {key: record.value for key, record in loud.records.kept.items()} == {
        key: record.value for key, record in plain.records.kept.items()
    }


async def test_everything_that_people_read_is_said_in_their_language() -> None:
    project = await a_season(Loud("en"))
    said = [*project.texts(), *project.journal]
    said += [text for run in project.actions(PublishCheckRun) for text in (run.title, run.summary)]
    said += [label.description for label in project.actions(AddLabel)]
    for text in said:
        left = text
        while LOUD.search(left):
            left = LOUD.sub("", left)
        left = re.sub(r"`[^`]*`|\[[^\]]*\]\([^)]*\)|</?\w+>|Speed it up", "", left)
        assert not re.search(r"[a-z]{3,} [a-z]{2,}", left), text
