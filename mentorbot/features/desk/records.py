"""What is remembered of the reports at a desk."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from mentorbot.feature_api.records import StoredMoment


@dataclass(frozen=True, slots=True, kw_only=True)
class PostedReport:
    """The last report on a project (the key: its id), by the key of its issue, and until when it tells."""

    KIND: ClassVar[str] = "report"
    issue: str
    until: StoredMoment
