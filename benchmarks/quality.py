"""Reads annotated articles and prints how much of them each reader finds, how much of it is right, and how sure it is.

    python benchmarks/quality.py [--readers grammar,hybrid,camel] [--gold FOLDER] [--no-curve]

Our own articles and sentences in tests/gold are always read. Where a folder of annotated articles lies beside the
checkout (../shared/gold, or --gold), its dev.jsonl, seeds.jsonl and train.jsonl are read, too. The reader's weights
were learned from train.jsonl and chosen by dev.jsonl: train is the ceiling, and a wide gap between the two means that
the reader was fitted to sentences.

Figures are those of `rawabit evaluate`: what gold marks optional costs nothing. "Deeds" are all relations but
holdsOffice, partOf and memberOf. Readers are those that work offline and lack nothing here, unless --readers names
others. The lines that begin with `figure` are the result; those of a reader end with its name, those without a name are
of the first.
"""

from __future__ import annotations

import argparse
import importlib.util
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

from readers import add_readers_option, open_readers

from graph.evaluate import Counts, Evaluation, Record, evaluate, parse_record, read_records
from graph.extract.base import Extractor
from graph.model import Document
from graph.rdf.vocabulary import Vocabulary
from graph.records import to_record
from graph.sources.reader import read_sources

ROOT = Path(__file__).resolve().parents[1]
BESIDE = ROOT.parent / "shared" / "gold"
OURS = ROOT / "tests" / "gold" / "documents.jsonl"
SETS = ("dev", "seeds", "train")
TENTHS = tuple(number / 10 for number in range(10))


@dataclass(frozen=True, slots=True)
class Reading:
    """A set of annotated articles with what was read from them, and how many words a second that was."""

    name: str
    gold: Mapping[str, Record]
    found: Mapping[str, Record]
    symmetric: frozenset[str]
    rate: float = 0.0

    def evaluate(self, least: float = 0.0) -> Evaluation:
        """Compare the two, facts below a confidence left out."""
        return evaluate(self.gold, self.found, symmetric=self.symmetric, min_confidence=least)


def read_set(reader: Extractor, name: str, path: Path) -> Reading:
    """Read the articles of a file of gold records."""
    documents = [each for each in read_sources([path]) if isinstance(each, Document)]
    started = time.perf_counter()
    read = [reader.read(document) for document in documents]
    rate = sum(len(each.text.split()) for each in documents) / (time.perf_counter() - started)
    found = {each.document.id: parse_record(to_record(each)) for each in read}
    return Reading(name, read_records(path), found, Vocabulary.load().symmetric, rate)


def share(part: float, whole: float) -> float:
    """Return part of whole, 0 where there is none."""
    return part / whole if whole else 0.0


ROWS: tuple[tuple[str, Callable[[Evaluation], float]], ...] = (
    ("relations F1", lambda each: each.relations.f1),
    ("relations precision", lambda each: each.relations.precision),
    ("relations recall", lambda each: each.relations.recall),
    ("deeds F1", lambda each: each.deeds.f1),
    ("deeds precision", lambda each: each.deeds.precision),
    ("deeds recall", lambda each: each.deeds.recall),
    ("entities F1", lambda each: each.entities.f1),
    ("actor pairs recall", lambda each: share(each.pairs_found, each.pairs_wanted)),
    ("status right", lambda each: share(each.status_right, each.relations.hits)),
    ("date right", lambda each: share(each.date_right, each.dated)),
)


def print_figures(results: Mapping[str, Evaluation]) -> None:
    """Print a column for each set."""
    print(f"{'':<22}" + "".join(f"{name:>10}" for name in results))
    print(f"{'articles':<22}" + "".join(f"{each.documents:>10}" for each in results.values()))
    wanted = (each.relations.hits + each.relations.missed for each in results.values())
    print(f"{'relations wanted':<22}" + "".join(f"{number:>10}" for number in wanted))
    for name, figure in ROWS:
        print(f"{name:<22}" + "".join(f"{figure(each):>10.3f}" for each in results.values()))


def print_predicates(results: Mapping[str, Evaluation]) -> None:
    """Print F1 by relation, with how often gold wants it, the commonest first."""
    names: dict[str, int] = {}
    for result in results.values():
        for name, counts in result.by_predicate.items():
            names[name] = names.get(name, 0) + counts.hits + counts.missed
    print(f"\n{'F1 (wanted)':<22}" + "".join(f"{name:>14}" for name in results))
    for name in sorted(names, key=lambda each: (-names[each], each)):
        cells = (result.by_predicate.get(name, Counts()) for result in results.values())
        print(f"{name:<22}" + "".join(f"{f'{c.f1:.2f} ({c.hits + c.missed})':>14}" for c in cells))


def print_curve(reading: Reading) -> float:
    """Print what a least confidence trades, and the share right in each tenth; return the calibration error."""
    results = [reading.evaluate(least) for least in TENTHS]
    print(
        f"\nconfidence on {reading.name}: at or above the least (all relations | deeds); within the tenth (all | deeds)"
    )
    print(
        f"{'least':>6}{'precision':>11}{'recall':>8}{'F1':>7} |{'precision':>10}{'recall':>8}{'F1':>7}"
        f" ||{'facts':>6}{'right':>7} |{'facts':>6}{'right':>7}"
    )
    error, judged = 0.0, 0
    for index, (least, result) in enumerate(zip(TENTHS, results, strict=True)):
        above = results[index + 1] if index + 1 < len(results) else None
        tenths = [_within(each, over) for each, over in _both(result, above)]
        cells = [f"{sum(each):>6}{_percent(each):>7}" for each in tenths]
        all_of, deeds = result.relations, result.deeds
        print(
            f"{least:>6.1f}{all_of.precision:>11.3f}{all_of.recall:>8.3f}{all_of.f1:>7.3f} |"
            f"{deeds.precision:>10.3f}{deeds.recall:>8.3f}{deeds.f1:>7.3f} ||{' |'.join(cells)}"
        )
        right, wrong = tenths[0]
        if right + wrong:
            error += abs(right - (right + wrong) * (least + 0.05))
            judged += right + wrong
    return share(error, judged)


def _both(result: Evaluation, above: Evaluation | None) -> Iterator[tuple[Counts, Counts]]:
    yield result.relations, above.relations if above is not None else Counts()
    yield result.deeds, above.deeds if above is not None else Counts()


def _within(at: Counts, above: Counts) -> tuple[int, int]:
    """Return how many facts of a tenth are right and how many wrong."""
    return at.hits - above.hits, at.extra - above.extra


def _percent(counts: tuple[int, int]) -> str:
    return f"{share(counts[0], sum(counts)):.0%}" if sum(counts) else "-"


def load_report() -> ModuleType:
    """Return tests/gold_report.py, which judges our own sentences; tests are no package, so it comes from its file."""
    spec = importlib.util.spec_from_file_location("gold_report", ROOT / "tests" / "gold_report.py")
    if spec is None or spec.loader is None:
        raise SystemExit("tests/gold_report.py is missing: run this from a checkout.")
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def judge_sentences(reader: Extractor) -> dict[str, float]:
    """Read our own gold sentences, print them by family, and return their figures."""
    report = load_report()
    verdicts = report.judge_all(reader, report.load_cases())
    print(f"\nour own sentences\n{report.table(verdicts)}")
    found = sum(len(each.hits) for each in verdicts)
    traps = sum(bool(each.case.never) or each.case.only for each in verdicts)
    return {
        "sentences_recall": report.recall(verdicts),
        "sentences_status": share(sum(each.status_right for each in verdicts), found),
        "sentences_traps_held": 1 - share(sum(bool(each.violations) for each in verdicts), traps),
    }


def measure(
    reader: Extractor, paths: Mapping[str, Path], *, curve: bool
) -> tuple[dict[str, Reading], dict[str, float]]:
    """Print all of one reader; return what it read of each set, and its figures."""
    readings = {name: read_set(reader, name, path) for name, path in paths.items() if path.exists()}
    results = {name: reading.evaluate() for name, reading in readings.items()}
    print_figures(results)
    figures: dict[str, float] = {}
    if curve:
        print_predicates(results)
        for name in ("dev", "train") if "dev" in readings else ("ours",):
            if name in readings:
                figures[f"{name}_calibration_error"] = print_curve(readings[name])
    return readings, figures | judge_sentences(reader) | list_figures(results)


def list_figures(results: Mapping[str, Evaluation]) -> dict[str, float]:
    """Return the figures of the sets by name."""
    figures: dict[str, float] = {}
    for name, result in results.items():
        figures |= {
            f"{name}_status": share(result.status_right, result.relations.hits),
            f"{name}_date": share(result.date_right, result.dated),
            f"{name}_entities_f1": result.entities.f1,
            f"{name}_deeds_precision": result.deeds.precision,
            f"{name}_precision": result.relations.precision,
            f"{name}_deeds_f1": result.deeds.f1,
            f"{name}_f1": result.relations.f1,
        }
    if {"train", "dev"} <= results.keys():
        figures["train_dev_gap"] = figures["train_f1"] - figures["dev_f1"]
    return figures


def print_readers(readings: Mapping[str, Reading]) -> None:
    """Print a column for each reader, of the same articles."""
    print_figures({name: reading.evaluate() for name, reading in readings.items()})
    print(f"{'words a second':<22}" + "".join(f"{reading.rate:>10,.0f}" for reading in readings.values()))


def main() -> None:
    """Read all sets by all readers and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    add_readers_option(parser)
    parser.add_argument("--gold", type=Path, default=BESIDE, help="a folder with dev.jsonl, seeds.jsonl, train.jsonl")
    parser.add_argument("--no-curve", action="store_true", help="leave the tables of confidence and relations out")
    options = parser.parse_args()
    started = time.process_time()
    paths = {name: options.gold / f"{name}.jsonl" for name in SETS} | {"ours": OURS}
    judged = "dev" if paths["dev"].exists() else "ours"
    figures: dict[str, float] = {}
    compared: dict[str, Reading] = {}
    for name, reader in open_readers(options.readers).items():
        print(f"\n== {name}")
        readings, of_reader = measure(reader, paths, curve=not options.no_curve)
        compared[name] = readings[judged]
        figures = (figures or of_reader) | {f"{figure}_{name}": value for figure, value in of_reader.items()}
    print(f"\n== readers on {judged}")
    print_readers(compared)
    print(f"\n{time.process_time() - started:.0f} s CPU")
    # What is looked for first stands last.
    last = {f"{judged}_{what}_{name}": 0.0 for what in ("deeds_f1", "f1") for name in compared}
    for figure in [*(each for each in figures if each not in last), *last]:
        print(f"figure {figure} {figures[figure]:.3f}")


if __name__ == "__main__":
    main()
