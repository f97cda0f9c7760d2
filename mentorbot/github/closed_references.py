"""Whether what pull requests say they wait for is closed by now: then nothing waits for it any more."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from mentorbot.domain.timeline import Act, ActKind, PullRequestTimeline
from mentorbot.domain.turns import Holder, Turn
from mentorbot.domain.turns.comment_parser import parse_comment
from mentorbot.github import survey_queries
from mentorbot.github.json_reader import JsonReader, parsing_response
from mentorbot.github.project_listings import AboutRepository
from mentorbot.github.questions import Questions

_MOST = 5 * survey_queries.MOST_REST
"""Numbers asked about: so many pull requests that wait for something else are in no project."""


def numbers_waited_for(decided: Iterable[tuple[PullRequestTimeline, Turn]]) -> tuple[int, ...]:
    """The issues and pull requests that those waiting for something else say they need first."""
    found: dict[int, None] = {}
    for timeline, turn in decided:
        if turn.holder is Holder.EXTERNAL:
            found.update(dict.fromkeys(sorted(_numbers_in(timeline) - {timeline.number})))
    return tuple(found)[:_MOST]


async def closed_references(
    questions: Questions, place: AboutRepository, numbers: Sequence[int]
) -> frozenset[int]:
    """Those of these numbers that are closed, or that nothing has; a hundred a question."""
    closed: set[int] = set()
    for start in range(0, len(numbers), survey_queries.MOST_REST):
        some = numbers[start : start + survey_queries.MOST_REST]
        variables = {f"number{index}": number for index, number in enumerate(some)}
        key = "closed " + " ".join(map(str, some))
        document = survey_queries.states_of(len(some))
        data = await questions.ask(key, document, **variables, **place.variables)
        with parsing_response():
            repository = JsonReader(data, "data").at("repository")
            for index, number in enumerate(some):
                thread = repository.maybe(f"p{index}")
                if thread is None or thread.flag("closed"):
                    closed.add(number)
    return frozenset(closed)


def with_closed(timeline: PullRequestTimeline, closed: frozenset[int]) -> PullRequestTimeline:
    """The timeline, knowing that these are closed."""
    mentioned = (_numbers_in(timeline) & closed) - {timeline.number} if closed else ()
    if not mentioned:
        return timeline
    at = timeline.opened_at
    return timeline.with_acts(
        Act(kind=ActKind.REFERENCE_CLOSED, at=at, id=f"closed-{number}", about=str(number))
        for number in sorted(mentioned)
    )


def _numbers_in(timeline: PullRequestTimeline) -> frozenset[int]:
    texts = [timeline.body, *(act.body for act in timeline.acts if act.is_remark)]
    if not any("#" in text or "/" in text for text in texts):
        return frozenset()
    said = (words.waits_for | words.builds_on for words in map(parse_comment, texts))
    return frozenset().union(*said)
