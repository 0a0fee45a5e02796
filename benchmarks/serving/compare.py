"""Measures the service beside its peers, interleaved in one run, so that what else the machine does falls on all alike.

- **one hop**: for a random actor, the facts that name it, with the names of those at their other ends, status, date
  and the article that says so; 16 connections that stay open; every query another. `plain hop` asks for the triples
  of an actor and labels alone.
- **beside runaways**: while two queries that never end are in flight, the same at 16 connections, and a few other
  requests one after another, with and without runaways.
- **relationships**: the first page of /actors/{id}/relationships, of actors with as many facts as most and of hubs.
- **stream**: a SELECT of a million rows as JSON; the memory of all of the server's processes is watched.
- **kill -9**: a worker is killed five times a second under load.

The load comes from a process of its own (load.py). Rates and ratios are medians of rounds.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import signal
import statistics
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import quote, unquote

import pyoxigraph as ox

from benchmarks.serving import servers
from benchmarks.serving.event_news import BASE, SEED, Scale, build_news_store
from benchmarks.serving.servers import Server

LOAD = Path(__file__).with_name("load.py")
CONNECTIONS = 16
ROUNDS, SECONDS = 7, 2.0
JSON_ROWS = "application/sparql-results+json"
ONE_HOP = """PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
PREFIX rw: <https://rawabit.example/ns#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX schema: <https://schema.org/>
SELECT ?fact ?relation ?other ?name ?status ?date ?document ?title WHERE {
  { ?fact rdf:subject <ACTOR> ; rdf:object ?other } UNION { ?fact rdf:object <ACTOR> ; rdf:subject ?other }
  ?fact rdf:predicate ?relation ; rw:status ?status ; rw:inDocument ?document .
  ?other skos:prefLabel ?name . FILTER(LANG(?name) = "ar")
  ?document schema:headline ?title .
  OPTIONAL { ?fact rw:date ?date }
}"""
PLAIN_HOP = """SELECT ?relation ?other ?label WHERE {
  <ACTOR> ?relation ?other . ?other <http://www.w3.org/2004/02/skos/core#prefLabel> ?label }"""
RUNAWAY = "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER(?a != ?d && ?d != ?g) }"
MILLION = "SELECT ?s ?p ?o WHERE { ?s ?p ?o } LIMIT 1000000"
AGGREGATE = """PREFIX rw: <https://rawabit.example/ns#>
SELECT ?status (COUNT(*) AS ?n) WHERE { ?fact rw:status ?status } GROUP BY ?status"""
_FACTS_OF = """PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
SELECT ?actor (COUNT(*) AS ?n) WHERE { { ?f rdf:subject ?actor } UNION { ?f rdf:object ?actor } } GROUP BY ?actor"""


@dataclass(frozen=True, slots=True)
class Load:
    """What came of a load: sorted times in seconds, bytes, how often each status came, the server's processor time."""

    seconds: float
    times: tuple[float, ...]
    bytes: int
    statuses: dict[str, int]
    cpu: float

    @property
    def rate(self) -> float:
        return len(self.times) / self.seconds

    def quantile(self, share: float) -> float:
        """Return the milliseconds within which a share of the answers came."""
        return self.times[min(len(self.times) - 1, int(len(self.times) * share))] * 1000


class Bench:
    """One run: the servers, the actors, and a seed for what is asked."""

    def __init__(self, folder: Path, actors: dict[str, int]) -> None:
        self.folder, self.actors = folder, actors
        self.chance = random.Random(SEED)
        median = statistics.median_low(sorted(actors.values()))
        self.ordinary = [actor for actor, facts in actors.items() if facts == median]
        most = max(actors.values())
        self.hubs = [actor for actor, facts in actors.items() if facts == most]
        self.median, self.most = median, most

    def load(
        self,
        server: Server,
        targets: Sequence[str],
        *,
        connections: int = CONNECTIONS,
        seconds: float = SECONDS,
        requests: int | None = None,
        accept: str = JSON_ROWS,
    ) -> Load:
        """Load a server from another process."""
        task, result = self.folder / "task.json", self.folder / "result.json"
        said = {"port": server.port, "targets": targets, "connections": connections, "seconds": seconds}
        task.write_text(json.dumps({**said, "requests": requests, "accept": accept}), encoding="utf-8")
        cpu = server.cpu()
        subprocess.run([sys.executable, str(LOAD), str(task), str(result)], check=True, timeout=seconds + 120)
        cpu = server.cpu() - cpu
        found = json.loads(result.read_text(encoding="utf-8"))
        return Load(found["seconds"], tuple(sorted(found["times"])), found["bytes"], found["statuses"], cpu)

    def hops(self, server: Server, query: str, number: int = 12_000) -> list[str]:
        """Return requests for the surroundings of random actors, none of them twice."""
        chosen = self.chance.sample(sorted(self.actors), min(number, len(self.actors)))
        return [ask(server, query.replace("ACTOR", actor)) for actor in chosen]


def ask(server: Server, query: str) -> str:
    """Return the target of a query."""
    return f"{server.path}?query={quote(query)}"


def relationships(actor: str) -> str:
    """Return the target of the first page of an actor's facts."""
    return f"/actors/{quote(unquote(actor.removeprefix(f'{BASE}entity/')), safe='')}/relationships"


def compare_hops(bench: Bench, ours: Server, peer: Server, query: str, rounds: int) -> tuple[float, float, float]:
    """Print both servers' rates; return the ratio of rates, our p99 and the peer's."""
    found: dict[str, list[Load]] = {ours.name: [], peer.name: []}
    for round_ in range(rounds + 1):
        for server in (ours, peer) if round_ % 2 else (peer, ours):
            load = bench.load(server, bench.hops(server, query))
            if round_:  # the first warms both up
                found[server.name].append(load)
    for name, loads in found.items():
        print(
            f"  {name:16} {_median(load.rate for load in loads):8.0f} /s   "
            f"p50 {_median(load.quantile(0.5) for load in loads):6.1f} ms   "
            f"p99 {_median(load.quantile(0.99) for load in loads):6.1f} ms   "
            f"processor {_median(load.cpu / len(load.times) * 1e6 for load in loads):5.0f} us each   {_statuses(loads)}"
        )
    ratio = _median(mine.rate / its.rate for mine, its in zip(found[ours.name], found[peer.name], strict=True))
    p99 = [_median(load.quantile(0.99) for load in found[name]) for name in (ours.name, peer.name)]
    print(f"  {ratio:.2f} times {peer.name}", flush=True)
    return ratio, p99[0], p99[1]


@contextmanager
def runaways(server: Server, number: int = 2) -> Iterator[Counter[int]]:
    """Keep queries that never end in flight; yields how their statuses add up."""
    stop, statuses = threading.Event(), Counter[int]()

    def keep_asking() -> None:
        while not stop.is_set():
            try:
                url = f"http://127.0.0.1:{server.port}{ask(server, RUNAWAY)}"
                with urllib.request.urlopen(url, timeout=60) as answer:
                    statuses[answer.status] += 1
            except urllib.error.HTTPError as error:
                statuses[error.code] += 1

    threads = [threading.Thread(target=keep_asking, daemon=True) for _ in range(number)]
    for thread in threads:
        thread.start()
    time.sleep(0.5)
    try:
        yield statuses
    finally:
        stop.set()


def measure_runaways(bench: Bench, ours: Server) -> float:
    """Print what two runaways do to everything else; return the p99 of short queries beside them."""
    kinds = {
        "one hop": bench.hops(ours, ONE_HOP, 400),
        "search": [f"/actors?q={quote(str(actor).rpartition('/')[2][-4:])}" for actor in bench.ordinary[:200]],
        "hub's page": [relationships(actor) for actor in bench.hubs],
        "aggregate": [ask(ours, AGGREGATE)],
    }
    sizes = {"one hop": 400, "search": 200, "hub's page": 60, "aggregate": 25}

    def time_kinds() -> dict[str, float]:
        return {
            kind: bench.load(ours, targets, connections=1, requests=sizes[kind], seconds=20).quantile(0.5)
            for kind, targets in kinds.items()
        }

    time_kinds()
    alone = time_kinds()
    with runaways(ours) as statuses:
        short = [bench.load(ours, bench.hops(ours, ONE_HOP), seconds=4) for _ in range(3)]
        beside = time_kinds()
    p99 = _median(load.quantile(0.99) for load in short)
    print(
        f"  one hop, 16 connections: {_median(load.rate for load in short):.0f} /s, p99 {p99:.1f} ms {_statuses(short)}"
    )
    for kind in kinds:
        slower = beside[kind] / alone[kind]
        print(f"  {kind:12} p50 {alone[kind]:7.1f} ms alone   {beside[kind]:7.1f} ms beside   {slower:.2f} times")
    print(f"  the runaways themselves: {dict(statuses)}", flush=True)
    return p99


def measure_pages(bench: Bench, ours: Server) -> None:
    """Print the times of the first page of relationships, of ordinary actors and of hubs."""
    for name, actors, facts in (("median actor", bench.ordinary, bench.median), ("hub", bench.hubs, bench.most)):
        chosen = bench.chance.sample(actors, min(len(actors), 300))
        first = bench.load(ours, [relationships(actor) for actor in chosen], connections=1, requests=len(chosen))
        again = bench.load(ours, [relationships(actor) for actor in chosen], connections=1, requests=300, seconds=20)
        print(
            f"  {name:12} ({facts} facts)   p50 {again.quantile(0.5):6.1f} ms   p99 {again.quantile(0.99):6.1f} ms   "
            f"asked for the first time p50 {first.quantile(0.5):6.1f} ms {_statuses([again])}",
            flush=True,
        )


def measure_stream(bench: Bench, ours: Server, peer: Server) -> float:
    """Print how fast a million rows come, and what memory that takes; return the ratio of rates."""
    times: dict[str, list[float]] = {ours.name: [], peer.name: []}
    before, peaks = ours.memory(), list[int]()
    for _ in range(3):
        for server in (ours, peer):
            stop = threading.Event()
            watching = threading.Thread(target=_watch_memory, args=(ours, stop, peaks))
            watching.start()
            load = bench.load(server, [ask(server, MILLION)], connections=1, requests=1, seconds=60)
            stop.set()
            watching.join()
            times[server.name].append(load.times[0])
    for name, found in times.items():
        print(f"  {name:16} {1e6 / _median(found):10.0f} rows/s")
    ratio = _median(its / mine for mine, its in zip(times[ours.name], times[peer.name], strict=True))
    print(f"  {ratio:.2f} times {peer.name}; our memory grew by {(max(peaks) - before) / 1e6:.0f} MB", flush=True)
    return ratio


def _watch_memory(server: Server, stop: threading.Event, peaks: list[int]) -> None:
    while not stop.wait(0.1):
        peaks.append(server.memory())


def measure_kills(bench: Bench, ours: Server) -> None:
    """Print what becomes of requests while a worker is killed five times a second."""
    stop, killed = threading.Event(), list[int]()

    def keep_killing() -> None:
        while not stop.wait(0.2):
            workers = ours.processes()[2:]  # after the server comes the process that forks them
            if workers:
                killed.append(bench.chance.choice(workers))
                os.kill(killed[-1], signal.SIGKILL)

    killing = threading.Thread(target=keep_killing)
    killing.start()
    load = bench.load(ours, bench.hops(ours, ONE_HOP), seconds=6)
    stop.set()
    killing.join()
    print(
        f"  {len(killed)} workers killed: {load.rate:.0f} /s, p99 {load.quantile(0.99):.1f} ms, {_statuses([load])}",
        flush=True,
    )


def _median(numbers: Iterator[float] | Sequence[float]) -> float:
    return statistics.median(numbers)


def _statuses(loads: Sequence[Load]) -> dict[str, int]:
    total = Counter[str]()
    for load in loads:
        total.update(load.statuses)
    return dict(total)


def count_facts(data: Path) -> tuple[int, dict[str, int]]:
    """Return how many triples the data have, and how many facts name each actor."""
    store = ox.Store.read_only(str(data))
    solutions = store.query(_FACTS_OF, use_default_graph_as_union=True)
    assert isinstance(solutions, ox.QuerySolutions)
    return len(store), {row["actor"].value: int(row["n"].value) for row in solutions}  # type: ignore[union-attr]


def dump_triples(data: Path, path: Path) -> Path:
    """Write the triples of all graphs as one file of N-Triples."""
    with path.open("wb") as file:
        for quad in ox.Store.read_only(str(data)):
            file.write(f"{quad.subject} {quad.predicate} {quad.object} .\n".encode())
    return path


def main() -> None:
    """Build, start, measure, print."""
    parser = argparse.ArgumentParser(description="Compares Rawabit over HTTP with oxigraph and rdflib-endpoint")
    parser.add_argument("--scale", type=float, default=1.0, help="the share of 1.2 million triples")
    parser.add_argument("--store", type=Path, help="a store that event_news.py has built, to save that time")
    arguments = parser.parse_args()
    with TemporaryDirectory(prefix="rawabit-http-") as folder, ExitStack() as stack:
        store = arguments.store or Path(folder, "store")
        if arguments.store is None:
            build_news_store(store, Scale.of(arguments.scale))
        data = next((store / "checkpoints").glob("0*")) / "data"
        triples, actors = count_facts(data)
        bench = Bench(Path(folder), actors)
        print(f"{triples:,} triples, {len(actors):,} actors, {len(bench.hubs)} of them with {bench.most} facts")
        run(bench, store, data, stack)


def run(bench: Bench, store: Path, data: Path, stack: ExitStack) -> None:
    """Measure all there is, against one peer after the other."""
    ours = stack.enter_context(servers.rawabit(store))
    with servers.oxigraph(data) as peer:
        print("one hop")
        vs_oxigraph, *p99 = compare_hops(bench, ours, peer, ONE_HOP, ROUNDS)
        print("plain hop")
        compare_hops(bench, ours, peer, PLAIN_HOP, 3)
        print("stream of a million rows")
        stream = measure_stream(bench, ours, peer)
    print("first page of relationships")
    measure_pages(bench, ours)
    print("beside two runaways")
    beside = measure_runaways(bench, ours)
    print("kill -9 of workers under load")
    measure_kills(bench, ours)
    print("one hop, rdflib-endpoint")
    with servers.rdflib_endpoint(dump_triples(data, bench.folder / "news.nt")) as endpoint:
        vs_rdflib, *_ = compare_hops(bench, ours, endpoint, ONE_HOP, 2)
    print(f"figure stream_vs_oxigraph {stream:.2f}")
    print(f"figure p99_ms {p99[0]:.1f}")
    print(f"figure p99_ms_oxigraph {p99[1]:.1f}")
    print(f"figure vs_oxigraph {vs_oxigraph:.2f}")
    print(f"figure vs_rdflib_endpoint {vs_rdflib:.1f}")
    print(f"figure p99_ms_beside_runaways {beside:.1f}")


if __name__ == "__main__":
    main()
