"""A storm strikes the share it was told to, each time alike, and never reorders one thread's webhooks."""

from __future__ import annotations

from collections import Counter, defaultdict

from mentorbot.sandbox.acts import Acts
from mentorbot.sandbox.faults import EVERYTHING, Storm
from mentorbot.sandbox.simulated_github import SimulatedGitHub
from tests.sandbox.receiving import Caller, Ear


def test_a_storm_strikes_its_share_with_everything_it_has() -> None:
    storm = Storm(seed=1, of_requests=0.2, seconds=(2, 3))
    struck = [storm.for_request("GET", "/repos/o/r/issues/1/comments") for _ in range(5_000)]
    faults = [fault for fault in struck if fault is not None]
    assert 0.17 < len(faults) / len(struck) < 0.23
    assert set(Counter(fault.kind for fault in faults)) == set(EVERYTHING)
    assert all(2 <= fault.seconds <= 3 for fault in faults)


def test_only_listings_lag() -> None:
    storm = Storm(seed=1, of_requests=1.0)
    for method, path in (("POST", "/repos/o/r/issues/1/comments"), ("GET", "/app/installations")):
        struck = [storm.for_request(method, path) for _ in range(500)]
        assert "stale" not in {fault.kind for fault in struck if fault is not None}


def test_the_same_seed_is_the_same_weather() -> None:
    one, other = (Storm(seed=7, doubled=0.2, overtaken=0.1, lost=0.1) for _ in range(2))
    weather = [one.for_delivery() for _ in range(1_000)]
    assert weather == [other.for_delivery() for _ in range(1_000)]
    shares = {kind: times / 1_000 for kind, times in Counter(weather).items()}
    assert 0.15 < shares["twice"] < 0.25
    assert 0.07 < shares["overtaken"] < 0.13
    assert 0.07 < shares["lost"] < 0.13


async def test_webhooks_overtake_those_of_other_threads_only(
    github: SimulatedGitHub, acts: Acts, ear: Ear
) -> None:
    github.faults.storm = Storm(seed=3, overtaken=0.4, doubled=0.1)
    issues = [acts.open_issue("octo/hello", by="ada", title=str(n)) for n in range(5)]
    for word in range(12):
        for issue in issues:
            acts.comment(issue, by="ada", body=str(word))
    await github.settled()
    heard: defaultdict[int, list[str]] = defaultdict(list)
    for one in ear.heard:
        said = one.payload.get("comment", {}).get("body", "opened")
        if said not in heard[one.payload["issue"]["number"]]:
            heard[one.payload["issue"]["number"]].append(said)
    assert set(map(tuple, heard.values())) == {("opened", *map(str, range(12)))}
    announced = list(dict.fromkeys(one.guid for one in github.webhooks.log.values()))
    arrived = list(dict.fromkeys(one.headers["X-GitHub-Delivery"] for one in ear.heard))
    assert arrived != announced
    assert set(arrived) == set(announced)
    assert len(ear.heard) > len(announced)


async def test_an_app_itself_gets_an_error_where_an_installation_would_be_limited(
    github: SimulatedGitHub, as_app: Caller
) -> None:
    for kind in ("primary_limit", "revoked_token"):
        github.faults.add(kind)
        assert (await as_app("GET", "/app")).status == 502
    assert (await as_app("GET", "/app")).status == 200
