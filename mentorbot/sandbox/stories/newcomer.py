"""A newcomer's first week: Ada finds a bug, mends it, and is helped along; others come and go meanwhile."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from datetime import datetime, timedelta

from mentorbot.sandbox.acts import Acts
from mentorbot.sandbox.model import PullRequest
from mentorbot.sandbox.story import Story

HOME = "kettle/teapot"
CONFIG_PATH = ".github/mentorbot.yml"

_PEOPLE = {
    "ada": "Ada Lovelace",
    "margaret": "Margaret Hamilton",
    "grace": "Grace Hopper",
    "linus": "Linus Pauling",
    "barbara": "Barbara Liskov",
    "dennis": "Dennis Gabor",
    "radia": "Radia Joy",
    "edsger": "Edsger Beck",
    "karen": "Karen Jones",
}

_FILES = {
    "README.md": "# Teapot\n\nBrews tea, and says 418 when it can't.\n",
    "CONTRIBUTING.md": "# How things are done here\n\nSmall changes, a test for each, and ask early.\n",
    "src/lid.py": "def pour(pot):\n    pot.tilt(45)\n    return pot.cup\n",
    "src/brew.py": "def brew(pot, minutes=3):\n    pot.heat(98)\n    return pot.wait(minutes)\n",
    "docs/tea.md": "# Tea\n\nWarm the pot first.\n",
}

CONFIG = """\
calendar: {timezone: Europe/London}
welcome:
  pull_request: default
  issue: default
  who: Linus or Grace
  back_after: 1 year
  guide: CONTRIBUTING.md says it on one page
  office_hours: Thursdays, 16:00 UTC, in the chat
first_merge:
  message: default
  milestones: [5, 10, 25, 100]
"""

_EARLIER = (
    # author, title, days before the story, hours until the first answer (None: none yet)
    ("radia", "Let the pot stand on a bridge", 330, 30),
    ("edsger", "Say what 418 means", 310, 5),
    ("radia", "Stop the whistle at night", 290, 52),
    ("karen", "Weigh the leaves", 262, 20),
    ("edsger", "Do not count the cups twice", 240, 9),
    ("linus", "Warm the pot first", 221, 3),
    ("karen", "Leaves come in grams", 198, 70),
    ("radia", "Find the shortest way to the cup", 171, 26),
    ("edsger", "A test for cold water", 150, 44),
    ("karen", "Explain the spout", 122, 12),
    ("radia", "Pour in a loop, but end it", 96, 118),
    ("edsger", "Remove the goto from brew", 64, 7),
    ("karen", "Green tea wants 80 degrees", 41, 24),
    ("radia", "Two pots, one stove", 19, None),
)


def furnish(acts: Acts, monday: datetime) -> None:
    """An organisation with a repository and two years behind it."""
    clock = acts.world.clock
    with acts.quietly():
        with clock.at(monday - timedelta(days=800)):
            for login, name in _PEOPLE.items():
                acts.add_user(login, name=name)
            acts.add_user("renovate[bot]", name="renovate", kind="Bot")
            acts.add_organization("kettle", owners=("grace",))
            acts.add_member("kettle", "barbara", by="grace")
            acts.create_repository(HOME, files=_FILES, by="grace", description="Brews tea, or says why not.")
            acts.add_collaborator(HOME, "linus", by="grace", role="write")
            acts.create_label(HOME, "good first issue", by="grace", color="7057ff")
            acts.create_label(HOME, "bug", by="grace", color="d73a4a")
        _answered(acts, "dennis", "Show the tea as a hologram", at=monday - timedelta(days=700), after=40)
        for author, title, days, hours in _EARLIER:
            _answered(acts, author, title, at=monday - timedelta(days=days, hours=2), after=hours)


def _answered(acts: Acts, author: str, title: str, *, at: datetime, after: int | None) -> None:
    """A pull request of the past: opened, and reviewed and merged where somebody answered."""
    clock = acts.world.clock
    with clock.at(at):
        pull = acts.open_pull_request(HOME, by=author, title=title, body=f"{title}, as we said.")
    if after is None:
        return
    with clock.at(at + timedelta(hours=after)):
        acts.approve(pull, by="grace" if author == "linus" else "linus", body="Works for me, thank you.")
    with clock.at(at + timedelta(hours=after + 3)):
        acts.merge(pull, by="grace")


def scenes(acts: Acts) -> Iterator[str]:
    """The week, from Monday morning to Friday afternoon."""
    yield "Mon 09:00"
    acts.install("kettle", by="grace")
    yield "Mon 09:05"
    acts.push(HOME, by="grace", files={CONFIG_PATH: CONFIG}, message="Switch Mentorbot on")
    yield "Mon 09:12"
    issue = acts.open_issue(
        HOME,
        by="ada",
        title="The lid falls into the cup",
        body="When I pour the last cup, the lid slips off.\n\nI held the pot at 45 degrees.",
    )
    yield "Mon 10:40"
    acts.comment(
        issue,
        by="linus",
        body="Thanks, Ada, I can see it here, too. It is in `src/lid.py`. Would you like to try it?",
    )
    yield from _pull_request(acts, issue.number)
    draft = yield from _others(acts)
    yield from _config(acts)
    yield from _commands(acts, draft)


def _pull_request(acts: Acts, issue: int) -> Iterator[str]:
    """Ada's first pull request, from opening to merge."""
    yield "Mon 16:30"
    pull = acts.open_pull_request(
        HOME,
        by="ada",
        title="Hold the lid while pouring",
        body=f"A thumb on the lid, as my grandmother did it.\n\nFixes #{issue}.",
        files={"src/lid.py": "def pour(pot):\n    pot.hold_lid()\n    pot.tilt(45)\n    return pot.cup\n"},
        branch="hold-the-lid",
    )
    yield "Tue 09:30"
    acts.open_issue(HOME, by="barbara", title="Which teas do we want by summer?")
    yield "Tue 11:00"
    acts.review(
        pull,
        by="linus",
        verdict="request_changes",
        body="This is the right place. One thing below, then it is ready.",
        comments=[("src/lid.py", 2, "Let go of the lid afterwards, or nobody can refill the pot.")],
    )
    yield "Tue 11:20"
    acts.comment(pull, by="ada", body="Good point, I do it tonight.\n\n/mentorbot why")
    yield "Tue 19:05"
    better = "def pour(pot):\n    with pot.lid_held():\n        pot.tilt(45)\n    return pot.cup\n"
    acts.push_to(pull, files={"src/lid.py": better}, message="Let go of the lid afterwards")
    yield "Wed 10:15"
    acts.approve(pull, by="linus", body="Lovely, thank you!")
    yield "Wed 10:30"
    acts.merge(pull, by="grace")


def _others(acts: Acts) -> Generator[str, None, PullRequest]:
    """A bot, another newcomer, and somebody who was away for two years."""
    yield "Wed 11:00"
    acts.open_pull_request(HOME, by="renovate[bot]", title="Update leaves to 2.1")
    yield "Wed 14:00"
    draft = acts.open_pull_request(
        HOME,
        by="margaret",
        title="Count down before brewing",
        body="Not finished, I would like to know whether you want this.",
        files={"src/countdown.py": "def countdown():\n    return [3, 2, 1]\n"},
        draft=True,
    )
    yield "Thu 09:00"
    acts.open_pull_request(
        HOME,
        by="dennis",
        title="Holograms in colour",
        files={"docs/hologram.md": "# Holograms\n\nNow in colour.\n"},
    )
    return draft


def _config(acts: Acts) -> Iterator[str]:
    """A slip in the config file, caught on the pull request."""
    yield "Thu 13:00"
    acts.open_pull_request(
        HOME,
        by="linus",
        title="Say who the tea round is",
        body=f"In `{CONFIG_PATH}`, so that newcomers know whom to expect.",
        files={CONFIG_PATH: CONFIG.replace("  who: Linus or Grace", "  whom: the tea round")},
    )


def _commands(acts: Acts, draft: PullRequest) -> Iterator[str]:
    """What one can say to the bot; and that nobody is greeted twice."""
    yield "Fri 09:00"
    acts.comment(draft, by="margaret", body="/mentorbot help")
    yield "Fri 15:00"
    acts.comment(draft, by="margaret", body="/mentorbot mute 2 weeks")
    yield "Fri 16:00"
    acts.open_pull_request(
        HOME,
        by="ada",
        title="A rest for the thumb",
        files={"docs/thumb.md": "# Rest\n\nNow and then.\n"},
    )


STORY = Story(
    title="A newcomer’s first week",
    about="Ada finds a bug, mends it, and is helped along, while others come and go: five days, one minute.",
    days=5,
    furnish=furnish,
    scenes=scenes,
)
