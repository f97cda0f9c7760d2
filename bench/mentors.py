"""Are the right mentors proposed? Replays a history and asks at everybody's first three pull requests.

Mentors are ranked with what was known strictly before such a pull request was opened; a hit is when somebody
who really reviewed it later is among the first 3 (or 5). "Reviewed" is what `suggestions.py` says. Under
`per_person` each newcomer counts once: mentors are proposed at the first reviewed pull request, and a hit is
who reviewed any of the first three. Capacity, areas and time zones are in no archive; deeds are measured.

    python bench/mentors.py --archive history.jsonl.gz

The last line is one JSON object; `seconds_for_200_mentees_and_40_mentors` is what one round takes.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import cycle, islice
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bench.matching import (
    Case,
    measure,
    most_active,
    most_active_lately,
    most_recently_active,
    read_history,
    show,
)
from mentorbot.core.people import Person
from mentorbot.domain.expertise import Expertise, Mentee, Mentor, Ranked, rank_mentors
from mentorbot.domain.expertise.index import NEWCOMER_PULL_REQUESTS

_MENTEES, _MENTORS, _FILES = 200, 40, 20


def main() -> None:
    """Reads the archive, prints the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--archive", type=Path, required=True, metavar="FILE.jsonl.gz")
    past, cases = read_history(parser.parse_args().archive)

    def rank(case: Case) -> list[Ranked]:
        return rank_mentors(_mentee(case), past, now=case.opening.at)

    baselines = {
        "most_active": most_active,
        "most_active_lately": most_active_lately,
        "most_recently_active": most_recently_active,
    }
    early = [case for case in cases if case.nth <= NEWCOMER_PULL_REQUESTS]

    def measured(some: Sequence[Case]) -> dict[str, Any]:
        rights = {"reviewed": lambda case: case.reviewers}
        return measure(past, some, rank=rank, rights=rights, baselines=baselines)["reviewed"]

    per_pull_request, per_person = measured(early), measured(_once_per_person(early))
    show("Mentors proposed, each of the first three pull requests", per_pull_request)
    show("Mentors proposed, each newcomer once", per_person)
    seconds = matching_takes(past, cases)
    print(f"\n{_MENTEES} mentees and {_MENTORS} mentors matched in {seconds:.2f} s")
    speed = {f"seconds_for_{_MENTEES}_mentees_and_{_MENTORS}_mentors": round(seconds, 3)}
    print(json.dumps({**per_pull_request, "per_person": per_person, **speed}))


def _mentee(case: Case) -> Mentee:
    assert case.opening.author is not None
    return Mentee(person=case.opening.author, pull=case.opening)


def _once_per_person(early: Sequence[Case]) -> list[Case]:
    """Each newcomer's first reviewed pull request, with the reviewers of all their first three."""
    of_author: defaultdict[Person | None, list[Case]] = defaultdict(list)
    for case in early:
        of_author[case.opening.author].append(case)
    return [
        replace(own[0], reviewers=frozenset().union(*(case.reviewers for case in own)))
        for own in of_author.values()
    ]


def matching_takes(past: Expertise, cases: Sequence[Case]) -> float:
    """Seconds for one round of matching at the end of the history, with everything that may count known."""
    now = cases[-1].opening.at
    files = sorted(subject for subject in past.opened_about if "/" in subject and not subject.endswith("/"))
    paths = frozenset(files[-_FILES:])
    mentees = [
        replace(_mentee(case), pull=replace(case.opening, paths=paths), areas=frozenset({"docs"}))
        for case in islice(cycle(cases), _MENTEES)
    ]
    people = sorted(past.acts, key=lambda person: (-past.acts[person].count(now), person.id))
    mentors = dict.fromkeys(people[:_MENTORS], _a_mentor(now))
    mentors |= {Person(id=-n, login=f"mentor-{n}"): _a_mentor(now) for n in range(_MENTORS - len(mentors))}
    began = time.perf_counter()
    for mentee in mentees:
        rank_mentors(mentee, past, now=now, mentors=mentors)
    return time.perf_counter() - began


def _a_mentor(now: datetime) -> Mentor:
    return Mentor(
        areas=frozenset({"docs"}),
        capacity=6,
        mentees=1,
        utc_offset=timedelta(hours=1),
        last_asked_at=now - timedelta(days=9),
    )


if __name__ == "__main__":
    main()
