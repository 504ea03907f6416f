"""What a run has done and what waits, as Prometheus reads it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from itertools import accumulate

from prometheus_client import CollectorRegistry, ProcessCollector, generate_latest
from prometheus_client.core import (
    CounterMetricFamily,
    GaugeMetricFamily,
    HistogramMetricFamily,
    Metric,
)
from prometheus_client.registry import Collector

from bot.telegram.health import inbox, outbox
from bot.telegram.settings import Watch
from bot.telegram.tally import BOUNDS, Tally
from corpus.database import CouncilDatabase


class Metrics(Collector):
    """The numbers of one run, read anew each time they are asked for.

    Args:
        database: The store.
        tally: What the run has done.
        now: The clock, aware.
        watch: What is told beside.
    """

    def __init__(
        self,
        database: CouncilDatabase,
        tally: Tally,
        now: Callable[[], datetime],
        watch: Watch,
    ) -> None:
        self._database = database
        self._tally = tally
        self._now = now
        self._watch = watch
        self._registry = CollectorRegistry()
        self._registry.register(self)
        ProcessCollector(registry=self._registry)

    def page(self) -> bytes:
        """Everything in Prometheus' text format."""
        return generate_latest(self._registry)

    def describe(self) -> list[Metric]:
        """Nothing beforehand: registering must not read the store."""
        return []

    def collect(self) -> Iterator[Metric]:
        """The numbers now."""
        yield from self._queues()
        yield _counts(
            "dongne_answers", "Answers by what they rest on", "basis", self._tally.answers
        )
        yield _counts(
            "dongne_sends", "Attempts to deliver by outcome", "outcome", self._tally.sends
        )
        yield self._seconds()
        missing = "Passages that wait for a vector; keywords alone find them"
        yield GaugeMetricFamily("dongne_vectors_missing", missing, self._watch.missing())
        if (backed_up := self._watch.backed_up()) is not None:
            age = (self._now() - backed_up).total_seconds()
            yield GaugeMetricFamily("dongne_backup_age_seconds", "Age of the newest backup", age)

    def _queues(self) -> Iterator[Metric]:
        now = self._now()
        for name, what, queue in (
            ("inbox", "Updates still to be handled", inbox(self._database, now)),
            ("outbox", "Messages still to be delivered", outbox(self._database, now)),
        ):
            yield GaugeMetricFamily(f"dongne_{name}_waiting", what, queue.waiting)
            oldest = f"{what}: age of the oldest"
            yield GaugeMetricFamily(f"dongne_{name}_oldest_seconds", oldest, queue.oldest)

    def _seconds(self) -> Metric:
        bounds = [*(str(bound) for bound in BOUNDS), "+Inf"]
        buckets = list(zip(bounds, accumulate(self._tally.within), strict=True))
        what = "Seconds that finding an answer took"
        return HistogramMetricFamily("dongne_answer_seconds", what, buckets, self._tally.seconds)


def _counts(name: str, what: str, label: str, counted: dict[str, int]) -> Metric:
    family = CounterMetricFamily(name, what, labels=[label])
    for value, count in counted.items():
        family.add_metric([value], count)
    return family
