"""Groups of people and bodies that a text names by a common noun, as data.

The readers are extract/groups.py and resolve/homes.py; the words stand in lang/ar/groups.yaml.
"""

from __future__ import annotations

from dataclasses import dataclass

from .tables import Table


@dataclass(frozen=True, slots=True)
class Groups:
    """Nouns that name groups.

    `collectives` are singular, and of them `lone` stand without a state or behind `parts`; `people` are given in
    the singular and read in the plural, `plurals` as they are; `loyal` leads to whose side they are on, `led` to
    who leads a body; `families` and terms of `kinship` stand before a personal name; `bodies` are those of any state;
    `relative` ends adjectives of origin and belief; `leagues` are formed by several states, `joint` tells which one
    is meant; `including` and `made_of` lead to the members of a group, `namely` to some of them by name, over words
    of being `within` it; `member` is who is in one, and with `lasting` its noun is an adjective. Who leads one
    stands behind `under`, a verb with a pronoun of `headed`, `leadership` after `below`, or a verb of `heading` and
    the body, but for what somebody else has `sent`; who founded one behind a verb of `founded`, or before
    the noun of `founding` that he has `announcing`.
    """

    collectives: frozenset[str]
    lone: frozenset[str]
    parts: frozenset[str]
    people: frozenset[str]
    plurals: frozenset[str]
    loyal: frozenset[str]
    bodies: frozenset[str]
    families: frozenset[str]
    kinship: frozenset[str]
    led: frozenset[str]
    leagues: frozenset[str]
    joint: frozenset[str]
    including: frozenset[str]
    made_of: frozenset[str]
    namely: frozenset[str]
    within: frozenset[str]
    member: frozenset[str]
    lasting: frozenset[str]
    under: frozenset[str]
    headed: frozenset[str]
    founded: frozenset[str]
    leadership: frozenset[str]
    below: frozenset[str]
    sent: frozenset[str]
    heading: frozenset[str]
    founding: frozenset[str]
    announcing: frozenset[str]
    relative: str

    @classmethod
    def load(cls, table: Table) -> Groups:
        """Read the table; raise LanguageDataError where it lacks an entry."""
        return cls(
            collectives=table.words("collectives"),
            lone=table.words("lone"),
            parts=table.words("parts"),
            people=table.words("people"),
            plurals=table.words("plurals"),
            loyal=table.words("loyal"),
            bodies=table.words("bodies"),
            families=table.words("families"),
            kinship=table.words("kinship"),
            led=table.words("led"),
            leagues=table.words("leagues"),
            joint=table.words("joint"),
            including=table.words("including"),
            made_of=table.words("made_of"),
            under=table.words("under"),
            headed=table.words("headed"),
            founded=table.words("founded"),
            leadership=table.words("leadership"),
            below=table.words("below"),
            sent=table.words("sent"),
            heading=table.words("heading"),
            founding=table.words("founding"),
            announcing=table.words("announcing"),
            namely=table.words("namely"),
            within=table.words("within"),
            member=table.words("member"),
            lasting=table.words("lasting"),
            relative=table.word("relative"),
        )
