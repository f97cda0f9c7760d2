from __future__ import annotations

from collections.abc import Sequence

import pytest

from mentorbot.web.health import Health
from mentorbot.web.metrics import Metrics
from mentorbot.web.server import CannotListen, Rooms, create_app, listening
from tests.web.conftest import a_health
from tests.web.served import served


async def test_liveness_only_needs_an_answer() -> None:
    async with (
        served(create_app(Rooms(health=a_health()))) as site,
        site.http.get(site.url + "/healthz") as answer,
    ):
        assert answer.status == 200
        assert await answer.json() == {"status": "alive"}


@pytest.mark.parametrize(
    ("reasons", "status"),
    [
        pytest.param((), 200, id="nothing is missing"),
        pytest.param(("the database does not answer", "2 migrations are missing"), 503, id="two things are"),
    ],
)
async def test_readiness_names_what_is_missing(reasons: Sequence[str], status: int) -> None:
    async def missing() -> Sequence[str]:
        return reasons

    async def refresh() -> None:
        """No gauges here."""

    health = Health(metrics=Metrics(), what_is_missing=missing, refresh=refresh)
    async with (
        served(create_app(Rooms(health=health))) as site,
        site.http.get(site.url + "/readyz") as answer,
    ):
        assert answer.status == status
        said = await answer.json()
    assert said.get("reasons", []) == list(reasons)


async def test_figures_are_fresh_and_carry_the_promised_names() -> None:
    metrics = Metrics()

    async def all_well() -> Sequence[str]:
        return ()

    async def refresh() -> None:
        metrics.jobs_waiting.set(3)
        metrics.jobs_parked.set(1)

    metrics.delivery("issues", "stored")
    metrics.effect("welcome", "Comment", "done")
    metrics.request("rest", 201)
    metrics.stage("decide", 0.02)
    metrics.ack_seconds.observe(0.004)
    health = Health(metrics=metrics, what_is_missing=all_well, refresh=refresh)
    async with (
        served(create_app(Rooms(health=health))) as site,
        site.http.get(site.url + "/metrics") as answer,
    ):
        assert answer.headers["Content-Type"].startswith("text/plain")
        text = await answer.text()
    for line in (
        'mentorbot_deliveries_total{event="issues",outcome="stored"} 1.0',
        "mentorbot_ack_seconds_count 1.0",
        "mentorbot_jobs_waiting 3.0",
        "mentorbot_jobs_parked 1.0",
        'mentorbot_effects_total{feature="welcome",kind="Comment",outcome="done"} 1.0',
        'mentorbot_github_requests_total{api="rest",status="201"} 1.0',
        'mentorbot_job_seconds_count{stage="decide"} 1.0',
        "process_resident_memory_bytes",
    ):
        assert line in text


async def test_a_server_without_pages_still_answers_what_it_has_not() -> None:
    async with (
        served(create_app(Rooms(health=a_health()))) as site,
        site.http.get(site.url + "/nope") as answer,
    ):
        assert answer.status == 404


async def test_a_port_that_is_taken_is_named_with_the_way_out() -> None:
    app = create_app(Rooms(health=a_health()))
    async with served(app) as site:
        with pytest.raises(CannotListen, match=f"{site.port}.*PORT"):
            async with listening(create_app(Rooms(health=a_health())), host="127.0.0.1", port=site.port):
                pass
