"""Reads what lies in a store and writes it again, as features do."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mentorbot.feature_api.records import R, Record, remember, typed


def read(kind: type[R], stored: Mapping[str, Any]) -> R:
    return typed(Record(kind.KIND, "key", stored, 1), kind).value


def written_again(kind: type[R], stored: Mapping[str, Any]) -> dict[str, Any]:
    return remember(read(kind, stored), key="key").value
