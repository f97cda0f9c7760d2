"""From reviews given to a review got: the exchange in a small GitHub, with the whole bot."""

from __future__ import annotations

from datetime import timedelta

import pytest

from mentorbot.feature_api.records import typed
from mentorbot.features.review_exchange.config import ReviewExchange
from mentorbot.features.review_exchange.ledger.ledger import Entry, EntryKind, Ledger
from mentorbot.features.review_exchange.rebuild import past_of, reactions_in, rebuilt
from mentorbot.sandbox.model import PullRequest, Review
from tests.world import World

CONFIG = """\
review_exchange:
  give: 2
  get: 1
  silence: 7 days
  checklist: off
  check_run: true
  labels:
    ready: "exchange: earned"
    wanted: "exchange: review wanted"
    in_review: "exchange: in review"
"""
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
WORDS = (
    "I tried number {} with an empty kettle and with a full one; the empty one still switches on, so a check "
    "of the water would be good before the heating starts."
)


@pytest.fixture
async def tea(world: World) -> World:
    """A project with a maintainer, olga, and people who were here before."""
    world.project(config=CONFIG)
    world.people("ada", "grace", "hedy")
    for login in ("ada", "grace", "hedy"):
        world.acts.open_issue("octo/tea", by=login, title=f"{login} was here")
        pull = world.acts.open_pull_request("octo/tea", by=login, title=f"Early work of {login}")
        world.acts.close(pull, by="olga")
    await settled(world)
    return world


async def settled(world: World) -> None:
    await world.settled()
    await world.bot.engine.tick()
    await world.settled()


async def days(world: World, number: float) -> None:
    """The bot hears of the time every half day."""
    for _ in range(int(number * 2)):
        await world.later(DAY / 2)


async def ledger(world: World) -> Ledger:
    repository = world.github.world.find_repository("octo/tea")
    assert repository is not None
    records = await world.bot.store.records.all("review_exchange", repository.id, Entry.KIND)
    return Ledger(typed(record, Entry).value for record in records)


async def balance(world: World, login: str) -> int:
    found = await ledger(world)
    assert found.problems() == []
    return sum(found.balance(person) for person in found.people() if person.login == login)


def labels(pull: PullRequest) -> set[str]:
    return set(pull.labels)


async def pulls_of(world: World, *authors: str) -> list[PullRequest]:
    pulls = [
        world.acts.open_pull_request("octo/tea", by=login, title=f"Warm the cup of {login}")
        for login in authors
    ]
    await settled(world)
    await world.later(HOUR)
    return pulls


async def test_two_reviews_given_and_thanked_for_earn_a_review_of_ones_own(tea: World) -> None:
    his, hers, mine = await pulls_of(tea, "grace", "hedy", "ada")
    tea.acts.review(his, by="ada", body=WORDS.format("one"))
    tea.acts.review(hers, by="ada", verdict="comment", comments=[(_path(hers), 1, "Why not a cup for two?")])
    await settled(tea)
    tea.acts.comment(his, by="grace", body="/thanks @ada")
    await settled(tea)
    assert await balance(tea, "ada") == 100
    assert "exchange: earned" not in labels(mine)
    tea.acts.react(_reviews(hers)[-1], "+1", by="hedy")
    await tea.later(HOUR)
    assert await balance(tea, "ada") == 200
    assert "exchange: earned" in labels(mine)
    assert [run.title for run in tea.checks_on(mine)][-1] == "Optional: use a credit"

    asked = tea.acts.comment(mine, by="ada", body="/exchange")
    await settled(tea)
    assert tea.reactions_to(asked) == ["hooray"]
    answer = tea.said_in(mine)[-1]
    assert answer.startswith("Done: one credit is spent here. Credits left: 0.\n")
    assert "You are number 1 of 1 in the queue.\n" in answer
    assert len(answer.partition("\n\n<!--")[0].splitlines()) <= 4
    assert await balance(tea, "ada") == 0
    assert labels(mine) == {"exchange: review wanted"}

    await tea.later(HOUR)
    tea.acts.comment(mine, by="grace", body="I will have a look at it tomorrow.")
    await settled(tea)
    assert labels(mine) == {"exchange: in review"}
    tea.acts.review(mine, by="grace", body=WORDS.format("three"))
    await settled(tea)
    assert labels(mine) == set()
    (entry,) = [one for one in (await ledger(tea)).entries() if one.kind is EntryKind.SETTLED]
    assert entry.by is not None
    assert entry.by.login == "grace"


async def test_when_nobody_comes_the_credit_comes_back_with_interest(tea: World) -> None:
    (mine,) = await pulls_of(tea, "ada")
    tea.acts.comment(mine, by="olga", body="/credits give @ada 1 for the docs")
    await settled(tea)
    tea.acts.comment(mine, by="ada", body="/exchange")
    await settled(tea)
    assert await balance(tea, "ada") == 0
    await days(tea, 22)
    assert await balance(tea, "ada") == 300
    assert "exchange: review wanted" not in labels(mine)
    assert any(
        "@ada gets the credit back, and ½ for waiting: nobody reviewed it until" in w
        for w in await tea.why(mine)
    )


async def test_silence_confirms_and_a_dispute_stops_it_until_a_maintainer_decides(tea: World) -> None:
    first, second = await pulls_of(tea, "grace", "hedy")
    tea.acts.review(first, by="ada", body=WORDS.format("one"))
    tea.acts.review(second, by="ada", body=WORDS.format("two"))
    await settled(tea)
    tea.acts.react(_reviews(second)[-1], "-1", by="hedy")
    await tea.later(HOUR)
    (question,) = tea.said_in(second)
    assert "@hedy" in question
    await days(tea, 8)
    assert await balance(tea, "ada") == 100, "the undisputed one"
    assert len(tea.said_in(second)) == 1, "asked once"
    tea.acts.comment(second, by="olga", body="/thanks @ada")
    await settled(tea)
    assert await balance(tea, "ada") == 200


async def test_two_exchanges_at_once_spend_the_last_credit_once(tea: World) -> None:
    one, other = await pulls_of(tea, "ada", "ada")
    tea.acts.comment(one, by="olga", body="/credits give @ada 1")
    await settled(tea)
    asked = [tea.acts.comment(pull, by="ada", body="/exchange") for pull in (one, other)]
    await settled(tea)
    assert sorted(tea.reactions_to(comment)[0] for comment in asked) == ["confused", "hooray"]
    assert await balance(tea, "ada") == 0


async def test_a_newcomers_first_pull_request_is_free(tea: World) -> None:
    tea.people("nell")
    (first,) = await pulls_of(tea, "nell")
    assert tea.checks_on(first)[-1].title == "Optional: get a free first review"
    asked = tea.acts.comment(first, by="nell", body="/exchange")
    await settled(tea)
    assert tea.reactions_to(asked) == ["hooray"]
    (second,) = await pulls_of(tea, "nell")
    again = tea.acts.comment(second, by="nell", body="/exchange")
    await settled(tea)
    assert tea.reactions_to(again) == ["confused"]
    assert "/suggest reviews" in tea.said_in(second)[-1]


async def test_who_looked_for_reviews_is_asked_and_replaced_when_silent(tea: World) -> None:
    tea.acts.add_collaborator("octo/tea", "grace", by="olga")
    (mine,) = await pulls_of(tea, "ada")
    for login in ("grace", "hedy"):
        tea.acts.comment(mine, by=login, body="/suggest reviews")
    tea.acts.comment(mine, by="olga", body="/credits give @ada 1")
    await settled(tea)
    tea.acts.comment(mine, by="ada", body="/exchange")
    await settled(tea)
    first = list(mine.requested)
    mentioned = [text for text in tea.said_in(mine) if "would you review this pull request?" in text]
    assert len(first) + len(mentioned) == 1, "one at a time"
    await days(tea, 8)
    mentioned = [text for text in tea.said_in(mine) if "would you review this pull request?" in text]
    assert len(mentioned) == 1
    assert "@hedy" in mentioned[0]
    assert mine.requested == {}


async def test_the_ledger_can_be_made_again_from_github(tea: World) -> None:
    his, hers, mine = await pulls_of(tea, "grace", "hedy", "ada")
    review = tea.acts.review(his, by="ada", body=WORDS.format("one"))
    tea.acts.review(hers, by="ada", verdict="approve", body="LGTM")
    tea.acts.comment(hers, by="ada", body="LGTM. I tested it with cold water and it works.")
    await settled(tea)
    tea.acts.react(review, "+1", by="grace")
    await days(tea, 8)
    tea.acts.comment(mine, by="ada", body="/exchange")
    await settled(tea)
    await tea.later(HOUR)
    tea.acts.review(mine, by="hedy", body=WORDS.format("two"))
    await settled(tea)
    live = await ledger(tea)
    assert {entry.kind for entry in live.entries()} >= {EntryKind.EARNED, EntryKind.SPENT, EntryKind.SETTLED}
    ports = await tea.bot.engine.ports("octo/tea", "review_exchange")
    section = ports.configuration.section("review_exchange")
    assert isinstance(section, ReviewExchange)
    numbers = [pull.number for pull in (his, hers, mine)]
    timelines = [found for number in numbers if (found := await ports.github.timeline(number))]
    reactions = await reactions_in(timelines, ports.github)
    again = await rebuilt(past_of(ports, section, timelines, reactions))
    assert [(e.key, e.amount, e.at) for e in again.entries()] == [
        (e.key, e.amount, e.at) for e in live.entries()
    ]


async def test_a_balance_is_told_in_credits_alone(tea: World) -> None:
    his, mine = await pulls_of(tea, "grace", "ada")
    tea.acts.review(his, by="ada", body=WORDS.format("one"))
    await settled(tea)
    tea.acts.comment(his, by="grace", body="/thanks @ada")
    await settled(tea)
    tea.acts.comment(mine, by="ada", body="/credits")
    await settled(tea)
    answer = tea.said_in(mine)[-1]
    assert answer.startswith("Your credits: **½**. One more review that helps earns you the next credit.")
    assert f"· +½ · for a review of #{his.number}" in answer
    gift = tea.acts.comment(mine, by="olga", body="/credits give @olga 1")
    await settled(tea)
    assert tea.reactions_to(gift) == ["confused"]
    assert "You can't give credits to yourself." in tea.said_in(mine)[-1]
    assert await balance(tea, "olga") == 0


async def test_no_check_looks_like_a_gate_where_nobody_asked_for_one(world: World) -> None:
    world.project(config="review_exchange:\n  checklist: off\n")
    world.people("ada")
    pull = world.acts.open_pull_request("octo/tea", by="ada", title="Heat the kettle")
    await settled(world)
    assert world.checks_on(pull) == []


async def test_what_the_bot_labels_itself_and_little_words_are_no_reason_to_review(world: World) -> None:
    world.project(
        config="stalled:\n  labels: {reviewers: awaiting review}\nreview_exchange:\n  checklist: off\n"
    )
    world.people("ada", "grace", "hedy")
    for title in ("Nothing but a sketch", "Another sketch"):  # what all have in common says nothing anyway
        world.acts.open_pull_request("octo/tea", by="hedy", title=title, draft=True)
    early = world.acts.open_pull_request("octo/tea", by="grace", title="First of all, warm the pot")
    await settled(world)
    await world.later(HOUR)
    assert "awaiting review" in labels(early)
    world.acts.review(early, by="ada", verdict="comment", body=WORDS.format("one"))
    late = world.acts.open_pull_request("octo/tea", by="hedy", title="First of all, the kettle")
    await settled(world)
    await world.later(HOUR)
    assert "awaiting review" in labels(late)
    world.acts.comment(late, by="ada", body="/suggest reviews")
    await settled(world)
    answer = world.said_in(late)[-1]
    assert f"#{late.number}" in answer
    assert "awaiting review" not in answer
    assert "about first" not in answer


async def test_nothing_happens_without_the_section(world: World) -> None:
    world.project()
    world.people("ada", "grace")
    pull = world.acts.open_pull_request("octo/tea", by="ada", title="Heat the kettle")
    world.acts.review(pull, by="grace", body=WORDS.format("one"))
    await settled(world)
    assert await ledger(world) is not None
    assert (await ledger(world)).entries() == []


def _reviews(pull: PullRequest) -> list[Review]:
    return list(pull.reviews.values())


def _path(pull: PullRequest) -> str:
    return pull.files[0].path
