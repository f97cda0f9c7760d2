"""rust-lang/triagebot: `triagebot.toml`.

https://forge.rust-lang.org/triagebot/index.html
"""

from __future__ import annotations

import re
import tomllib
from typing import Any

from mentorbot.config.other_bots.reading import DEFAULT, FileReading, Habit, labels_in

NAME = "triagebot"
_TURNS = "mentorbot tells whose turn it is from what people do: see `stalled`"
_COMMANDS = "mentorbot's commands are listed by `/mentorbot help`"
_CHAT = "mentorbot writes to no Zulip streams by label"
_REVIEWERS = "whom to ask: choose them by hand for `stalled.reviewers`"
_RULES = "mentorbot checks no branches, merges or wording"
_REASONS = {
    "assign": f"assigning: mentorbot asks for a review only where one has been waited for; {_REVIEWERS}",
    "autolabel": "labels by path or author: actions/labeler does that",
    "backport": "mentorbot knows no backports",
    "behind-upstream": _RULES,
    "bot-pull-requests": "mentorbot leaves bots' pull requests alone",
    "canonicalize-issue-links": _RULES,
    "close": "closing: mentorbot never closes",
    "concern": _COMMANDS,
    "github-releases": "mentorbot writes no releases",
    "glacier": "mentorbot keeps no playground links",
    "issue-links": _RULES,
    "major-change": "mentorbot holds no votes",
    "mentions": "mentorbot mentions nobody because of a path",
    "merge-conflicts": "mentorbot's reminder names conflicts, and removes no labels because of them",
    "no-mentions": _RULES,
    "no-merges": _RULES,
    "nominate": "mentorbot nominates nothing",
    "note": "mentorbot keeps no summaries",
    "notify-zulip": _CHAT,
    "ping": "mentorbot calls no groups",
    "pr-tracking": "mentorbot counts open requests by itself",
    "prioritize": "mentorbot sets no priorities",
    "range-diff": _RULES,
    "relabel": "mentorbot sets no labels at anybody's word",
    "rendered-link": "mentorbot changes nobody's words",
    "review-changes-since": _RULES,
    "review-requested": _TURNS,
    "shortcut": "mentorbot has the commands `ready` and `waiting author` for that",
    "transfer": "mentorbot moves no issues",
    "validate-config": "mentorbot checks its own file on every pull request",
    "view-all-comments-link": "mentorbot changes nobody's words",
}
_SUBMITTED = "review-submitted"
_AUTHOR, _REVIEWERS_LABEL = "stalled.labels.author", "stalled.labels.reviewers"
_LONGEST_LABEL = 50
_ADDRESS = re.compile(r"https?://[!-~]{1,500}", re.ASCII)


def read(path: str, text: str) -> FileReading:
    reading = FileReading(path=path)
    try:
        values = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError, ValueError) as broken:
        why = str(broken) if isinstance(broken, tomllib.TOMLDecodeError) else "it is nested too deeply"
        reading.unreadable = f"this is not TOML ({why}): mend it, or delete it"
        return reading
    _read_assign(reading, values.get("assign"), text)
    for key, value in values.items():
        line = _line(text, key)
        if key == _SUBMITTED:
            _carry_labels(reading, value, text)
        elif key in _REASONS:
            reading.leave_out(f"[{key}]", line, _REASONS[key])
        else:
            reading.unknown(f"[{key}]", line)
    return reading


def _read_assign(reading: FileReading, assign: Any, text: str) -> None:
    """Where it assigns by path, it welcomes newcomers in the same comment, in words of its own."""
    line = _line(text, "assign")
    if not isinstance(assign, dict) or not assign.get("owners"):
        reading.found(NAME, line)
        return
    reading.found(NAME, line, Habit.GREETS_PULL_REQUESTS)
    reading.carry(
        "welcome.pull_request", DEFAULT, line=line, key="[assign]", note="triagebot has words of its own, too"
    )
    guide = assign.get("contributing_url")
    if isinstance(guide, str) and _ADDRESS.fullmatch(guide):
        where = _line(text, "contributing_url", after=line)
        reading.carry("welcome.guide", guide, line=where, key="[assign] contributing_url")


def _carry_labels(reading: FileReading, value: Any, text: str) -> None:
    """The labels it sets when a review asks for changes show whose turn it is, as ours do."""
    line = _line(text, _SUBMITTED)
    known = {
        "reviewed_label": (_AUTHOR, (value.get("reviewed_label"),) if isinstance(value, dict) else ()),
        "review_labels": (
            _REVIEWERS_LABEL,
            labels_in(value.get("review_labels")) if isinstance(value, dict) else (),
        ),
    }
    for key, (place, labels) in known.items():
        named = [one for one in labels if isinstance(one, str) and 0 < len(one) <= _LONGEST_LABEL]
        where = _line(text, key, after=line)
        if named and not any(one.value == named[0] for one in reading.carried):
            reading.carry(place, named[0], line=where, key=f"[{_SUBMITTED}] {key}")
        for more in named[1:]:
            reading.leave_out(
                f"[{_SUBMITTED}] {key}", where, f"one label shows a turn: `{more}` is a second one"
            )
    for key in value if isinstance(value, dict) else ():
        if key not in known:
            reading.unknown(f"[{_SUBMITTED}] {key}", _line(text, key, after=line))


def _line(text: str, key: str, *, after: int = 0) -> int:
    """Where a table or key is first named, from that line on: tomllib tells no places."""
    named = re.compile(rf"""\s*(?:\[+\s*)?["']?{re.escape(key)}["']?\s*(?:[\].=]|$)""")
    for number, line in enumerate(text.splitlines(), start=1):
        if number > after and named.match(line):
            return number
    return max(after, 1)
