"""Every cell of the table: each state with each event, where it leads, or that it can't be."""

from __future__ import annotations

from itertools import product

import pytest

from mentorbot.features.mentoring.pairs.state_machine import (
    DECIDING,
    OVER,
    SEATED,
    InvalidTransition,
    PairEvent,
    PairState,
    TransitionEffect,
    transition_for,
)

# Rows are events, columns states, in the order of the classes; "." is: cannot happen.
# The letters are the states, in the order of the class: nobody, asked, offered, offered back, proposed, …
EXPECTED = """
                          n a o b p A P g e t
mentee asked              a . . . . . . a a a
mentor found              . o . . . . . . . .
mentor offered            b A A . . . . b b b
maintainer proposed       p o o . p . . p p p
mentor accepted           . A A . b . . . . .
mentee accepted           . . . A o . . . . .
mentor declined           . . a e e . . . . .
mentee declined           . . a e e . . . . .
nobody answered in time   . . a t t . . . . .
somebody paused           . . . . . P P . . .
somebody came back        . . . . . . A . . .
mentee fell silent        . . . . . P . . . .
mentor fell silent        . . . . . a . . . .
mentor left               . . a e e a e . . .
somebody wanted another match . . . . . a a . . .
somebody ended it         . e e e e e e . . .
mentee graduated          . . . . . g g . . .
nobody came back          . . . . . . t . . .
"""
LETTERS = dict(zip("naobpAPget", PairState, strict=True))


def cells() -> dict[tuple[PairState, PairEvent], PairState | None]:
    lines = [line.split() for line in EXPECTED.strip().splitlines()]
    found = {}
    for words in lines[1:]:
        event = PairEvent(" ".join(words[:-10]))
        for letter, leads_to in zip(lines[0], words[-10:], strict=True):
            found[LETTERS[letter], event] = LETTERS.get(leads_to)
    return found


CELLS = cells()


def test_the_table_above_has_every_cell() -> None:
    assert set(CELLS) == set(product(PairState, PairEvent))


@pytest.mark.parametrize(
    ("state", "event"), [pytest.param(s, h, id=f"{s}, {h}") for s, h in product(PairState, PairEvent)]
)
def test_each_cell_leads_where_it_should(state: PairState, event: PairEvent) -> None:
    wanted = CELLS[state, event]
    if wanted is None:
        with pytest.raises(InvalidTransition, match="cannot happen to a pair that is"):
            transition_for(state, event)
        return
    found = transition_for(state, event)
    assert found.to is wanted
    assert (TransitionEffect.TAKE_SEAT in found.effects) == (wanted in SEATED and state not in SEATED), (
        "a seat is taken"
    )
    assert (TransitionEffect.FREE_SEAT in found.effects) == (state in SEATED and wanted not in SEATED), (
        "a seat is freed"
    )
    assert (TransitionEffect.QUEUE_IN_FRONT in found.effects) == (
        state in SEATED and wanted is PairState.ASKED
    )
    assert (TransitionEffect.INTRODUCE in found.effects) == (TransitionEffect.TAKE_SEAT in found.effects)
    asks = {TransitionEffect.ASK_MENTOR, TransitionEffect.ASK_MENTEE, TransitionEffect.ASK_BOTH} & set(
        found.effects
    )
    assert not asks or wanted in DECIDING


PARTINGS = {
    (PairState.OFFERED, PairEvent.MENTEE_DECLINED),
    (PairState.OFFERED_BACK, PairEvent.MENTEE_DECLINED),
    (PairState.PROPOSED, PairEvent.MENTEE_DECLINED),
    (PairState.ACTIVE, PairEvent.CHANGED),
    (PairState.PAUSED, PairEvent.CHANGED),
}
FOR_NOW = {
    (PairState.OFFERED, PairEvent.MENTOR_DECLINED),
    (PairState.OFFERED, PairEvent.UNANSWERED),
    (PairState.PROPOSED, PairEvent.MENTOR_DECLINED),
    (PairState.ACTIVE, PairEvent.MENTOR_SILENT),
    (PairState.ACTIVE, PairEvent.MENTOR_LEFT),
}


@pytest.mark.parametrize(
    ("state", "event"),
    [pytest.param(*cell, id=", ".join(cell)) for cell, leads_to in CELLS.items() if leads_to is not None],
)
def test_people_are_kept_apart_where_one_of_them_said_no(state: PairState, event: PairEvent) -> None:
    effects = transition_for(state, event).effects
    assert (TransitionEffect.KEEP_APART in effects) == ((state, event) in PARTINGS)
    assert (TransitionEffect.KEEP_APART_FOR_NOW in effects) == ((state, event) in FOR_NOW)


def test_whoever_is_not_waiting_for_anything_can_begin_again() -> None:
    assert all(transition_for(state, PairEvent.ASKED).to is PairState.ASKED for state in OVER)
