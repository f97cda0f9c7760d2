"""How long a first answer takes, in a sentence that says no more than is known."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from mentorbot.cli.report.waits import waits_of
from mentorbot.domain.response_time import Wait

THEN = datetime(2026, 11, 1, tzinfo=UTC)
HOUR = timedelta(hours=1)


def test_where_the_estimate_ends_it_does_not_say_that_most_never_had_an_answer() -> None:
    answered = Wait(opened_at=THEN, answered_at=THEN + HOUR, until=THEN + 400 * HOUR)
    still_new = Wait(opened_at=THEN, answered_at=None, until=THEN + 2 * HOUR)
    sentence = waits_of([*7 * [answered], *3 * [still_new]]).sentence
    assert sentence.startswith(
        "Half had a first answer within 1 hour; when four of five have one can't be said"
    )
    assert "never" not in sentence
