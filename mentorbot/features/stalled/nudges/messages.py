"""What is said to those a quiet pull request waits for, and to those it doesn't wait for."""

from __future__ import annotations

from collections.abc import Sequence

from mentorbot.core.markdown import as_text, mention
from mentorbot.core.people import Person
from mentorbot.features.stalled.messages import listed
from mentorbot.features.stalled.nudges.candidate import Candidate
from mentorbot.features.stalled.records import SecondReviewer
from mentorbot.features.stalled.turn.rules.turn_decision import Situation

AUTHOR_RUNGS = {1: "A reminder", 2: "An offer of help", 3: "The question whether somebody may carry it on"}
"""What the author's rungs are, in the journal's words."""

_MOST_POINTS = 8
_MOST_OTHERS = 30


def to_author(candidate: Candidate, rung: int) -> str:
    """A reminder with what is open, then an offer of help, then the question whether others may go on."""
    say = {1: _reminder, 2: _offer, 3: _last_ask}[rung]
    return _paragraphs(say(candidate), _others(candidate))


def to_reviewers(
    candidate: Candidate, rung: int, *, people: tuple[Person, ...], second_reviewer: SecondReviewer | None
) -> str:
    """A request to the reviewers, and a word to the author that it is not them."""
    names = [mention(person) for person in people]
    if second_reviewer is not None:
        names += [_team(candidate, second_reviewer.team)] if second_reviewer.team else []
    elif rung == 1 and candidate.situation is Situation.REVIEW:
        names += [_team(candidate, team) for team in candidate.turn.teams]
    say = {Situation.WORKFLOW: _let_checks_run, Situation.MERGE: _merge, Situation.REVIEW: _look}
    if second_reviewer is not None and candidate.situation is Situation.REVIEW:
        return _paragraphs(_somebody_else(candidate, names, second_reviewer), _not_you(candidate))
    return _paragraphs(say[candidate.situation](candidate, names), _not_you(candidate))


def _reminder(candidate: Candidate) -> str:
    return _paragraphs(
        f"Hi {_name(candidate.author)}, a small reminder, in case this slipped by: as far as I can see, this "
        f"pull request has been waiting for you since {_since(candidate)}. {_because(candidate)}",
        _points(candidate),
        _what_author_can_do(candidate),
    )


def _offer(candidate: Candidate) -> str:
    mentor = ""
    if candidate.mentor_command:
        command = f"{candidate.slash}{candidate.mentor_command}"
        mentor = f" If you would like somebody at your side, write `{command}`."
    return _paragraphs(
        f"Hi {_name(candidate.author)}, is there something in the way here? It would be a pity about your "
        "work, and nobody has to know everything: say in a comment where you are stuck, even if it is only "
        f"half a sentence, and people here will try to help.{mentor}",
        _points(candidate),
        _what_author_can_do(candidate),
    )


def _last_ask(candidate: Candidate) -> str:
    return _paragraphs(
        f"Hi {_name(candidate.author)}, life has other plans sometimes, and that is fine. May somebody else "
        "carry this on, building on your commits and naming you as co-author? A short “yes”, or “no, I am "
        "coming back to it”, is all it takes.",
        "**Everybody else:** if you would like to carry it on, say so here first, and give "
        f"{_plain(candidate.author)} a week to answer. Then start from this branch (`gh pr checkout "
        f"{candidate.number}`), and keep its commits as they are, so that the credit stays where it belongs.",
        "Nothing gets closed by me, and this is my last word here until something happens. "
        f"`{candidate.slash}snooze 4 weeks`, on a line of its own, tells everybody that you will be back.",
    )


def _points(candidate: Candidate) -> str:
    found = candidate.turn.evidence
    if not found:
        return ""
    lines = [f"- {_linked(as_text(one.sentence, limit=300), one.url)}" for one in found[:_MOST_POINTS]]
    if len(found) > _MOST_POINTS:
        lines.append(f"- … and {len(found) - _MOST_POINTS} more further up")
    return "This is what I go by:\n\n" + "\n".join(lines)


def _what_author_can_do(candidate: Candidate) -> str:
    slash = candidate.slash
    return (
        "Pushing commits or simply answering is all it takes. Or write, on a line of its own:\n\n"
        f"- `{slash}ready` if it is done already, or isn't your turn at all: I believe you.\n"
        f"- `{slash}snooze 3 weeks` if you have no time just now: I keep quiet for as long as you like.\n"
        f"- `{slash}blocked` and a few words if something else has to happen first.\n\n"
        "There is no deadline: nothing gets closed by me. If I got this wrong, a 👎 on this comment tells me."
    )


def _others(candidate: Candidate) -> str:
    if not candidate.others:
        return ""
    some = candidate.others[:_MOST_OTHERS]
    lines = [f"- [#{other.number}]({other.url}) {as_text(other.title, limit=80)}" for other in some]
    more = len(candidate.others) - len(some)
    if more:
        lines.append(f"- … and {more} more")
    first = "These of yours wait for you as well; I say so here once, instead of writing in each of them:"
    return f"{first}\n\n" + "\n".join(lines)


def _look(candidate: Candidate, names: Sequence[str]) -> str:
    if not names:
        return (
            "To those who review here: this pull request has been waiting for a look since "
            f"{_since(candidate)}. {_because(candidate)} If you would like to take it, just start; a first "
            "impression helps, too."
        )
    return (
        f"{listed(names)}, could you have a look when you find the time? It has been your turn here "
        f"since {_since(candidate)}. {_because(candidate)} If you can't at the moment, a word is enough, so "
        "that somebody else can."
    )


def _somebody_else(candidate: Candidate, names: Sequence[str], second_reviewer: SecondReviewer) -> str:
    why = ""
    if second_reviewer.person is not None and second_reviewer.why:
        why = f" Why I ask you: {_plain(second_reviewer.person)} {as_text(second_reviewer.why)}."
    return (
        f"{listed(names)}, could you have a look at this one? It has been waiting for a review since "
        f"{_since(candidate)}. {_because(candidate)}{why} If it isn't for you, just say so here: no "
        "harm done."
    )


def _merge(candidate: Candidate, names: Sequence[str]) -> str:
    return (
        f"{listed(names) if names else 'To those who merge here'}: this pull request is approved, and "
        f"nothing is open for its author, since {_since(candidate)}. Is anything missing before it can be "
        "merged? If you can't merge it yourself, naming somebody who can would help."
    )


def _let_checks_run(candidate: Candidate, names: Sequence[str]) -> str:
    url = next((one.url for one in candidate.turn.evidence if one.url), "")
    return (
        f"{listed(names) if names else 'To the maintainers'}: the automatic checks of this pull request have "
        f"been waiting for your permission since {_since(candidate)}; GitHub asks for it where somebody is "
        "new. Please read the changes, and then press **Approve workflows to run** in the box with the "
        f"checks at the end of this page{f', or [there]({url})' if url else ''}. It takes write access."
    )


def _not_you(candidate: Candidate) -> str:
    return (
        f"**{_plain(candidate.author)}**, it is not you: nothing is needed from you at the moment. Thank "
        "you for your patience!"
    )


def _since(candidate: Candidate) -> str:
    return candidate.day(candidate.turn.since)


def _because(candidate: Candidate) -> str:
    return as_text(candidate.turn.because, limit=300)


def _team(candidate: Candidate, team: str) -> str:
    return f"@{candidate.owner}/{team}"


def _name(person: Person | None) -> str:
    return mention(person) if person is not None else "there"


def _plain(person: Person | None) -> str:
    """A login that notifies nobody."""
    return as_text(person.login) if person is not None else "the author"


def _linked(text: str, url: str) -> str:
    return f"{text} ([there]({url}))" if url else text


def _paragraphs(*parts: str) -> str:
    return "\n\n".join(part for part in parts if part)
