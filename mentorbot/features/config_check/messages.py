"""What is said about config files: on pull requests that change one, and where the one in force is broken."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from mentorbot.config.configuration import CONFIG_PATH, ConfigProblem, Configuration
from mentorbot.core.markdown import code
from mentorbot.core.translator import english_plural

CHECK = "mentorbot configuration"
ISSUE_TITLE = f"{CONFIG_PATH} needs a small repair"


def check_title(proposed: Configuration, *, is_deleted: bool) -> str:
    if proposed.problems:
        return f"{counted(proposed.problems).capitalize()} to mend"
    return "The file is deleted" if is_deleted else "This configuration works"


def check_summary(proposed: Configuration, current: Configuration, *, is_deleted: bool) -> str:
    """What is to be mended, and what will be on after the merge."""
    parts = []
    if proposed.problems:
        parts.append(listed(proposed.problems))
        parts.append(
            "Merged like this, each of these sections would go on with its last good version, "
            "or stay off where there is none. The others are not affected."
        )
    if is_deleted:
        parts.append("Without this file I do what the owner's file says, and nothing where there is none.")
    parts.append(f"On after the merge: {_names(proposed.sections)}.")
    new = [name for name in proposed.sections if name not in current.sections]
    gone = [name for name in current.sections if name not in proposed.sections]
    if new:
        parts.append(f"Switched on by this change: {_names(new)}.")
    if gone:
        parts.append(f"Switched off by this change: {_names(gone)}.")
    return "\n\n".join(parts)


def issue_body(problems: Sequence[ConfigProblem], goes_on: Iterable[str], *, head_sha: str) -> str:
    """What is broken on the default branch, how to mend it, and what is in force until then."""
    on = sorted(goes_on)
    in_force = (
        english_plural(
            "Until then {sections} goes on as before this change.",
            "Until then {sections} go on as before this change.",
            len(on),
            sections=_names(on),
        )
        if on
        else "Until then what is named above stays off."
    )
    since = f", as of {head_sha}" if head_sha else ""
    return "\n\n".join(
        (
            f"There is something in `{CONFIG_PATH}` that I can't use{since}:",
            listed(problems),
            in_force if _is_unreadable(problems) else f"{in_force} Everything else works as the file says.",
            "I close this issue as soon as the file is in order.",
        )
    )


def _is_unreadable(problems: Sequence[ConfigProblem]) -> bool:
    """True where nothing of the file can be used, as one of these is about all of it."""
    return any(not problem.section for problem in problems)


def mended(head_sha: str) -> str:
    return f"The file is in order again since {head_sha}. Thank you!"


def listed(problems: Iterable[ConfigProblem]) -> str:
    return "\n".join(
        f"- Line {problem.line}{f', {code(problem.path)}' if problem.path else ''}: {problem.message}"
        for problem in problems
    )


def counted(problems: Sequence[ConfigProblem]) -> str:
    count = sum(problem.stands_for for problem in problems)
    return english_plural("one problem", "{count:,} problems", count)


def _names(sections: Iterable[str]) -> str:
    return ", ".join(code(name) for name in sections) or "nothing"
