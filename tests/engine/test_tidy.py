"""Taking back is planned, resumed, paced and refused like everything else that the bot does."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from mentorbot.core.actions import (
    Action,
    AddLabel,
    CloseIssue,
    Comment,
    OpenIssue,
    RemoveLabel,
    RemoveReviewRequest,
    RequestReview,
)
from mentorbot.core.errors import AccessLost, GitHubUnavailable, Impossible
from mentorbot.core.people import Person
from mentorbot.db.repositories import InstalledRepository
from mentorbot.db.store import Store
from mentorbot.domain.thread_marks import ThreadMarks, gone_already, somebody_elses
from tests.builders import a_person
from tests.engine.office import BOT, Office
from tests.engine.test_act import a_comment, an_office_with, decide, state_of
from tests.engine.test_decide import due_now

ADA, GRACE = a_person("ada"), a_person("grace")
LABEL = AddLabel(key="label", number=4, label="Awaiting review")
OURS = ThreadMarks(
    author=ADA,
    labels={"awaiting review": BOT},
    reviewers={GRACE.id: BOT},
    teams={"triage": BOT},
)


async def the_place(office: Office) -> InstalledRepository:
    found = await office.engine.workplace("acme/rockets")
    assert found is not None
    return found


async def put_on(store: Store, *actions: Action, marks: ThreadMarks = OURS) -> tuple[Office, Any]:
    office, pen = await an_office_with(store)
    for action in actions:
        await decide(office, action)
    await office.work()
    office.app.here.worn = {4: marks}
    pen.done.clear()
    return office, pen


async def test_what_was_planned_and_not_done_goes_on_when_it_is_asked_for_again(store: Store) -> None:
    """As after Ctrl-C, or a crash, before anything was done."""
    office, pen = await put_on(store, LABEL)
    first = await office.engine.tidier.begin(await the_place(office))
    again = await office.engine.tidier.begin(await the_place(office))
    assert first == again
    await office.work()
    assert pen.done == [RemoveLabel(key="tidy/label", number=4, label="Awaiting review")]
    assert await office.engine.tidier.begin(await the_place(office)) == []


async def test_a_team_is_asked_no_more_either(store: Store) -> None:
    asked = RequestReview(key="team", number=4, team="triage")
    office, pen = await put_on(store, asked, RequestReview(key="grace", number=4, reviewer=GRACE))
    await office.engine.tidier.begin(await the_place(office))
    await office.work()
    assert [(one.team, one.reviewer) for one in pen.done] == [("triage", None), (None, GRACE)]
    assert all(isinstance(one, RemoveReviewRequest) for one in pen.done)


async def test_what_was_taken_off_before_is_nothing_to_take_back(store: Store) -> None:
    office, _ = await put_on(store, LABEL, RemoveLabel(key="off", number=4, label="awaiting review"))
    assert await office.engine.tidier.begin(await the_place(office)) == []


async def test_what_was_put_on_once_more_is_taken_back_once(store: Store) -> None:
    again = AddLabel(key="label again", number=4, label="awaiting review")
    office, _ = await put_on(store, LABEL, again)
    assert await office.engine.tidier.begin(await the_place(office)) == ["greeter/1/tidy/label again"]


async def test_an_issue_that_people_closed_and_opened_again_stays_ours(store: Store) -> None:
    office, pen = await put_on(store, OpenIssue(key="list", title="A list", body="…"))
    office.app.here.worn = {1001: ThreadMarks(author=BOT)}
    await office.engine.tidier.begin(await the_place(office))
    await office.work()
    (close,) = pen.done
    assert isinstance(close, CloseIssue)
    assert (close.issue, close.number) == ("list", 1001)


async def test_whatever_else_was_planned_is_dropped_and_says_why(store: Store) -> None:
    office, _ = await put_on(store, LABEL)
    await decide(office, a_comment("late"))
    await office.engine.tidier.begin(await the_place(office))
    await decide(office, a_comment("later"))
    await office.work()
    for key in ("late", "later"):
        assert await state_of(store, key) == (
            "dropped",
            "I have taken back what I put here, and write nothing any more",
        )
    assert not any(isinstance(action, Comment) for action in office.app.pen.done)


async def test_what_github_refuses_for_good_is_told(store: Store) -> None:
    office, pen = await put_on(store, LABEL)
    pen.refusals.append(Impossible("Validation failed", status=422))
    keys = await office.engine.tidier.begin(await the_place(office))
    await office.work()
    (one,) = await office.engine.tidier.outcome(await the_place(office), keys)
    assert (one.state, one.why) == ("parked", "GitHub said no: Validation failed")


async def test_what_was_put_there_by_nobody_that_is_known_is_nobody_s_to_take_back(store: Store) -> None:
    office, _ = await put_on(store, LABEL, marks=replace(OURS, labels={"awaiting review": None}))
    (found,) = await office.engine.tidier.look(await the_place(office))
    assert found.left == "nobody can tell any more who put it there"


async def test_what_is_gone_is_not_spoken_of(store: Store) -> None:
    office, _ = await put_on(store, LABEL, marks=replace(OURS, labels={}))
    assert await office.engine.tidier.look(await the_place(office)) == []


async def test_while_github_does_not_answer_it_waits(store: Store) -> None:
    office, pen = await put_on(store, LABEL)
    await office.engine.tidier.begin(await the_place(office))
    office.app.here.down = GitHubUnavailable("GitHub answered 502.")
    await office.work()
    assert (await state_of(store, "tidy/label"))[0] == "due"
    office.app.here.down = None
    await due_now(store)
    await office.work()
    assert len(pen.done) == 1


async def test_where_the_config_file_cannot_be_read_nothing_is_begun(store: Store) -> None:
    office, _ = await put_on(store, LABEL)
    office.app.here.down = AccessLost("gone")
    with pytest.raises(AccessLost):
        await office.engine.tidier.begin(await the_place(office))
    assert not (await the_place(office)).tidied


async def test_a_file_of_the_owner_does_not_bring_it_back(store: Store) -> None:
    office, _ = await put_on(store, LABEL)
    office.app.here.config, office.app.here.owners_config = None, "greeter:\n"
    await store.configs.mark_stale(repository_id=1)
    assert (await office.engine.configuration("acme/rockets")).is_on("greeter")
    await office.engine.tidier.begin(await the_place(office))
    assert not (await office.engine.configuration("acme/rockets")).exists
    office.app.here.owners_config = "greeter:\nlanguage: de\n"
    await store.configs.mark_stale(repository_id=1)
    assert not (await office.engine.configuration("acme/rockets")).exists
    office.app.here.config = "greeter:\n"
    await store.configs.mark_stale(repository_id=1)
    assert (await office.engine.configuration("acme/rockets")).is_on("greeter")
    assert not (await the_place(office)).tidied


def unlabel(label: str = "awaiting review") -> Action:
    return RemoveLabel(key="k", number=4, label=label)


def unask(**whom: Any) -> Action:
    return RemoveReviewRequest(key="k", number=4, **whom)


CLOSE = CloseIssue(key="k", number=4, issue="list", body="")


@pytest.mark.parametrize(
    ("taking", "marks", "why"),
    [
        pytest.param(unlabel("Awaiting Review"), OURS, None, id="our label, whatever its case"),
        pytest.param(unlabel(), None, "it was deleted, or moved elsewhere", id="a thread that is gone"),
        pytest.param(unlabel("other"), OURS, "it is gone already", id="a label that is gone"),
        pytest.param(
            unlabel(),
            ThreadMarks(author=ADA, labels={"awaiting review": GRACE}),
            "@grace put it there again since",
            id="a label of somebody else's",
        ),
        pytest.param(
            unlabel(),
            ThreadMarks(author=ADA, labels={"awaiting review": None}),
            "nobody can tell any more who put it there",
            id="a label of nobody's",
        ),
        pytest.param(unask(reviewer=GRACE), OURS, None, id="our request"),
        pytest.param(unask(reviewer=ADA), OURS, "it is gone already", id="who has reviewed since"),
        pytest.param(unask(team="triage"), OURS, None, id="our request to a team"),
        pytest.param(CLOSE, ThreadMarks(author=BOT), None, id="our issue"),
        pytest.param(
            CLOSE, ThreadMarks(author=BOT, is_open=False), "it is closed already", id="a closed issue"
        ),
        pytest.param(CLOSE, OURS, "somebody else opened it", id="an issue of somebody else's"),
    ],
)
def test_only_what_is_ours_still_is_taken_back(
    taking: Action, marks: ThreadMarks | None, why: str | None
) -> None:
    gone = gone_already(taking, marks)
    assert (gone if marks is None or gone else somebody_elses(taking, marks, bot=BOT)) == why


def test_our_name_will_do_where_our_number_is_not_known() -> None:
    nameless = Person(0, BOT.login, is_bot=True)
    assert somebody_elses(unlabel(), OURS, bot=nameless) is None


def test_what_takes_nothing_back_is_a_mistake_of_ours() -> None:
    with pytest.raises(TypeError):
        gone_already(LABEL, OURS)
