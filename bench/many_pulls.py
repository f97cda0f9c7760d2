"""A simulated GitHub with a repository that has thousands of open pull requests, of every age and state."""

from __future__ import annotations

import random
from datetime import datetime, timedelta

from mentorbot.sandbox.simulated_github import SimulatedGitHub

REPOSITORY = "octo/tea"
CONFIG = """\
stalled:
  author: {after: 14 days}
  reviewers: {after: 7 business days}
  labels: {author: awaiting changes, reviewers: awaiting review, external: blocked}
"""
_ASK_FOR_CHANGES, _ANSWER = "Could you add a test for cold water?", "Done, thank you!"


def populate(github: SimulatedGitHub, pulls: int, *, until: datetime) -> None:
    """So many open pull requests by a hundred people, and the App installed after all of it."""
    acts, chance = github.acts, random.Random(1)  # noqa: S311 - figures are to be the same each time
    acts.add_user("olga")
    acts.add_organization("octo", owners=("olga",))
    people = [f"person-{number}" for number in range(100)]
    for login in ("grace", "hedy", *people):
        acts.add_user(login)
    with acts.quietly():
        acts.create_repository(
            REPOSITORY, files={"README.md": "Tea", ".github/mentorbot.yml": CONFIG}, by="olga"
        )
        for reviewer in ("grace", "hedy"):
            acts.add_collaborator(REPOSITORY, reviewer, by="olga")
        for number in range(pulls):
            # Nobody is due at first: everything happened within the last three days.
            github.clock.freeze(until - timedelta(minutes=chance.randint(60, 3 * 24 * 60)))
            author = chance.choice(people)
            pull = acts.open_pull_request(
                REPOSITORY, by=author, title=f"Heat kettle {number}", body="It was cold."
            )
            for _ in range(chance.randint(0, 3)):
                github.clock.move(timedelta(minutes=1))
                acts.request_changes(pull, by=chance.choice(("grace", "hedy")), body=_ASK_FOR_CHANGES)
                if chance.random() < 0.7:
                    github.clock.move(timedelta(minutes=1))
                    acts.comment(pull, by=author, body=_ANSWER)
    acts.install("octo", by="olga")
