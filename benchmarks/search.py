"""Times the search for actors by name: 50,000 of them, with names in both scripts, some in far more facts than others.

    python benchmarks/search.py [--actors 50000] [--queries 2000]

Names are made of the words of seeds/people.csv, so that most words are shared by many actors, which is what makes a
search slow. Queries are names whole, parts of them, beginnings, spellings with a wrong, missing or swapped letter, and
those of tests/search/queries.tsv, in turn. The lines that begin with `figure` are the result: milliseconds for a page
of 20, by the clock and of the processor alone (which other programs do not slow), and the processor's seconds that
making the index takes.
"""

from __future__ import annotations

import argparse
import csv
import random
import time
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from pyoxigraph import RdfFormat, Store

from graph.rdf.namespaces import RDF, RW, SKOS
from graph.rdf.terms import write_text
from graph.store.index import NameIndex
from graph.store.index_writer import write_index

ROOT = Path(__file__).resolve().parents[1]
SEED = 20240129
KINDS = ("Person", "Person", "Organization", "Place")
BASE = "https://rawabit.example/id/"


def read_words() -> tuple[list[str], list[str]]:
    """Return the words of people's names, in Arabic and in Latin letters, each as often as it stands there."""
    with (ROOT / "seeds" / "people.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return [w for row in rows for w in row["ar"].split()], [w for row in rows for w in row["en"].split()]


def make_names(number: int, chance: random.Random) -> list[tuple[str, str]]:
    """Return different names of two to four words in both scripts."""
    arabic, latin = read_words()
    names: dict[str, str] = {}
    while len(names) < number:
        length = chance.choice((2, 2, 3, 3, 4))
        name = " ".join(chance.choice(arabic) for _ in range(length))
        names.setdefault(name, " ".join(chance.choice(latin) for _ in range(length)))
    return [*names.items()]


def write_triples(names: list[tuple[str, str]], chance: random.Random) -> Iterator[str]:
    """Yield N-Triples: who is called what, and five facts an actor, most of them about few."""
    iris = [f"<{BASE}entity/person/{number}>" for number in range(len(names))]
    for number, (iri, (ar, en)) in enumerate(zip(iris, names, strict=True)):
        yield f"{iri} <{RDF}type> <{RW}{KINDS[number % len(KINDS)]}> ."
        yield f"{iri} <{SKOS}prefLabel> {write_text(ar, 'ar')} ."
        yield f"{iri} <{SKOS}prefLabel> {write_text(en, 'en')} ."
    for number in range(5 * len(names)):
        fact = f"<{BASE}document/{number // 4}/fact/{number}>"
        yield f"{fact} <{RDF}subject> {iris[int(len(iris) * chance.random() ** 3)]} ."
        yield f"{fact} <{RDF}object> {chance.choice(iris)} ."
        yield f"{fact} <{RW}statement> <{BASE}statement/{number}> ."


def misspell(text: str, chance: random.Random) -> str:
    """Return text with a letter left out, doubled or swapped with the next."""
    place = chance.randrange(len(text) - 1)
    one, other = text[place], text[place + 1]
    return (
        text[:place] + chance.choice(("", one + one, other + one)) + text[place + (2 if chance.random() < 0.3 else 1) :]
    )


def make_queries(names: list[tuple[str, str]], number: int, chance: random.Random) -> list[str]:
    """Return what people might type."""
    lines = (ROOT / "tests" / "search" / "queries.tsv").read_text(encoding="utf-8").splitlines()
    typed = [line.partition("\t")[0] for line in lines if "\t" in line and not line.startswith("#")]
    made = []
    for turn in range(number):
        name = chance.choice(chance.choice(names))
        made.append(
            (
                name,
                chance.choice(name.split()),
                name[: chance.randrange(2, 6)],
                misspell(name, chance),
                misspell(chance.choice(name.split()) + " ", chance),
                typed[turn % len(typed)],
            )[turn % 6]
        )
    return made


def time_queries(index: NameIndex, queries: list[str]) -> tuple[list[float], list[float]]:
    """Return how many milliseconds each search takes, by the clock and of the processor, sorted."""
    clock, processor = [], []
    for query in queries:
        started, used = time.perf_counter(), time.process_time()
        index.search(query, limit=20)
        clock.append(1000 * (time.perf_counter() - started))
        processor.append(1000 * (time.process_time() - used))
    return sorted(clock), sorted(processor)


def main() -> None:
    """Make the store, its index and the queries, and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--actors", type=int, default=50_000)
    parser.add_argument("--queries", type=int, default=2_000)
    options = parser.parse_args()
    chance = random.Random(SEED)
    names = make_names(options.actors, chance)
    store = Store()
    store.bulk_load("\n".join(write_triples(names, chance)).encode(), RdfFormat.N_TRIPLES)
    with TemporaryDirectory() as folder:
        path = Path(folder) / "names.sqlite"
        started = time.process_time()
        write_index(path, store)
        seconds = time.process_time() - started
        print(f"{options.actors:,} actors, an index of {path.stat().st_size / 1e6:.0f} MB")
        index = NameIndex.open(path)
        times, used = time_queries(index, make_queries(names, options.queries, chance))
        index.close()
    print(f"figure search_p50_ms {times[len(times) // 2]:.2f}")
    print(f"figure search_p50_cpu_ms {used[len(used) // 2]:.2f}")
    print(f"figure search_p95_ms {times[len(times) * 95 // 100]:.2f}")
    print(f"figure search_longest_ms {times[-1]:.2f}")
    print(f"figure index_seconds {seconds:.1f}")


if __name__ == "__main__":
    main()
