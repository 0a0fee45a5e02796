"""Loads lang/ar/identity.yaml: what names of one actor may differ in, and what tells two apart that look alike."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ..errors import LanguageDataError
from ..resources import package_folder
from .tables import Table

CALLINGS = ("govern", "play", "perform", "pray")


@dataclass(frozen=True, slots=True)
class IdentityWords:
    """Words in normalised spelling; identity.yaml says of each list what it is for.

    `optional_heads` and `namesakes` are lines of words: heads of one line stand for one another, namesakes of one line
    are names of different people. `callings` are the first words of offices by what
    their holders do, `same_seats` lines of words that may be said of one of the `seats`.
    """

    titles: frozenset[str]
    son: frozenset[str]
    house: str
    servant: str
    optional_heads: tuple[tuple[str, ...], ...]
    fillers: frozenset[str]
    ministry: str
    shorthand: frozenset[str]
    place_heads: frozenset[str]
    all_place_heads: frozenset[str]
    peninsula: tuple[str, ...]
    place_qualifiers: frozenset[str]
    distinctive: frozenset[str]
    common: frozenset[str]
    offices: frozenset[str]
    namesakes: tuple[tuple[str, ...], ...]
    callings: Mapping[str, frozenset[str]]
    rulers: frozenset[str]
    seats: frozenset[str]
    same_seats: tuple[tuple[str, ...], ...]
    seat_fillers: frozenset[str]
    seat_joiners: tuple[str, ...]
    former: frozenset[str]

    @classmethod
    def load(cls, language: str = "ar") -> IdentityWords:
        """Read identity.yaml, and what other tables say of bodies, places and offices; raise LanguageDataError."""
        folder = package_folder("lang") / language
        table, bodies = Table(folder / "identity.yaml"), Table(folder / "organisations.yaml")
        heads = bodies.sorts("heads", ("state", "group", "firm"))
        return cls(
            titles=table.words("titles"),
            son=table.words("son"),
            house=table.word("house"),
            servant=table.word("servant"),
            optional_heads=_lines(table, "optional_heads"),
            fillers=table.words("fillers"),
            ministry=table.word("ministry"),
            shorthand=bodies.words("ministry_shorthand"),
            place_heads=table.words("place_heads"),
            all_place_heads=Table(folder / "places.yaml").words("heads"),
            peninsula=table.word_list("peninsula"),
            place_qualifiers=table.words("place_qualifiers"),
            distinctive=table.words("distinctive"),
            common=frozenset().union(*heads.values()) | bodies.words("complements") | bodies.words("bare_definite"),
            offices=_offices(Table(folder / "titles.yaml")),
            namesakes=_lines(table, "namesakes"),
            callings=table.sorts("callings", CALLINGS),
            rulers=table.words("rulers"),
            seats=table.words("seats"),
            same_seats=_lines(table, "same_seats"),
            seat_fillers=table.words("seat_fillers"),
            seat_joiners=table.word_list("seat_joiners"),
            former=Table(folder / "titles.yaml").words("former"),
        )


def _offices(titles: Table) -> frozenset[str]:
    """Return the words with which the name of an office begins."""
    heads = titles.sorts("office_heads", ("state", "body"))
    return frozenset(word.split(" ")[0] for sort in heads.values() for word in sort)


def _lines(table: Table, name: str) -> tuple[tuple[str, ...], ...]:
    lines = table.word_list(name)
    if not all(" " in line for line in lines):
        raise LanguageDataError(f"{table.path}: each line of {name!r} needs two words or more.")
    return tuple(tuple(line.split(" ")) for line in lines)
