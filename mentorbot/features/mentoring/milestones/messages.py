"""Milestones in words, and the congratulation on one; `translator` translates it."""

from __future__ import annotations

from collections.abc import Sequence

from mentorbot.core.markdown import mention
from mentorbot.core.translator import phrase
from mentorbot.features.mentoring.pairs.pair import MentoringPair
from mentorbot.features.mentoring.translator import MentoringTranslator

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


def milestone(say: MentoringTranslator, name: str) -> str:
    return say(_MILESTONES[name])


def congratulation(say: MentoringTranslator, pair: MentoringPair, names: Sequence[str]) -> str:
    return say(
        "🎉 {mentee}: {milestones}! Well done, and thank you.",
        mentee=mention(pair.mentee),
        milestones=say.listed([milestone(say, name) for name in names]),
    )
