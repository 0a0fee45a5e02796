"""Makes as many articles as are wanted out of seeds/documents: sentences drawn at random, names and numbers changed.

Each article has about 300 words and says other things of other people than the next. About one name in four is made up,
of the first word of one name and the last of another, so that the number of actors grows as it does with real news.
"""

from __future__ import annotations

import csv
import json
import random
import re
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from graph.model import Document
from graph.sources.reader import read_sources

ROOT = Path(__file__).resolve().parents[1]
SAMPLES, SEEDS = ROOT / "seeds" / "documents", ROOT / "seeds"
SEED = 20240129
WORDS = 300
OUTLETS = 25
FIRST_DAY, DAYS = date(2022, 1, 1), 1200
CHANGED, MADE_UP = 0.6, 0.25
_SENTENCE = re.compile(r"[^.!؟\n]+[.!؟]?")
_NUMBER = re.compile(r"\b\d{1,3}\b")


def make_articles(count: int) -> Iterator[dict[str, str]]:
    """Yield articles as JSON lines have them, the same ones each time."""
    luck = random.Random(SEED)
    articles = [each for each in read_sources([SAMPLES]) if isinstance(each, Document)]
    sentences = [each.strip() for article in articles for each in _SENTENCE.findall(article.text)]
    sentences = [each for each in sentences if len(each.split()) > 5]
    titles = [article.title for article in articles if article.title]
    swap = _Swap(luck, " ".join(sentences))
    for number in range(count):
        chosen, words = list[str](), 0
        while words < WORDS:
            chosen.append(luck.choice(sentences))
            words += len(chosen[-1].split())
        text = "\n".join(" ".join(chosen[start : start + 3]) for start in range(0, len(chosen), 3))
        yield {
            "id": f"made-{number:07}",
            "title": luck.choice(titles),
            "text": swap.change(text),
            "published": (FIRST_DAY + timedelta(days=luck.randrange(DAYS))).isoformat(),
            "source": f"outlet {luck.randrange(OUTLETS)}",
            "url": f"https://outlet.example/{number}",
        }


def write_articles(path: Path, count: int) -> int:
    """Write articles as JSON lines; return how many words they have."""
    words = 0
    with path.open("w", encoding="utf-8") as stream:
        for article in make_articles(count):
            words += len(article["text"].split()) + len(article["title"].split())
            stream.write(json.dumps(article, ensure_ascii=False) + "\n")
    return words


class _Swap:
    """Changes names for others of their kind, and numbers."""

    def __init__(self, luck: random.Random, text: str) -> None:
        self._luck = luck
        self._people = _names("people.csv")
        self._countries = [name for name in _names("countries.csv") if " " not in name]
        found = [name for name in (*self._people, *self._countries) if re.search(rf"(?<!\w){name}(?!\w)", text)]
        self._found = re.compile(rf"(?<!\w)({'|'.join(sorted(map(re.escape, found), key=len, reverse=True))})(?!\w)")
        self._is_country = frozenset(self._countries)

    def change(self, text: str) -> str:
        """Return a text in which some names, the same everywhere, and all small numbers are others."""
        others: dict[str, str] = {}

        def change_name(found: re.Match[str]) -> str:
            return others.setdefault(found[0], self._other(found[0]))

        text = self._found.sub(change_name, text)
        return _NUMBER.sub(lambda found: str(self._luck.randint(1, int(found[0]) * 2 + 2)), text)

    def _other(self, name: str) -> str:
        luck = self._luck
        if luck.random() > CHANGED:
            return name
        if name in self._is_country:
            return luck.choice(self._countries)
        if luck.random() < MADE_UP:
            return f"{luck.choice(self._people).split()[0]} {luck.choice(self._people).split()[-1]}"
        return luck.choice(self._people)


def _names(file: str) -> list[str]:
    with (SEEDS / file).open(encoding="utf-8", newline="") as stream:
        rows = csv.DictReader(line for line in stream if not line.startswith("#"))
        return sorted({row["ar"] for row in rows if row["ar"]})
