"""What is said about config files: on pull requests that change one, and where the one in force is broken."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from mentorbot.config.configuration import CONFIG_PATH, ConfigProblem, Configuration
from mentorbot.config.desk import desk_in
from mentorbot.config.other_bots.reading import OtherBot
from mentorbot.core.markdown import code
from mentorbot.core.translator import say, say_list, say_plural

CHECK = "mentorbot configuration"
"""The name of the check; branch rules know it, so that it is the same in every language."""


def issue_title() -> str:
    return say("{file} needs a small fix", file=CONFIG_PATH)


def check_title(proposed: Configuration, *, is_deleted: bool) -> str:
    if proposed.problems:
        return say_plural("One problem to fix", "{count} problems to fix", _count(proposed.problems))
    if is_deleted:
        return say("The file is deleted")
    if proposed.is_shadow:
        return say("This configuration works, in shadow mode")
    return say("This configuration works")


def check_summary(
    proposed: Configuration, current: Configuration, *, is_deleted: bool, page: str = ""
) -> str:
    """What is to be mended, and what will be on after the merge; `page` is the repository's, if any."""
    parts = []
    if proposed.problems:
        parts.append(listed(proposed.problems))
        parts.append(
            say(
                "If you merge it like this, each of these sections goes on as it was before, or stays off. "
                "The others work as the file says."
            )
        )
    if is_deleted:
        parts.append(say("Without this file I go by the file of the repository's owner, or do nothing."))
    # Translators: {names} are sections of the config file.
    on = _names(proposed.sections)
    parts.append(
        say("On after the merge: {names}.", names=on) if on else say("Nothing is on after the merge.")
    )
    new = [name for name in proposed.sections if name not in current.sections]
    gone = [name for name in current.sections if name not in proposed.sections]
    if new:
        parts.append(say("This change switches on: {names}.", names=_names(new)))
    if gone:
        parts.append(say("This change switches off: {names}.", names=_names(gone)))
    if proposed.heeded_bots:
        parts.append(_left_to_others(proposed.heeded_bots))
    parts += _mode(proposed, current, page=page)
    return "\n\n".join(parts)


def _left_to_others(bots: Sequence[OtherBot]) -> str:
    """Which other bots there are, what they do, and how maintainers say otherwise."""
    start = say(
        "Other bots are at work here. What they do I leave to them: I don't do the same. If one of them is "
        "off by now, delete its file, or name it under `other_bots`."
    )
    lines = [
        # Translators: {bot} is its name, {habits} say what it does: "greets people on their first issue".
        say(
            "{bot} in {file}, line {line}: {habits}",
            bot=code(bot.name),
            file=code(bot.path),
            line=bot.line,
            habits=say_list([say(habit) for habit in bot.habits]),
        )
        for bot in bots
    ]
    return "\n".join((start, "", *(f"- {line}" for line in lines)))


def _mode(proposed: Configuration, current: Configuration, *, page: str) -> Iterator[str]:
    """What shadow means, where it holds after the merge; and what comes where it ends with it."""
    if proposed.is_shadow:
        yield say(
            "**Shadow mode:** I hear everything and write nothing here, but for this check. "
            "Commands get no answer."
        )
        if page:
            # Translators: {page} is an address.
            yield say("What I would have said is told on {page}.", page=page)
        if desk := desk_in(proposed.sections).at:
            yield say(
                "Once a week it is told at the desk, {desk}, too, if that names this repository.",
                desk=code(desk),
            )
        yield say("When it looks right to you, write {mode} instead.", mode=code("mode: live"))
    elif current.is_shadow:
        yield say(
            "**This ends shadow mode:** after the merge I write here. What happened before that is past: "
            "nobody is greeted or congratulated for it. Reminders and labels begin then."
        )


def issue_body(problems: Sequence[ConfigProblem], goes_on: Iterable[str], *, head_sha: str) -> str:
    """What is broken on the default branch, how to mend it, and what is in force until then."""
    on = sorted(goes_on)
    in_force = (
        # Translators: {names} are sections of the config file.
        say("Until then these go on as before this change: {names}.", names=_names(on))
        if on
        else say("Until then what is named above stays off.")
    )
    if not _is_unreadable(problems):
        in_force = f"{in_force} " + say("Everything else works as the file says.")
    return "\n\n".join(
        (
            # Translators: {commit} is the number of a commit.
            say("I can't use a part of `{file}`, as of {commit}:", file=CONFIG_PATH, commit=head_sha)
            if head_sha
            else say("I can't use a part of `{file}`:", file=CONFIG_PATH),
            listed(problems),
            in_force,
            say("I close this issue when the file is fixed."),
        )
    )


def _is_unreadable(problems: Sequence[ConfigProblem]) -> bool:
    """True where nothing of the file can be used, as one of these is about all of it."""
    return any(not problem.section for problem in problems)


def mended(head_sha: str) -> str:
    # Translators: {commit} is the number of a commit.
    return say("The file works again since {commit}. Thank you.", commit=head_sha)


def listed(problems: Iterable[ConfigProblem]) -> str:
    return "\n".join(f"- {_line(problem)}" for problem in problems)


def _line(problem: ConfigProblem) -> str:
    if not problem.path:
        return say("Line {line}: {problem}", line=problem.line, problem=problem.message)
    # Translators: {key} is where in the file, such as `welcome.issue`.
    return say(
        "Line {line}, {key}: {problem}", line=problem.line, key=code(problem.path), problem=problem.message
    )


def works(proposed: Configuration) -> str:
    """What is proposed, in a sentence for the journal."""
    if not proposed.problems:
        return say("{file} is changed here, and what is proposed works", file=CONFIG_PATH)
    return say_plural(
        "{file} is changed here, and what is proposed has one problem",
        "{file} is changed here, and what is proposed has {count} problems",
        _count(proposed.problems),
        file=CONFIG_PATH,
    )


def broken(problems: Sequence[ConfigProblem]) -> str:
    """What is on the default branch, in a sentence for the journal."""
    return say_plural(
        "{file} on the default branch has one problem",
        "{file} on the default branch has {count} problems",
        _count(problems),
        file=CONFIG_PATH,
    )


def _count(problems: Sequence[ConfigProblem]) -> int:
    return sum(problem.stands_for for problem in problems)


def _names(sections: Iterable[str]) -> str:
    return ", ".join(code(name) for name in sections)
