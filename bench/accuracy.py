"""How often is "whose turn is it?" right? Compares the bot's answers with those of people who read the past.

    python bench/accuracy.py --archive FILE.jsonl.gz --labels FILE.jsonl

The archive is one of the kind in ../shared/history; the labels are JSON lines with `pull`, `at` (ISO 8601)
and `turn` (`author`, `reviewers` or `external`). Each answer is worked out from what had happened by then.
Beside the bot stand simple rules on the same moments; the last line is one JSON object.

Of the 190 moments of ../shared/history, the rules were made with 89; the other 101 were never read by
anybody who worked on them (tests/history/test_turns_history.py tells them apart), and only their score was
looked at, three times: 0.88 in all (`author`: precision 0.81, recall 0.75), beside 0.99 on the 89. Expect
figures between them elsewhere. Answering `unknown` wherever `Turn.certain` is false would make `author` a
little more reliable (precision 0.94 instead of 0.90 on 156 further moments, chosen for being hard) and cost
one right answer in eight; so the answer stays, and the flag says which it is.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from mentorbot.domain.timeline import Act, ActKind, PullRequestTimeline, Verdict
from mentorbot.domain.turns import TurnSettings, whose_turn
from mentorbot.domain.turns.comment_parser import parse_comment
from mentorbot.github.archive import read

AUTHOR, REVIEWERS = "author", "reviewers"
RULES = TurnSettings()
Rule = Callable[[PullRequestTimeline], str]


@dataclass(frozen=True, slots=True)
class Moment:
    """A pull request as it stood at a labelled moment, and whose turn its readers said it was."""

    past: PullRequestTimeline
    at: datetime
    expected: str


@dataclass(frozen=True, slots=True)
class Score:
    """How often a rule was right, and how far its "author" can be trusted; None if it never said it."""

    accuracy: float
    author_precision: float | None
    author_recall: float | None


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table, every miss and the JSON object. Returns 2 for unusable files, else 0."""
    options = _options(arguments)
    try:
        moments = labelled_moments(options.archive, options.labels)
    except (OSError, ValueError, KeyError) as error:
        print(f"accuracy: {error}", file=sys.stderr)
        return 2
    answers = [whose_turn(moment.past, RULES, now=moment.at) for moment in moments]
    said = [turn.holder.value for turn in answers]
    misses = [
        {
            "pull": moment.past.number,
            "at": moment.at.isoformat(),
            "expected": moment.expected,
            "said": turn.holder.value,
            "because": turn.because,
        }
        for moment, turn in zip(moments, answers, strict=True)
        if turn.holder.value != moment.expected
    ]
    _print_table(moments, said)
    _print_misses(misses)
    own = score(moments, said)
    result: dict[str, Any] = {
        "accuracy": _rounded(own.accuracy),
        "author_precision": _rounded(own.author_precision),
        "author_recall": _rounded(own.author_recall),
        "n": len(moments),
        "misses": misses,
    }
    print(json.dumps(result))
    return 0


def labelled_moments(archive: Path, labels: Path) -> list[Moment]:
    """The labelled moments with what had happened by then. Raises ValueError for labels that don't fit."""
    pulls = {item.number: item for item in read(archive) if isinstance(item, PullRequestTimeline)}
    moments = []
    for line in labels.read_text(encoding="utf-8").splitlines():
        if not line.strip():
            continue
        label = json.loads(line)
        if label["pull"] not in pulls:
            raise ValueError(f"{labels} speaks of pull request {label['pull']}, which isn't in {archive}.")
        at = datetime.fromisoformat(label["at"])
        moments.append(Moment(pulls[label["pull"]].until(at), at, label["turn"]))
    if not moments:
        raise ValueError(f"{labels} holds no labelled moment; expected one JSON object a line.")
    return moments


def score(moments: Sequence[Moment], said: Sequence[str]) -> Score:
    """How these answers compare with what the readers said."""
    pairs = [(moment.expected, answer) for moment, answer in zip(moments, said, strict=True)]
    said_author = [expected for expected, answer in pairs if answer == AUTHOR]
    were_author = [answer for expected, answer in pairs if expected == AUTHOR]
    return Score(
        accuracy=sum(expected == answer for expected, answer in pairs) / len(pairs),
        author_precision=said_author.count(AUTHOR) / len(said_author) if said_author else None,
        author_recall=were_author.count(AUTHOR) / len(were_author) if were_author else None,
    )


def whoever_did_not_act_last(past: PullRequestTimeline) -> str:
    """The turn goes to the other side of whoever did anything last."""
    acts = [act for act in past.acts if act.by is not None and not RULES.is_bot(act.by)]
    return AUTHOR if acts and acts[-1].by != past.author else REVIEWERS


def last_substantive_act(past: PullRequestTimeline) -> str:
    """Drafts are the author's; a comment or review of others is too, unless it approves."""
    if past.is_draft:
        return AUTHOR
    acts = [act for act in past.acts if _is_substantive(act) and not RULES.is_bot(act.by)]
    if not acts or acts[-1].by == past.author:
        return REVIEWERS
    approves = acts[-1].verdict is Verdict.APPROVED or parse_comment(acts[-1].body).approves
    return REVIEWERS if approves else AUTHOR


SIMPLE_RULES: dict[str, Rule] = {
    "always the author (what stale bots do)": lambda _past: AUTHOR,
    "always reviewers": lambda _past: REVIEWERS,
    "whoever did not act last": whoever_did_not_act_last,
    "last substantive act, drafts, approvals by comment": last_substantive_act,
}


def _is_substantive(act: Act) -> bool:
    if act.kind is ActKind.REVIEWED:
        return bool(act.body.strip()) or act.verdict is not Verdict.COMMENTED
    return act.is_remark or act.is_push or act.kind is ActKind.MARKED_READY


def _print_table(moments: Sequence[Moment], said: Sequence[str]) -> None:
    print(f"Whose turn? {len(moments)} labelled moments.")
    print()
    print("| rule | accuracy | precision | recall |")
    print("| --- | --- | --- | --- |")
    for name, rule in SIMPLE_RULES.items():
        _print_row(name, score(moments, [rule(moment.past) for moment in moments]))
    _print_row("mentorbot", score(moments, said))
    print()


def _print_row(name: str, row: Score) -> None:
    figures = (row.accuracy, row.author_precision, row.author_recall)
    print(
        f"| {name} | " + " | ".join("–" if figure is None else f"{figure:.2f}" for figure in figures) + " |"
    )


def _print_misses(misses: Sequence[dict[str, Any]]) -> None:
    for miss in misses:
        moment = f"#{miss['pull']} at {miss['at']}"
        print(f"{moment}: readers said {miss['expected']}, the bot {miss['said']}. {miss['because']}")
    print()


def _rounded(figure: float | None) -> float | None:
    return None if figure is None else round(figure, 4)


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--archive", type=Path, required=True, help="a saved history (.jsonl or .jsonl.gz)")
    parser.add_argument("--labels", type=Path, required=True, help="labelled moments, JSON lines")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main())
