"""Times a reader: words a second, beside camel-tools' word tokenizer; how time grows with length, memory with number.

    python benchmarks/speed.py [--reader NAME] [--text FILE...] [--documents 2000 | --full] [--profile]

Articles are those of ../shared/articles/news.jsonl where they lie beside the checkout, else seeds/documents. All times
are CPU seconds of this process (`time.process_time`) with warm caches, the best of five passes, so that other programs
count little. Words are what blanks divide. The long document is 200 kB of these articles in one; it is compared with
the same text as 25 documents of 8 kB, so that a reader without quadratic steps takes 25 times one of them or less.
Where it takes longer, or with --profile, the functions whose own time grew most are listed. Memory is what the process
holds (RSS) after so many documents, each with some words that never came before, and how much more that is than after
the first tenth. The lines that begin with `figure` are the result.

A reader that reads less than 8,000 words a second, such as hybrid, is measured briefly, in about two minutes: over
12,000 words, a long document of 40 kB beside 5 of 8 kB, and 100 documents for memory unless --documents says how many.
Each text is read once by a reader that has read others, since such readers remember sentences that they have met.
"""

from __future__ import annotations

import argparse
import cProfile
import gc
import os
import pstats
import random
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import cycle, islice
from pathlib import Path
from typing import Any

from graph.collecting import collect_seldom
from graph.config import Settings
from graph.extract.base import Extractor
from graph.model import Document
from graph.morphology.camel import import_camel
from graph.readers.registry import open_reader
from graph.sources.reader import read_sources

ROOT = Path(__file__).resolve().parents[1]
BESIDE = ROOT.parent / "shared" / "articles" / "news.jsonl"
SAMPLES = ROOT / "seeds" / "documents"
SEED = 20240129
PASSES = 5
DOCUMENTS = 2_000
LEAST_WORDS = 60_000
SHORT_BYTES, PIECES = 8_000, 25
VARIED_CHARACTERS, NEW_WORDS = 1_200, 5
SLOW, WARMING = 8_000, 3
BRIEF_WORDS, BRIEF_PIECES, BRIEF_DOCUMENTS = 12_000, 5, 100
LETTERS = "ابتثجحخدذرزسشصضطظعغفقكلمنهوي"


def load_articles(paths: Sequence[Path]) -> list[Document]:
    """Return the articles of files and folders."""
    articles = [each for each in read_sources(paths) if isinstance(each, Document)]
    if not articles:
        raise SystemExit(f"no articles in {', '.join(map(str, paths))}: name a file with some by --text.")
    return articles


def count_words(articles: Sequence[Document]) -> int:
    """Return how many words blanks divide."""
    return sum(len(each.text.split()) + len((each.title or "").split()) for each in articles)


def best_times(*tasks: Callable[[], object]) -> list[float]:
    """Return the CPU seconds of each task's quickest pass; they take turns, so that a busy machine slows all alike."""
    seconds: list[list[float]] = []
    for _ in range(PASSES + 1):  # the first pass warms the caches
        seconds.append([])
        for task in tasks:
            started = time.process_time()
            task()
            seconds[-1].append(time.process_time() - started)
    return [min(times) for times in zip(*seconds[1:], strict=True)]


def time_once(task: Callable[[], object]) -> float:
    """Return the CPU seconds of a task that is run once."""
    started = time.process_time()
    task()
    return time.process_time() - started


def open_warm(settings: Settings, articles: Sequence[Document]) -> tuple[Extractor, float]:
    """Return a reader that has read the last articles, and how many words a second it reads of the very last again."""
    reader, last = open_reader(settings), articles[-1]
    for each in articles[-WARMING:]:
        reader.read(each)
    # As the commands do: a collection that fell into one article of 700 words would take five times its own time.
    collect_seldom()
    seconds = time_once(lambda: reader.read(last))
    return reader, count_words([last]) / seconds


def measure_speed_once(reader: Extractor, articles: Sequence[Document]) -> dict[str, float]:
    """Time the reader on the first articles, each read once."""
    chosen: list[Document] = []
    for each in articles[:-WARMING]:
        if count_words(chosen) < BRIEF_WORDS:
            chosen.append(each)
    words, seconds = count_words(chosen), time_once(lambda: [reader.read(each) for each in chosen])
    print(f"{len(chosen)} articles, {words:,} words")
    print(f"reader     {seconds:7.2f} s  {words / seconds:10,.0f} words/s", flush=True)
    return {"words_per_second": words / seconds}


def measure_speed(reader: Extractor, articles: list[Document], settings: Settings) -> dict[str, float]:
    """Time the reader and the tokenizer on the same text."""
    once = count_words(articles)
    articles = articles * max(1, LEAST_WORDS // once)
    # Any: camel-tools has no types.
    tokenize: Any = import_camel("tokenizers.word", settings).simple_word_tokenize
    words = count_words(articles)
    ours, theirs = best_times(
        lambda: [reader.read(each) for each in articles],
        lambda: [(tokenize(each.text), tokenize(each.title or "")) for each in articles],
    )
    print(f"{len(articles)} articles, {words:,} words")
    print(f"reader     {ours:7.2f} s  {words / ours:10,.0f} words/s  {ours / len(articles) * 1000:6.1f} ms an article")
    print(f"tokenizer  {theirs:7.2f} s  {words / theirs:10,.0f} words/s")
    return {"words_per_second": words / ours, "ratio_to_tokenizer": ours / theirs}


def cut_pieces(articles: Sequence[Document], count: int) -> list[str]:
    """Return the text of articles, repeated where it is short, in pieces of about 8 kB that end with a word."""
    pieces: list[str] = []
    words: list[str] = []
    size = 0
    lines = (line for each in cycle(articles) for line in each.text.splitlines(keepends=True))
    for line in lines:
        for word in line.split(" "):
            words.append(word)
            size += len(word.encode()) + 1
            if size >= SHORT_BYTES:
                pieces.append(" ".join(words))
                words, size = [], 0
                if len(pieces) == count:
                    return pieces
    return pieces


def measure_length(readers: Sequence[Extractor], articles: Sequence[Document], count: int, *, profile: bool) -> float:
    """Return how many times a document of 8 kB one takes that is `count` times as long.

    One reader is timed on both, the best of some passes; of two, one reads the short documents and one the long, once.
    """
    pieces = cut_pieces(articles, count)
    short = [Document(f"short-{number}", text) for number, text in enumerate(pieces)]
    long = Document("long", "\n".join(pieces))
    first, last = readers[0], readers[-1]
    tasks = (lambda: [first.read(each) for each in short], lambda: last.read(long))
    all_short, long_time = map(time_once, tasks) if len(readers) > 1 else best_times(*tasks)
    short_time = all_short / count
    ratio = long_time / short_time
    print(f"\nlong document: {len(long.text.encode()) / 1000:.0f} kB in {long_time:.2f} s; ", end="")
    print(
        f"{SHORT_BYTES // 1000} kB in {short_time * 1000:.1f} ms on average; ratio {ratio:.1f} ({count} where linear)"
    )
    if profile or (len(readers) == 1 and ratio > count):
        print_growth(first, short, long)
    return ratio


def print_growth(reader: Extractor, short: Sequence[Document], long: Document) -> None:
    """Print the functions that take longer in one long document than in all the short ones together."""
    apart = _own_times(lambda: [reader.read(each) for each in short])
    together = _own_times(lambda: reader.read(long))
    grown = sorted(together, key=lambda name: apart.get(name, (0.0, 0))[0] - together[name][0])[:12]
    print(f"\n{'own time grew most in':<58}{'apart':>14}{'together':>16}")
    for name in grown:
        (before, calls), (after, more) = apart.get(name, (0.0, 0)), together[name]
        print(f"{name:<58}{before:>6.2f} s {calls:>7} {after:>7.2f} s {more:>7}")


def _own_times(task: Callable[[], object]) -> dict[str, tuple[float, int]]:
    profiler = cProfile.Profile(time.process_time)
    profiler.runcall(task)
    # Any: typeshed gives pstats no type for what it counts.
    stats: Any = pstats.Stats(profiler)
    return {
        f"{os.path.relpath(file, ROOT) if file.startswith(str(ROOT)) else Path(file).name}:{line} {name}": (own, calls)
        for (file, line, name), (_, calls, own, _, _) in stats.stats.items()
    }


def vary(articles: Sequence[Document]) -> Iterator[Document]:
    """Yield documents without end: the beginnings of articles, each with some words that never came before."""
    chance = random.Random(SEED)
    for number, article in enumerate(cycle(articles)):
        words = article.text[:VARIED_CHARACTERS].split(" ")
        for _ in range(NEW_WORDS):
            words[chance.randrange(len(words))] = "".join(chance.choices(LETTERS, k=chance.randrange(4, 8)))
        yield replace(article, id=f"{article.id}-{number}", text=" ".join(words))


def measure_memory(reader: Extractor, articles: Sequence[Document], documents: int) -> dict[str, float]:
    """Return how many MB the process holds at last, and by how many it grew since the first tenth of the documents."""
    tenth = max(1, documents // 10)
    held = []
    print(f"\nmemory over {documents:,} documents, MB:", end="", flush=True)
    for number, document in enumerate(islice(vary(articles), tenth * 10), start=1):
        reader.read(document)
        if number % tenth == 0:
            held.append(resident_megabytes())
            print(f" {held[-1]:.0f}", end="", flush=True)
    print()
    return {"memory_mb": held[-1], "memory_growth_mb": held[-1] - held[0]}


def resident_megabytes() -> float:
    """Return what the process holds in memory."""
    gc.collect()
    pages = Path("/proc/self/statm").read_text(encoding="ascii").split()[1]
    return int(pages) * os.sysconf("SC_PAGE_SIZE") / 1e6


def main() -> None:
    """Measure and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--reader", metavar="NAME", default="grammar", help="who reads; grammar if left out")
    parser.add_argument("--text", type=Path, nargs="+", help="articles to read: .txt, .jsonl, folders")
    parser.add_argument("--documents", type=int, help="how many documents memory is watched over, 2,000 if left out")
    parser.add_argument("--full", action="store_true", help="watch memory over 10,000 documents")
    parser.add_argument("--profile", action="store_true", help="list the functions that grow with length in any case")
    options = parser.parse_args()
    articles = load_articles(options.text or [BESIDE if BESIDE.exists() else SAMPLES])
    settings = replace(Settings.from_environment(), reader=options.reader)
    reader, speed = open_warm(settings, articles)
    if speed < SLOW:
        figures = measure_speed_once(reader, articles)
        readers = [open_warm(settings, articles)[0] for _ in range(2)]
        ratio = measure_length(readers, articles, BRIEF_PIECES, profile=options.profile)
        readers.clear()  # what they hold is not what one reader takes
    else:
        figures = measure_speed(reader, articles, settings)
        ratio = measure_length([reader], articles, PIECES, profile=options.profile)
    figures["long_document_ratio"] = ratio
    documents = options.documents or (10_000 if options.full else BRIEF_DOCUMENTS if speed < SLOW else DOCUMENTS)
    figures |= measure_memory(reader, articles, documents)
    for name, value in figures.items():
        print(f"figure {name} {value:.1f}")


if __name__ == "__main__":
    main()
