from __future__ import annotations

from typing import Any

import pytest

from mentorbot.web.health import Health, ReadinessVerdict
from mentorbot.web.metrics import Metrics
from mentorbot.web.server import CannotListen, WebParts, create_app, listening
from tests.web.conftest import OPEN_HERE, a_health, all_well, nothing
from tests.web.served import served


async def test_liveness_only_needs_an_answer() -> None:
    async with (
        served(create_app(WebParts(health=a_health()))) as site,
        site.http.get(site.url + "/healthz") as answer,
    ):
        assert answer.status == 200
        assert await answer.json() == {"status": "alive"}


@pytest.mark.parametrize(
    ("verdict", "status", "said"),
    [
        pytest.param(ReadinessVerdict(), 200, {"status": "ready"}, id="nothing is missing"),
        pytest.param(
            ReadinessVerdict(reasons=("one", "two"), warnings=("three",)),
            503,
            {"status": "not ready", "reasons": ["one", "two"]},
            id="two things are",
        ),
        pytest.param(
            ReadinessVerdict(warnings=("three",)),
            200,
            {"status": "degraded", "warnings": ["three"]},
            id="slow",
        ),
    ],
)
async def test_readiness_names_what_is_missing(
    verdict: ReadinessVerdict, status: int, said: dict[str, Any]
) -> None:
    async def asked() -> ReadinessVerdict:
        return verdict

    health = Health(metrics=Metrics(), verdict=asked, refresh=nothing, access=OPEN_HERE)
    async with (
        served(create_app(WebParts(health=health))) as site,
        site.http.get(site.url + "/readyz") as answer,
    ):
        assert answer.status == status
        assert await answer.json() == said


async def test_figures_are_fresh_and_carry_the_promised_names() -> None:
    metrics = Metrics()

    async def refresh() -> None:
        metrics.set_oldest(waiting=7.5, running=0)
        metrics.jobs_waiting.set(3)
        metrics.jobs_parked.set(1)

    metrics.delivery("issues", "stored")
    metrics.effect("welcome", "Comment", "done")
    metrics.request("rest", 201)
    metrics.stage("decide", 0.02)
    metrics.ack_seconds.observe(0.004)
    health = Health(metrics=metrics, verdict=all_well, refresh=refresh, access=OPEN_HERE)
    async with (
        served(create_app(WebParts(health=health))) as site,
        site.http.get(site.url + "/metrics") as answer,
    ):
        assert answer.headers["Content-Type"].startswith("text/plain")
        text = await answer.text()
    for line in (
        'mentorbot_deliveries_total{event="issues",outcome="stored"} 1.0',
        "mentorbot_ack_seconds_count 1.0",
        "mentorbot_jobs_waiting 3.0",
        "mentorbot_jobs_parked 1.0",
        'mentorbot_oldest_job_seconds{state="waiting"} 7.5',
        'mentorbot_effects_total{feature="welcome",kind="Comment",outcome="done"} 1.0',
        'mentorbot_github_requests_total{api="rest",status="201"} 1.0',
        'mentorbot_job_seconds_count{stage="decide"} 1.0',
        "process_resident_memory_bytes",
    ):
        assert line in text


async def test_a_server_without_pages_still_answers_what_it_has_not() -> None:
    async with (
        served(create_app(WebParts(health=a_health()))) as site,
        site.http.get(site.url + "/nope") as answer,
    ):
        assert answer.status == 404


async def test_a_port_that_is_taken_is_named_with_the_way_out() -> None:
    app = create_app(WebParts(health=a_health()))
    async with served(app) as site:
        with pytest.raises(CannotListen, match=f"{site.port}.*PORT"):
            async with listening(create_app(WebParts(health=a_health())), host="127.0.0.1", port=site.port):
                pass
