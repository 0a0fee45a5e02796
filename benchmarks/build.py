"""Times `rawabit build` as a whole: cleaning, reading, encoding, checking, storing, indexes; its memory and its growth.

    python benchmarks/build.py [--articles 10000] [--growth] [--workers 2]

Articles of about 300 words are made up from seeds/documents (benchmarks/corpus.py). `rawabit build` runs as a user runs
it, into a new store, with as many workers as there are processors; a quarter of the articles is built so, too, and with
one worker. Times are of the clock, from start to exit, so the machine should be idle. Memory is that of the builder and
all its processes together, what they share counted once (PSS), the highest of samples taken each half second; the page
cache is not in it. With --growth, 1,000, 5,000 and 20,000 articles are built as well, and memory and time of the
largest run are compared with those of the smallest; without it a tenth of the articles is the small run.

Loading is what the builder with one worker spent on putting documents into the store, the shared graph among it; the
tail is what comes after the last document: identities, the checkpoint and its indexes. The lines that begin with
`figure` are the result: words_per_second and seconds of all articles with all workers; of a quarter of them
words_per_second_one_worker and workers_ratio, how much faster all workers are; quads_per_second of loading; memory_mb,
the highest of all runs; memory_growth from the smallest to the largest run, and linear the time an article in the
largest over that in the smallest (1: linear; less: the start weighs).
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from corpus import write_articles

ROOT = Path(__file__).resolve().parents[1]
GROWTH = (1_000, 5_000, 20_000)
SAMPLE_SECONDS = 0.5
_PROGRAM = f"import sys; sys.path.insert(0, {str(ROOT)!r}); from api.cli import main; main()"


@dataclass(frozen=True, slots=True)
class Run:
    """What one build took; `storing` is the part of it in which documents went into the store."""

    articles: int
    words: int
    workers: int
    seconds: float
    storing: float
    tail: float
    megabytes: float
    quads: int
    facts: int

    def print(self) -> None:
        """Print a line of the table."""
        print(
            f"{self.articles:>8,}{self.workers:>9}{self.seconds:>9.1f}{self.words / self.seconds:>10,.0f}"
            f"{self.storing:>9.1f}{self.tail:>8.1f}{self.megabytes:>9.0f}{self.quads:>13,}{self.facts:>11,}",
            flush=True,
        )


def run_build(folder: Path, articles: int, workers: int) -> Run:
    """Build a store of so many articles and watch it."""
    path, store, report = folder / f"{articles}.jsonl", folder / "store", folder / "report.json"
    counted = folder / f"{articles}.words"
    if not path.exists():
        counted.write_text(str(write_articles(path, articles)), encoding="utf-8")
    shutil.rmtree(store, ignore_errors=True)
    words = [
        "build",
        str(path),
        "--reader",
        "grammar",
        "--store",
        str(store),
        "--workers",
        str(workers),
        "--report",
        str(report),
    ]
    started = time.perf_counter()
    with subprocess.Popen([sys.executable, "-c", _PROGRAM, *words], stdout=subprocess.DEVNULL) as process:
        highest = 0.0
        while True:
            try:
                code = process.wait(SAMPLE_SECONDS)
                break
            except subprocess.TimeoutExpired:
                highest = max(highest, sum(map(proportional_megabytes, with_children(process.pid))))
    seconds = time.perf_counter() - started
    told = json.loads(report.read_text(encoding="utf-8"))
    if code != 0 or told["read"] != articles:
        raise SystemExit(f"the build of {articles} articles ended with code {code}: {told['refused'][:3]}")
    timings = told["timings"]
    tail = timings["resolving"] + timings["checkpoint"]
    facts = sum(told["facts"].values())
    quads = count_quads(store)
    return Run(
        articles,
        int(counted.read_text(encoding="utf-8")),
        workers,
        seconds,
        timings["storing"],
        tail,
        highest,
        quads,
        facts,
    )


def count_quads(store: Path) -> int:
    """Return how many quads a store has."""
    from graph.store.checkpoint import Checkpoint

    with Checkpoint.open(store) as checkpoint:
        ((count,),) = checkpoint.select("SELECT (COUNT(*) AS ?quads) WHERE { GRAPH ?graph { ?s ?p ?o } }").rows
    return int(count or 0)


def with_children(process: int) -> list[int]:
    """Return a process and all that descend from it."""
    parents: dict[int, int] = {}
    for entry in os.listdir("/proc"):
        if entry.isdecimal():
            try:
                stat = Path("/proc", entry, "stat").read_text(encoding="utf-8")
            except OSError:
                continue
            parents[int(entry)] = int(stat.rpartition(")")[2].split()[1])
    family = [process]
    for member in family:
        family += [child for child, parent in parents.items() if parent == member]
    return family


def proportional_megabytes(process: int) -> float:
    """Return the memory of a process, what it shares with others divided among them."""
    try:
        text = Path("/proc", str(process), "smaps_rollup").read_text(encoding="ascii")
    except OSError:
        return 0.0
    return sum(int(line.split()[1]) for line in text.splitlines() if line.startswith("Pss:")) / 1000


def main() -> None:
    """Build and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=10_000, help="how many articles are built")
    parser.add_argument("--workers", type=int, default=len(os.sched_getaffinity(0)), help="how many processes read")
    parser.add_argument("--growth", action="store_true", help="build 1,000, 5,000 and 20,000 articles, too")
    options = parser.parse_args()
    print(
        f"{'articles':>8}{'workers':>9}{'seconds':>9}{'words/s':>10}{'storing':>9}{'tail':>8}{'MB':>9}{'quads':>13}",
        end="",
    )
    print(f"{'facts':>11}")
    with tempfile.TemporaryDirectory(prefix="build-") as name:
        folder = Path(name)
        few, quarter = max(options.articles // 10, 1), max(options.articles // 4, 1)
        sizes = sorted({*(GROWTH if options.growth else (few,)), quarter, options.articles})
        several = {}
        for size in sizes:
            several[size] = run_build(folder, size, options.workers)
            several[size].print()
        one = run_build(folder, quarter, 1)
        one.print()
    main_run, least, most = several[options.articles], several[sizes[0]], several[sizes[-1]]
    print(f"figure words_per_second {main_run.words / main_run.seconds:.0f}")
    print(f"figure seconds {main_run.seconds:.1f}")
    print(f"figure words_per_second_one_worker {one.words / one.seconds:.0f}")
    print(f"figure workers_ratio {one.seconds / several[quarter].seconds:.2f}")
    print(f"figure quads_per_second {one.quads / one.storing:.0f}")
    print(f"figure memory_mb {max(run.megabytes for run in (*several.values(), one)):.0f}")
    print(f"figure memory_growth {most.megabytes / least.megabytes:.2f}")
    print(f"figure linear {(most.seconds / most.articles) / (least.seconds / least.articles):.2f}")


if __name__ == "__main__":
    main()
