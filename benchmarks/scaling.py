"""Measures what an article costs, in time of one core and in bytes, and reckons what ten million and a billion cost.

    python benchmarks/scaling.py [--documents 200] [--copies 3000]

Articles are read in this process, made of the sentences of the sample corpus by benchmarks/corpus.py. What is stored
are these and copies of them under other ids, without the sketches by which they would be taken for copies.
"""

from __future__ import annotations

import argparse
import gzip
import os
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeVar

from corpus import write_articles

from graph.config import Settings
from graph.intake import Intake, IntakeSetup, ReadDocument
from graph.rdf.encode import EncodedDocument
from graph.rdf.reports import BAND, MINIMA
from graph.rdf.vocabulary import read_ontology
from graph.sources.reader import read_sources
from graph.store.checkpoint import DATA, FACTS, NAMES
from graph.store.embedded import EmbeddedStore

DAY = 86_400
T = TypeVar("T")


def cpu(work: Callable[[], T]) -> tuple[T, float]:
    """Return what is made and the seconds of processor time that it took, with those of processes that it started."""
    began = _spent()
    made = work()
    return made, _spent() - began


def _spent() -> float:
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


def read_all(intake: Intake, folder: Path) -> tuple[list[EncodedDocument], int]:
    """Return the documents of a folder, and how many words they have."""
    encoded, words = [], 0
    for document in read_sources([folder]):
        outcome = intake.take(document)  # type: ignore[arg-type]
        if isinstance(outcome, ReadDocument):
            encoded.append(outcome.encoded)
            words += len(document.text.split())  # type: ignore[union-attr]
    return encoded, words


def copies_of(documents: list[EncodedDocument], wanted: int) -> Iterator[EncodedDocument]:
    """Yield documents under other ids."""
    for number in range(wanted):
        document = documents[number % len(documents)]
        old, new = document.iri, f"{document.iri}-{number}"
        triples = tuple(
            (s.replace(old, new), p, o.replace(old, new) if o.startswith("<") else o)
            for s, p, o in document.triples
            if p not in (BAND, MINIMA)
        )
        yield replace(document, id=f"{document.id}-{number}", iri=new, graph=f"{new}/graph", triples=triples)


def size_of(path: Path) -> int:
    return (
        sum(each.stat().st_size for each in path.rglob("*") if each.is_file()) if path.is_dir() else path.stat().st_size
    )


def main() -> None:
    parser = argparse.ArgumentParser(description="Measures what an article costs, and reckons for many")
    parser.add_argument("--documents", type=int, default=200)
    parser.add_argument("--copies", type=int, default=3000)
    arguments = parser.parse_args()
    with TemporaryDirectory() as name:
        home = Path(name)
        (home / "articles").mkdir()
        write_articles(home / "articles" / "articles.jsonl", arguments.documents)
        settings = Settings(store=home / "store")
        intake = IntakeSetup(settings, settings.base_iri).load()
        (documents, words), read_seconds = cpu(lambda: read_all(intake, home / "articles"))
        count = len(documents)
        quads = sum(len(each.triples) for each in documents)
        shard = gzip.compress("".join(each.to_nquads() for each in documents).encode(), 6)
        with EmbeddedStore.open(settings.store, create=True) as store:
            store.replace_ontology(read_ontology())
            stored = [*copies_of(documents, arguments.copies)]
            _, load_seconds = cpu(lambda: store.put_documents(stored))
            checkpoint, index_seconds = cpu(lambda: store.checkpoint(compact=True))
        loaded = sum(len(each.triples) for each in stored)
        data, indexes = size_of(checkpoint / DATA), size_of(checkpoint / NAMES) + size_of(checkpoint / FACTS)
    figures = {
        "words_per_article": words / count,
        "quads_per_article": quads / count,
        "words_per_core_second": words / read_seconds,
        "quads_loaded_per_core_second": loaded / load_seconds,
        "index_articles_per_core_second": len(stored) / index_seconds,
        "store_bytes_per_article": data / len(stored),
        "index_bytes_per_article": indexes / len(stored),
        "shard_bytes_per_article": len(shard) / count,
    }
    for name, value in figures.items():
        print(f"figure {name} {value:.0f}")
    for articles in (10_000_000, 1_000_000_000):
        reading = articles * figures["words_per_article"] / figures["words_per_core_second"]
        loading = articles * figures["quads_per_article"] / figures["quads_loaded_per_core_second"]
        indexing = articles / figures["index_articles_per_core_second"]
        disk = articles * (figures["store_bytes_per_article"] + figures["index_bytes_per_article"])
        print(
            f"{articles:,} articles: {articles * figures['quads_per_article'] / 1e9:.1f} G quads, reading "
            f"{reading / DAY:.1f} core-days, loading {loading / DAY:.1f} core-days, indexes {indexing / DAY:.1f} "
            f"core-days, {disk / 1e12:.2f} TB of store, "
            f"{articles * figures['shard_bytes_per_article'] / 1e12:.2f} TB of shards"
        )


if __name__ == "__main__":
    main()
