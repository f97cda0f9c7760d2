"""Everything people, owners and machines can do in the sandbox, for tests, story and page alike."""

from __future__ import annotations

from mentorbot.sandbox.acts.apps import AppActs
from mentorbot.sandbox.acts.checks import CheckActs
from mentorbot.sandbox.acts.people import PeopleActs
from mentorbot.sandbox.acts.pulls import PullRequestActs
from mentorbot.sandbox.acts.reviews import ReviewActs


class Acts(PullRequestActs, ReviewActs, CheckActs, PeopleActs, AppActs):
    """All acts. Each changes the world, notes it in timelines, and causes the webhooks GitHub would send.

    Whoever or whatever an act is about is given as the object an earlier act returned, or by name: a login,
    `owner/name`, `owner/name#5`, `organisation/team`. An act raises NotThereError when a name means nothing,
    RefusedError when GitHub would not let it happen.
    """
