"""What the page shows of stories: those one can choose, and how far the one is that is being told."""

from __future__ import annotations

from mentorbot.sandbox.answers import Json
from mentorbot.sandbox.simulated_github import SimulatedGitHub
from mentorbot.sandbox.story import STORIES, story_named


def stories(github: SimulatedGitHub) -> Json:
    """All stories, the shortest first, and the one that plays; `can_begin` where the page may begin one."""
    found = sorted(((name, story_named(name)) for name in STORIES), key=lambda one: one[1].days)
    return {
        "all": [
            {"name": name, "title": story.title, "about": story.about, "days": story.days}
            for name, story in found
        ],
        "can_begin": github.host.begin_story is not None,
        "playing": _playing(github),
    }


def _playing(github: SimulatedGitHub) -> Json | None:
    playing = github.playing
    if playing is None:
        return None
    return {
        "story": playing.story,
        "title": story_named(playing.story).title,
        "state": playing.state,
        "day": playing.day(github.clock.now()),
        "days": playing.days,
        "told": playing.told,
    }
