"""How often is "whose turn is it?" right, and who is nudged rightly? Compares the bot with people who read.

    python bench/accuracy.py --archive FILE.jsonl.gz --labels FILE.jsonl [--archive … --labels …]

An archive is of the kind in ../shared/history (`bench/saved_from.py` makes some), its labels are those of
`bench/labelled.py`. Each answer is worked out from what had happened by then, through the feature's own
path and with default config; a nudge is what the bot would write in the next morning. Beside it stand the
rules of others (`bench/peers.py`), on the same moments.

- accuracy: how many answers are the readers'; "unclear" never is. Precision and recall are those of
  "author".
- nudges of a side: how many there are, how many of them are right (it is that side's turn), precision, and
  coverage: right ones of all the turns of that side. In brackets: 95 % of 2,000 resamples by pull request.

The last line is one JSON object: `accuracy`, `author_precision`, `author_recall`, `n`, `nudges` and
`misses` for one project; for several an object of these without `misses` by each archive's name, and one
for `overall`.

Of the 190 moments of secp256k1, the rules were first made with 89; the other 101 were never read by anybody
who worked on them (tests/history/test_turns_history.py tells them apart).
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

if __package__ in {None, ""}:  # run as a file: the packages are beside its folder
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench.labelled import OVERALL, Answer, Moment, answer_at, labelled_projects
from bench.peers import AUTHOR, PEERS, REVIEWERS
from bench.turn_scores import Interval, NudgeScore, Resamples, Score, score, score_nudges

_SIDES = (AUTHOR, REVIEWERS)
_NUDGES = "right of all | precision | coverage"
_HEAD = (
    "| rule | accuracy | author precision | author recall "
    f"| author nudges: {_NUDGES} | reviewers' nudges: {_NUDGES} |"
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the tables, every miss and the JSON object. Returns 2 for unusable files, else 0."""
    options = _options(arguments)
    try:
        projects = dict(labelled_projects(options.archive, options.labels))
    except ValueError as error:
        print(f"accuracy: {error}", file=sys.stderr)
        return 2
    answers = {name: [answer_at(moment) for moment in moments] for name, moments in projects.items()}
    for name, moments in projects.items():
        _print_table(name, moments, answers[name])
        _print_misses(moments, answers[name])
    if len(projects) == 1:
        ((name, moments),) = projects.items()
        print(json.dumps({**figures(moments, answers[name]), "misses": misses(moments, answers[name])}))
        return 0
    everything = [moment for moments in projects.values() for moment in moments]
    every_answer = [answer for name in projects for answer in answers[name]]
    _print_table(OVERALL, everything, every_answer)
    by_project = {name: figures(moments, answers[name]) for name, moments in projects.items()}
    print(json.dumps({**by_project, OVERALL: figures(everything, every_answer)}))
    return 0


def figures(moments: Sequence[Moment], answers: Sequence[Answer]) -> dict[str, Any]:
    """What the JSON object says of some moments."""
    nudged = [answer.nudges for answer in answers]
    own = asdict(score(moments, [answer.turn for answer in answers]))
    return {
        **_rounded(own),
        "n": len(moments),
        "nudges": {side: _rounded(asdict(score_nudges(moments, nudged, side))) for side in _SIDES},
    }


def misses(moments: Sequence[Moment], answers: Sequence[Answer]) -> list[dict[str, Any]]:
    """Where the bot and the readers differ."""
    return [
        {
            "pull": moment.past.number,
            "at": moment.at.isoformat(),
            "expected": moment.expected,
            "said": answer.turn,
            "because": answer.because,
        }
        for moment, answer in zip(moments, answers, strict=True)
        if answer.turn != moment.expected
    ]


def _print_table(name: str, moments: Sequence[Moment], answers: Sequence[Answer]) -> None:
    print(f"## {name}: {len(moments)} labelled moments")
    print()
    print(_HEAD)
    print("| --- " * _HEAD.count(" | ") + "| --- |")
    resamples = Resamples(moments)
    for peer in PEERS:
        said = [peer.turn(moment.past) for moment in moments]
        _print_row(
            peer.name, moments, said, [peer.nudges(one.past, one.morning) for one in moments], resamples
        )
    said = [answer.turn for answer in answers]
    _print_row("**mentorbot**", moments, said, [answer.nudges for answer in answers], resamples)
    print()


def _print_row(
    name: str,
    moments: Sequence[Moment],
    said: Sequence[str],
    nudged: Sequence[Collection[str]],
    resamples: Resamples,
) -> None:
    cells = [name, *_cells(score(moments, said))]
    for side in _SIDES:
        cells += _nudge_cells(score_nudges(moments, nudged, side), *resamples.intervals(nudged, side))
    print(f"| {' | '.join(cells)} |")


def _cells(row: Score) -> Iterator[str]:
    for figure in (row.accuracy, row.author_precision, row.author_recall):
        yield _cell(figure)


def _nudge_cells(row: NudgeScore, precision: Interval | None, coverage: Interval | None) -> Iterator[str]:
    yield f"{row.right} of {row.n}"
    yield _cell(row.precision, precision)
    yield _cell(row.coverage, coverage)


def _cell(figure: float | None, interval: Interval | None = None) -> str:
    if figure is None:
        return "–"
    return f"{figure:.2f}" + (f" ({interval[0]:.2f}–{interval[1]:.2f})" if interval is not None else "")


def _print_misses(moments: Sequence[Moment], answers: Sequence[Answer]) -> None:
    for moment, answer in zip(moments, answers, strict=True):
        if answer.turn != moment.expected:
            place = f"#{moment.past.number} at {moment.at.isoformat()}"
            nudged = ", and nudged them" if answer.nudges else ""
            print(f"{place}: readers said {moment.expected}, the bot {answer.turn}{nudged}. {answer.because}")
    print()


def _rounded(known: Mapping[str, Any]) -> dict[str, Any]:
    return {name: round(one, 4) if isinstance(one, float) else one for name, one in known.items()}


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument(
        "--archive", type=Path, action="append", required=True, help="a saved history (.jsonl or .jsonl.gz)"
    )
    parser.add_argument(
        "--labels", type=Path, action="append", required=True, help="labelled moments of it, JSON lines"
    )
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main())
