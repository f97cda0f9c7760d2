"""What is said to those a quiet pull request waits for, and to those it doesn't wait for."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from mentorbot.config.calendar import Calendar
from mentorbot.core.markdown import as_text, mention
from mentorbot.core.people import Person
from mentorbot.features.stalled.quiet import Helper, Quiet
from mentorbot.features.stalled.whose import Situation

AUTHOR_RUNGS = {1: "A reminder", 2: "An offer of help", 3: "The question whether somebody may carry it on"}
"""What the author's rungs are, in the journal's words."""

_MOST_POINTS = 8
_MOST_OTHERS = 30


def day(moment: datetime, now: datetime, calendar: Calendar) -> str:
    """A day on the repository's calendar: "9 February", with the year where it is another one."""
    local, today = calendar.local(moment), calendar.local(now)
    return f"{local.day} {local:%B}" + ("" if local.year == today.year else f" {local.year}")


def listed(names: Sequence[str]) -> str:
    """Names in a sentence: "ada, grace and hedy"."""
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def to_author(quiet: Quiet, rung: int) -> str:
    """A reminder with what is open, then an offer of help, then the question whether others may go on."""
    say = {1: _reminder, 2: _offer, 3: _last_ask}[rung]
    return _paragraphs(say(quiet), _others(quiet))


def to_reviewers(quiet: Quiet, rung: int, *, people: tuple[Person, ...], helper: Helper | None) -> str:
    """A request to the reviewers, and a word to the author that it is not them."""
    names = [mention(person) for person in people]
    if helper is not None:
        names += [_team(quiet, helper.team)] if helper.team else []
    elif rung == 1 and quiet.situation is Situation.REVIEW:
        names += [_team(quiet, team) for team in quiet.turn.teams]
    say = {Situation.WORKFLOW: _let_checks_run, Situation.MERGE: _merge, Situation.REVIEW: _look}
    if helper is not None and quiet.situation is Situation.REVIEW:
        return _paragraphs(_somebody_else(quiet, names, helper), _not_you(quiet))
    return _paragraphs(say[quiet.situation](quiet, names), _not_you(quiet))


def _reminder(quiet: Quiet) -> str:
    return _paragraphs(
        f"Hi {_name(quiet.author)}, a small reminder, in case this slipped by: as far as I can see, this "
        f"pull request has been waiting for you since {_since(quiet)}. {_because(quiet)}",
        _points(quiet),
        _what_author_can_do(quiet),
    )


def _offer(quiet: Quiet) -> str:
    mentor = f" If you would like somebody at your side, write `{quiet.slash}mentor me`."
    return _paragraphs(
        f"Hi {_name(quiet.author)}, is there something in the way here? It would be a pity about your work, "
        "and nobody has to know everything: say in a comment where you are stuck, even if it is only half a "
        f"sentence, and people here will try to help.{mentor if quiet.has_mentoring else ''}",
        _points(quiet),
        _what_author_can_do(quiet),
    )


def _last_ask(quiet: Quiet) -> str:
    return _paragraphs(
        f"Hi {_name(quiet.author)}, life has other plans sometimes, and that is fine. May somebody else "
        "carry this on, building on your commits and naming you as co-author? A short “yes”, or “no, I am "
        "coming back to it”, is all it takes.",
        "**Everybody else:** if you would like to carry it on, say so here first, and give "
        f"{_plain(quiet.author)} a week to answer. Then start from this branch (`gh pr checkout "
        f"{quiet.number}`), and keep its commits as they are, so that the credit stays where it belongs.",
        "Nothing gets closed by me, and this is my last word here until something happens. "
        f"`{quiet.slash}snooze 4 weeks`, on a line of its own, tells everybody that you will be back.",
    )


def _points(quiet: Quiet) -> str:
    found = quiet.turn.evidence
    if not found:
        return ""
    lines = [f"- {_linked(as_text(one.sentence, limit=300), one.url)}" for one in found[:_MOST_POINTS]]
    if len(found) > _MOST_POINTS:
        lines.append(f"- … and {len(found) - _MOST_POINTS} more further up")
    return "This is what I go by:\n\n" + "\n".join(lines)


def _what_author_can_do(quiet: Quiet) -> str:
    slash = quiet.slash
    return (
        "Pushing commits or simply answering is all it takes. Or write, on a line of its own:\n\n"
        f"- `{slash}ready` if it is done already, or isn't your turn at all: I believe you.\n"
        f"- `{slash}snooze 3 weeks` if you have no time just now: I keep quiet for as long as you like.\n"
        f"- `{slash}blocked` and a few words if something else has to happen first.\n\n"
        "There is no deadline: nothing gets closed by me."
    )


def _others(quiet: Quiet) -> str:
    if not quiet.others:
        return ""
    some = quiet.others[:_MOST_OTHERS]
    lines = [f"- [#{other.number}]({other.url}) {as_text(other.title, limit=80)}" for other in some]
    more = len(quiet.others) - len(some)
    if more:
        lines.append(f"- … and {more} more")
    first = "These of yours wait for you as well; I say so here once, instead of writing in each of them:"
    return f"{first}\n\n" + "\n".join(lines)


def _look(quiet: Quiet, names: Sequence[str]) -> str:
    if not names:
        return (
            f"To those who review here: this pull request has been waiting for a look since {_since(quiet)}. "
            f"{_because(quiet)} If you would like to take it, just start; a first impression helps, too."
        )
    return (
        f"{listed(names)}, could you have a look when you find the time? It has been your turn here "
        f"since {_since(quiet)}. {_because(quiet)} If you can't at the moment, a word is enough, so that "
        "somebody else can."
    )


def _somebody_else(quiet: Quiet, names: Sequence[str], helper: Helper) -> str:
    why = ""
    if helper.person is not None and helper.why:
        why = f" Why I ask you: {_plain(helper.person)} {as_text(helper.why)}."
    return (
        f"{listed(names)}, could you have a look at this one? It has been waiting for a review since "
        f"{_since(quiet)}. {_because(quiet)}{why} If it isn't for you, just say so here: no harm done."
    )


def _merge(quiet: Quiet, names: Sequence[str]) -> str:
    return (
        f"{listed(names) if names else 'To those who merge here'}: this pull request is approved, and "
        f"nothing is open for its author, since {_since(quiet)}. Is anything missing before it can be "
        "merged? If you can't merge it yourself, naming somebody who can would help."
    )


def _let_checks_run(quiet: Quiet, names: Sequence[str]) -> str:
    url = next((one.url for one in quiet.turn.evidence if one.url), "")
    return (
        f"{listed(names) if names else 'To the maintainers'}: the automatic checks of this pull request have "
        f"been waiting for your permission since {_since(quiet)}; GitHub asks for it where somebody is new. "
        "Please read the changes, and then press **Approve workflows to run** in the box with the checks at "
        f"the end of this page{f', or [there]({url})' if url else ''}. It takes write access."
    )


def _not_you(quiet: Quiet) -> str:
    return (
        f"**{_plain(quiet.author)}**, it is not you: nothing is needed from you at the moment. Thank you for "
        "your patience!"
    )


def _since(quiet: Quiet) -> str:
    return day(quiet.turn.since, quiet.silence.now, quiet.silence.calendar)


def _because(quiet: Quiet) -> str:
    return as_text(quiet.turn.because, limit=300)


def _team(quiet: Quiet, team: str) -> str:
    return f"@{quiet.owner}/{team}"


def _name(person: Person | None) -> str:
    return mention(person) if person is not None else "there"


def _plain(person: Person | None) -> str:
    """A login that notifies nobody."""
    return as_text(person.login) if person is not None else "the author"


def _linked(text: str, url: str) -> str:
    return f"{text} ([there]({url}))" if url else text


def _paragraphs(*parts: str) -> str:
    return "\n\n".join(part for part in parts if part)
