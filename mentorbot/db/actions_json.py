"""Actions as JSON and back: the one place that knows how an effect lies in the store."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from pydantic import TypeAdapter

from mentorbot.core import actions
from mentorbot.core.actions import Action

_SETTING = actions.AddLabel | actions.RemoveLabel | actions.EditComment | actions.EditIssue


def kind_of(action: Action) -> str:
    """The name under which an action is stored and counted: "Comment"."""
    return type(action).__name__


def action_to_json(action: Action) -> dict[str, Any]:
    stored: dict[str, Any] = _adapter(kind_of(action)).dump_python(action, mode="json")
    return stored


def target_of(action: Action) -> dict[str, str] | None:
    """What says of a later action, in JSON, that it sets the same thing; None where that has no meaning."""
    names = ("label", "comment", "issue")
    found = {name: getattr(action, name) for name in names if hasattr(action, name)}
    return found if isinstance(action, _SETTING) else None


def action_from_json(kind: str, stored: Mapping[str, Any]) -> Action:
    """The action that `action_to_json` wrote. Raises KeyError for a kind that no longer exists."""
    action: Action = _adapter(kind).validate_python(dict(stored))
    return action


@cache
def _adapter(kind: str) -> TypeAdapter[Any]:
    return TypeAdapter(action_kinds()[kind])


def action_kinds() -> dict[str, type[Action]]:
    """All kinds of actions by name.

    Not by `__subclasses__`: there, classes with slots still have the one they were made from beside them.
    """
    return {
        name: kind
        for name, kind in vars(actions).items()
        if isinstance(kind, type) and issubclass(kind, Action) and kind is not Action
    }
