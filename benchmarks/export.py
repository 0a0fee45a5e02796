"""Writes a synthetic network of 50,000 nodes and 250,000 edges as GEXF, beside networkx's own writer in the same run.

    python benchmarks/export.py [--small] [--linear]

`--small` takes a hundredth of the size; `--linear` also writes 500,000, 1,000,000 and 2,000,000 edges. The lines that
begin with `figure` are the result: how many times faster than networkx, and the writer's own peak memory.
"""

from __future__ import annotations

import argparse
import random
import time
import tracemalloc
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import networkx as nx

from graph.model import Status
from graph.network.collect import edge_id
from graph.network.export.gexf import write_gexf
from graph.network.network import Edge, Network, Node, Relation

SEED = 20240129
SENTENCE = (
    "قال متحدث باسم الوزارة إن الجانبين بحثا «التعاون المشترك» واتفقا على المضي فيه خلال الأسابيع المقبلة & ما بعدها."
)
RELATIONS = (
    Relation("met", "التقى", "met", "diplomacy", "CONSULT", symmetric=True),
    Relation("supplies", "زوّد", "supplies", "aid", "AID"),
    Relation("criticized", "انتقد", "criticized", "conflict", "ACCUSE"),
    Relation("attacked", "هاجم", "attacked", "conflict", "ASSAULT"),
    Relation("holdsOffice", "يشغل منصبا في", "holds office", "standing", standing=True),
)
KINDS = ("Person", "Country", "Organization", "Place")


def make_network(nodes: int, edges: int) -> Network:
    """Return a network whose degrees are as uneven as news are, with dates, spells and sentences on its edges."""
    chance = random.Random(SEED)
    ids = [f"person/{number}" for number in range(nodes)]
    made = tuple(
        Node(id, KINDS[number % 4], f"الاسم {number}", f"Name {number}", iri=f"https://rawabit.example/id/entity/{id}")
        for number, id in enumerate(ids)
    )
    seen: set[tuple[str, str, str]] = set()
    ties = []
    while len(ties) < edges:
        source, target = ids[int(nodes * chance.random() ** 3)], ids[chance.randrange(nodes)]
        relation = chance.choice(RELATIONS)
        key = (source, relation.name, target)
        if source == target or key in seen:
            continue
        seen.add(key)
        days = sorted(
            f"20{chance.randrange(10, 25)}-{chance.randrange(1, 13):02}-{chance.randrange(1, 29):02}" for _ in "ab"
        )
        ties.append(
            Edge(
                edge_id(*key),
                source,
                target,
                relation.name,
                directed=not relation.symmetric,
                weight=chance.randrange(1, 9),
                first=days[0],
                last=days[1],
                spells=((days[0], days[0]), (days[1], days[1])) if days[0] != days[1] else ((days[0], days[0]),),
                confidence=round(chance.uniform(0.4, 1), 3),
                status=Status.ACTUAL,
                sentences=(f"{SENTENCE} {len(ties)}",),
                facts=(f"https://rawabit.example/id/document/{len(ties) // 4}/fact/{len(ties)}",),
            )
        )
    return Network(made, tuple(ties), {relation.name: relation for relation in RELATIONS}, title="actual")


def as_networkx(network: Network) -> Any:
    """Return the same network for networkx, with what its writer can carry: no spells, no colours, no kind."""
    peer = nx.MultiDiGraph()
    for node in network.nodes:
        peer.add_node(node.id, label=node.arabic, kind=node.kind, name_en=node.english, iri=node.iri)
    for edge in network.edges:
        peer.add_edge(
            edge.source,
            edge.target,
            key=edge.id,
            weight=edge.weight,
            relation=edge.relation,
            first_date=edge.first,
            last_date=edge.last,
            confidence=edge.confidence,
            status=str(edge.status),
            sentence_1=edge.sentences[0],
            fact=edge.facts[0],
        )
    return peer


def time_writer(network: Network, path: Path) -> float:
    """Return the CPU seconds that our writer takes to write a file: other programs on the machine do not count."""
    started = time.process_time()
    with path.open("wb") as stream:
        write_gexf(network, stream)
    return time.process_time() - started


def peak_memory(network: Network, path: Path) -> float:
    """Return how many MB the writer needs at its peak, beyond the network itself."""
    tracemalloc.start()
    with path.open("wb") as stream:
        write_gexf(network, stream)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return peak / 1e6


def main() -> None:
    """Run both writers on one network and print the figures."""
    parser = argparse.ArgumentParser(description="GEXF: Rawabit's writer beside networkx's")
    parser.add_argument("--small", action="store_true", help="a hundredth of the size")
    parser.add_argument("--linear", action="store_true", help="also 500,000, 1,000,000 and 2,000,000 edges")
    arguments = parser.parse_args()
    nodes, edges = (500, 2_500) if arguments.small else (50_000, 250_000)
    network = make_network(nodes, edges)
    print(f"{nodes:,} nodes, {edges:,} edges")
    with TemporaryDirectory() as folder:
        path = Path(folder, "ours.gexf")
        ours = min(time_writer(network, path) for _ in range(3))
        print(f"rawabit   {ours:8.2f} s  {path.stat().st_size / 1e6:8.1f} MB file")
        peer, peer_path = as_networkx(network), Path(folder, "peer.gexf")
        started = time.process_time()
        nx.write_gexf(peer, peer_path, version="1.2draft")
        theirs = time.process_time() - started
        print(f"networkx  {theirs:8.2f} s  {peer_path.stat().st_size / 1e6:8.1f} MB file")
        del peer
        memory = peak_memory(network, path)
        if arguments.linear:
            for more in (500_000, 1_000_000, 2_000_000):
                network = make_network(nodes, more)
                seconds = time_writer(network, path)
                print(f"rawabit   {seconds:8.2f} s  {more:,} edges, {seconds / more * 1e6:.1f} µs an edge")
    print(f"figure gexf_memory_mb {memory:.1f}")
    print(f"figure gexf_speedup {theirs / ours:.1f}")


if __name__ == "__main__":
    main()
