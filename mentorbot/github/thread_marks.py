"""Reads what a thread wears and who put it there: a request for it, one for its events, one for reviewers."""

from __future__ import annotations

from mentorbot.core.entities import PullRequest
from mentorbot.core.people import Person
from mentorbot.domain.thread_marks import ThreadMarks
from mentorbot.github import entity_reader
from mentorbot.github.client import Client
from mentorbot.github.error_mapping import Missing
from mentorbot.github.json_reader import JsonReader, parse_items, parse_response

_LABELED, _REQUESTED = "labeled", "review_requested"


async def thread_marks(client: Client, path: str, number: int) -> ThreadMarks | None:
    """What an issue or pull request wears now; None where it is gone. `path` is the repository's.

    https://docs.github.com/en/rest/issues/events#list-issue-events
    """
    try:
        found = await client.read(f"{path}/issues/{number}")
        happened = await client.pages(f"{path}/issues/{number}/events?per_page=100")
        thread = parse_response(found, "issue", entity_reader.thread)
        pull = None
        if thread.is_pull_request and thread.state == "open":
            asked = await client.read(f"{path}/pulls/{number}")
            pull = parse_response(asked, "pull_request", entity_reader.pull_request)
    except Missing:
        return None
    put: dict[object, Person | None] = dict(parse_items(happened, "event", _putting))  # the last one stays
    return ThreadMarks(
        author=thread.author,
        is_open=thread.state == "open",
        labels={name: put.get((_LABELED, name)) for name in map(str.lower, thread.labels)},
        reviewers={one.id: put.get((_REQUESTED, one.id)) for one in _reviewers(pull)},
        teams={slug: put.get((_REQUESTED, slug)) for slug in (pull.requested_teams if pull else ())},
    )


def _reviewers(pull: PullRequest | None) -> tuple[Person, ...]:
    return pull.requested_reviewers if pull is not None else ()


def _putting(event: JsonReader) -> tuple[object, Person | None]:
    """What an event put on, and who did; of other events something that nobody asks for."""
    kind = event.text("event", "")
    by = entity_reader.person(event.maybe("review_requester") or event.maybe("actor"))
    if kind == _LABELED:
        return (kind, event.or_empty("label").text("name", "").lower()), by
    if kind == _REQUESTED:
        reviewer = entity_reader.person(event.maybe("requested_reviewer"))
        return (kind, reviewer.id if reviewer else event.or_empty("requested_team").text("slug", "")), by
    return (kind, None), by
