"""Kills `rawabit build` at random moments and shows that the same command then gives the graph of an undisturbed run.

    python benchmarks/crash.py [--points 20] [--articles 120] [--seed 1]

A build of made-up articles is run once undisturbed and timed. Then, for each point, a build into a new store is killed
with SIGKILL after a random share of that time, the same command is run again to its end, and the stores are compared by
their sorted N-Quads, byte by byte; `rawabit verify` has to find the store sound, too. Batches are small, so that stores
are written to all the time. The lines that begin with `figure` are the result.
"""

from __future__ import annotations

import argparse
import hashlib
import random
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
BATCH_TRIPLES = 10_000
_PROGRAM = (
    f"import sys; sys.path.insert(0, {str(ROOT)!r}); import graph.build; graph.build.BATCH_TRIPLES = {BATCH_TRIPLES}; "
    "from api.cli import main; main()"
)


def command(*words: str) -> list[str]:
    """Return the program with small batches as a command."""
    return [sys.executable, "-c", _PROGRAM, *words]


def build(articles: Path, store: Path) -> float:
    """Build a store undisturbed; return the seconds that it took."""
    started = time.perf_counter()
    subprocess.run(
        command("build", str(articles), "--reader", "grammar", "--store", str(store)), check=True, capture_output=True
    )
    return time.perf_counter() - started


def build_and_kill(articles: Path, store: Path, seconds: float) -> bool:
    """Kill a build after so many seconds; say whether it was still running."""
    words = command("build", str(articles), "--reader", "grammar", "--store", str(store))
    with subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            process.wait(seconds)
        except subprocess.TimeoutExpired:
            process.kill()
            return True
    return False


def read_quads(store: Path) -> bytes:
    """Return a store as sorted N-Quads: it has no blank nodes, so this is its canonical form."""
    told = subprocess.run(
        command("export", "--format", "nquads", "-o", "-", "--store", str(store)), check=True, capture_output=True
    )
    lines = sorted(told.stdout.splitlines(keepends=True))
    assert not any(line.startswith(b"_:") for line in lines)
    return b"".join(lines)


def is_sound(store: Path) -> bool:
    """Say whether `rawabit verify` finds nothing wrong."""
    return subprocess.run(command("verify", "--store", str(store)), capture_output=True, check=False).returncode == 0


def main() -> None:
    """Kill builds and print what became of them."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--points", type=int, default=20, help="how often a build is killed")
    parser.add_argument("--articles", type=int, default=120, help="how many articles are built")
    parser.add_argument("--seed", type=int, default=1, help="chooses the moments")
    options = parser.parse_args()
    sys.path.insert(0, str(Path(__file__).parent))
    from corpus import write_articles

    luck = random.Random(options.seed)
    with tempfile.TemporaryDirectory(prefix="crash-") as name:
        folder = Path(name)
        articles = folder / "articles.jsonl"
        write_articles(articles, options.articles)
        whole = build(articles, folder / "whole")
        wanted = read_quads(folder / "whole")
        print(f"{options.articles} articles, {wanted.count(10):,} quads, undisturbed in {whole:.1f} s")
        print(f"sha256 {hashlib.sha256(wanted).hexdigest()}")
        same = 0
        for point in range(1, options.points + 1):
            store = folder / "store"
            moment = luck.uniform(0.02, 1.0) * whole
            killed = build_and_kill(articles, store, moment)
            left = (store / "journal").exists()
            took = build(articles, store)
            found = read_quads(store)
            sound = is_sound(store)
            same += found == wanted and sound
            how = f"{'killed' if killed else 'ended '} after {moment:5.1f} s{' in a change' if left else ''}"
            words = f"{'same' if found == wanted else 'OTHER QUADS'}  {'sound' if sound else 'NOT SOUND'}"
            print(f"{point:>3}  {how:<34}  finished in {took:5.1f} s  {words}", flush=True)
            shutil.rmtree(store)
    print(f"figure crash_points {options.points}")
    print(f"figure crash_points_same {same}")


if __name__ == "__main__":
    main()
