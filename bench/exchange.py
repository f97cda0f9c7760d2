"""Who would have earned what? Plays a project's history to the review exchange and prints the distribution.

Every review of the archive is either counted or refused by a named guard; nobody in the archive knew of the
exchange, so nothing is spent, and all that counts is confirmed by a week of silence.

    python bench/exchange.py --archive history.jsonl.gz

The last line is one JSON object.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, cast

if __package__ in {None, ""}:  # run as a file: the packages are beside its folder
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from mentorbot.config.calendar import DEFAULT_CALENDAR
from mentorbot.config.configuration import Configuration
from mentorbot.core.entities import Repository
from mentorbot.core.people import Permission, Person
from mentorbot.domain.contributor_history import ContributorHistory
from mentorbot.domain.expertise import is_human
from mentorbot.domain.timeline import PullRequestTimeline
from mentorbot.feature_api.feature_catalog import FeatureCatalog
from mentorbot.feature_api.ports import GitHub, Guided, Journal, Outlook, People, Ports, Proposals, Timelines
from mentorbot.feature_api.replay import ReplayedRecords
from mentorbot.features.review_exchange.config import ReviewExchange
from mentorbot.features.review_exchange.ledger.ledger import REVIEW, EntryKind, Ledger, Place
from mentorbot.features.review_exchange.rebuild import past_of, rebuilt
from mentorbot.features.review_exchange.scoring.contribution import contribution_of
from mentorbot.features.review_exchange.scoring.guards import ReviewCase, appraise
from mentorbot.github.archive import stream

_INSIDERS = frozenset({"OWNER", "MEMBER", "COLLABORATOR"})
HERE = Repository(id=1, full_name="archive/archive", owner=Person(1, "archive"))


@dataclass(frozen=True, slots=True)
class Archived:
    """GitHub and the store as far as an archive goes: `insiders` are those whom it calls members."""

    insiders: frozenset[Person]

    async def permission(self, person: Person) -> Permission:
        """What they might do, had it always been as it was at the end."""
        return Permission.WRITE if person in self.insiders else Permission.READ

    async def contributor_history(self, person: Person, **_: object) -> ContributorHistory:
        """Who was new is not asked: nothing is free in an archive."""
        return ContributorHistory(person=person, certain=False)


def ports_at(now: datetime, insiders: frozenset[Person]) -> Ports:
    """Ports that know next to nothing; what the rules ask for comes from the archive."""
    nobody = Archived(insiders)
    return Ports(
        now=now,
        repository=HERE,
        github=cast("GitHub", nobody),
        people=cast("People", nobody),
        records=ReplayedRecords(HERE.id),
        timelines=cast("Timelines", nobody),
        journal=cast("Journal", nobody),
        catalog=FeatureCatalog(()),
        calendar=DEFAULT_CALENDAR,
        configuration=Configuration(exists=True),
        proposals=cast("Proposals", nobody),
        outlook=cast("Outlook", nobody),
        guided=cast("Guided", nobody),
        bot=Person(2, "mentorbot[bot]", is_bot=True),
        public_url="",
    )


async def play(pulls: Sequence[PullRequestTimeline], section: ReviewExchange) -> Ledger:
    """The ledger that these pull requests would have made."""
    last = max(act.at for pull in pulls for act in pull.acts) + timedelta(days=60)
    insiders = frozenset(
        act.by for pull in pulls for act in pull.acts if act.by and act.association in _INSIDERS
    )
    return await rebuilt(past_of(ports_at(last, insiders), section, pulls, {}))


def figures(pulls: Sequence[PullRequestTimeline], ledger: Ledger, section: ReviewExchange) -> dict[str, Any]:
    """How many reviews count, what refuses the others, and who earns."""
    outcomes: Counter[str] = Counter()
    for pull in pulls:
        place = Place(repository_id=HERE.id, full_name=HERE.full_name, number=pull.number)
        people = {act.by for act in pull.acts if act.by and is_human(act.by)} - {pull.author}
        for person in sorted(people, key=_id):
            given = contribution_of(pull, person, section.guards, calendar=DEFAULT_CALENDAR)
            if given is None:
                continue
            state = ledger.state(person, place)
            if state is not None:
                outcomes[state.kind.value if state.kind is EntryKind.EARNED else state.reason] += 1
                continue
            case = ReviewCase(
                given=given, place=place, ledger=ledger, guards=section.guards, calendar=DEFAULT_CALENDAR
            )
            outcomes[appraise(case).refused_by or "nothing"] += 1
    earned: Counter[str] = Counter()
    for person in ledger.people():
        earned[person.login] = sum(entry.amount for entry in ledger.of(person, EntryKind.EARNED))
    in_full = sum(e.amount == REVIEW for e in ledger.entries() if e.kind is EntryKind.EARNED)
    return {
        "pull_requests": len(pulls),
        "reviews": sum(outcomes.values()),
        "outcomes": dict(outcomes.most_common()),
        "counted_share": round(outcomes["earned"] / max(1, sum(outcomes.values())), 3),
        "counted_in_full": in_full,
        "people_who_earned": sum(amount > 0 for amount in earned.values()),
        "credits": sum(earned.values()) // section.price,
        "top": {login: round(amount / section.price, 1) for login, amount in earned.most_common(10)},
        "problems": ledger.problems(),
    }


def _id(person: Person) -> int:
    return person.id


def main() -> int:
    """The command line. 0: the ledger adds up; 1: it does not."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--archive", type=Path, required=True, metavar="FILE.jsonl.gz")
    archive = parser.parse_args().archive
    pulls = [one for one in stream(archive) if isinstance(one, PullRequestTimeline)]
    section = ReviewExchange()
    found = figures(pulls, asyncio.run(play(pulls, section)), section)
    print(f"{found['reviews']} reviews of {found['pull_requests']} pull requests")
    for name, number in found["outcomes"].items():
        print(f"  {name:16} {number:6}  {number / found['reviews']:.0%}")
    print(f"{found['people_who_earned']} people earned {found['credits']} credits; the first ten:")
    for login, credits_ in found["top"].items():
        print(f"  {login:24} {credits_:8}")
    print(json.dumps(found))
    return 1 if found["problems"] or found["outcomes"].get("nothing") else 0


if __name__ == "__main__":
    raise SystemExit(main())
