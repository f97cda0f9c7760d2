from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mentorbot.github.delivery_target import DeliveryTarget, UnreadablePayload, read_target
from tests.contract.published import published
from tests.github import hooks
from tests.github.hooks import Json, a_check, a_push

_UNTIL = 2**63


def _slowly(payload: Any) -> DeliveryTarget:
    """The same, read one field after the other from what the standard library makes of a body."""

    def inner(found: Any, key: str) -> Any:
        return found.get(key) if isinstance(found, dict) else None

    def number(*path: str) -> int | None:
        found = payload
        for key in path:
            found = inner(found, key)
        return found if type(found) is int and 0 <= found < _UNTIL else None

    check = next(
        (
            found
            for name in ("check_suite", "check_run", "workflow_run")
            if isinstance(found := payload.get(name), dict)
        ),
        {},
    )
    pulls = check.get("pull_requests")
    alone = inner(pulls[0], "number") if isinstance(pulls, list) and len(pulls) == 1 else None
    numbers = (
        number("pull_request", "number"),
        number("issue", "number"),
        alone if type(alone) is int and 0 <= alone < _UNTIL else None,
    )
    action = payload.get("action")
    return DeliveryTarget(
        installation_id=number("installation", "id"),
        repository_id=number("repository", "id"),
        number=next((one for one in numbers if one is not None), None),
        action=action if isinstance(action, str) else None,
    )


_ODD = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(2**70), 2**70),
    st.floats(),
    st.text(),
    st.lists(st.integers(), max_size=2),
)
_OBJECTS = _ODD | st.dictionaries(st.sampled_from(["id", "number", "login"]), _ODD, max_size=3)
_CHECKS = _ODD | st.fixed_dictionaries({}, optional={"pull_requests": _ODD | st.lists(_OBJECTS, max_size=2)})
_PAYLOADS = st.fixed_dictionaries(
    {},
    optional={
        "action": _ODD,
        **dict.fromkeys(("installation", "repository", "pull_request", "issue", "sender"), _OBJECTS),
        **dict.fromkeys(("check_suite", "check_run", "workflow_run"), _CHECKS),
    },
)


@given(payload=_PAYLOADS, ascii_only=st.booleans())
def test_it_is_read_as_the_standard_library_would_whatever_comes(payload: Json, ascii_only: bool) -> None:
    body = json.dumps(payload, ensure_ascii=ascii_only).encode("utf-8", "replace")
    assert read_target(body) == _slowly(json.loads(body))


def test_it_is_read_of_every_published_example() -> None:
    examples = [
        example for event in json.loads(published("webhook-examples.json")) for example in event["examples"]
    ]
    assert len(examples) > 100
    for example in examples:
        assert read_target(json.dumps(example).encode()) == _slowly(example)


@pytest.mark.parametrize(
    ("payload", "target"),
    [
        pytest.param(hooks.a_pull_hook("opened"), (5, 1, 4, "opened"), id="a pull request"),
        pytest.param(hooks.an_issue_hook("opened"), (5, 1, 3, "opened"), id="an issue"),
        pytest.param(a_check("check_run"), (5, 1, None, "completed"), id="a check of several"),
        pytest.param(
            a_check("check_suite", pull_requests=[{"number": 4}]), (5, 1, 4, "completed"), id="a check of one"
        ),
        pytest.param(a_push(), (5, 1, None, None), id="a push"),
        pytest.param({"action": 3, "issue": {"number": "x"}}, (None,) * 4, id="nonsense"),
        pytest.param({"installation": {"id": True}, "issue": {"number": -1}}, (None,) * 4, id="no numbers"),
    ],
)
def test_a_delivery_has_a_target(payload: Json, target: tuple[Any, ...]) -> None:
    found = read_target(json.dumps(payload).encode())
    assert (found.installation_id, found.repository_id, found.number, found.action) == target


@pytest.mark.parametrize(
    ("body", "why"),
    [
        pytest.param(b"", "not JSON", id="nothing"),
        pytest.param(b"a=1", "not JSON", id="a form"),
        pytest.param(b'{"sender": {"login": "\xff"}}', "not JSON", id="no UTF-8, where nobody looks"),
        pytest.param(b'{"sender": {"login": "a}}', "not JSON", id="broken off, where nobody looks"),
        pytest.param(b'{"action": "opened"} {}', "not JSON", id="two at once"),
        pytest.param(b"[]", "not an object", id="a list"),
        pytest.param(b'{"x":' * 60_000 + b"1" + b"}" * 60_000, "too deeply", id="a well"),
        pytest.param(b'{"action": ' + b"[" * 60_000 + b"]" * 60_000 + b"}", "too deeply", id="a deep field"),
    ],
)
def test_what_is_no_object_is_refused(body: bytes, why: str) -> None:
    with pytest.raises(UnreadablePayload, match=why):
        read_target(body)


def test_halves_of_characters_in_peoples_words_are_no_reason_to_refuse() -> None:
    body = rb'{"action": "created", "comment": {"body": "\ud800 and \u0000"}, "issue": {"number": 3}}'
    assert read_target(body).number == 3
