"""What the service counts of itself, for Prometheus: requests by route, method and status, their times, the workers.

Requests are counted in plain dictionaries and become metrics when they are asked for: prometheus_client's own counters
take a lock each, several times for a request.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from itertools import accumulate

from prometheus_client import CollectorRegistry, PlatformCollector, ProcessCollector
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, HistogramMetricFamily, Metric
from prometheus_client.exposition import CONTENT_TYPE_LATEST, generate_latest
from prometheus_client.registry import Collector

from .workers import WorkerPool

MEDIA_TYPE = CONTENT_TYPE_LATEST
_BOUNDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0)
_EDGES = [*map(str, _BOUNDS), "+Inf"]


class RequestCounts:
    """How many requests were answered, and in what time; it belongs to one event loop."""

    def __init__(self) -> None:
        self.answers: Counter[tuple[str, str, int]] = Counter()
        self.times: dict[str, list[int]] = {}
        self.seconds: Counter[str] = Counter()

    def count(self, route: str, method: str, status: int, seconds: float) -> None:
        """Count an answer; `route` is the route's own path, so that there are as many names as there are routes."""
        self.answers[route, method, status] += 1
        times = self.times.get(route)
        if times is None:
            times = self.times[route] = [0] * len(_EDGES)
        times[bisect_left(_BOUNDS, seconds)] += 1
        self.seconds[route] += seconds  # type: ignore[assignment]  # a Counter of seconds


def write_metrics(counts: RequestCounts, pool: WorkerPool, version: str) -> bytes:
    """Return all metrics in Prometheus's text format."""
    registry = CollectorRegistry()
    registry.register(_Collector(counts, pool, version))
    ProcessCollector(registry=registry)
    PlatformCollector(registry=registry)
    return generate_latest(registry)


class _Collector(Collector):
    def __init__(self, counts: RequestCounts, pool: WorkerPool, version: str) -> None:
        self._counts, self._pool, self._version = counts, pool, version

    def collect(self) -> Iterator[Metric]:
        yield from self._collect_requests()
        yield from self._collect_workers()
        build = GaugeMetricFamily("rawabit_build", "The version, as a label.", labels=["version"])
        build.add_metric([self._version], 1)
        yield build

    def _collect_requests(self) -> Iterator[Metric]:
        answers = CounterMetricFamily(
            "rawabit_requests", "Requests that were answered.", labels=["route", "method", "status"]
        )
        for (route, method, status), number in self._counts.answers.items():
            answers.add_metric([route, method, str(status)], number)
        yield answers
        times = HistogramMetricFamily(
            "rawabit_request_seconds", "The time until a request was answered.", labels=["route"]
        )
        for route, found in self._counts.times.items():
            buckets = list(zip(_EDGES, map(float, accumulate(found)), strict=True))
            times.add_metric([route], buckets, self._counts.seconds[route])
        yield times

    def _collect_workers(self) -> Iterator[Metric]:
        pool = self._pool
        workers = GaugeMetricFamily("rawabit_workers", "Query processes by what they do.", labels=["state"])
        for state, number in pool.count_states().items():
            workers.add_metric([state], number)
        yield workers
        yield GaugeMetricFamily("rawabit_waiting_requests", "Requests that wait for a worker.", pool.waiting)
        ends = CounterMetricFamily(
            "rawabit_workers_ended", "Query processes that were ended or died.", labels=["reason"]
        )
        for reason, number in pool.ends.items():
            ends.add_metric([reason], number)
        yield ends
