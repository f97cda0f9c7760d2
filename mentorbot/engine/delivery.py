"""A webhook delivery as the web hands it over."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """A delivery whose signature was right. `id` is its `X-GitHub-Delivery`; `payload` is `body`, decoded."""

    id: str
    event: str
    body: bytes
    payload: Mapping[str, Any]
    received_at: datetime
    headers: Mapping[str, str] = field(default_factory=dict)
