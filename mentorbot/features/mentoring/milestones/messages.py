"""Milestones in words, and the congratulation on one."""

from __future__ import annotations

from collections.abc import Sequence

from mentorbot.core.markdown import mention
from mentorbot.core.translator import phrase, say, say_list
from mentorbot.features.mentoring.pairs.pair import MentoringPair

_MILESTONES = {
    "first issue confirmed": phrase("first issue confirmed"),
    "first pull request": phrase("first pull request"),
    "first review given": phrase("first review given"),
    "first review received": phrase("first review received"),
    "first merge": phrase("first merge"),
    "third merge": phrase("third merge"),
    "tenth merge": phrase("tenth merge"),
    "first person helped": phrase("first person helped"),
    "first mentee": phrase("first mentee"),
}


def milestone(name: str) -> str:
    return say(_MILESTONES[name])


def congratulation(pair: MentoringPair, names: Sequence[str]) -> str:
    return say(
        "🎉 {mentee}, you have reached something new here: {milestones}. Well done, and thank you!",
        mentee=mention(pair.mentee),
        milestones=say_list([milestone(name) for name in names]),
    )
