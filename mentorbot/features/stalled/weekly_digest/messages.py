"""What the weekly digest says, mentioning nobody."""

from __future__ import annotations

from mentorbot.core.markdown import as_text, table
from mentorbot.core.translator import phrase, say, say_day, say_list, say_plural
from mentorbot.features.stalled.learning.messages import in_weekly_list
from mentorbot.features.stalled.messages import reviewers_of
from mentorbot.features.stalled.nudges.candidate import Candidate
from mentorbot.features.stalled.nudges.rules.nudge import RELEASE
from mentorbot.features.stalled.weekly_digest.facts import WeeklyDigest

_MOST_LINES = 100
TITLE = phrase("Pull requests that wait for a review")
EMPTY = phrase(
    "No pull request has been waiting too long any more. Thank you! I open a new list when one does."
)
"""These are to be said."""


def text(found: WeeklyDigest) -> str:
    parts = [
        say(
            "These pull requests have been waiting for a review for a long time. Even a short look helps. I "
            "mention nobody here, and I close nothing."
        ),
        in_weekly_list(found.author_nudges, found.now),
    ]
    if found.waiting:
        rows = [
            (
                _link(candidate),
                _for_whom(candidate),
                say_day(candidate.turn.since),
                as_text(candidate.turn.because, limit=160),
            )
            for candidate in found.waiting[:_MOST_LINES]
        ]
        parts.append(table((say("Pull request"), say("Waits for"), say("Since"), say("Why")), rows))
    if len(found.waiting) > _MOST_LINES:
        parts.append(
            say_plural(
                "… and one more, for a shorter time.",
                "… and {count} more, for a shorter time.",
                len(found.waiting) - _MOST_LINES,
            )
        )
    if found.resting:
        told = say_plural(
            "One other has been quiet for more than half a year, so I leave it alone. A maintainer can write "
            "`{command}` there.",
            "{count} others have been quiet for more than half a year, so I leave them alone. A maintainer "
            "can write `{command}` there.",
            found.resting,
            command=RELEASE,
        )
        parts.append(told)
    if found.unclear:
        told = say_plural(
            "For one other pull request, it is unclear whose turn it is. `{slash}turn` there shows why.",
            "For {count} other pull requests, it is unclear whose turn it is. `{slash}turn` there shows why.",
            found.unclear,
        )
        parts.append(told)
    if found.given_up:
        lines = (f"- {_link(candidate)}" for candidate in found.given_up[:_MOST_LINES])
        asked = say(
            "I asked the authors of these whether somebody else may carry them on. If you would like to, say "
            "so there, and wait a week for an answer. Then start from their branch, and keep their commits:"
        )
        parts.append(f"{asked}\n\n" + "\n".join(lines))
    parts.append(
        say(
            "I renew this list every Monday. If you close it, I open none for four weeks. "
            "`stalled: {{digest: false}}` in `.github/mentorbot.yml` switches it off."
        )
    )
    return "\n\n".join(part for part in parts if part)


def _link(candidate: Candidate) -> str:
    return f"[#{candidate.number}]({candidate.url}) {as_text(candidate.title, limit=80)}"


def _for_whom(candidate: Candidate) -> str:
    names = reviewers_of(candidate.turn)
    return say_list([as_text(name) for name in names]) if names else say("anybody")
