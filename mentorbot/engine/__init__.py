"""Hear, decide, act: the three stages, the clock, and the why."""

from __future__ import annotations

from mentorbot.engine.decide import Decision
from mentorbot.engine.engine import Engine, UnknownRepository
from mentorbot.engine.observer import Observer, Unobserved
from mentorbot.engine.receive_delivery import Delivery
from mentorbot.engine.status import Status

__all__ = [
    "Decision",
    "Delivery",
    "Engine",
    "Observer",
    "Status",
    "UnknownRepository",
    "Unobserved",
]
