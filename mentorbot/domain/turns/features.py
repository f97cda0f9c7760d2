"""What the second opinion looks at: the shape of the conversation, and a few cues in what was said last.

Only people whose word carries weight count here, so that no passer-by makes anything more certain. Bots,
labels and reactions are no part of it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import log1p

from mentorbot.domain.timeline import Act, ActKind, Verdict
from mentorbot.domain.turns.comment_parser import CommentMeaning
from mentorbot.domain.turns.state import Point, TurnState


def features_of(state: TurnState) -> Mapping[str, float]:
    """Each feature by its name: 0 or 1, or the logarithm of a count; what is left out is 0."""
    points = [point for point in state.pressing_points() if state.rules.carries_weight(point.act)]
    since = _remarks_since_the_author_acted(state)
    return {
        "promise": float(state.promise is not None),
        "unfinished": float(state.is_draft or state.is_unfinished),
        "approved": float(state.approval is not None),
        "author asked": float(state.question is not None),
        "nobody else spoke": float(all(state.is_authors_side(one.by) for one in state.comments)),
        "points": log1p(len(points)),
        "people since": log1p(len({one.by for one in since})),
        "threads since": log1p(len({one.thread for one in since if one.thread})),
        **(_of_points(points, state) if points else {}),
        **(_of_last_remark(since[-1], state) if since else {}),
    }


def could_be_a_debate(features: Mapping[str, float]) -> bool:
    """True where several people spoke since the author did, and none plainly to the author."""
    clear = ("clear point: on a line", "point: names the author")
    return features["people since"] > log1p(1) and not any(features.get(name) for name in clear)


def _remarks_since_the_author_acted(state: TurnState) -> Sequence[Act]:
    return [
        one for one in state.comments if state.is_newer_than_the_author(one) and state.is_from_reviewers(one)
    ]


def _of_points(points: Sequence[Point], state: TurnState) -> Mapping[str, float]:
    acts = [point.act for point in points]
    said = [state.read(act.body) for act in acts]
    clear = [
        (act, meaning)
        for act, meaning in zip(acts, said, strict=True)
        if _is_for_the_author(act, meaning, state)
    ]
    return {
        "point: newer than the author": any(state.is_newer_than_the_author(act) for act in acts),
        "point: changes requested": any(point.is_blocking for point in points),
        "point: names the author": any(_author(state) in one.called for one in said),
        "point: replies to others": all(_replies_to_others(act, state) for act in acts),
        "point: only mild": all(point.is_optional for point in points),
        "clear point": bool(clear),
        "clear point: a request": any(meaning.demands for _, meaning in clear),
        "clear point: a question": any(meaning.asks for _, meaning in clear),
        "clear point: criticism": any(meaning.criticises for _, meaning in clear),
        "clear point: on a line": any(act.thread for act, _ in clear),
    }


def _is_for_the_author(act: Act, meaning: CommentMeaning, state: TurnState) -> bool:
    """Whether its place says so: after all that the author did, to nobody else, and last, or on a line."""
    speaks_to_others = bool(meaning.called - {_author(state)}) or _replies_to_others(act, state)
    others_went_on = any(
        one.place > act.place and one.by != act.by and state.is_from_reviewers(one) for one in state.comments
    )
    return (
        state.is_newer_than_the_author(act)
        and not speaks_to_others
        and (bool(act.thread) or not others_went_on)
    )


def _of_last_remark(last: Act, state: TurnState) -> Mapping[str, float]:
    meaning = state.read(last.body)
    return {
        "last: approves": meaning.approves or last.verdict is Verdict.APPROVED,
        "last: on a line": last.kind is ActKind.LINE_COMMENTED,
        "last: length": log1p(sum(map(len, meaning.sentences))) / 5,
        "last: courteous": meaning.is_courteous,
        "last: optional": meaning.is_optional,
        "last: shows code": meaning.suggests_change or meaning.shows_output,
        "last: will review": meaning.will_review,
        "last: names others": bool(meaning.called - {_author(state)}),
    }


def _replies_to_others(act: Act, state: TurnState) -> bool:
    """True where it stands in a thread after another reviewer's words."""
    before = [
        one for one in state.comments if act.thread and one.thread == act.thread and one.place < act.place
    ]
    return bool(before) and before[-1].by != act.by and not state.is_authors_side(before[-1].by)


def _author(state: TurnState) -> str:
    return state.timeline.author.login.lower() if state.timeline.author is not None else ""
