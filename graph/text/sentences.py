"""Cuts a document into sentences, each with its segment. Offsets always point into the text as it was read.

Cleaning and splitting are one pass: a block (a line, or what wide gaps set apart) is furniture, a heading that opens
related headlines, a headline, or prose; furniture gives no sentences. The Arabic comma ends none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ..lang.language import Language
from ..model import Document, Sentence
from .fold import normalize

_BLOCK = re.compile(r"[^\n\r\t\u2028\u2029]+")
_GAP = re.compile(r"[ \u00A0]{3,}")
# Marks of direction, which readers do not see, may stand between a full stop and its blank.
_END = re.compile(
    r"[.!?\u061F\u2026]+[\"\u201D\u00BB)\]']*(?=[\u200E\u200F\u202A-\u202E]*(?:\s|$))|(?<=[\w\"\u201D\u00BB])\.(?=[\u0621-\u064A])"
)
# The mark before a point of a list; a dash is one where a blank follows it.
_BULLET = re.compile(r"(?:[\s\u2022\u2023\u2043\u00B7\u25A0-\u25FF\u2713\u2714\u27A4*>]|[-\u2013\u2014]\s)+")
_PROSE_WORDS = 12
_LONGEST = 2500


@dataclass(frozen=True, slots=True)
class _Block:
    start: int
    end: int
    words: int
    norm: str


@dataclass(frozen=True, slots=True)
class _Stretch:
    start: int
    end: int
    segment: int
    headline: bool
    dateline: bool = False


def split_sentences(document: Document, language: Language) -> tuple[Sentence, ...]:
    """Return the title (if any) and the sentences of the body and its tails, in reading order."""
    sentences: list[Sentence] = []
    if document.title and document.title.strip():
        title = document.title
        sentences.append(Sentence(0, len(title), title, 0, in_title=True, is_headline=True))
    for each in _prose(document.text, language):
        for left, right in _split(document.text, each.start, each.end, language):
            text = document.text[left:right]
            sentences.append(
                Sentence(left, right, text, len(sentences), each.segment, False, each.headline, each.dateline)
            )
    return tuple(sentences)


def _prose(text: str, language: Language) -> Iterator[_Stretch]:
    """Yield each block that is no furniture, its dateline apart."""
    segment, related, seen_prose = 0, False, False
    structure = language.structure
    for block in _blocks(text):
        if structure.opens_related(block.norm):
            related = True
            continue
        if structure.is_furniture(block.norm, block.words):
            continue
        prose = block.words >= _PROSE_WORDS or block.norm.rstrip('"\u201d\u00bb )').endswith((".", "\u061f", "!"))
        if related:
            if not prose:
                yield _Stretch(block.start, block.end, segment + 1000, headline=True)
                continue
            related = False
            segment += structure.is_dateline(block.norm)
        seen_prose = seen_prose or prose
        cut = structure.dateline_length(text[block.start : block.end])
        if cut > 2:
            yield _Stretch(block.start, block.start + cut, segment, headline=True, dateline=True)
        yield _Stretch(block.start + cut, block.end, segment, headline=not prose)


def _blocks(text: str) -> Iterator[_Block]:
    for line in _BLOCK.finditer(text):
        position = line.start()
        for piece in _GAP.split(line.group()):
            start = text.index(piece, position) if piece else position
            position = start + len(piece)
            bullet = _BULLET.match(piece)
            stripped = piece[bullet.end() :].strip() if bullet else piece.strip()
            if stripped:
                left = start + (bullet.end() if bullet else 0)
                yield _Block(left, left + len(stripped), stripped.count(" ") + 1, normalize(stripped).strip().lower())


def _split(text: str, start: int, end: int, language: Language) -> Iterator[tuple[int, int]]:
    left = start
    for match in _END.finditer(text, start, end):
        if match.group() == "." and _is_abbreviation(text, left, match.start(), language):
            continue
        yield from _trim(text, left, match.end())
        left = match.end()
    yield from _trim(text, left, end)


def _is_abbreviation(text: str, left: int, dot: int, language: Language) -> bool:
    head = text[max(left, dot - 3) : dot]
    word = re.split(r"[\s.(\"]", head)[-1]
    return len(word) == 1 and (word in language.structure.abbreviations or word.isascii())


def _trim(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the stretch without outer blanks; an endless one is cut at a blank so that no sentence is unbounded."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    while end - start > _LONGEST:
        cut = text.rfind(" ", start, start + _LONGEST)
        cut = cut if cut > start else start + _LONGEST
        yield start, cut
        start = cut + (cut < end and text[cut] == " ")
    if end - start > 1:
        yield start, end
