"""The bench that measures sweeps does sweep: what decides nothing costs nothing, and would pass for good."""

from __future__ import annotations

from bench.sweep import measured


async def test_the_bench_decides_about_every_pull_request_on_both_mornings() -> None:
    found = await measured(20, quiet=True)
    assert found["pull_requests"] == 20
    assert found["cold"]["graphql_requests"] == 1
    assert (found["warm"]["decided"], found["warm"]["requests"]) == (20, 0)
    assert found["morning_with_many_due"]["decided"] == 20
    assert found["morning_with_many_due"]["acting"] > 0
