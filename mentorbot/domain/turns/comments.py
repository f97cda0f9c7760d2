"""What a comment or review changes in the conversation, by who said it and what the words mean."""

from __future__ import annotations

from mentorbot.domain.timeline import Act, ActKind, Verdict
from mentorbot.domain.turns.comment_parser import CommentMeaning, parse_comment
from mentorbot.domain.turns.state import Point, TurnState


def handle_comment(talk: TurnState, act: Act) -> None:
    """Take in a comment, a review or a comment on a line that a human wrote."""
    is_envelope = (
        act.kind is ActKind.REVIEWED and act.verdict in {None, Verdict.COMMENTED} and not act.body.strip()
    )
    if is_envelope:  # its line comments are what was said
        return
    words = parse_comment(act.body)
    if talk.is_authors_side(act.by):
        _hear_author(talk, act, words)
    else:
        _hear_reviewer(talk, act, words)
        if act.by is not None:
            talk.reviewers.add(act.by.id)
    talk.remarks.append(act)


def handle_approval(talk: TurnState, act: Act, words: CommentMeaning) -> None:
    """An approval settles what was asked before, but not another reviewer's request for changes."""
    if talk.rules.carries_weight(act):
        _settle(talk, act)
    else:
        talk.drop_points_of(act.by)
    if words.requests_firmly or words.approves_on_condition:
        talk.put(Point(act))


def _settle(talk: TurnState, act: Act) -> None:
    talk.points = [point for point in talk.points if point.is_blocking and point.act.by != act.by]
    talk.approval = act
    if act.by is not None:
        talk.answered.pop(act.by.id, None)
    talk.promise = talk.question = None


def _hear_author(talk: TurnState, act: Act, words: CommentMeaning) -> None:
    agrees_to_more = bool(talk.points) and words.concedes
    talk.hand_over(act)
    if words.explains_failure:
        talk.red_checks.clear()
    if words.promises or agrees_to_more:
        talk.promise, talk.question = act, None
    elif words.says_done or words.wants_review:
        talk.promise = None
    if words.asks or words.wants_review:
        talk.question = act
    talk.offer = act if words.offers else None
    if words.holds:
        talk.hold = act
    talk.note_dependencies(act, words)


def _hear_reviewer(talk: TurnState, act: Act, words: CommentMeaning) -> None:
    talk.declared = None
    talk.invites = talk.invites and not talk.rules.carries_weight(act)
    if act.by is not None and act.kind is not ActKind.COMMENTED:
        talk.requested.pop(act.by.id, None)
    if act.verdict is Verdict.CHANGES_REQUESTED:
        talk.put(Point(act, is_blocking=True))
    elif act.verdict is Verdict.APPROVED or words.approves or talk.rules.approves(words.sentences):
        handle_approval(talk, act, words)
    elif act.kind is ActKind.COMMENTED and not talk.rules.carries_weight(act):
        return  # a passer-by's remark moves nothing, unless it is about a line of the change
    elif words.rejects:
        talk.put(Point(act))
    elif _is_for_others(talk, act, words):
        talk.promise = None if words.will_review else talk.promise
    elif words.takes_all_back or (words.withdraws and not (words.requests or words.criticises or talk.offer)):
        talk.drop_points_of(act.by)
    elif words.will_review and not (words.asks or words.requests_firmly):
        talk.promise = talk.question = None
    elif _asks_nothing(talk, act, words) and not _takes_up_an_offer(talk, words):
        talk.question = None
    else:
        talk.put(Point(act, is_optional=_is_optional(talk, act, words)))


def _is_for_others(talk: TurnState, act: Act, words: CommentMeaning) -> bool:
    """True for words to other reviewers or to a bot; an answer to a reviewer's question settles it."""
    author = talk.timeline.author
    called = {login for login in words.called if not talk.rules.is_bots_name(login)}
    speaks_to_author = author is not None and author.login.lower() in called
    if speaks_to_author or words.requests_firmly or _asks_before_it_calls(words, called):
        return False
    if called or words.calls_anybody:
        return True
    earlier = talk.answered_remark(act)
    if earlier is None or talk.is_authors_side(earlier.by):
        return False
    if talk.rules.is_bot(earlier.by):
        return True
    if words.requests or words.criticises:
        # Who begins with another reviewer's words speaks with that one.
        return act.kind is ActKind.COMMENTED and act.body.lstrip().startswith(">")
    talk.points = [point for point in talk.points if point.act.id != earlier.id]
    return True


def _asks_before_it_calls(words: CommentMeaning, called: set[str]) -> bool:
    """True when a plain request stands before the first sentence to others: that one is for the author."""
    for sentence in map(parse_comment, words.sentences):
        if sentence.called & called or sentence.calls_anybody:
            return False
        if sentence.requests_plainly:
            return bool(called) or words.calls_anybody
    return False


def _asks_nothing(talk: TurnState, act: Act, words: CommentMeaning) -> bool:
    """True for thanks, test results and talk; doubts count only where they don't merely reply."""
    if words.requests_plainly:
        return False
    if words.only_refers:
        return True
    if words.requests:
        return False
    if talk.answered_remark(act) is not None:
        return True
    if words.criticises:
        return False
    says_little = words.is_courteous or words.is_optional or words.reports or not words.sentences
    return says_little or not _opens_a_topic(talk, act)


def _takes_up_an_offer(talk: TurnState, words: CommentMeaning) -> bool:
    """True for an answer to "shall I …?", unless it leaves that to the author."""
    return talk.offer is not None and bool(words.sentences) and not words.is_optional


def _opens_a_topic(talk: TurnState, act: Act) -> bool:
    if act.kind is ActKind.LINE_COMMENTED:
        return talk.answered_remark(act) is None
    if act.kind is ActKind.REVIEWED:
        return True
    return talk.rules.carries_weight(act) and not talk.reviewers


def _is_optional(talk: TurnState, act: Act, words: CommentMeaning) -> bool:
    """True for nits, mild suggestions and what somebody adds after approving: an approval outweighs them."""
    has_approved = talk.approval is not None and talk.approval.by == act.by
    return not words.requests_firmly and (words.is_optional or has_approved or not words.requests_plainly)
