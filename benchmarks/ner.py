"""Scores the names that the reader finds against newswire with IOB tags: exact spans of persons, places, organisations.

    python benchmarks/ner.py [FILE.tsv] [--reader NAME]

A line is a token and its tag; the file is ../shared/ner/anercorp_train.tsv if left out.

Countries count as places, and titles and nouns that only say what something is stand outside of names ("the city of
[X]", "the newspaper [X]", "the president [X]"), as the tags have them: ner_conventions.yaml lists these nouns. For
`hybrid` the head for names learns the tags of the file itself, cross-validated: what is found in a quarter of it was
learned from the other three, beside what the grammar sees; that takes some minutes. Ends with a line `figure
ner_macro_f1 N`, for hybrid `figure ner_macro_f1_hybrid N`.
"""

from __future__ import annotations

import argparse
import sys
import time
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from ner_learned import FOLDS, cross_validate
from readers import open_parsing_reader

from graph.config import Settings
from graph.extract.chunks import Chunk
from graph.extract.gazetteer import Gazetteer, Match, pick
from graph.extract.surnames import add_surnames
from graph.extract.words import Word
from graph.lang.tables import Table
from graph.model import EntityKind, Sentence
from graph.pipeline import Reader
from graph.text.fold import loosen
from graph.text.tokens import tokenize

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


class Conventions:
    """Turns the reader's mentions into names as the tags have them: without titles, common nouns and nationalities."""

    def __init__(self, reader: Reader) -> None:
        table = Table(Path(__file__).with_name("ner_conventions.yaml"))
        self._gazetteer = Gazetteer(reader.known, reader.language.ambiguous_names)
        self._vocabulary = reader.vocabulary
        self._outside = {loosen(word) for word in table.words("outside")}
        self._generic = {loosen(word) for word in table.words("generic")}
        self._adjectives = {loosen(word) for word in table.words("adjectives")}
        places = reader.language.places
        self._places = {loosen(word) for word in places.heads | places.directions | table.words("directions")}

    def names(self, words: tuple[Word, ...], chunk: Chunk) -> Iterator[tuple[int, int, str]]:
        """Yield (first word, word after, tag) of each name that a mention holds."""
        start, end, tag = self._core(words, chunk)
        if end > start:
            yield start, end, tag
        position = chunk.start
        while position < chunk.end:
            if start <= position < end:
                position = end
                continue
            match = self._known_at(words, position)
            apart = match is not None and (match.end <= start or position >= end)
            if match is not None and apart and match.end <= chunk.end:
                tag = TAGS[pick(match, as_actor=True).kind]
                if tag == "LOC" or (tag == "ORG" and not self._is_outside(words[position])):
                    yield position, match.end, tag
                    position = match.end
                    continue
            position += 1

    def _known_at(self, words: tuple[Word, ...], position: int) -> Match | None:
        for cut in words[position].cuts:
            if self._gazetteer.nationality(cut.key):
                return None
            match = self._gazetteer.match(words, position, cut.key)
            if match is not None and pick(match, as_actor=True).kind in TAGS:
                return match
        return None

    def _core(self, words: tuple[Word, ...], chunk: Chunk) -> tuple[int, int, str]:
        """Return the name proper of a mention; an empty stretch where it holds none."""
        if chunk.reference != "name" or chunk.kind not in TAGS:
            return chunk.end, chunk.end, ""
        if chunk.kind is EntityKind.PERSON:
            return self._person(words, chunk)
        start, end = chunk.start, chunk.end
        if chunk.kind is EntityKind.ORGANIZATION:
            return self._body(words, chunk)
        while start < end - 1 and self._is_place_noun(words[start], first=start == chunk.start):
            start += 1
        while end > start + 1 and self._ends_outside(words, start, end):
            end -= 1
        return *self._unquoted(words, start, end), "LOC"

    def _person(self, words: tuple[Word, ...], chunk: Chunk) -> tuple[int, int, str]:
        start = chunk.name_start if chunk.name_start >= 0 else chunk.start
        length = len(tokenize(Sentence(0, len(chunk.name), chunk.name, 0)))
        end = min(chunk.end, start + length)
        while start < end - 1 and self._vocabulary.is_title(words[start].key):
            start += 1
        return start, end, "PERS"

    def _body(self, words: tuple[Word, ...], chunk: Chunk) -> tuple[int, int, str]:
        """A noun that only says what a body is stands outside; what then is no proper name is none."""
        start, end = chunk.start, chunk.end
        spelled = all(len(word.key) == 1 for word in words[start:end])
        generic = end > start + 1 and words[start + 1].key in self._generic
        if spelled or generic:
            return end, end, ""
        full = chunk.known and end > start + 2 and bool(chunk.cut and chunk.cut.definite)
        if full or not self._is_outside(words[start]):
            while end > start + 1 and self._gazetteer.nationality(words[end - 1].key) and chunk.known:
                if self._known_end(words, start) == end:
                    break
                end -= 1
            return start, end, "ORG"
        start += 1
        while (
            end > start
            and (self._describes(words[end - 1]) or words[end - 1].is_mark)
            and self._known_end(words, start) != end
        ):
            end -= 1
        start, end = self._unquoted(words, start, end)
        if end == start:
            return chunk.end, chunk.end, ""
        match = self._known_at(words, start)
        if match is not None and match.end == end:
            return start, end, TAGS[pick(match, as_actor=True).kind]
        quoted = any(word.is_mark for word in words[chunk.start : chunk.end])
        proper = not any(self._vocabulary.is_common(word) or word.bears_article for word in words[start:end])
        return (start, end, "ORG") if proper or quoted else (chunk.end, chunk.end, "")

    def _is_outside(self, word: Word) -> bool:
        return any(cut.base in self._outside for cut in word.cuts)

    def _known_end(self, words: tuple[Word, ...], start: int) -> int:
        match = self._known_at(words, start) if start < len(words) else None
        return match.end if match is not None else start

    def _is_place_noun(self, word: Word, *, first: bool) -> bool:
        """Tell whether a noun only says what a place is: "the Gulf" and "the Middle East" are names."""
        cuts = word.cuts if first else word.cuts[:1]
        return any(cut.key in self._places or (cut.base in self._places and not cut.definite) for cut in cuts)

    def _ends_outside(self, words: tuple[Word, ...], start: int, end: int) -> bool:
        if words[end - 1].key in self._adjectives:
            return True
        return self._describes(words[end - 1]) and self._known_end(words, start) != end

    def _describes(self, word: Word) -> bool:
        return bool(self._gazetteer.nationality(word.key)) or word.key in self._adjectives

    def _unquoted(self, words: tuple[Word, ...], start: int, end: int) -> tuple[int, int]:
        while start < end and words[start].is_mark:
            start += 1
        while end > start and words[end - 1].is_mark:
            end -= 1
        return start, end


def found_spans(
    reader: Reader, numbered: list[tuple[int, list[tuple[str, str]]]], conventions: Conventions
) -> Iterator[Span]:
    """Yield the same of what the reader finds in neighbouring sentences, which explain each other's surnames."""
    texts = [" ".join(token for token, _ in sentence) for _, sentence in numbered]
    readings = reader.mentions.read_all([Sentence(0, len(text), text, 0) for text in texts])
    add_surnames(readings, reader.vocabulary)
    for (number, sentence), reading in zip(numbered, readings, strict=True):
        starts, position = [], 0
        for token, _ in sentence:
            starts.append(position)
            position += len(token) + 1
        for chunk in reading.chunks:
            for first, after, tag in conventions.names(reading.words, chunk):
                left, right = reading.words[first].token.start, reading.words[after - 1].token.end
                yield number, bisect_right(starts, left) - 1, bisect_left(starts, right), tag


def _say(said: str) -> None:
    print(f"\r{said:<60}", end="", file=sys.stderr, flush=True)


def main() -> None:
    """Print precision, recall and F1 by kind, and the macro F1."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("path", metavar="FILE.tsv", type=Path, nargs="?", default=DEFAULT)
    parser.add_argument(
        "--reader", metavar="NAME", default="grammar", help="who finds the names: grammar, hybrid or camel"
    )
    parser.add_argument(
        "--folds",
        metavar="N",
        type=int,
        choices=range(1, FOLDS + 1),
        default=FOLDS,
        help=f"for hybrid: measure in the first N of {FOLDS} folds only, which takes as much less time",
    )
    options = parser.parse_args()
    path = options.path
    if not path.exists():
        print(f"{path} is not there: give a file of tokens and IOB tags.")
        return
    sentences = list(enumerate(read_sentences(path)))
    windows = [sentences[start : start + WINDOW] for start in range(0, len(sentences), WINDOW)]
    started = time.process_time()
    if options.reader == "hybrid":
        found = cross_validate(Reader.load(Settings.from_environment()), windows, _say, folds=options.folds)
        windows = [window for number, window in enumerate(windows) if number % FOLDS < options.folds]
    else:
        reader = open_parsing_reader(options.reader)
        conventions = Conventions(reader)
        started = time.process_time()
        found = {span for window in windows for span in found_spans(reader, window, conventions)}
    seconds = time.process_time() - started
    sentences = [each for window in windows for each in window]
    gold = {span for number, sentence in sentences for span in gold_spans(number, sentence)}
    words = sum(len(sentence) for _, sentence in sentences)
    hits = Counter(span[3] for span in found & gold)
    wanted, got = Counter(span[3] for span in gold), Counter(span[3] for span in found)
    scores = []
    for tag in ("PERS", "LOC", "ORG"):
        precision, recall = hits[tag] / max(1, got[tag]), hits[tag] / max(1, wanted[tag])
        scores.append(2 * precision * recall / max(1e-9, precision + recall))
        print(f"{tag:<5} wanted {wanted[tag]:>5}  P {precision:.3f}  R {recall:.3f}  F1 {scores[-1]:.3f}")
    print(f"{words} words, {words / seconds:.0f} words a CPU second")
    name = "ner_macro_f1_hybrid" if options.reader == "hybrid" else "ner_macro_f1"
    print(f"figure {name} {sum(scores) / len(scores):.3f}")


if __name__ == "__main__":
    main()
