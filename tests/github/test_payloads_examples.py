from __future__ import annotations

import copy
import json
from collections.abc import Iterator, Mapping
from datetime import datetime
from functools import cache
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mentorbot.core import events as heard
from mentorbot.core.events import Event
from mentorbot.github.delivery_target import UnreadablePayload, read_target
from mentorbot.github.json_reader import UnexpectedJson
from mentorbot.github.parsed_webhooks import PARSED_WEBHOOKS
from mentorbot.github.payloads import parse_webhook
from mentorbot.github.webhook_subscriptions import ALWAYS_SUBSCRIBED, WEBHOOKS_OF_EVENT
from tests.builders import NOW
from tests.contract.published import published
from tests.github import hooks


@cache
def _examples() -> tuple[tuple[str, str], ...]:
    found = json.loads(published("webhook-examples.json"))
    return tuple((event["name"], json.dumps(example)) for event in found for example in event["examples"])


def _take_in(name: str, payload: Any, received_at: datetime | None = None) -> None:
    read_target(json.dumps(payload).encode())
    parse_webhook(name, payload, received_at=received_at)


def test_every_published_example_is_taken_in_without_an_error() -> None:
    for name, example in _examples():
        _take_in(name, json.loads(example))
    assert len({name for name, _ in _examples()}) == 58


def test_the_examples_show_nearly_every_event_we_know() -> None:
    shown = {
        type(event)
        for name, example in _examples()
        for event in parse_webhook(name, json.loads(example), delivery="d").events
    }
    told_by_the_engine = {heard.CommandGiven}
    no_example = {heard.PullRequestRetitled, heard.ReviewEdited, heard.IssueClosed, heard.LoginChanged}
    assert set(WEBHOOKS_OF_EVENT) - told_by_the_engine - no_example <= shown


def test_every_event_of_the_core_is_heard_as_some_webhook() -> None:
    abstract = {heard.IssueEvent, heard.PullRequestEvent, heard.CommentEvent}
    kinds = {kind for kind in vars(heard).values() if isinstance(kind, type) and issubclass(kind, Event)}
    assert kinds - abstract - {Event} <= set(WEBHOOKS_OF_EVENT)
    assert set(ALWAYS_SUBSCRIBED) <= {name for names in WEBHOOKS_OF_EVENT.values() for name in names}


_JUNK = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(allow_nan=False),
    st.text(max_size=20),
    st.just([]),
    st.just({}),
    st.just([None, 1, {}]),
    st.just(10**400),
    st.just("2026-13-45T99:99:99Z"),
    st.just("\ud800\0"),
)


def _places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in items:
        yield (*path, key)
        yield from _places(inner, (*path, key))


def _mutilate(payload: Any, path: tuple[Any, ...], junk: Any, *, remove: bool) -> None:
    inner = payload
    for key in path[:-1]:
        inner = inner[key]
    if remove:
        del inner[path[-1]]
    else:
        inner[path[-1]] = junk


@settings(max_examples=400, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_a_mutilated_example_raises_nothing_but_unexpected_json(data: st.DataObject) -> None:
    chosen = [(name, example) for name, example in _examples() if name in PARSED_WEBHOOKS]
    name, example = data.draw(st.sampled_from(chosen))
    payload = json.loads(example)
    for _ in range(data.draw(st.integers(1, 3))):
        # What we read stands in the first levels; deeper down are links and copies.
        places = [path for path in _places(payload) if len(path) <= 4]
        if not places:
            break
        path = data.draw(st.sampled_from(places))
        _mutilate(payload, path, copy.deepcopy(data.draw(_JUNK)), remove=data.draw(st.booleans()))
    read_target(json.dumps(payload).encode())
    try:
        parse_webhook(name, payload)
    except UnexpectedJson as error:
        assert error.reason  # noqa: PT017 - raising nothing is as good


# What it is about: without it, there is nothing that anybody could do.
_ESSENTIAL: Mapping[str, tuple[str, ...]] = {
    "check_run": ("head_sha",),
    "check_suite": ("head_sha",),
    "comment": ("id",),
    "installation": ("id", "account", "account.id", "account.login"),
    "issue": ("number",),
    "pull_request": ("number",),
    "ref": (),
    "repository": ("id", "full_name", "owner", "owner.id", "owner.login"),
    "review": ("id",),
    "sha": (),
    "workflow_run": ("head_sha",),
}


def _inessential(value: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[dict[str, Any], str]]:
    """Each object with a key in it that can be missing, down to what we read."""
    if not isinstance(value, dict) or len(path) > 4:
        return
    for key, inner in list(value.items()):
        if not key.endswith(("url", "_links")):
            yield from _inessential(inner, (*path, key))
            about, *within = (*path, key)
            if about not in _ESSENTIAL or (within and ".".join(within) not in _ESSENTIAL[about]):
                yield value, key


def test_only_what_a_delivery_is_about_has_to_be_there() -> None:
    for name, example in _examples():
        payload = json.loads(example)
        for holder, key in _inessential(payload) if name in PARSED_WEBHOOKS else ():
            missing = holder.pop(key)
            try:
                _take_in(name, payload, received_at=NOW)
            except UnexpectedJson as error:
                raise AssertionError(f"{name} without {key}: {error.reason}") from error
            holder[key] = missing


def test_without_any_time_in_it_a_push_happened_when_it_was_received() -> None:
    payload = hooks.a_push()
    for key in ("pushed_at", "updated_at", "created_at"):
        payload["repository"].pop(key, None)

    [push] = parse_webhook("push", payload, delivery="d", received_at=NOW).events

    assert isinstance(push, heard.BranchPushed)
    assert push.at == NOW


@pytest.mark.parametrize("payload", [[], None, "text", 3])
def test_what_is_no_object_at_all_is_unexpected_json(payload: Any) -> None:
    with pytest.raises(UnreadablePayload, match="not an object"):
        read_target(json.dumps(payload).encode())
    for name in ("pull_request", "issues", "push", "check_run"):
        with pytest.raises(UnexpectedJson, match="the payload is"):
            parse_webhook(name, payload)
