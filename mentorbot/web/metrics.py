"""Figures for Prometheus: what came in, what was done, how long it took, what waits."""

from __future__ import annotations

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

CONTENT_TYPE = CONTENT_TYPE_LATEST

_ACK_BUCKETS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10)
_JOB_BUCKETS = (0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60)


class Metrics:
    """The engine's observer (see `mentorbot.engine.observer`), and the webhook's."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        ProcessCollector(registry=self.registry)
        PlatformCollector(registry=self.registry)
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
        self.jobs_waiting = Gauge(
            "mentorbot_jobs_waiting", "Jobs that wait to be done", registry=self.registry
        )
        self.jobs_parked = Gauge(
            "mentorbot_jobs_parked", "Jobs that failed for good and wait for somebody", registry=self.registry
        )
        self._oldest = Gauge(
            "mentorbot_oldest_job_seconds",
            "For how long the oldest job waits though it could be done, or is under way",
            ("state",),
            registry=self.registry,
        )
        self.repositories_reading = Gauge(
            "mentorbot_repositories_reading",
            "Repositories whose past is not read yet",
            registry=self.registry,
        )
        self.repositories_unread = Gauge(
            "mentorbot_repositories_unread",
            "Repositories of which GitHub refuses to tell something",
            registry=self.registry,
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
        """Something was done to GitHub, or could not be."""
        self._effects.labels(feature, kind, outcome).inc()

    def stage(self, name: str, seconds: float) -> None:
        """A stage of the work took this long."""
        self._job_seconds.labels(name).observe(seconds)

    def request(self, api: str, status: int | str) -> None:
        """GitHub was asked something (`api` is rest or graphql) and answered with this status."""
        self._requests.labels(api, str(status)).inc()

    def set_oldest(self, *, waiting: float, running: float) -> None:
        """How old the oldest work is, in seconds."""
        self._oldest.labels("waiting").set(waiting)
        self._oldest.labels("running").set(running)

    def know_nothing(self) -> None:
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

    def exposition(self) -> bytes:
        """All figures in Prometheus' text format."""
        return generate_latest(self.registry)
