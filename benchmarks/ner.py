"""Scores the names that the reader finds against newswire with IOB tags: exact spans of persons, places, organisations.

    python benchmarks/ner.py [FILE.tsv]      one token and its tag a line; default ../shared/ner/anercorp_train.tsv

Countries count as places, as the tags have them. Ends with a line `figure ner_macro_f1 N`.
"""

from __future__ import annotations

import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from graph.config import Settings
from graph.extract.surnames import add_surnames
from graph.model import EntityKind, Sentence
from graph.pipeline import Reader

DEFAULT = Path(__file__).resolve().parents[2] / "shared" / "ner" / "anercorp_train.tsv"
TAGS = {
    EntityKind.PERSON: "PERS",
    EntityKind.COUNTRY: "LOC",
    EntityKind.PLACE: "LOC",
    EntityKind.ORGANIZATION: "ORG",
}
WINDOW = 30

Span = tuple[int, int, int, str]


def read_sentences(path: Path) -> Iterator[list[tuple[str, str]]]:
    """Yield the tokens and tags of each sentence; a full stop ends one."""
    sentence: list[tuple[str, str]] = []
    for line in path.read_text(encoding="utf-8").splitlines():
        if "\t" not in line:
            continue
        token, tag = line.split("\t")[:2]
        sentence.append((token, tag))
        if token == ".":
            yield sentence
            sentence = []
    if sentence:
        yield sentence


def gold_spans(number: int, sentence: list[tuple[str, str]]) -> Iterator[Span]:
    """Yield (sentence, first token, token after, tag) of each name but MISC."""
    start, kind = -1, ""
    for index, (_, tag) in enumerate([*sentence, ("", "O")]):
        if start >= 0 and not tag.startswith("I-"):
            yield number, start, index, kind
            start = -1
        if tag.startswith("B-"):
            start, kind = index, tag[2:]


def found_spans(reader: Reader, numbered: list[tuple[int, list[tuple[str, str]]]]) -> Iterator[Span]:
    """Yield the same of what the reader finds in neighbouring sentences, which explain each other's surnames."""
    readings = []
    for _, sentence in numbered:
        text = " ".join(token for token, _ in sentence)
        readings.append(reader.mentions.read(Sentence(0, len(text), text, 0)))
    add_surnames(readings, reader.vocabulary)
    for (number, sentence), reading in zip(numbered, readings, strict=True):
        reader.mentions.join(reading)
        starts, position = [], 0
        for token, _ in sentence:
            starts.append(position)
            position += len(token) + 1
        for chunk in reading.chunks:
            tag = TAGS.get(chunk.kind)
            if tag is None or chunk.reference != "name":
                continue
            first = chunk.name_start if chunk.kind is EntityKind.PERSON and chunk.name_start >= 0 else chunk.start
            left, right = reading.words[first].token.start, reading.words[chunk.end - 1].token.end
            begin = max(i for i, start in enumerate(starts) if start <= left)
            end = max(i for i, start in enumerate(starts) if start < right) + 1
            yield number, begin, end, tag


def main() -> None:
    """Print precision, recall and F1 by kind, and the macro F1."""
    path = Path(sys.argv[1]) if len(sys.argv) > 1 else DEFAULT
    if not path.exists():
        print(f"{path} is not there: give a file of tokens and IOB tags.")
        return
    reader = Reader.load(Settings())
    sentences = list(enumerate(read_sentences(path)))
    gold = {span for number, sentence in sentences for span in gold_spans(number, sentence)}
    started = time.process_time()
    found: set[Span] = set()
    for start in range(0, len(sentences), WINDOW):
        found |= set(found_spans(reader, sentences[start : start + WINDOW]))
    seconds = time.process_time() - started
    words = sum(len(sentence) for _, sentence in sentences)
    hits = Counter(span[3] for span in found & gold)
    wanted, got = Counter(span[3] for span in gold), Counter(span[3] for span in found)
    scores = []
    for tag in ("PERS", "LOC", "ORG"):
        precision, recall = hits[tag] / max(1, got[tag]), hits[tag] / max(1, wanted[tag])
        scores.append(2 * precision * recall / max(1e-9, precision + recall))
        print(f"{tag:<5} wanted {wanted[tag]:>5}  P {precision:.3f}  R {recall:.3f}  F1 {scores[-1]:.3f}")
    print(f"{words} words, {words / seconds:.0f} words a CPU second")
    print(f"figure ner_macro_f1 {sum(scores) / len(scores):.3f}")


if __name__ == "__main__":
    main()
