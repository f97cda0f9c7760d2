"""What is said to those a quiet pull request waits for, and to those it doesn't wait for.

Each paragraph is for one reader, whose name it opens with.
"""

from __future__ import annotations

from collections.abc import Sequence

from mentorbot.core.markdown import as_text, folded, mention
from mentorbot.core.people import Person
from mentorbot.core.translator import phrase, say, say_day, say_list, say_plural
from mentorbot.domain.turns import Evidence
from mentorbot.features.stalled.nudges.candidate import Candidate
from mentorbot.features.stalled.records import SecondReviewer
from mentorbot.features.stalled.turn.rules.turn_decision import Situation

AUTHOR_RUNGS = {
    1: phrase("A reminder to {name}"),
    2: phrase("An offer of help to {name}"),
    3: phrase("The question to {name} whether somebody else may carry it on"),
}
"""What the author's rungs are, in the journal's words; to be said."""

REQUESTS = {
    Situation.REVIEW: phrase("A request to review it, to {names}"),
    Situation.MERGE: phrase("A request to merge it, to {names}"),
    Situation.WORKFLOW: phrase("A request to let its checks run, to {names}"),
}
"""What reviewers are asked for, in the journal's words; to be said."""

_MOST_POINTS = 3
_MOST_FOLDED_POINTS = 20
_MOST_OTHERS = 30


def to_author(candidate: Candidate, author: Person, rung: int) -> str:
    """A reminder with what is open, then an offer of help, then the question whether others may go on.

    Who belongs to the project needs no more than one line.
    """
    if candidate.author_belongs:
        return _paragraphs(_one_line(candidate, mention(author)), _others(candidate))
    rungs = {1: _reminder, 2: _offer, 3: _last_ask}
    return _paragraphs(rungs[rung](candidate, mention(author)), _others(candidate))


def to_reviewers(
    candidate: Candidate, rung: int, *, people: tuple[Person, ...], second_reviewer: SecondReviewer | None
) -> str:
    """A request to the reviewers, and a word to the author that it is not them."""
    names = [mention(person) for person in people]
    if second_reviewer is not None:
        names += [_team(candidate, second_reviewer.team)] if second_reviewer.team else []
    elif rung == 1 and candidate.situation is Situation.REVIEW:
        names += [_team(candidate, team) for team in candidate.turn.teams]
    asks = {Situation.WORKFLOW: _let_checks_run, Situation.MERGE: _merge, Situation.REVIEW: _review}
    return _paragraphs(asks[candidate.situation](candidate, names), _not_you(candidate))


def _one_line(candidate: Candidate, author: str) -> str:
    asked = say("{author}, this has been waiting for you since {day}.", author=author, day=_since(candidate))
    return " ".join((asked, *map(_linked, candidate.points[-1:])))


def _reminder(candidate: Candidate, author: str) -> str:
    return _paragraphs(
        say(
            "Hi {author}, this has been waiting for you since {day}.",
            author=author,
            day=_since(candidate),
        ),
        _points(candidate),
        say("Push, or answer here. There is no deadline, and I close nothing."),
        _other_answers(),
    )


def _offer(candidate: Candidate, author: str) -> str:
    mentor = ""
    if candidate.mentor_command:
        # Translators: {command} is what one writes to get a mentor.
        mentor = say("No mentor yet? Write `{slash}{command}`.", command=candidate.mentor_command)
    asked = say(
        "Hi {author}, is something in the way? Tell people here where you are stuck: half a sentence is "
        "enough.",
        author=author,
    )
    return _paragraphs(f"{asked} {mentor}".rstrip(), _points(candidate), _other_answers())


def _last_ask(candidate: Candidate, author: str) -> str:
    return _paragraphs(
        say(
            "Hi {author}, plans change, and that is fine. May somebody else carry this on, with your commits "
            "and you as co-author? A short “yes”, or “no, I will be back”, is enough.",
            author=author,
        ),
        _points(candidate),
        say(
            "I close nothing, and I send no more reminders until something happens here. `{slash}snooze 4 "
            "weeks` tells everybody that you will be back."
        ),
    )


def _points(candidate: Candidate) -> str:
    """What is open, each with a link and its first words."""
    found = candidate.points
    if not found:
        return ""
    first, more = found[:_MOST_POINTS], found[_MOST_POINTS:_MOST_FOLDED_POINTS]
    told = _paragraphs(say("Still open:"), _bullets(first))
    if not more:
        return told
    summary = say_plural("One more", "{count} more", len(found) - _MOST_POINTS)
    return _paragraphs(told, folded(summary, _bullets(more)))


def _bullets(points: Sequence[Evidence]) -> str:
    return "\n".join(f"- {_linked(one)}" for one in points)


def _other_answers() -> str:
    """What an author can answer besides, folded away."""
    lines = (
        say("`{slash}snooze 3 weeks`: no time now"),
        say("`{slash}ready`: done, or not your turn"),
        say("`{slash}blocked`: something else comes first"),
        say("👎 on this comment: I was wrong"),
    )
    # Translators: above a list of commands, of which one is to be written on a line of its own.
    how = say("Write one on its own line:")
    return folded(say("No time, or not your turn?"), f"{how}\n\n" + "\n".join(f"- {line}" for line in lines))


def _others(candidate: Candidate) -> str:
    if not candidate.others:
        return ""
    some = candidate.others[:_MOST_OTHERS]
    lines = [f"- [#{other.number}]({other.url}) {as_text(other.title, limit=80)}" for other in some]
    more = len(candidate.others) - len(some)
    if more:
        lines.append("- " + say_plural("… and one more", "… and {count} more", more))
    waiting = say_plural(
        "One more waits for you, too", "{count} more wait for you, too", len(candidate.others)
    )
    return folded(waiting, "\n".join(lines))


def _review(candidate: Candidate, names: Sequence[str]) -> str:
    if not names:
        return say(
            "Reviewers, could one of you review this? It has been waiting since {day}.", day=_since(candidate)
        )
    # Translators: {reviewers} are one or several names.
    return say(
        "{reviewers}, could you review this? It has been waiting since {day}. If you can't, please say so.",
        reviewers=say_list(names),
        day=_since(candidate),
    )


def _merge(candidate: Candidate, names: Sequence[str]) -> str:
    if not names:
        return say(
            "Maintainers, this is approved, and has been waiting for its merge since {day}. Is anything "
            "missing?",
            day=_since(candidate),
        )
    # Translators: {reviewers} are one or several names.
    return say(
        "{reviewers}, this is approved, and has been waiting for its merge since {day}. Is anything missing? "
        "If you can't merge it, please name somebody who can.",
        reviewers=say_list(names),
        day=_since(candidate),
    )


def _let_checks_run(candidate: Candidate, names: Sequence[str]) -> str:
    # Translators: {maintainers} are one or several names, or “Maintainers”.
    asked = say(
        "{maintainers}, the checks here have been waiting for your approval since {day}. Please read the "
        "changes, then press **Approve workflows to run** at the end of this page. It takes write access.",
        maintainers=say_list(names) if names else say("Maintainers"),
        day=_since(candidate),
    )
    return " ".join((asked, *map(_linked, candidate.turn.evidence[:1])))


def _not_you(candidate: Candidate) -> str:
    """A word to the author that it is not them; bots, and who is gone, need none."""
    author = candidate.author
    if author is None or author.is_nameless or candidate.author_is_bot:
        return ""
    name = as_text(author.login)
    if candidate.author_belongs:
        return say("**{author}**, it is not your turn.", author=name)
    return say(
        "**{author}**, it is not your turn: there is nothing you need to do now. Thank you for waiting.",
        author=name,
    )


def _since(candidate: Candidate) -> str:
    return say_day(candidate.turn.since)


def _team(candidate: Candidate, team: str) -> str:
    return f"@{candidate.owner}/{team}"


def _linked(point: Evidence) -> str:
    text = as_text(point.sentence, limit=300)
    return f"[{text}]({point.url})" if point.url else text


def _paragraphs(*parts: str) -> str:
    return "\n\n".join(part for part in parts if part)
