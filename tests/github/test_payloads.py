from __future__ import annotations

import pytest

from mentorbot.github import payloads
from mentorbot.github.json_reader import JsonReader, UnexpectedJson
from mentorbot.github.parsed_webhooks import PARSED_WEBHOOKS
from mentorbot.github.payloads import parse_webhook
from mentorbot.github.webhook_subscriptions import ALWAYS_SUBSCRIBED, WEBHOOKS_OF_EVENT
from tests.github import hooks
from tests.github.hooks import Json, a_check, only


@pytest.mark.parametrize(
    ("name", "payload"),
    [
        pytest.param("pull_request_review", hooks.a_pull_hook("thought", review={}), id="a review"),
        pytest.param("pull_request_review_comment", hooks.a_pull_hook("thought"), id="a line"),
        pytest.param("pull_request_review_thread", hooks.a_pull_hook("thought"), id="a conversation"),
        pytest.param("issue_comment", hooks.an_issue_hook("thought"), id="a comment"),
        pytest.param("repository", hooks.an_account_hook(action="created"), id="a new repository"),
        pytest.param("organization", hooks.an_account_hook(action="member_added"), id="a member"),
        pytest.param("installation", hooks.an_account_hook(action="thought"), id="an installation"),
        pytest.param("installation_target", hooks.an_account_hook(action="thought"), id="an owner"),
        pytest.param(
            "check_suite",
            a_check("check_suite", action="requested", status="requested", conclusion=None),
            id="checks that begin",
        ),
        pytest.param("star", hooks.an_account_hook(action="created"), id="a star"),
        pytest.param("from_the_future", {}, id="what GitHub may invent"),
    ],
)
def test_what_nobody_listens_to_is_nothing(name: str, payload: Json) -> None:
    assert parse_webhook(name, payload, delivery="d").events == ()


@pytest.mark.parametrize(
    ("payload", "reason"),
    [
        pytest.param(
            hooks.a_pull_hook("opened", pull=hooks.a_pull(number=None)),
            "pull_request.number is missing",
            id="missing",
        ),
        pytest.param(
            hooks.a_pull_hook("opened", repository={"id": 1, "full_name": "x/y", "owner": {"login": "x"}}),
            "repository.owner.id is missing",
            id="deeper",
        ),
        pytest.param(
            hooks.a_pull_hook("opened", pull=hooks.a_pull(number=True)),
            "pull_request.number is true or false where a positive number was expected",
            id="of another kind",
        ),
        pytest.param(
            hooks.a_pull_hook("opened", pull=hooks.a_pull(labels=[{"name": 3}])),
            r"pull_request.labels\[0\].name is a number where a text was expected",
            id="in a list",
        ),
        pytest.param(
            hooks.a_pull_hook("opened", pull=hooks.a_pull(labels="none")),
            "pull_request.labels is a text where a list was expected",
            id="no list",
        ),
        pytest.param(
            hooks.a_pull_hook("opened", pull=hooks.a_pull(created_at="today")),
            "pull_request.created_at is a text where a date and time was expected",
            id="no time",
        ),
        pytest.param(
            hooks.a_pull_hook("opened", pull=hooks.a_pull(created_at=None)),
            "pull_request.created_at is missing",
            id="never",
        ),
        pytest.param(
            {**hooks.a_pull_hook("opened"), "pull_request": "gone"},
            "pull_request is a text where an object",
            id="no object",
        ),
    ],
)
def test_unexpected_json_names_its_path(payload: Json, reason: str) -> None:
    with pytest.raises(UnexpectedJson, match=f"^{reason}"):
        parse_webhook("pull_request", payload)


def test_what_the_store_cannot_keep_is_replaced() -> None:
    pull = hooks.a_pull(title="a\0b", body="é\0\ud800")
    thread = only("pull_request", hooks.a_pull_hook("opened", pull=pull)).thread
    assert thread.title == "a\ufffdb"
    assert thread.body == "é\ufffd?"


def test_texts_in_a_list_are_read_and_others_left_out() -> None:
    shape = JsonReader({"events": ["a", 1, None, "b"], "odd": "a", "permissions": {"issues": "read", "x": 1}})
    assert shape.texts("events") == ("a", "b")
    assert shape.texts("none") == ()
    assert shape.text_map("permissions") == {"issues": "read"}
    assert shape.text_map("none") == {}
    with pytest.raises(UnexpectedJson, match="odd is a text where a list was expected"):
        shape.texts("odd")


def test_a_webhook_is_read_where_an_event_comes_of_it_or_a_timeline_learns_from_it() -> None:
    of_events = {name for names in WEBHOOKS_OF_EVENT.values() for name in names}
    # Check runs give acts for timelines, though no feature hears them one by one.
    assert {*ALWAYS_SUBSCRIBED, *of_events, "check_run"} == PARSED_WEBHOOKS


def test_whatever_can_be_read_is_taken_for_work() -> None:
    assert set(payloads._PARSERS) == PARSED_WEBHOOKS
