from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from mentorbot.core.events import Commented, InstallationChanged
from mentorbot.db.deliveries import StoredDelivery
from mentorbot.engine.parse_delivery import parse_delivery
from mentorbot.github.json_reader import UnexpectedJson
from tests.github import hooks
from tests.github.hooks import Json

RECEIVED = datetime(2026, 3, 3, tzinfo=UTC)
OPENED, COMMENTED, UPDATED = (hooks.moment(text) for text in ("01T08:00", "02T08:30", "02T08:00"))


def stored(event: str, payload: Json) -> StoredDelivery:
    return StoredDelivery(
        id="d-1",
        event=event,
        action=payload.get("action", ""),
        installation_id=5,
        repository_id=payload.get("repository", {}).get("id"),
        number=None,
        headers={},
        payload=json.dumps(payload).encode(),
        received_at=RECEIVED,
        state="received",
        reason=None,
    )


def test_a_comment_gives_an_event_and_what_is_to_be_learned_from_it() -> None:
    payload = hooks.an_issue_hook("created", issue=hooks.an_issue(pull_request={}), comment=hooks.a_comment())
    parsed = parse_delivery(stored("issue_comment", payload))
    (event,) = parsed.events
    assert isinstance(event, Commented)
    assert event.delivery == "d-1"
    assert parsed.repository == event.repository
    assert parsed.lesson is not None
    assert parsed.lesson.sightings
    assert [number for number, _ in parsed.lesson.acts] == [3]


@pytest.mark.parametrize(
    ("event", "payload", "as_of"),
    [
        pytest.param("pull_request", hooks.a_pull_hook("opened"), OPENED, id="an opening, though it changed"),
        pytest.param("pull_request", hooks.a_pull_hook("labeled"), UPDATED, id="a change"),
        pytest.param(
            "issue_comment",
            hooks.an_issue_hook("created", comment=hooks.a_comment()),
            COMMENTED,
            id="a comment after the last change",
        ),
        pytest.param("issues", hooks.an_issue_hook("deleted"), RECEIVED, id="without an event"),
    ],
)
def test_a_lesson_is_as_old_as_its_payload(event: str, payload: Json, as_of: datetime) -> None:
    lesson = parse_delivery(stored(event, payload)).lesson
    assert lesson is not None
    assert lesson.as_of == as_of


def test_an_installation_teaches_nothing_about_a_repository() -> None:
    account = {**hooks.ACME, "created_at": "2026-03-02T08:00:00Z"}
    payload: Json = {
        "action": "suspend",
        "sender": hooks.GRACE,
        "installation": {"id": 5, "account": account, "updated_at": "2026-03-02T08:00:00Z"},
    }
    parsed = parse_delivery(stored("installation", payload))
    (changed,) = parsed.all_events
    assert isinstance(changed, InstallationChanged)
    assert (parsed.events, parsed.repository, parsed.lesson) == ((), None, None)


def test_what_github_does_not_send_is_refused() -> None:
    with pytest.raises(UnexpectedJson, match="number is missing"):
        parse_delivery(stored("issues", hooks.an_issue_hook("opened", issue=hooks.an_issue(number=None))))
    with pytest.raises(UnexpectedJson, match="the payload is gone"):
        parse_delivery(replace(stored("issues", hooks.an_issue_hook("opened")), payload=None))
