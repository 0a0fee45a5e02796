"""Reads annotated articles with weights that were learned without them, and prints how right the facts are.

    python benchmarks/crossvalidate.py train.jsonl [--rough judged.jsonl] [--folds 4]

The articles are dealt into folds. Those of each fold are read with weights learned from all others, and from the
articles of --rough, which count less and are not measured. So every figure is of articles that the weights have not
seen, and the share right in each tenth of confidence is what a reader of new articles may expect. The lines that
begin with `figure` are the result.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from quality import Reading, print_curve

from graph.config import Settings
from graph.evaluate import Record, parse_record, read_records
from graph.extract.scoring import PairScorer
from graph.extract.weigh import Weigher
from graph.model import Document
from graph.pipeline import Reader
from graph.rdf.vocabulary import Vocabulary
from graph.records import to_record
from graph.sources.reader import read_sources
from graph.training import Article, learn_weights

SEED = 7


def read_articles(path: Path) -> list[Article]:
    """Return the articles of a file with their annotations, each id once."""
    records = read_records(path)
    documents = {each.id: each for each in read_sources([path]) if isinstance(each, Document)}
    return [(document, records[name]) for name, document in documents.items()]


def learn(reader: Reader, articles: Sequence[Article], rough: Sequence[Article]) -> Reader:
    """Return the reader with weights learned from some articles."""
    return replace(reader, weigher=Weigher(PairScorer(learn_weights(reader, articles, rough))))


def read_unseen(reader: Reader, articles: Sequence[Article], rough: Sequence[Article], folds: int) -> Reading:
    """Return what is read of each article with weights learned without it."""
    dealt = list(articles)
    random.Random(SEED).shuffle(dealt)
    found: dict[str, Record] = {}
    for fold in range(folds):
        others = [article for number, article in enumerate(dealt) if number % folds != fold]
        learned = learn(reader, others, rough)
        for document, _ in dealt[fold::folds]:
            found[document.id] = parse_record(to_record(learned.read(document)))
    return Reading("unseen articles", {record.id: record for _, record in dealt}, found, Vocabulary.load().symmetric)


def main() -> None:
    """Learn, read and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path, help="annotated articles to measure on and to learn from")
    parser.add_argument(
        "--rough", type=Path, action="append", default=[], help="roughly annotated articles, to learn from"
    )
    parser.add_argument("--folds", type=int, default=4)
    options = parser.parse_args()
    reader = Reader.load(Settings.from_environment())
    rough = [article for path in options.rough for article in read_articles(path)]
    reading = read_unseen(reader, read_articles(options.gold), rough, options.folds)
    error = print_curve(reading)
    result = reading.evaluate()
    for name, counts in (("relations", result.relations), ("deeds", result.deeds)):
        print(f"figure {name}_f1 {counts.f1:.3f}")
        print(f"figure {name}_precision {counts.precision:.3f}")
        print(f"figure {name}_recall {counts.recall:.3f}")
    print(f"figure calibration_error {error:.3f}")


if __name__ == "__main__":
    main()
