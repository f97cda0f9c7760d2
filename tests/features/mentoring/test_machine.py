"""Every cell of the table: each state with each happening, where it leads, or that it can't be."""

from __future__ import annotations

from itertools import product

import pytest

from mentorbot.features.mentoring.machine import (
    DECIDING,
    OVER,
    SEATED,
    CannotHappen,
    Effect,
    Happening,
    State,
    after,
)

# Rows are happenings, columns states, in the order of the classes; "." is: cannot happen.
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
LETTERS = dict(zip("naobpAPget", State, strict=True))


def cells() -> dict[tuple[State, Happening], State | None]:
    lines = [line.split() for line in EXPECTED.strip().splitlines()]
    found = {}
    for words in lines[1:]:
        happening = Happening(" ".join(words[:-10]))
        for letter, leads_to in zip(lines[0], words[-10:], strict=True):
            found[LETTERS[letter], happening] = LETTERS.get(leads_to)
    return found


CELLS = cells()


def test_the_table_above_has_every_cell() -> None:
    assert set(CELLS) == set(product(State, Happening))


@pytest.mark.parametrize(
    ("state", "happening"), [pytest.param(s, h, id=f"{s}, {h}") for s, h in product(State, Happening)]
)
def test_each_cell_leads_where_it_should(state: State, happening: Happening) -> None:
    wanted = CELLS[state, happening]
    if wanted is None:
        with pytest.raises(CannotHappen, match="cannot happen to a pair that is"):
            after(state, happening)
        return
    found = after(state, happening)
    assert found.to is wanted
    assert (Effect.TAKE_SEAT in found.effects) == (wanted in SEATED and state not in SEATED), (
        "a seat is taken"
    )
    assert (Effect.FREE_SEAT in found.effects) == (state in SEATED and wanted not in SEATED), (
        "a seat is freed"
    )
    assert (Effect.QUEUE_IN_FRONT in found.effects) == (state in SEATED and wanted is State.ASKED)
    assert (Effect.INTRODUCE in found.effects) == (Effect.TAKE_SEAT in found.effects)
    asks = {Effect.ASK_MENTOR, Effect.ASK_MENTEE, Effect.ASK_BOTH} & set(found.effects)
    assert not asks or wanted in DECIDING


PARTINGS = {
    (State.OFFERED, Happening.MENTEE_DECLINED),
    (State.OFFERED_BACK, Happening.MENTEE_DECLINED),
    (State.PROPOSED, Happening.MENTEE_DECLINED),
    (State.ACTIVE, Happening.CHANGED),
    (State.PAUSED, Happening.CHANGED),
}
FOR_NOW = {
    (State.OFFERED, Happening.MENTOR_DECLINED),
    (State.OFFERED, Happening.UNANSWERED),
    (State.PROPOSED, Happening.MENTOR_DECLINED),
    (State.ACTIVE, Happening.MENTOR_SILENT),
    (State.ACTIVE, Happening.MENTOR_LEFT),
}


@pytest.mark.parametrize(
    ("state", "happening"),
    [pytest.param(*cell, id=", ".join(cell)) for cell, leads_to in CELLS.items() if leads_to is not None],
)
def test_people_are_kept_apart_where_one_of_them_said_no(state: State, happening: Happening) -> None:
    effects = after(state, happening).effects
    assert (Effect.KEEP_APART in effects) == ((state, happening) in PARTINGS)
    assert (Effect.KEEP_APART_FOR_NOW in effects) == ((state, happening) in FOR_NOW)


def test_whoever_is_not_waiting_for_anything_can_begin_again() -> None:
    assert all(after(state, Happening.ASKED).to is State.ASKED for state in OVER)
