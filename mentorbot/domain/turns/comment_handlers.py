"""What a comment or review changes in the state of a pull request, by who said it and what the words mean."""

from __future__ import annotations

from dataclasses import replace

from mentorbot.domain.timeline import Act, ActKind, Verdict
from mentorbot.domain.turns.comment_parser import CommentMeaning, parse_comment
from mentorbot.domain.turns.state import Point, TurnState

_SHORT = 3  # sentences


def handle_comment(state: TurnState, act: Act) -> None:
    """Take in a comment, a review or a comment on a line that a human wrote."""
    is_envelope = (
        act.kind is ActKind.REVIEWED and act.verdict in {None, Verdict.COMMENTED} and not act.body.strip()
    )
    if is_envelope:  # its line comments are what was said
        return
    if state.rules.is_for_the_bot(act):
        return
    is_authors = state.is_authors_side(act.by)
    if is_authors or state.rules.carries_weight(act):  # no passer-by makes a thread one of another language
        state.language.add(parse_comment(act.body).language)
    words = state.read(act.body)
    if is_authors:
        _handle_author_comment(state, act, words)
    else:
        _handle_reviewer_comment(state, act, words)
        if act.by is not None:
            state.reviewers.add(act.by.id)
        _note_answers_by_others(state, act, words)
    state.comments.append(act)


def handle_approval(state: TurnState, act: Act, words: CommentMeaning) -> None:
    """An approval settles what its writer asked before, and all that was only mild."""
    if state.rules.carries_weight(act):
        _settle(state, act)
    else:
        state.drop_points_of(act.by)
    if words.approves_on_condition or (words.demands and not words.is_optional):
        state.put(Point(act))


def _settle(state: TurnState, act: Act) -> None:
    state.points = [
        point
        for point in state.points
        if point.act.by != act.by
        and (point.is_blocking or (not point.is_optional and state.rules.carries_weight(point.act)))
    ]
    state.approval = act
    if act.by is not None:
        state.answered.pop(act.by.id, None)
    state.promise = state.question = None


def _handle_author_comment(state: TurnState, act: Act, words: CommentMeaning) -> None:
    state.hand_over(act)
    if words.explains_failure:
        state.red_checks.clear()
    if words.promises:
        state.promise, state.question = act, None
    elif words.says_done or words.wants_review:
        state.promise = None
    if words.asks or words.wants_review:
        state.question = act
    if words.holds:
        state.hold = act
    state.note_dependencies(act, words)


def _handle_reviewer_comment(state: TurnState, act: Act, words: CommentMeaning) -> None:
    carries_weight = state.rules.carries_weight(act)
    said_by_the_author = state.question, state.promise
    if carries_weight:
        state.declared = None
        state.approval = None if words.cancels_approval else state.approval
    state.invites = state.invites and not carries_weight
    if act.by is not None and act.kind is not ActKind.COMMENTED:
        state.requested.pop(act.by.id, None)
    if act.verdict is Verdict.CHANGES_REQUESTED:
        state.put(Point(act, is_blocking=True))
    elif act.verdict is Verdict.APPROVED or words.approves or state.rules.approves(words.sentences):
        handle_approval(state, act, words)
    elif carries_weight or act.kind is not ActKind.COMMENTED:  # a passer-by's comment moves nothing
        _handle_remark(state, act, words)
    if not carries_weight:  # nor does a passer-by's review answer what the author asks or promises
        state.question, state.promise = said_by_the_author


def _handle_remark(state: TurnState, act: Act, words: CommentMeaning) -> None:
    """What neither approves nor formally asks for changes."""
    if words.rejects:
        state.put(Point(act))
    elif words.holds and state.rules.carries_weight(act):
        state.hold = act
    elif _is_for_others(state, act, words):
        state.promise = None if words.will_review else state.promise
    elif words.takes_all_back or (words.withdraws and not (words.requests or words.criticises)):
        state.drop_points_of(act.by)
        state.question = None
    elif words.will_review and not words.asks:
        state.promise = state.question = None
    elif _asks_nothing(state, act, words):
        state.question = None
    else:
        state.put(Point(act, is_optional=_is_optional(state, act, words)))


def _is_for_others(state: TurnState, act: Act, words: CommentMeaning) -> bool:
    """True for words to other reviewers or to a bot; a reviewer's answer to another's question settles it.

    Agreeing with a request doesn't, nor what a passer-by says.
    """
    author = state.timeline.author
    called = {login for login in words.called if not state.rules.is_bots_name(login)}
    speaks_to_author = author is not None and author.login.lower() in called
    if speaks_to_author or _asks_before_it_calls(words, called):
        return False
    if called or words.calls_anybody:
        return True
    earlier = state.answered_comment(act)
    if earlier is None or earlier.by == act.by or state.is_authors_side(earlier.by):
        return False
    if state.rules.is_bot(earlier.by):
        return True
    if words.requests or words.criticises:
        # Who begins with another reviewer's words speaks with that one.
        return act.kind is ActKind.COMMENTED and act.body.lstrip().startswith(">")
    agrees = state.read(earlier.body).demands and words.is_courteous
    if state.rules.carries_weight(act) and not agrees:
        state.points = [point for point in state.points if point.act.id != earlier.id]
    return True


def _asks_before_it_calls(words: CommentMeaning, called: set[str]) -> bool:
    """True when a plain request stands before the first sentence to others: that one is for the author."""
    for sentence in map(parse_comment, words.sentences):
        if sentence.called & called or sentence.calls_anybody:
            return False
        if sentence.requests_plainly:
            return bool(called) or words.calls_anybody
    return False


def _asks_nothing(state: TurnState, act: Act, words: CommentMeaning) -> bool:
    """True for thanks, test results and talk; doubts count only where they don't merely reply."""
    if words.requests_plainly:
        return False
    if words.only_refers:
        return True
    if words.requests:
        return False
    if state.answered_comment(act) is not None:
        return True
    if words.criticises:
        return False
    says_little = words.is_courteous or words.is_optional or words.reports or not words.sentences
    return says_little or not _opens_a_topic(state, act)


def _opens_a_topic(state: TurnState, act: Act) -> bool:
    if act.kind is ActKind.LINE_COMMENTED:
        return state.answered_comment(act) is None
    if act.kind is ActKind.REVIEWED:
        return True
    return state.rules.carries_weight(act) and not state.reviewers


def _is_optional(state: TurnState, act: Act, words: CommentMeaning) -> bool:
    """True for nits, mild suggestions and mere questions after an approval: that outweighs them."""
    has_approved = state.approval is not None and state.approval.by == act.by
    return words.is_optional or not (words.demands if has_approved else words.requests_plainly)


def _note_answers_by_others(state: TurnState, act: Act, words: CommentMeaning) -> None:
    """A mere question after which another reviewer spoke presses less: they may have answered it."""
    if act.kind is ActKind.COMMENTED and words.sentences:
        state.points = [
            replace(point, is_optional=True)
            if not point.is_optional and point.act.by != act.by and _is_mere_question(point, state)
            else point
            for point in state.points
        ]


def _is_mere_question(point: Point, state: TurnState) -> bool:
    if point.is_blocking or point.act.kind is not ActKind.COMMENTED:
        return False
    words = state.read(point.act.body)
    is_short = len(words.sentences) <= _SHORT and not words.suggests_change
    return words.asks and is_short
