"""What the bot says about itself."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from mentorbot.config.calendar import Calendar
from mentorbot.config.configuration import ConfigProblem, Configuration, EffectiveValue
from mentorbot.config.yaml_writer import as_yaml
from mentorbot.core.journal import JournalEntry, Outcome
from mentorbot.core.markdown import as_text, code, folded, table
from mentorbot.core.translator import phrase, say, say_plural, translator
from mentorbot.feature_api.muting import FOR_EVER
from mentorbot.feature_api.ports import MenuEntry
from mentorbot.features.help.facts import AvailableCommands, ThreadJournal
from mentorbot.features.help.silence.messages import paused

_SHOWN_AT_ONCE = 10
_LONGEST_STORY = 50
_ORIGINS = {
    # Translators: where a setting comes from.
    "repository": phrase("this repository"),
    "owner": phrase("its owner"),
    "default": phrase("built in"),
}
_DID = {
    # Translators: what the bot did in a thread; {why} is the reason, such as "first issue by ada".
    Outcome.NOTHING: phrase("I did nothing: {why}"),
    Outcome.WAITING: phrase("I still have to do it: {why}"),
    Outcome.DONE: phrase("I acted: {why}"),
    Outcome.SHADOWED: phrase("I would have done it, but I was in shadow mode, in which I write nothing."),
    Outcome.DROPPED: phrase("I did not do it in the end: {why}"),
    Outcome.FAILED: phrase("I tried, but it failed: {why}"),
    Outcome.UNKNOWN: phrase("I decided: {why}"),
}


def what_i_can_do(facts: AvailableCommands) -> str:
    features = "\n".join(_menu_line(entry) for entry in facts.menu)
    by_myself = folded(say("What I do by myself"), features)
    return f"{facts.explained}\n\n{by_myself}"


def _menu_line(entry: MenuEntry) -> str:
    if entry.is_on:
        return f"- **{entry.name}**: {say(entry.summary)}"
    # Translators: {feature} is the name of a part of the bot, which is switched off.
    return "- " + say("**{feature}** (off here): {what}", feature=entry.name, what=say(entry.summary))


def settings(configuration: Configuration) -> str:
    parts = [_problems(configuration.problems)] if configuration.problems else []
    parts.extend(
        folded(name, _values(value for value in configuration.values_with_origin if _is_in(value, name)))
        for name in configuration.sections
    )
    on = ", ".join(code(name) for name in configuration.sections)
    first = (
        # Translators: {names} are the sections of the config file that are there.
        say("On here: {names}.", names=on)
        if on
        else say("Nothing is switched on here: I only answer commands.")
    )
    return "\n\n".join((first, *parts))


def thread_journal(facts: ThreadJournal) -> str:
    """What comes, then what was done and not done; what people asked of the bot is folded away."""
    parts = [] if facts.muted_until is None else [silence_told(facts.muted_until, facts.calendar)]
    if facts.paused_until is not None:
        parts.append(paused(moment(facts.paused_until, facts.calendar)))
    if facts.coming:
        coming = "\n".join(f"- {sentence}" for sentence in facts.coming)
        parts.append(say("**What comes next:**") + f"\n\n{coming}")
    if facts.unknown:
        unknown = as_text(facts.unknown, limit=600)
        parts.append(
            say("I could not read everything here, so I may be missing something. {what}", what=unknown)
        )
    did = _told([entry for entry in facts.entries if not entry.is_reply], facts.calendar)
    asked = _told([entry for entry in facts.entries if entry.is_reply], facts.calendar)
    if did:
        first = "\n".join(did[:_SHOWN_AT_ONCE])
        parts.append(say("**What I did here, and what not**, the latest first:") + f"\n\n{first}")
    else:
        parts.append(_nothing_yet(facts))
    if len(did) > _SHOWN_AT_ONCE:
        parts.append(folded(say("Before that"), "\n".join(did[_SHOWN_AT_ONCE:_LONGEST_STORY])))
    if asked:
        parts.append(folded(say("What people asked me here"), "\n".join(asked[:_LONGEST_STORY])))
    return "\n\n".join(parts)


def _nothing_yet(facts: ThreadJournal) -> str:
    if facts.unknown:
        return say("So far I have done nothing in this thread.")
    on = ", ".join(code(entry.name) for entry in facts.menu if entry.is_on)
    # Translators: {names} are the parts of the bot that are switched on.
    return say("I have done nothing here yet. Switched on in this repository: {names}.", names=on)


def silence_told(until: datetime, calendar: Calendar) -> str:
    """How long the bot says nothing unasked-for, and what ends that."""
    if until.year == FOR_EVER.year:
        return say("I stay quiet here, unless you ask me something. `/mentorbot unmute` ends that.")
    return say(
        "I stay quiet here until {when}, unless you ask me something. `/mentorbot unmute` ends that.",
        when=moment(until, calendar),
    )


def moment(at: datetime, calendar: Calendar) -> str:
    """A moment on the repository's clock: "2 March 2026, 11:00 CET"."""
    local = calendar.local(at)
    return f"{translator().long_date(local.date())}, {local:%H:%M %Z}"


def _told(entries: Iterable[JournalEntry], calendar: Calendar) -> list[str]:
    """One line for each decision; what was decided again and again with the same end is told once."""
    alike: dict[tuple[str, str, str], list[JournalEntry]] = {}
    for entry in entries:
        alike.setdefault((entry.feature, entry.verb, entry.sentence), []).append(entry)
    return [
        f"- {moment(same[0].at, calendar)}{_repeated(len(same) - 1)}, **{same[0].feature}**: {_did(same[0])}"
        f"{_where_or_when(same[0], calendar)}"
        for same in alike.values()
    ]


def _did(entry: JournalEntry) -> str:
    # Journal sentences hold logins and titles: nobody is to be notified because somebody asked why.
    why = as_text(entry.sentence, limit=400)
    if entry.refused and entry.outcome is Outcome.DONE:
        return say("I said no: {why}", why=why)
    return say(_DID[entry.outcome], why=why)


def _where_or_when(entry: JournalEntry, calendar: Calendar) -> str:
    """Where to look at what was done, or when what waits is tried again."""
    if entry.url:
        # Translators: keep [ and ]({where}): the word between them becomes a link.
        return " " + say("([there]({where}))", where=entry.url)
    if entry.next_try is None:
        return ""
    return " " + say("(I try again on {when})", when=moment(entry.next_try, calendar))


def _repeated(times: int) -> str:
    if not times:
        return ""
    # Translators: comes after a day and time.
    return " " + say_plural("and once before", "and {count} times before", times)


def _problems(problems: Iterable[ConfigProblem]) -> str:
    lines = "\n".join(
        "- "
        + say(
            # Translators: {whose} is "this repository" or "its owner".
            "Line {line} of the file of {whose}: {problem}",
            line=problem.line,
            whose=say(_ORIGINS[problem.origin]),
            problem=problem.message,
        )
        for problem in problems
    )
    first = say("Something needs to be fixed. Until then the last good version is in force:")
    return f"{first}\n\n{lines}"


def _is_in(value: EffectiveValue, section: str) -> bool:
    return value.path.partition(".")[0] == section


def _values(values: Iterable[EffectiveValue]) -> str:
    rows = ((code(value.path), _shown(value.value), say(_ORIGINS[value.origin])) for value in values)
    return table((say("Setting"), say("Value"), say("From")), rows)


def _shown(value: object) -> str:
    if value is None or value in ([], {}, ""):
        return "–"
    return code(as_yaml(value), limit=120)
