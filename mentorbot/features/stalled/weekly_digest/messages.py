"""What the weekly digest says, mentioning nobody."""

from __future__ import annotations

from mentorbot.core.markdown import as_text, table
from mentorbot.core.translator import english_plural
from mentorbot.features.stalled.learning.messages import in_weekly_list
from mentorbot.features.stalled.messages import day, listed, reviewers_of
from mentorbot.features.stalled.nudges.candidate import Candidate
from mentorbot.features.stalled.weekly_digest.facts import WeeklyDigest

_MOST_LINES = 100
EMPTY = (
    "Nothing waits for a review for longer than it should any more. Thank you! I open a new list when needed."
)
_ABOUT = (
    "These pull requests have been waiting for reviewers for longer than this project would like. Nobody is "
    "mentioned here, nothing gets closed, and any look helps, even a short one. I renew this list every "
    "Monday. If you don't want it, close it: then there is none for four weeks, or for good with "
    "`stalled: {digest: false}` in `.github/mentorbot.yml`."
)
_ABOUT_GIVEN_UP = "The authors of these may be glad if somebody carried them on (they were asked, and know):"


def text(found: WeeklyDigest) -> str:
    parts = [_ABOUT]
    news = in_weekly_list(found.author_nudges, found.now, found.calendar)
    if news:
        parts.append(news)
    if found.waiting:
        rows = [
            (
                _link(candidate),
                _for_whom(candidate),
                day(candidate.turn.since, found.now, found.calendar),
                as_text(candidate.turn.because, limit=160),
            )
            for candidate in found.waiting[:_MOST_LINES]
        ]
        parts.append(table(("Pull request", "Waits for", "Since", "Because"), rows))
    if len(found.waiting) > _MOST_LINES:
        parts.append(f"… and {len(found.waiting) - _MOST_LINES} more that have waited for a shorter time.")
    if found.unclear:
        one, more = "Of {count} other pull request", "Of {count} other pull requests"
        told = english_plural(one, more, found.unclear)
        parts.append(f"{told} it is unclear whose turn it is; `{found.slash}turn` there tells what I see.")
    if found.given_up:
        lines = (f"- {_link(candidate)}" for candidate in found.given_up[:_MOST_LINES])
        parts.append(_ABOUT_GIVEN_UP + "\n\n" + "\n".join(lines))
    return "\n\n".join(parts)


def _link(candidate: Candidate) -> str:
    return f"[#{candidate.number}]({candidate.url}) {as_text(candidate.title, limit=80)}"


def _for_whom(candidate: Candidate) -> str:
    names = reviewers_of(candidate.turn)
    return listed([as_text(name) for name in names]) if names else "anybody"
