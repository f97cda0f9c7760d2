"""Metrics for Prometheus: what came in, what was done, how long it took, what waits; and who may see them."""

from __future__ import annotations

import hmac
import ipaddress
from functools import partial

from aiohttp import web
from prometheus_client import (
    CONTENT_TYPE_LATEST,
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    PlatformCollector,
    ProcessCollector,
    generate_latest,
)
from prometheus_client.multiprocess import MultiProcessCollector

CONTENT_TYPE = CONTENT_TYPE_LATEST

_ACK_BUCKETS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10)
_JOB_BUCKETS = (0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60)


_FORWARDED = ("Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Real-IP")
"""What a proxy adds: then the request only seems to come from this machine."""

_BEARER = "Bearer "


class Metrics:
    """The engine's observer (see `mentorbot.engine.observer`), and the webhook's."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        _add_process_figures(self.registry)
        self._deliveries = Counter(
            "mentorbot_deliveries",
            "Webhook deliveries by event and what became of them",
            ("event", "outcome"),
            registry=self.registry,
        )
        self.ack_seconds = Histogram(
            "mentorbot_ack_seconds",
            "From a delivery's first byte to its 202, stored durably",
            buckets=_ACK_BUCKETS,
            registry=self.registry,
        )
        # Only the process that is asked knows these, and at that moment.
        gauge = partial(Gauge, registry=self.registry, multiprocess_mode="mostrecent")
        self.jobs_waiting = gauge("mentorbot_jobs_waiting", "Jobs that wait to be done")
        self.jobs_parked = gauge("mentorbot_jobs_parked", "Jobs that failed for good and wait for somebody")
        self._oldest = gauge(
            "mentorbot_oldest_job_seconds",
            "For how long the oldest job waits though it could be done, or is under way",
            ("state",),
        )
        self.repositories_reading = gauge(
            "mentorbot_repositories_reading", "Repositories whose past is not read yet"
        )
        self.repositories_unread = gauge(
            "mentorbot_repositories_unread", "Repositories of which GitHub refuses to tell something"
        )
        self._effects = Counter(
            "mentorbot_effects",
            "What was done to GitHub",
            ("feature", "kind", "outcome"),
            registry=self.registry,
        )
        self._requests = Counter(
            "mentorbot_github_requests", "Requests to GitHub", ("api", "status"), registry=self.registry
        )
        self._job_seconds = Histogram(
            "mentorbot_job_seconds",
            "Work per stage: hear, decide, act …",
            ("stage",),
            buckets=_JOB_BUCKETS,
            registry=self.registry,
        )

    def delivery(self, event: str, outcome: str) -> None:
        """A delivery came to something: stored, known, ignored, refused."""
        self._deliveries.labels(event, outcome).inc()

    def effect(self, feature: str, kind: str, outcome: str) -> None:
        self._effects.labels(feature, kind, outcome).inc()

    def stage(self, name: str, seconds: float) -> None:
        self._job_seconds.labels(name).observe(seconds)

    def request(self, api: str, status: int | str) -> None:
        """GitHub was asked something (`api` is rest or graphql) and answered with this status."""
        self._requests.labels(api, str(status)).inc()

    def set_oldest(self, *, waiting: float, running: float) -> None:
        """How old the oldest work is, in seconds."""
        self._oldest.labels("waiting").set(waiting)
        self._oldest.labels("running").set(running)

    def set_unknown(self) -> None:
        """What the store would tell is not known at present: nothing is said (NaN), least of all zero."""
        nothing = float("nan")
        self.set_oldest(waiting=nothing, running=nothing)
        for gauge in (
            self.jobs_waiting,
            self.jobs_parked,
            self.repositories_reading,
            self.repositories_unread,
        ):
            gauge.set(nothing)

    def include_all_processes(self) -> None:
        """Show what all processes counted that share `PROMETHEUS_MULTIPROC_DIR`, summed up."""
        self.registry = CollectorRegistry()
        MultiProcessCollector(self.registry)  # type: ignore[no-untyped-call]  # the library leaves it untyped
        _add_process_figures(self.registry)

    def exposition(self) -> bytes:
        """All figures in Prometheus' text format."""
        return generate_latest(self.registry)


def _add_process_figures(registry: CollectorRegistry) -> None:
    """Memory, processor time and the like of this process."""
    ProcessCollector(registry=registry)
    PlatformCollector(registry=registry)


class MetricsAccess:
    """With a token: whoever has it. Without: this machine itself, and nobody through a proxy on it."""

    def __init__(self, token: str | None) -> None:
        self._token = token

    def allows(self, request: web.Request) -> bool:
        if self._token is None:
            return _is_from_here(request)
        said = request.headers.get("Authorization", "")
        given = said.removeprefix(_BEARER) if said.startswith(_BEARER) else ""
        return hmac.compare_digest(given.encode("utf-8", "surrogateescape"), self._token.encode())

    def refusal(self) -> web.Response:
        """What everybody else is told: how those who may can."""
        if self._token is None:
            return web.Response(
                status=403,
                text="Figures are shown on this machine only; METRICS_TOKEN lets others see them.\n",
            )
        return web.Response(
            status=401,
            headers={"WWW-Authenticate": "Bearer"},
            text="Figures take METRICS_TOKEN as a bearer token.\n",
        )


def _is_from_here(request: web.Request) -> bool:
    if any(name in request.headers for name in _FORWARDED):
        return False
    try:
        address = ipaddress.ip_address((request.remote or "").partition("%")[0])
    except ValueError:
        return False
    mapped = getattr(address, "ipv4_mapped", None)
    return (mapped or address).is_loopback
