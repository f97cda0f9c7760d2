"""Makes the second opinion on whose turn it is, and tells how good it is where it was not made.

    python bench/train_turns.py --archive FILE.jsonl.gz --labels FILE.jsonl [--archive … --labels …] [--write]

Files are as in `bench/accuracy.py`; at least two projects. A logistic regression (scikit-learn, of the
development extra) over `mentorbot/domain/turns/features.py`; what a conflict or failed check decides is left
out, as it teaches nothing of conversations, and projects weigh by the root of their share, so that no large
one drowns the others.

Everything that is chosen is chosen by leaving one project out: the strength of the regularisation by the
loss; `fairly_sure` as the lowest of 0.50, 0.55 … from which on .90 of all nudges of authors are right, those
for facts included; `sure` as the lowest from which on .95 are of those that rest on words alone; `reviewers`
as the highest below which .94 of the reviewers' are. The table shows each project judged by the others, then
everything. `--write` keeps the opinion made of all projects.

The last line is one JSON object: per project and overall `n`, `auc`, `accuracy` (of the rules), and for
nudges of authors (those of newcomers need `sure`) and reviewers `right`, `n`, `precision`, `coverage`.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

if __package__ in {None, ""}:  # run as a file: the packages are beside its folder
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import log_loss, roc_auc_score
from sklearn.preprocessing import StandardScaler

from bench.labelled import CONFIG, OVERALL, Moment, labelled_projects, repository_at
from mentorbot.domain.turns import Holder
from mentorbot.domain.turns.event_handlers import handle_event
from mentorbot.domain.turns.features import features_of
from mentorbot.domain.turns.rules import Basis, decide
from mentorbot.domain.turns.second_opinion import SecondOpinion
from mentorbot.domain.turns.state import TurnState
from mentorbot.features.stalled.turn.rules.corrections import corrected

WRITTEN = Path(__file__).parents[1] / "mentorbot" / "domain" / "turns" / "second_opinion.json"
STRENGTHS = (0.01, 0.02, 0.05, 0.1, 0.2)
STEPS = tuple(step / 100 for step in range(50, 100, 5))
DOUBTS = tuple(step / 100 for step in range(50, 5, -5))
FAIRLY_SURE, SURE, REVIEWERS = 0.90, 0.95, 0.94

Vector = np.ndarray[Any, np.dtype[np.float64]]


@dataclass(frozen=True, slots=True)
class Example:
    """A labelled moment as the rules and the features see it."""

    project: str
    expected: str
    holder: Holder
    basis: Basis
    features: Mapping[str, float]
    is_draft: bool
    is_newcomers: bool

    @property
    def is_authors(self) -> bool:
        return self.expected == Holder.AUTHOR

    @property
    def teaches(self) -> bool:
        """False where something outside of the conversation makes it the author's turn."""
        is_of_branch = self.basis is Basis.FACT and self.holder is Holder.AUTHOR
        return not is_of_branch or self.is_draft or bool(self.features.get("point: changes requested"))

    @property
    def is_nudged_for_a_fact(self) -> bool:
        return self.holder is Holder.AUTHOR and self.basis is Basis.FACT and not self.is_draft

    @property
    def may_be_nudged(self) -> bool:
        """True where the rules leave it to the second opinion whether the author hears of it."""
        is_open = self.features.get("unfinished") or self.features.get("point: newer than the author")
        return (
            self.holder is Holder.AUTHOR
            and self.basis is Basis.CONVERSATION
            and not self.is_draft
            and bool(is_open)
        )


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table and the JSON object; returns 2 for unusable files, else 0."""
    options = _options(arguments)
    try:
        examples = list(_examples(options.archive, options.labels))
    except ValueError as error:
        print(f"train_turns: {error}", file=sys.stderr)
        return 2
    strength = min(STRENGTHS, key=lambda one: _loss(examples, left_out(examples, one)))
    probabilities = left_out(examples, strength)
    opinion = _made_of(examples, strength, probabilities)
    print(
        f"strength {strength}, fairly sure from {opinion.fairly_sure}, sure from {opinion.sure}, "
        f"reviewers below {opinion.reviewers}"
    )
    told = _judged(examples, probabilities, opinion)
    _print_table(told)
    _print_calibration(examples, probabilities)
    if options.write:
        WRITTEN.write_text(json.dumps(asdict(opinion), indent=2) + "\n", encoding="utf-8")
        print(f"Wrote {WRITTEN}.")
    print(json.dumps(told))
    return 0


def left_out(examples: Sequence[Example], strength: float) -> Vector:
    """The probability of the author's turn at each moment, by what the other projects taught."""
    names = _names(examples)
    found = np.zeros(len(examples))
    for project in {example.project for example in examples}:
        taught = _fitted([one for one in examples if one.project != project], names, strength)
        for place, example in enumerate(examples):
            if example.project == project:
                found[place] = taught.probability(example.features)
    return found


def _examples(archives: Sequence[Path], labels: Sequence[Path]) -> Iterator[Example]:
    if len(archives) < 2:
        raise ValueError("Write --labels FILE after each --archive FILE, for two projects or more.")
    for project, moments in labelled_projects(archives, labels):
        for moment in moments:
            yield _example(moment, project)


def _example(moment: Moment, project: str) -> Example:
    rules, repository = repository_at(moment.people, moment.at)
    known, author = corrected(moment.past.until(moment.at), (), CONFIG), moment.past.author
    state = TurnState.begin(known, rules)
    for act in known.standing_acts():
        handle_event(state, act)
    decision = decide(state)
    return Example(
        project=project,
        expected=moment.expected,
        holder=decision.holder,
        basis=decision.basis,
        features=features_of(state),
        is_draft=known.is_draft,
        is_newcomers=author is None or author.id not in repository.people.merged,
    )


def _names(examples: Sequence[Example]) -> tuple[str, ...]:
    return tuple(sorted({name for example in examples for name in example.features}))


def _fitted(examples: Sequence[Example], names: Sequence[str], strength: float) -> SecondOpinion:
    """What these examples teach, with the scaling folded into the weights."""
    known = [example for example in examples if example.teaches]
    shares = {example.project: 0.0 for example in known}
    for example in known:
        shares[example.project] += 1 / len(known)
    matrix = np.array([[example.features.get(name, 0.0) for name in names] for example in known])
    scaler = StandardScaler().fit(matrix)
    weights = np.array([shares[example.project] ** -0.5 for example in known])
    model = LogisticRegression(C=strength, max_iter=3_000)
    model.fit(
        scaler.transform(matrix),
        [example.is_authors for example in known],
        sample_weight=weights / weights.mean(),
    )
    slopes = model.coef_[0] / scaler.scale_
    return SecondOpinion(
        intercept=round(float(model.intercept_[0] - slopes @ scaler.mean_), 4),
        weights={name: round(float(slope), 4) for name, slope in zip(names, slopes, strict=True)},
        fairly_sure=1.0,
        sure=1.0,
        reviewers=0.0,
        trained_on={project: sum(one.project == project for one in examples) for project in sorted(shares)},
    )


def _loss(examples: Sequence[Example], probabilities: Vector) -> float:
    kept = [place for place, example in enumerate(examples) if example.teaches]
    return float(log_loss([examples[place].is_authors for place in kept], probabilities[kept]))


def _made_of(examples: Sequence[Example], strength: float, probabilities: Vector) -> SecondOpinion:
    """The opinion made of all projects, with the thresholds that leaving one out suggests."""
    asked = [
        (float(probability), example.is_authors)
        for example, probability in zip(examples, probabilities, strict=True)
        if example.may_be_nudged
    ]
    others = [
        (float(probability), example.expected == Holder.REVIEWERS)
        for example, probability in zip(examples, probabilities, strict=True)
        if example.holder is Holder.REVIEWERS
    ]
    facts = [(1.0, example.is_authors) for example in examples if example.is_nudged_for_a_fact]
    made = _fitted(examples, _names(examples), strength)
    return SecondOpinion(
        intercept=made.intercept,
        weights=made.weights,
        trained_on=made.trained_on,
        fairly_sure=lowest([*asked, *facts], FAIRLY_SURE),
        sure=lowest(asked, SURE),
        reviewers=next(
            (doubt for doubt in DOUBTS if _share([right for at, right in others if at < doubt]) >= REVIEWERS),
            DOUBTS[-1],
        ),
    )


def lowest(asked: Sequence[tuple[float, bool]], precision: float) -> float:
    """The lowest step from which on every higher one is as precise, too."""
    good = STEPS[-1]
    for step in reversed(STEPS):
        if _share([right for at, right in asked if at >= step]) < precision:
            break
        good = step
    return good


def _share(right: Sequence[bool]) -> float:
    return sum(right) / len(right) if right else 1.0


def _judged(examples: Sequence[Example], probabilities: Vector, opinion: SecondOpinion) -> dict[str, Any]:
    projects = list(dict.fromkeys(example.project for example in examples))
    told = {}
    for project in (*projects, OVERALL):
        places = [place for place, example in enumerate(examples) if project in {example.project, OVERALL}]
        told[project] = _figures([examples[at] for at in places], probabilities[places], opinion)
    return told


def _figures(examples: Sequence[Example], probabilities: Vector, opinion: SecondOpinion) -> dict[str, Any]:
    said = {Holder.AUTHOR: list[bool](), Holder.REVIEWERS: list[bool]()}
    for example, probability in zip(examples, probabilities, strict=True):
        if example.holder in said and _is_told(example, float(probability), opinion):
            said[example.holder].append(example.expected == example.holder)
    return {
        "n": len(examples),
        "auc": round(float(roc_auc_score([one.is_authors for one in examples], probabilities)), 3),
        "accuracy": round(_share([one.expected == one.holder for one in examples]), 3),
        "nudges": {
            holder.value: {
                "right": sum(right),
                "n": len(right),
                "precision": round(_share(right), 3),
                "coverage": round(sum(right) / sum(one.expected == holder for one in examples), 3),
            }
            for holder, right in said.items()
        },
    }


def _is_told(example: Example, probability: float, opinion: SecondOpinion) -> bool:
    if example.holder is Holder.REVIEWERS:
        return probability < opinion.reviewers
    if example.basis is Basis.FACT:
        return example.is_nudged_for_a_fact
    least = opinion.sure if example.is_newcomers else opinion.fairly_sure
    return example.may_be_nudged and probability >= least


def _print_table(told: Mapping[str, Any]) -> None:
    print("\n| judged by the others | moments | accuracy | AUC | author nudges | reviewers' nudges |")
    print("| --- | --- | --- | --- | --- | --- |")
    for project, row in told.items():
        cells = [
            f"{side['right']} of {side['n']} = {side['precision']:.2f}, {side['coverage']:.2f} covered"
            for side in row["nudges"].values()
        ]
        print(f"| {project} | {row['n']} | {row['accuracy']:.2f} | {row['auc']:.2f} | {' | '.join(cells)} |")


def _print_calibration(examples: Sequence[Example], probabilities: Vector) -> None:
    """How often it was the author's turn, where the opinion said how likely: a plot in characters."""
    print("\n| probability | moments | the author's | |")
    print("| --- | --- | --- | --- |")
    for low in range(10):
        right = [
            example.is_authors
            for example, probability in zip(examples, probabilities, strict=True)
            if example.teaches and low / 10 <= probability < (low + 1) / 10
        ]
        if right:
            bar = "█" * round(20 * _share(right))
            print(f"| .{low}–{(low + 1) / 10:.1f} | {len(right)} | {_share(right):.2f} | {bar} |")
    print()


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--archive", type=Path, action="append", default=[], help="a saved history")
    parser.add_argument("--labels", type=Path, action="append", default=[], help="its labelled moments")
    parser.add_argument("--write", action="store_true", help="keep the opinion made of all projects")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main())
