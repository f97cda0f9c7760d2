"""What time it is, as something handed in, so that tests, replays and the sandbox can move it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

Clock = Callable[[], datetime]
"""Returns the present moment as an aware datetime in UTC."""
