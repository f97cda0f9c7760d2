"""A month of a project: whose turn it is, reviews for reviews, a silent mentor, a slip in the config."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from mentorbot.sandbox.acts import Acts
from mentorbot.sandbox.model import PullRequest
from mentorbot.sandbox.story import Story

HOME = "harbour/lighthouse"
CONFIG_PATH = ".github/mentorbot.yml"

_PEOPLE = {
    "noor": "Noor Haddad",
    "nancy": "Nancy Roman",
    "tove": "Tove Ditlevsen",
    "ida": "Ida Noddack",
    "omar": "Omar Khayyam",
    "kofi": "Kofi Awoonor",
    "lena": "Lena Horne",
    "mateo": "Mateo Flecha",
}

_FILES = {
    "README.md": "# Lighthouse\n\nKeeps ships off the rocks.\n",
    "CONTRIBUTING.md": "# How things are done here\n\nBy daylight, and with a test.\n",
    "lamp/blink.py": "def blink(lamp):\n    lamp.on(3)\n    lamp.off(7)\n",
    "lamp/glass.py": "def polish(glass):\n    return glass.wipe()\n",
    "tower/stairs.py": "STEPS = 217\n",
    "docs/night.md": "# At night\n\nDo not fall asleep.\n",
}

CONFIG = """\
calendar: {timezone: Europe/London, year_end: false}
welcome:
  pull_request: default
  issue: default
first_merge:
  message: default
stalled:
  author: {after: 7 days, again: 7 days}
  reviewers: {after: 4 business days, again: 7 business days, then: [nancy]}
  labels: {author: awaiting changes, reviewers: awaiting review}
review_exchange:
  give: 2
  get: 1
  silence: 3 days
  reviewers: [omar]
  labels: {ready: "exchange: earned", wanted: "exchange: review wanted"}
mentoring:
  areas:
    lamp: {paths: ["lamp/**"]}
  mentors:
    - {login: ida, areas: [lamp], capacity: 1}
    - {login: omar, capacity: 2}
  silent_mentor: {ask: [7 days], relieve: 14 days}
  digest: off
"""

SLIP = CONFIG.replace("  author: {after: 7 days", "  author: {after: seven days")
"""What Nancy writes in the second week: the bot wants a number there."""

_EARLIER = (
    # author, title, file, days before the story, hours until the answer
    ("ida", "Polish the glass from inside, too", "lamp/glass.py", 330, 30),
    ("mateo", "Count the stairs once more", "tower/stairs.py", 300, 8),
    ("kofi", "Say what to do about gulls", "docs/gulls.md", 262, 20),
    ("ida", "Blink twice on Sundays", "lamp/sunday.py", 240, 9),
    ("lena", "A list of all ships", "docs/ships.md", 198, 70),
    ("mateo", "A handrail for the stairs", "tower/handrail.py", 171, 26),
    ("omar", "Oil the hinge of the lamp", "lamp/hinge.py", 122, 12),
    ("kofi", "How to read the tide table", "docs/tide.md", 96, 44),
    ("lena", "Ships that come at night", "docs/ships.md", 64, 7),
    ("ida", "A softer lamp for the keeper", "lamp/soft.py", 41, 24),
    ("kofi", "A window on the third floor", "tower/window.py", 33, 15),
    ("mateo", "Paint every other step white", "tower/paint.py", 19, 31),
)


def furnish(acts: Acts, monday: datetime) -> None:
    """A project that has been at it for two years, and people who know each other."""
    clock = acts.world.clock
    with acts.quietly():
        with clock.at(monday - timedelta(days=760)):
            for login, name in _PEOPLE.items():
                acts.add_user(login, name=name)
            acts.add_organization("harbour", owners=("nancy",))
            acts.create_repository(HOME, files=_FILES, by="nancy", description="Keeps ships off the rocks.")
            acts.add_collaborator(HOME, "tove", by="nancy", role="write")
            acts.add_collaborator(HOME, "omar", by="nancy", role="triage")
            acts.create_label(HOME, "good first issue", by="nancy", color="7057ff")
        for author, title, path, days, hours in _EARLIER:
            _answered(acts, author, title, path, at=monday - timedelta(days=days), after=hours)


def _answered(acts: Acts, author: str, title: str, path: str, *, at: datetime, after: int) -> None:
    """A pull request of the past, reviewed and merged."""
    clock = acts.world.clock
    with clock.at(at):
        pull = acts.open_pull_request(HOME, by=author, title=title, files={path: f"# {title}\n"})
    with clock.at(at + timedelta(hours=after)):
        acts.approve(pull, by="tove", body="Works for me, thank you.")
    with clock.at(at + timedelta(hours=after + 3)):
        acts.merge(pull, by="nancy")


def scenes(acts: Acts) -> Iterator[str]:
    """The month, week after week."""
    yield "Mon 09:00"
    acts.install("harbour", by="nancy")
    yield "Mon 09:05"
    acts.push(HOME, by="nancy", files={CONFIG_PATH: CONFIG}, message="Switch Mentorbot on")
    yield "Mon 10:30"
    fog = acts.open_pull_request(
        HOME,
        by="noor",
        title="Blink faster in fog",
        body="I sail here at weekends, and in fog seven seconds of dark are long.",
        files={"lamp/fog.py": "def blink_in_fog(lamp):\n    lamp.on(3)\n    lamp.off(2)\n"},
    )
    yield "Mon 10:50"
    acts.comment(fog, by="noor", body="I have never worked on a lamp before.\n\n/mentor me lamp")
    yield "Mon 13:00"
    acts.comment(fog, by="ida", body="I know the lamp well. Welcome aboard!\n\n/mentor accept")
    yield "Mon 15:00"
    stairs = acts.open_pull_request(
        HOME,
        by="lena",
        title="A lamp for the stairs",
        files={"tower/light.py": "def light(stairs):\n    return stairs.steps // 10\n"},
    )
    yield "Tue 10:00"
    rope = acts.open_pull_request(
        HOME,
        by="mateo",
        title="A rope for the last steps",
        files={"tower/rope.py": "LENGTH = 12\n"},
    )
    acts.request_review(rope, "tove", by="mateo")
    yield "Tue 11:00"
    acts.review(
        stairs,
        by="tove",
        verdict="request_changes",
        body="Good idea. Which lamp is it when there are fewer than ten steps? Please add a test for that.",
    )
    yield from _exchange(acts, fog, stairs)
    yield from _config(acts)
    yield from _silence(acts, fog, stairs, rope)
    yield from _mended(acts, fog)


def _exchange(acts: Acts, fog: PullRequest, stairs: PullRequest) -> Iterator[str]:
    """Kofi reviews two pull requests of others, and earns a review of his own."""
    yield "Wed 09:00"
    gulls = acts.open_pull_request(
        HOME,
        by="kofi",
        title="Gulls, second part",
        body="What they do in winter.",
        files={"docs/gulls.md": "# Gulls\n\nClose the hatch. In winter, too.\n"},
    )
    yield "Wed 10:00"
    acts.review(
        fog,
        by="kofi",
        body="I tried this with the small lamp: three seconds of light and two of dark work well, but the "
        "relay gets warm after ten minutes of it. Could it blink slowly again once the fog is gone?",
        comments=[("lamp/fog.py", 3, "Two seconds are less than what the relay was made for.")],
    )
    yield "Wed 10:30"
    acts.comment(fog, by="noor", body="That is a good find, I will look at the relay.\n\n/thanks @kofi")
    yield "Wed 14:00"
    acts.review(
        stairs,
        by="kofi",
        body="With nine steps or fewer this divides down to no lamp at all, so the short stairs to the "
        "cellar would stay dark; rounding up instead of down would give them one.",
        comments=[("tower/light.py", 2, "Rounding up here would help the stairs to the cellar.")],
    )
    acts.react(next(reversed(stairs.reviews.values())), "+1", by="lena")
    yield "Thu 09:00"
    acts.comment(gulls, by="kofi", body="/exchange")
    yield "Fri 10:00"
    acts.approve(
        gulls,
        by="omar",
        body="I fed the gulls here for years, and all you write about the winter is true. "
        "What you say about the hatch matters most, it was open far too often.",
    )
    yield "Fri 11:00"
    acts.merge(gulls, by="nancy")


def _config(acts: Acts) -> Iterator[str]:
    """A slip that nobody saw goes straight to the main branch, and is mended the next day."""
    yield "week 2 Mon 10:00"
    acts.push(HOME, by="nancy", files={CONFIG_PATH: SLIP}, message="Give authors seven days")
    yield "week 2 Tue 10:00"
    acts.push(HOME, by="nancy", files={CONFIG_PATH: CONFIG}, message="Write seven as a number")


def _silence(acts: Acts, fog: PullRequest, stairs: PullRequest, rope: PullRequest) -> Iterator[str]:
    """Tove and Lena have other things to do, and Ida, the mentor, is nowhere to be seen."""
    yield "week 2 Wed 17:00"
    acts.push_to(
        fog,
        files={"lamp/fog.py": "def blink_in_fog(lamp):\n    while lamp.sees_fog():\n        lamp.on(3)\n"},
        message="Blink slowly again once the fog is gone",
    )
    yield "week 2 Thu 18:00"
    acts.comment(fog, by="noor", body="Ida, may I ask you how the relay is tested?")
    yield "week 3 Mon 09:30"
    acts.approve(rope, by="tove", body="Sorry for the wait, this is fine.")
    yield "week 3 Mon 09:40"
    acts.merge(rope, by="nancy")
    yield "week 3 Tue 10:00"
    acts.push_to(
        stairs,
        files={"tower/light.py": "def light(stairs):\n    return -(-stairs.steps // 10)\n"},
        message="Light the cellar, too",
    )
    yield "week 3 Wed 12:00"
    acts.approve(stairs, by="tove", body="Now the cellar has light. Thank you!")
    yield "week 3 Wed 12:10"
    acts.merge(stairs, by="nancy")
    yield "week 3 Wed 18:00"
    acts.comment(fog, by="noor", body="I am still here, and still unsure about the relay.")


def _mended(acts: Acts, fog: PullRequest) -> Iterator[str]:
    """Omar takes over, and what began in fog is merged."""
    yield "week 4 Mon 10:00"
    acts.comment(fog, by="omar", body="I can help with the relay, I oiled it last winter.\n\n/mentor accept")
    yield "week 4 Tue 09:00"
    acts.comment(
        fog, by="omar", body="Run it for an hour with the cover off, then feel it. Write a test, too."
    )
    yield "week 4 Tue 17:00"
    acts.push_to(
        fog,
        files={"lamp/test_fog.py": "def test_an_hour_of_fog(relay):\n    assert relay.after(hours=1) < 60\n"},
        message="Test the relay for an hour",
    )
    yield "week 4 Wed 10:00"
    acts.comment(fog, by="noor", body="/turn")
    yield "week 4 Thu 11:00"
    acts.approve(fog, by="tove", body="This is how I always wanted it to blink in fog.")
    yield "week 4 Thu 11:30"
    acts.merge(fog, by="nancy")
    yield "week 4 Fri 10:00"
    acts.comment(fog, by="omar", body="/mentees")


STORY = Story(
    title="A month of a project",
    about="Whose turn it is and who is reminded, a review earned by reviews, a mentor who falls silent, "
    "a slip in the config: four weeks, two minutes.",
    days=26,
    furnish=furnish,
    scenes=scenes,
)
