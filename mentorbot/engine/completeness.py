"""What is not known of a repository, in words: not knowing is a state of its own, and no good news."""

from __future__ import annotations

from collections.abc import Sequence

from mentorbot.core.translator import phrase, say, say_plural
from mentorbot.db.intake_store import IntakeStore
from mentorbot.db.read_failures import ReadFailure
from mentorbot.db.repositories import InstalledRepository

CONFIGURATION, THREADS, REVIEWS, OPEN, FINISHED = "waiting", "threads", "reviews", "timelines", "finished"
STAGES = (CONFIGURATION, THREADS, REVIEWS, OPEN, FINISHED)
"""How a repository's past is read, one after the other; also the names of what is unread."""

CONVERSATIONS = "conversations"
"""Unread where timelines had to be read over REST."""

CHANGES = "changes"
"""Unread where the nightly comparison with GitHub failed."""

_NOT_READ = {
    CONFIGURATION: phrase("Could not read its configuration (since {since} UTC): {why}."),
    THREADS: phrase("Could not read its issues and pull requests (since {since} UTC): {why}."),
    REVIEWS: phrase("Could not read who reviewed and answered in the past (since {since} UTC): {why}."),
    OPEN: phrase("Could not read its open pull requests (since {since} UTC): {why}."),
    CONVERSATIONS: phrase(
        "Could not read which conversations on lines of its pull requests are over (only GraphQL tells) "
        "(since {since} UTC): {why}."
    ),
    CHANGES: phrase(
        "Could not read what changed in its open pull requests without a webhook (since {since} UTC): {why}."
    ),
}


def progress_of(workplace: InstalledRepository) -> str:
    """How far the past of a repository has been read; empty where that is over."""
    if workplace.seeding == FINISHED:
        return ""
    if workplace.seeding == THREADS:
        return say_plural(
            "reading its threads: {count} page read",
            "reading its threads: {count} pages read",
            workplace.pages,
        )
    if workplace.seeding == REVIEWS:
        return say_plural(
            "reading its reviews: {count} page read",
            "reading its reviews: {count} pages read",
            workplace.pages,
        )
    if workplace.seeding == OPEN:
        return say_plural(
            "reading its timelines: {count} page read",
            "reading its timelines: {count} pages read",
            workplace.pages,
        )
    return say("about to begin")


def read_failures_of(unread: Sequence[ReadFailure]) -> str:
    """What could not be read and why, in sentences; empty where nothing is amiss."""
    return " ".join(
        say(_NOT_READ[one.what], since=f"{one.since:%Y-%m-%d %H:%M}", why=one.why.rstrip("."))
        for one in unread
    )


def unknown_of(workplace: InstalledRepository, unread: Sequence[ReadFailure]) -> str:
    """Both together; empty where everything is known."""
    progress = progress_of(workplace)
    told = [say("Its past is not read yet ({progress}).", progress=progress)] if progress else []
    return " ".join([*told, *filter(None, [read_failures_of(unread)])])


def knows_open_pull_requests(workplace: InstalledRepository, unread: Sequence[ReadFailure]) -> bool:
    """False where open pull requests may well be missing from what we know."""
    return workplace.seeding == FINISHED and all(one.what != OPEN for one in unread)


async def unknown_in(store: IntakeStore, repository_id: int) -> str:
    """What is not known of a repository that the bot works in; empty where everything is."""
    workplace = await store.repositories.get(repository_id)
    return unknown_of(workplace, await store.read_failures.of(repository_id)) if workplace is not None else ""


async def unknown_open_pull_requests_in(store: IntakeStore, repository_id: int) -> str:
    """Why open pull requests may be missing from what we know; empty where they are known."""
    workplace, unread = (
        await store.repositories.get(repository_id),
        await store.read_failures.of(repository_id),
    )
    if workplace is None or knows_open_pull_requests(workplace, unread):
        return ""
    return unknown_of(workplace, unread)
