"""Prints how well copies of a text are told from other texts on the same subject, by threshold.

    python benchmarks/duplicates.py [--articles FILE.jsonl ...]

Copies are made of our own articles (seeds/documents, benchmarks/same_subject.yaml): another dateline and a tail of
links, cut to 70, 60 or 50 %, ten, twenty or thirty words in a hundred put otherwise, a few words at a time as editors
do, and some of these together. What must stay apart: every pair of articles written for themselves, many on one
subject, and bulletins that are filled in every day. --articles adds the pairs of real articles and prints the likest,
which may be copies in truth. The lines that begin with `figure` are the result, at the threshold of
graph/text/sketch.py.
"""

from __future__ import annotations

import argparse
import json
import random
import time
from collections.abc import Callable, Iterator
from itertools import combinations
from pathlib import Path

import yaml

from graph.rdf.reports import Outline
from graph.text.sketch import LEAST_LIKENESS, Sketch, sketch_text

ROOT = Path(__file__).resolve().parents[1]
THRESHOLDS = (0.1, 0.15, 0.2, 0.25, 0.3, 0.4, 0.5, 0.6)
COPIES_EACH = 5
RUN = 5
Change = Callable[[str, random.Random], str]


def read_texts() -> tuple[list[str], list[str]]:
    """Return our own articles, and the forms of bulletins."""
    folder = ROOT / "seeds" / "documents"
    texts = [path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.txt"))]
    lines = (folder / "documents.jsonl").read_text(encoding="utf-8").splitlines()
    texts += [json.loads(line)["text"] for line in lines if line.strip()]
    said = yaml.safe_load((Path(__file__).with_name("same_subject.yaml")).read_text(encoding="utf-8"))
    texts += [text for articles in said["subjects"].values() for text in articles]
    return texts, [each["form"] for each in said["bulletins"]]


def edit(share: float) -> Change:
    """Put words of other articles in place of some, a few at a time."""

    def change(text: str, luck: random.Random) -> str:
        words, changed = text.split(), set[int]()
        while len(changed) < share * len(words):
            start, length = luck.randrange(len(words)), luck.randint(1, 2 * RUN - 1)
            changed |= set(range(start, min(start + length, len(words))))
        return " ".join(luck.choice(VOCABULARY) if n in changed else word for n, word in enumerate(words))

    return change


def cut(share: float) -> Change:
    """Leave out the end."""
    return lambda text, luck: " ".join(text.split()[: int(len(text.split()) * share)])


def dress(text: str, luck: random.Random) -> str:
    """Give a text another beginning and a tail, as outlets do."""
    tail = " ".join(luck.choices(VOCABULARY, k=25))
    return f"{' '.join(luck.choices(VOCABULARY, k=4))} {text} {tail}"


def chain(*changes: Change) -> Change:
    """Make one change after the other."""

    def change(text: str, luck: random.Random) -> str:
        for each in changes:
            text = each(text, luck)
        return text

    return change


CHANGES: dict[str, Change] = {
    "the same": lambda text, luck: text,
    "dateline and tail": dress,
    "edited 10 %": edit(0.1),
    "edited 20 %": edit(0.2),
    "edited 30 %": edit(0.3),
    "cut to 70 %": cut(0.7),
    "cut to 50 %": cut(0.5),
    "cut to 60 %, edited 20 %": chain(cut(0.6), edit(0.2)),
    "edited 20 %, tail": chain(edit(0.2), dress),
    "cut to 50 %, tail": chain(cut(0.5), dress),
}
VOCABULARY: list[str] = []


def fill(form: str, luck: random.Random) -> str:
    """Fill in the numbers of a bulletin."""
    return form.format(*(luck.randint(2, 400) for _ in range(5)))


def is_candidate(one: Sketch, other: Sketch) -> bool:
    """Say whether two sketches have a band in common."""
    return not set(one.bands()).isdisjoint(other.bands())


def sketches(texts: list[str]) -> list[Sketch]:
    """Return the sketches of texts that have words."""
    return [sketch for text in texts if (sketch := sketch_text(text)) is not None]


def score(pairs: Iterator[tuple[Sketch, Sketch]] | list[tuple[Sketch, Sketch]]) -> list[float]:
    """Return how alike pairs are, those that are never compared as 0."""
    return [one.likeness(other) if is_candidate(one, other) else 0.0 for one, other in pairs]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=Path, nargs="*", default=[], help="JSON lines with `text`")
    options = parser.parse_args()
    luck = random.Random(7)
    texts, forms = read_texts()
    VOCABULARY[:] = [word for text in texts for word in text.split()]
    copies = {name: score(make_pairs(texts, change, luck)) for name, change in CHANGES.items()}
    apart = list(combinations(sketches(texts), 2))
    others = score(apart)
    print(
        f"{len(texts)} articles, {sum(map(len, copies.values()))} copies, {len(others)} pairs of different articles\n"
    )
    print(f"{'found at a likeness of':28}" + "".join(f"{least:>7}" for least in THRESHOLDS))
    for name, found in copies.items():
        print(f"{name:28}" + "".join(f"{share(found, least):7.3f}" for least in THRESHOLDS))
    everything = [each for found in copies.values() for each in found]
    precision = {least: precise(everything, others, least) for least in THRESHOLDS}
    print(f"{'recall':28}" + "".join(f"{share(everything, least):7.3f}" for least in THRESHOLDS))
    print(f"{'precision':28}" + "".join(f"{precision[least]:7.3f}" for least in THRESHOLDS))
    likest = sorted((one.likeness(other) for one, other in apart), reverse=True)[:5]
    print(f"\nlikest different articles, bands or none: {', '.join(f'{each:.2f}' for each in likest)}")
    print_bulletins(forms, luck)
    print_articles(options.articles)
    print_speed(texts)
    print(f"figure duplicates_recall {share(everything, LEAST_LIKENESS):.3f}")
    print(f"figure duplicates_precision {precise(everything, others, LEAST_LIKENESS):.3f}")


def make_pairs(texts: list[str], change: Change, luck: random.Random) -> Iterator[tuple[Sketch, Sketch]]:
    """Yield each text with some copies of it."""
    for text in texts:
        for _ in range(COPIES_EACH):
            yield tuple(sketches([text, change(text, luck)]))  # type: ignore[misc]


def share(found: list[float], least: float) -> float:
    """Return how many are at least so alike."""
    return sum(each >= least for each in found) / len(found)


def precise(copies: list[float], others: list[float], least: float) -> float:
    """Return how many of the pairs that are found are copies."""
    right, wrong = sum(each >= least for each in copies), sum(each >= least for each in others)
    return right / (right + wrong) if right else 1.0


def print_bulletins(forms: list[str], luck: random.Random) -> None:
    """Print how many bulletins of two days are taken for copies, with and without a look at their numbers."""
    pairs = [tuple(sketches([fill(form, luck), fill(form, luck)])) for form in forms for _ in range(50)]
    days = [(Outline("a", "2024-03-01", one), Outline("b", "2024-03-02", two)) for one, two in pairs]
    alike = share(score(pairs), LEAST_LIKENESS)  # type: ignore[arg-type]
    taken = sum(one.is_copy(two) for one, two in days) / len(days)
    print(f"bulletins of two days: {alike:.2f} are alike, {taken:.2f} are taken for copies, for their numbers differ")


def print_articles(paths: list[Path]) -> None:
    """Print the likest pairs of real articles."""
    texts = [json.loads(line)["text"] for path in paths for line in path.read_text(encoding="utf-8").splitlines()]
    if texts:
        ranked = sorted(score(list(combinations(sketches(texts), 2))), reverse=True)
        above = [each for each in ranked if each >= LEAST_LIKENESS]
        print(f"{len(texts)} real articles, {len(ranked)} pairs: {len(above)} above the threshold; the likest "
              f"{', '.join(f'{each:.2f}' for each in ranked[:6])}")  # fmt: skip


def print_speed(texts: list[str]) -> None:
    """Print what a sketch costs."""
    started = time.process_time()
    for _ in range(10):
        sketches(texts)
    seconds = time.process_time() - started
    words = 10 * sum(len(text.split()) for text in texts)
    print(f"{seconds / len(texts) * 100:.2f} ms an article, {seconds / words * 1e6:.1f} µs a word\n")


if __name__ == "__main__":
    main()
