"""What becomes of a review in the ledger: it counts, is refused by a named guard, or is gone again."""

from __future__ import annotations

from collections.abc import Iterator

from mentorbot.core.actions import AddLabel, Comment, Doable, Occasion
from mentorbot.core.plan import Plan, leave_alone, no_concern_of_ours, plan
from mentorbot.features.review_exchange import messages
from mentorbot.features.review_exchange.appraisal import BARE, Appraisal, Case, appraise
from mentorbot.features.review_exchange.asking import release
from mentorbot.features.review_exchange.config import ReviewExchange
from mentorbot.features.review_exchange.evidence import Contribution
from mentorbot.features.review_exchange.exchanges import State
from mentorbot.features.review_exchange.facts import Given, Heard, Shown
from mentorbot.features.review_exchange.ledger import Entry, Kind
from mentorbot.features.review_exchange.showing import OpenPull, check_run, show_balance, show_state
from mentorbot.features.review_exchange.waiting import Waiting

UNTOLD = frozenset({"own", "bots"})
"""Guards that refuse things nobody took for a review: no line in the ledger."""


GONE = frozenset({"deleted", "dismissed"})
"""What becomes of a review that counted is told by these alone: a typo mended later takes nothing away."""


def weigh(heard: Heard, section: ReviewExchange) -> Plan:
    """A review that has substance counts until it is disputed; what refuses it has a name."""
    actions: list[Doable] = []
    sentences: list[str] = []
    for given in heard.given:
        did, because = _weigh_one(given, section, is_last_look=heard.ended is not None)
        actions += did
        sentences.append(because)
    for did, because in (_settle(heard, section), _give_back(heard, section)):
        actions += did
        sentences += [because] if because else []
    if not sentences:
        return no_concern_of_ours(heard.nothing)
    because = "; ".join(sentences)
    return plan(*actions, because=because) if actions else leave_alone(because)


def show(shown: Shown, section: ReviewExchange) -> Plan:
    """Authors see on their own pull requests what they have, and what would earn the next review."""
    if shown.author is None or shown.page is None:
        return leave_alone(
            "Drafts show no balance" if shown.draft else "There is no person whose balance could be shown"
        )
    balance = shown.page.ledger.balance(shown.author)
    actions: list[Doable] = []
    if section.check_run:
        actions.append(
            check_run(shown.number, shown.head, balance, section, since=shown.since, free=shown.free)
        )
    ready = section.labels.ready
    if ready is not None and balance >= section.price and not shown.runs and ready not in shown.labels:
        actions += [
            action
            for action in show_balance([_open(shown)], balance, section, since=shown.since)
            if isinstance(action, AddLabel)
        ]
    has = f"@{shown.author.login} has {messages.in_credits(balance, section)}"
    return plan(*actions, because=has, about=[shown.author]) if actions else leave_alone(has)


def pending(given: Contribution, page_given: Given, value: Appraisal, what: str) -> Entry:
    """The entry of a review that counts from now on."""
    return _entry(
        Kind.PENDING, given, page_given, what=what, amount=value.value, reason=", ".join(value.lessened_by)
    )


def refused(given: Contribution, page_given: Given, name: str) -> Entry:
    """The entry of a review that does not count."""
    return _entry(Kind.REFUSED, given, page_given, what=name, reason=name)


def _weigh_one(  # noqa: PLR0911 - a rule is its guard clauses
    one: Given, section: ReviewExchange, *, is_last_look: bool
) -> tuple[list[Doable], str]:
    given, who = one.given, f"@{one.given.reviewer.login}"
    state = one.page.ledger.state(given.reviewer, one.place)
    if state is not None and state.kind is Kind.EARNED:
        return [], f"The review by {who} has earned its part already"
    waits = state is not None and state.kind in {Kind.PENDING, Kind.DISPUTED}
    case = Case(
        given=given, place=one.place, ledger=one.page.ledger, guards=section.guards, calendar=one.calendar
    )
    value = appraise(case)
    if waits and given.enough:
        return [], f"The review by {who} counts already, and waits to be confirmed"
    if waits and state is not None and value.refused_by in GONE:
        return _void(one, state, value.refused_by)
    if waits:
        return [], f"The review by {who} counted when it was given, and still does"
    if value.counts:
        return _count(one, value, section)
    because = f"The review by {who} doesn't count ({value.refused_by}): {messages.GUARDS[value.refused_by]}"
    if value.refused_by == "substance" and not is_last_look:
        return [
            *_coach(one, section)
        ], f"What {who} gave is no review that counts so far: {messages.TOO_LITTLE}"
    entry = refused(given, one, value.refused_by)
    if value.refused_by in UNTOLD or entry.key in one.page.ledger:
        return [], because
    return [one.page.entry(entry), *_coach(one, section)], because


def _count(one: Given, value: Appraisal, section: ReviewExchange) -> tuple[list[Doable], str]:
    given = one.given
    what = f"no{len(one.page.ledger.of(given.reviewer, Kind.PENDING, place=one.place)) + 1}"
    entry = pending(given, one, value, what)
    waiting = Waiting(
        reviewer=given.reviewer,
        author=given.author,
        number=given.number,
        since=given.at,
        value=value.value,
        what=what,
        nodes=given.nodes,
    )
    worth = messages.worth(value.value)
    because = f"The review by @{given.reviewer.login} counts as {worth}, unless somebody disputes it"
    if value.lessened_by:
        because += f" ({', '.join(value.lessened_by)} made it less)"
    return [one.page.entry(entry), waiting.remembered(), *_coach(one, section)], because


def _void(one: Given, state: Entry, name: str) -> tuple[list[Doable], str]:
    """A review that counted is gone before anybody confirmed it."""
    given = one.given
    what = f"after {one.page.ledger.of(given.reviewer, Kind.PENDING, place=one.place)[-1].what}"
    entry = _entry(Kind.VOIDED, given, one, what=what, reason=name)
    entry = Entry.from_json({**entry.to_json(), "at": max(entry.at, state.at).isoformat()})
    waiting = Waiting(
        reviewer=given.reviewer,
        author=given.author,
        number=given.number,
        since=given.at,
        value=0,
        what=what,
    )
    because = f"The review by @{given.reviewer.login} counts no more ({name}): {messages.GUARDS[name]}"
    return [one.page.entry(entry), waiting.forgotten()], because


def _entry(kind: Kind, given: Contribution, one: Given, *, what: str, reason: str, amount: int = 0) -> Entry:
    verdict = BARE if given.approves_only else given.verdict.value if given.verdict else "comment"
    return Entry(
        kind=kind,
        person=given.reviewer,
        at=given.at,
        place=one.place,
        about=given.author,
        head=given.head,
        verdict=verdict,
        words=given.words,
        lines=given.lines,
        fingerprint=given.fingerprint,
        what=what,
        reason=reason,
        amount=amount,
    )


def _coach(one: Given, section: ReviewExchange) -> Iterator[Doable]:
    """Somebody's first review here is met with thanks and a checklist, once in their life."""
    template = section.checklist
    if not one.is_first_here or template is None:
        return
    reviewer = one.given.reviewer
    yield Comment(
        key=f"person {reviewer.id}/first review",
        number=one.given.number,
        body=messages.checklist(reviewer, one.place, section, template=template, counts=one.given.enough),
        occasion=Occasion.CELEBRATION,
        mentions=(reviewer,),
    )


def _settle(heard: Heard, section: ReviewExchange) -> tuple[list[Doable], str]:
    """A review with substance is what a credit was spent for, whoever gives it and whatever it earns them."""
    exchange = heard.exchange
    if exchange is None or heard.page is None or heard.place is None:
        return [], ""
    for one in heard.given:
        gave = one.for_exchange
        if gave is None or not gave.enough or gave.reviewer == exchange.author:
            continue
        entry = Entry(
            kind=Kind.SETTLED,
            person=exchange.author,
            at=gave.at,
            place=heard.place,
            what=exchange.what,
            reason="reviewed",
            by=gave.reviewer,
        )
        since = f"{exchange.what}/settled"
        return [
            heard.page.entry(entry),
            exchange.remembered(state=State.SETTLED),
            *(release(exchange) if exchange.asked and exchange.asked[-1].person != gave.reviewer else ()),
            *show_state(heard.number, exchange.state, State.SETTLED, section, since=since),
        ], f"@{exchange.author.login} got the review that a credit was spent for, from @{gave.reviewer.login}"
    if heard.remarks_since and exchange.state is State.WANTED and heard.ended is None:
        begun = exchange.remembered(state=State.IN_REVIEW)
        since = f"{exchange.what}/begun"
        return [
            begun,
            *show_state(heard.number, State.WANTED, State.IN_REVIEW, section, since=since),
        ], "somebody has begun to look at it"
    return [], ""


def _give_back(heard: Heard, section: ReviewExchange) -> tuple[list[Doable], str]:
    """What was spent on a pull request that ended without a review comes back."""
    exchange, page, place = heard.exchange, heard.page, heard.place
    if exchange is None or page is None or place is None or heard.ended is None:
        return [], ""
    if any(one.for_exchange is not None and one.for_exchange.enough for one in heard.given):
        return [], ""
    reason = f"it was {'merged' if heard.merged else 'closed'} before anybody reviewed it"
    entry = Entry(
        kind=Kind.RETURNED,
        person=exchange.author,
        at=heard.ended,
        place=place,
        what=exchange.what,
        amount=exchange.paid,
        reason=reason,
    )
    balance = page.ledger.balance(exchange.author) + exchange.paid
    since = f"{exchange.what}/returned"
    return [
        page.entry(entry),
        exchange.remembered(state=State.RETURNED),
        *show_state(heard.number, exchange.state, State.RETURNED, section, since=since),
        *show_balance(heard.pulls, balance, section, since=entry.key),
    ], f"The credit of @{exchange.author.login} comes back: {reason}"


def _open(shown: Shown) -> OpenPull:
    return OpenPull(number=shown.number, head=shown.head, labels=shown.labels, runs=shown.runs)
