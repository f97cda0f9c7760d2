"""Lets people label moments of their own project: whose turn was it here? One thread, one key.

Nothing that happened later is shown, nor what the bot thinks of it: labels are to judge that.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from mentorbot.core.markers import key_in
from mentorbot.core.people import Person
from mentorbot.domain.timeline import Act, ActKind, PullRequestTimeline
from mentorbot.domain.turns import Holder
from mentorbot.feature_api.command_line import CannotGoOn

QUIET = timedelta(days=14)
TURNS = {"a": Holder.AUTHOR, "r": Holder.REVIEWERS, "e": Holder.EXTERNAL}
KEYS = "a author · r reviewers · e something else (external) · s skip · u undo · q quit"

_MOST_CHARACTERS = 4_000
_RULE = "─" * 78


@dataclass(frozen=True, slots=True)
class QuietMoment:
    """A pull request as it stood after 14 days in which nobody did anything."""

    past: PullRequestTimeline
    at: datetime


def sampled(
    pulls: Sequence[PullRequestTimeline], *, until: datetime, seed: int, count: int
) -> list[QuietMoment]:
    """At most one quiet moment of each pull request, always the same ones in the same order for a seed."""

    def place(moment: QuietMoment) -> bytes:
        what = f"{seed} {moment.past.number} {moment.at.astimezone(UTC).isoformat()}"
        return hashlib.sha256(what.encode()).digest()

    of_each = (min(quiet_moments(pull, until), key=place, default=None) for pull in pulls)
    return sorted(filter(None, of_each), key=place)[:count]


def quiet_moments(pull: PullRequestTimeline, until: datetime) -> list[QuietMoment]:
    """Every moment at which it was open and no human had done anything in it for 14 days."""
    lives = [act.at for act in pull.acts if act.by is not None and not act.by.is_bot]
    begins = sorted({pull.opened_at, *(at for at in lives if at > pull.opened_at)})
    found = []
    for begin, end in zip(begins, [*begins[1:], until], strict=True):
        at = begin + QUIET
        if at <= end and (past := pull.until(at)).is_open:
            found.append(QuietMoment(past, at))
    return found


def shown(moment: QuietMoment) -> str:
    """The thread up to the moment, as plain text for any terminal."""
    past = moment.past
    where = f", to be merged into {past.base}" if past.base else ""
    parts = [
        f"{_RULE}\n#{past.number} {_plain(past.title)}\n{past.url}",
        f"{_day(past.opened_at)}  {_name(past.author)} opened it{_plain(where)}{_indented(past.body)}",
        *(_told(act) for act in past.standing_acts() if not _is_our_answer(act)),
        f"{_day(moment.at)}  Quiet for {QUIET.days} days. Whose turn is it?",
    ]
    return "\n".join(parts)


@dataclass(slots=True)
class LabelFile:
    """A file of labels, one JSON object a line, to which labels are added."""

    path: Path
    _lines: list[str] = field(default_factory=list)
    _known: set[tuple[int, datetime]] = field(default_factory=set)

    def read(self, text: str) -> None:
        """Know what is in the file already. Raises CannotGoOn for anything but labels."""
        for number, line in enumerate(text.splitlines(), start=1):
            if not line.strip():
                continue
            try:
                label = json.loads(line)
                self._known.add((int(label["pull"]), datetime.fromisoformat(label["at"]).astimezone(UTC)))
            except (ValueError, KeyError, TypeError, OverflowError, RecursionError) as error:
                raise CannotGoOn(
                    f"{self.path}, line {number}, is no label: give --labels another file, or take it out."
                ) from error
            self._lines.append(line)

    def __contains__(self, moment: QuietMoment) -> bool:
        return (moment.past.number, moment.at.astimezone(UTC)) in self._known

    def __len__(self) -> int:
        return len(self._lines)

    def add(self, moment: QuietMoment, turn: Holder) -> None:
        label = {"pull": moment.past.number, "at": moment.at.isoformat(), "turn": str(turn)}
        self._lines.append(json.dumps(label))
        self._write()

    def take_back(self) -> None:
        """Take the last one out again."""
        self._lines.pop()
        self._write()

    def _write(self) -> None:
        new = self.path.with_name(f"{self.path.name}.new")  # no label is lost, whenever it ends
        try:
            new.write_text("".join(f"{line}\n" for line in self._lines), encoding="utf-8")
            new.replace(self.path)
        except OSError as error:
            raise CannotGoOn(f"Cannot write {self.path}: {error.strerror}.") from error


def annotate(
    moments: Sequence[QuietMoment], labels: LabelFile, *, key: Callable[[], str], tell: Callable[[str], None]
) -> int:
    """Ask about each moment that has no label yet; returns how many have none in the end."""
    left = [moment for moment in moments if moment not in labels]
    answered: list[bool] = []
    while len(answered) < len(left):
        moment = left[len(answered)]
        tell(shown(moment))
        tell(f"{len(answered) + 1} of {len(left)}: {KEYS}")
        pressed = _understood(key, tell)
        if pressed in {"q", ""}:
            break
        if pressed == "u":
            _undo(answered, labels, tell)
            continue
        turn = TURNS.get(pressed)
        if turn is not None:
            labels.add(moment, turn)
            tell(f"→ {turn}")
        answered.append(turn is not None)
    return len(left) - sum(answered)


def _undo(answered: list[bool], labels: LabelFile, tell: Callable[[str], None]) -> None:
    """Go back to the moment before, and take its label back if it has got one."""
    if not answered:
        tell("There is nothing to undo since you started.")
    elif answered.pop():
        labels.take_back()


def _understood(key: Callable[[], str], tell: Callable[[str], None]) -> str:
    """The first key that means something; empty at the end of the input."""
    while True:
        pressed = key().lower()
        if not pressed or pressed in {*TURNS, "s", "u", "q"}:
            return pressed
        tell(f"{_plain(pressed)!r} is none of them: {KEYS}")


def _is_our_answer(act: Act) -> bool:
    """True for what a bot like this one has shown of the turn: comments of its own, and labels."""
    is_bots = act.by is not None and act.by.is_bot
    return is_bots and (act.kind in {ActKind.LABELED, ActKind.UNLABELED} or key_in(act.body) is not None)


def _told(act: Act) -> str:
    details = " ".join(_plain(one) for one in _details(act))
    said = f"{act.kind} ({details})" if details else str(act.kind)
    return f"{_day(act.at)}  {_name(act.by)}: {said}{_indented(act.body)}"


def _details(act: Act) -> Iterator[str]:
    if act.verdict is not None:
        yield act.verdict
    if act.title_after:
        yield f"now “{act.title_after}”"
    if act.subject is not None:
        yield act.subject.login
    yield from filter(None, (act.sha[:10], act.path, act.team, act.label, act.outcome))


def _name(person: Person | None) -> str:
    return _plain(person.login) if person is not None else "(nobody)"


def _indented(body: str) -> str:
    text = _plain(body.replace("\r", "").strip())
    if len(text) > _MOST_CHARACTERS:
        text = f"{text[:_MOST_CHARACTERS]} … ({len(text) - _MOST_CHARACTERS} characters more)"
    return "".join(f"\n    {line}" for line in text.splitlines())


def _plain(text: str) -> str:
    """The text without anything that would steer a terminal."""
    return "".join(one for one in text if one.isprintable() or one == "\n")


def _day(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y-%m-%d %H:%M}"
