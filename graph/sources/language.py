"""Tells whether a text is Arabic: by its letters, and where other languages use them, by their commonest words."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import yaml

from ..errors import LanguageDataError

ARABIC = "ar"
_DATA = Path(__file__).with_name("languages.yaml")
_SAMPLE = 2_000
# Fewer letters than these tell nothing, and the text is taken for what it is said to be.
_FEWEST_LETTERS = 20
_LEAST_SHARE = 0.5
_FEWEST_WORDS = 8
# A language shows in a twentieth of its words at least; one that is quoted in an Arabic text shows in fewer.
_LEAST_WORDS = 0.05
# One word may be a name, or the letter of a model: the Arabic S of "S-400" is a word of Urdu.
_FEWEST_MARKS = 2
# Arabic with that many of its own words and not a letter of another language needs no closer look.
_PLAINLY = 0.25
_ARTICLE = "\u0627\u0644"
_WORD = re.compile(r"\w+")
_ARABIC_LETTERS = re.compile(
    "[\u0620-\u064a\u066e-\u06d5\u06ee-\u06ff\u0750-\u077f\u08a0-\u08ff\ufb50-\ufdff\ufe70-\ufefc]"
)
_MARKS = map(chr, (*range(0x0610, 0x061B), *range(0x064B, 0x0660), 0x0670, 0x0640))
_SEATS = {0x0622: 0x0627, 0x0623: 0x0627, 0x0625: 0x0627, 0x06CC: 0x064A, 0x06A9: 0x0643}
_FOLDS = {**dict.fromkeys(_MARKS, ""), **{chr(letter): chr(seat) for letter, seat in _SEATS.items()}}
_FOLDED = frozenset(_FOLDS)
_SCRIPTS = {
    "LATIN": ("und-Latn", "Latin letters"),
    "CYRILLIC": ("und-Cyrl", "Cyrillic letters"),
    "HEBREW": ("und-Hebr", "Hebrew letters"),
    "GREEK": ("und-Grek", "Greek letters"),
    "CJK": ("und-Hani", "Chinese characters"),
    "DEVANAGARI": ("und-Deva", "Devanagari letters"),
}


@dataclass(frozen=True, slots=True)
class Finding:
    """What a text was found to be in: a BCP 47 tag, and words for people."""

    tag: str
    name: str


@dataclass(frozen=True, slots=True)
class _Marks:
    name: str
    words: frozenset[str]
    letters: frozenset[str]


@dataclass(frozen=True, slots=True)
class Languages:
    """What is known of Arabic and of the languages that share its letters."""

    marks: dict[str, _Marks]

    @classmethod
    def load(cls) -> Languages:
        """Read languages.yaml; raise LanguageDataError where it lacks Arabic."""
        entries = yaml.safe_load(_DATA.read_text(encoding="utf-8"))
        if ARABIC not in entries:
            raise LanguageDataError(f"{_DATA}: lacks {ARABIC!r}: reinstall Rawabit.")
        marks = {
            tag: _Marks(
                name=entry["name"],
                words=frozenset(_fold(entry["words"]).split()),
                letters=frozenset(_fold(entry.get("letters", "")).split()),
            )
            for tag, entry in entries.items()
        }
        return cls(marks)

    def find_other(self, text: str) -> Finding | None:
        """Return what a text is in, where that is not Arabic; None also where there is too little to tell."""
        sample = text[:_SAMPLE]
        # A text has few letters, each many times: what is asked of letters is asked of each once.
        found = {letter: count for letter, count in Counter(sample).items() if letter.isalpha()}
        letters = sum(found.values())
        if letters < _FEWEST_LETTERS:
            return None
        if sum(found[letter] for letter in _ARABIC_LETTERS.findall("".join(found))) < letters * _LEAST_SHARE:
            return _name_script([character for character in sample if character.isalpha()])
        words = _WORD.findall(_fold(sample))
        if len(words) < _FEWEST_WORDS:
            return None
        arabic = self.marks[ARABIC]
        ours = sum([word in arabic.words or word.startswith(_ARTICLE) for word in words])
        if ours >= len(words) * _PLAINLY and all(marks.letters.isdisjoint(found) for marks in self.marks.values()):
            return None
        scores = {tag: self._count(words, marks) for tag, marks in self.marks.items() if tag != ARABIC}
        best = max(scores, key=lambda tag: scores[tag])
        if scores[best] <= ours or scores[best] < max(_FEWEST_MARKS, len(words) * _LEAST_WORDS):
            return None
        return Finding(best, self.marks[best].name)

    def _count(self, words: list[str], marks: _Marks) -> int:
        return sum((word in marks.words) + (not marks.letters.isdisjoint(word)) for word in words)


def _fold(text: str) -> str:
    # Few of these stand in a text, and to look for each of those takes less than to look up each letter.
    for letter in _FOLDED.intersection(text):
        text = text.replace(letter, _FOLDS[letter])
    return text


def _name_script(letters: list[str]) -> Finding:
    scripts = Counter(unicodedata.name(each, "?").split()[0] for each in letters[:1_000])
    tag, name = _SCRIPTS.get(scripts.most_common(1)[0][0], ("und", "letters of another script"))
    return Finding(tag, name)
