from __future__ import annotations

from datetime import timedelta

from tests.github.conftest import START, Desk


async def test_the_past_is_read_back_to_a_day_whatever_has_become_of_it(desk: Desk) -> None:
    acts, clock = desk.github.acts, desk.github.clock
    old = acts.open_pull_request("acme/rockets", by="ada", title="Long ago")
    acts.close(old, by="grace")
    clock.move(timedelta(days=30))
    merged = acts.open_pull_request("acme/rockets", by="ada", title="Merged")
    acts.merge(merged, by="grace")
    still_open = acts.open_pull_request("acme/rockets", by="linus", title="Open")

    since = START + timedelta(days=20)
    found = [one async for one in desk.reader.past_pull_requests(since)]
    assert {one.number: one.is_open for one in found} == {merged.number: False, still_open.number: True}
    everything = [one.number async for one in desk.reader.past_pull_requests(START - timedelta(days=1))]
    assert sorted(everything) == [old.number, merged.number, still_open.number]
