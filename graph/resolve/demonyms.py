"""Inflects adjectives of nationality: from a base form of seeds/countries.csv to every form that a text may hold.

Endings and article are data: lang/ar/demonyms.yaml.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ..errors import LanguageDataError
from ..lang.tables import Table
from ..resources import package_folder


@dataclass(frozen=True, slots=True)
class DemonymForm:
    """One form of a country's adjective; `gender` is "m" or "f", `number` "s", "d" or "p", `country` an entity key.

    `named` tells that the country's own name is spelt so.
    """

    text: str
    country: str
    gender: str
    number: str
    definite: bool = False
    named: bool = False


@dataclass(frozen=True, slots=True)
class _Ending:
    text: str
    gender: str
    number: str
    article: str = "often"


@dataclass(frozen=True, slots=True)
class Inflection:
    """How a language inflects the adjectives of nationality."""

    article: str
    base: str
    shortest_first_word: int
    endings: tuple[_Ending, ...]
    bodies: tuple[tuple[str, str], ...] = ()
    regions: tuple[tuple[str, str], ...] = ()

    @classmethod
    def load(cls, language: str = "ar") -> Inflection:
        """Read lang/<language>/demonyms.yaml."""
        table = Table(package_folder("lang") / language / "demonyms.yaml")
        article, base = table.word_list("article"), table.word_list("base")
        shape = table.numbers("shape")
        if len(article) != 1 or len(base) != 1 or "shortest" not in shape:
            raise LanguageDataError(f"{table.path}: give one article, one base and shape.shortest.")
        named = tuple(table.strings("bodies").items()), tuple(table.strings("regions").items())
        try:
            endings = tuple(_Ending(**_renamed(record)) for record in table.records("endings"))
        except TypeError:
            raise LanguageDataError(f"{table.path}: each of the endings needs ending, gender and number.") from None
        return cls(article[0], base[0], int(shape["shortest"]), endings, *named)

    def fits(self, base: str) -> bool:
        """Tell whether a base form ends as one should."""
        return base.endswith(self.base) and len(base) > len(self.base)

    def forms(self, base: str, country: str) -> Iterator[DemonymForm]:
        """Yield every inflected form of a base, without and with the article."""
        words = base.split(" ")
        inflected = [
            index == len(words) - 1 or (self.fits(word) and len(word) >= self.shortest_first_word)
            for index, word in enumerate(words)
        ]
        for ending in self.endings:
            bare = [
                word.removesuffix(self.base) + ending.text if bends else word
                for word, bends in zip(words, inflected, strict=True)
            ]
            yield DemonymForm(" ".join(bare), country, ending.gender, ending.number)
            if ending.article != "never":
                yield DemonymForm(self._definite(bare, inflected), country, ending.gender, ending.number, definite=True)

    def plural(self, people: str, country: str) -> Iterator[DemonymForm]:
        """Yield an irregular plural, without and with the article."""
        yield DemonymForm(people, country, "m", "p")
        yield DemonymForm(self.article + people, country, "m", "p", definite=True)

    def _definite(self, words: list[str], inflected: list[bool]) -> str:
        # A first word that is not inflected makes one compound with the second, which takes the article once.
        takes = (index == 0 or (bends and inflected[0]) for index, bends in enumerate(inflected))
        return " ".join(self.article + word if article else word for word, article in zip(words, takes, strict=True))


def _renamed(record: dict[str, str]) -> dict[str, str]:
    return {"text" if name == "ending" else name: value for name, value in record.items()}
