"""Are the right reviewers suggested? Replays a history and asks before each pull request's reviews.

For every pull request that somebody else reviewed, people are ranked with what was known strictly before it
was opened; a hit is when one of those who did review it later is among the first 3 (or 5). "Reviewed" is a
submitted review, a comment on a line, or a comment that approves (`LGTM`, `ACK`); the figures under `strict`
leave such comments out and count only pull requests with a review in GitHub's own sense. Bots don't count.
`most_active_lately` is a third baseline, the hardest: who did most here, weighing half after 60 days.

What the archive can't tell: which files a pull request changes (only those that got line comments are known,
from then on; in live use all are), and how its description read at first (people edit it).

Weights were chosen on the `development` half only; `halves` shows the other, too.

    python bench/suggestions.py --archive history.jsonl.gz

The last line is one JSON object.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bench.matching import Case, measure, most_active_lately, most_recently_active, read_history, show
from mentorbot.domain.expertise import Ranked, rank_reviewers


def main() -> None:
    """Reads the archive, prints the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--archive", type=Path, required=True, metavar="FILE.jsonl.gz")
    past, cases = read_history(parser.parse_args().archive)

    def rank(case: Case) -> list[Ranked]:
        return rank_reviewers(case.opening, past, now=case.opening.at)

    baselines = {
        "most_recently_active": most_recently_active,
        "most_active_lately": most_active_lately,
    }
    rights = {"reviewed": lambda case: case.reviewers, "strict": lambda case: case.strict}
    figures = measure(past, cases, rank=rank, rights=rights, baselines=baselines)
    reviewed, strict = figures["reviewed"], figures["strict"]
    show("Reviewers suggested", reviewed)
    show("The same, approvals in plain comments not counted", strict)
    print(json.dumps({**reviewed, "strict": strict}))


if __name__ == "__main__":
    main()
