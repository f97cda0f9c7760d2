from __future__ import annotations

from datetime import UTC, datetime

import pytest

from mentorbot.core.people import Association, Person
from mentorbot.domain.contributions import AnswerSeen, PersonSeen, ReviewSeen, ThreadSeen
from mentorbot.github.payloads import parse_webhook
from tests.github import hooks
from tests.github.hooks import Json

ADA, GRACE = Person(11, "ada"), Person(12, "grace")
THREAD = ThreadSeen(
    number=3,
    is_pull_request=False,
    author=ADA,
    association=Association.NONE,
    title="It does not start",
    opened_at=datetime(2026, 3, 1, 8, tzinfo=UTC),
    labels=frozenset({"bug"}),
)


def test_an_issue_shows_its_author_and_whoever_did_something() -> None:
    assert parse_webhook("issues", hooks.an_issue_hook("labeled")).sightings == (
        THREAD,
        PersonSeen(person=ADA, association=Association.NONE),
        PersonSeen(person=GRACE),
    )


@pytest.mark.parametrize("locked", [True, False])
def test_a_thread_shows_whether_it_is_locked(*, locked: bool) -> None:
    issue = hooks.an_issue(locked=locked, labels=[])
    seen, *_ = parse_webhook("issues", hooks.an_issue_hook("locked", issue=issue)).sightings
    assert isinstance(seen, ThreadSeen)
    assert (seen.locked, seen.labels) == (locked, frozenset())


@pytest.mark.parametrize("action", ["deleted", "transferred"])
def test_an_issue_that_is_gone_does_not_count(action: str) -> None:
    assert THREAD not in parse_webhook("issues", hooks.an_issue_hook(action)).sightings


def test_a_comment_by_somebody_else_is_an_answer() -> None:
    hook = hooks.an_issue_hook("created", comment=hooks.a_comment())
    answer = AnswerSeen(number=3, by=GRACE, at=datetime(2026, 3, 2, 8, 30, tzinfo=UTC))
    seen = parse_webhook("issue_comment", hook).sightings
    assert answer in seen
    assert PersonSeen(person=GRACE, association=Association.MEMBER) in seen


@pytest.mark.parametrize(
    "user",
    [
        pytest.param(hooks.ADA, id="by the author"),
        pytest.param(hooks.ROBOT, id="by a bot"),
        pytest.param(None, id="by nobody"),
    ],
)
@pytest.mark.parametrize(
    ("name", "hook"),
    [
        ("issue_comment", hooks.an_issue_hook("created", comment=hooks.a_comment())),
        ("pull_request_review_comment", hooks.a_pull_hook("created", comment=hooks.a_comment())),
        ("pull_request_review", hooks.a_pull_hook("submitted", review=hooks.a_review())),
    ],
)
def test_what_ends_nobodys_wait_is_no_answer(name: str, hook: Json, user: Json | None) -> None:
    changed: Json = {key: {**hook[key], "user": user} for key in ("comment", "review") if key in hook}
    seen = parse_webhook(name, {**hook, **changed}).sightings
    assert not any(isinstance(one, AnswerSeen | ReviewSeen) for one in seen)


@pytest.mark.parametrize("action", ["edited", "deleted"])
def test_only_a_new_comment_is_an_answer(action: str) -> None:
    seen = parse_webhook("issue_comment", hooks.an_issue_hook(action, comment=hooks.a_comment())).sightings
    assert not any(isinstance(one, AnswerSeen) for one in seen)


@pytest.mark.parametrize(
    ("name", "hook"),
    [
        pytest.param(
            "pull_request_review", hooks.a_pull_hook("submitted", review=hooks.a_review()), id="a verdict"
        ),
        pytest.param(
            "pull_request_review_comment",
            hooks.a_pull_hook("created", comment=hooks.a_comment()),
            id="a remark",
        ),
    ],
)
def test_a_review_is_seen_and_is_an_answer(name: str, hook: Json) -> None:
    seen = parse_webhook(name, hook).sightings
    assert [one.by for one in seen if isinstance(one, ReviewSeen)] == [GRACE]
    assert [one.by for one in seen if isinstance(one, AnswerSeen)] == [GRACE]


def test_a_review_that_was_dismissed_is_not_seen_again() -> None:
    hook = hooks.a_pull_hook("dismissed", review=hooks.a_review())
    seen = parse_webhook("pull_request_review", hook).sightings
    assert not any(isinstance(one, ReviewSeen) for one in seen)


def test_a_pull_request_shows_its_fate_and_everybody_on_it_once() -> None:
    pull = hooks.a_pull(
        merged_at="2026-03-02T09:00:00Z",
        closed_at="2026-03-02T09:00:00Z",
        merged_by=hooks.GRACE,
        assignees=[hooks.ADA],
        requested_reviewers=[hooks.ROBOT],
    )
    thread, *people = parse_webhook("pull_request", hooks.a_pull_hook("closed", pull=pull)).sightings
    assert isinstance(thread, ThreadSeen)
    assert thread.merged_at == thread.closed_at == datetime(2026, 3, 2, 9, tzinfo=UTC)
    assert [one.person.login for one in people if isinstance(one, PersonSeen)] == [
        "ada",
        "robot[bot]",
        "grace",
    ]


def test_other_events_show_nobody() -> None:
    assert parse_webhook("push", hooks.a_push()).sightings == ()
