"""The stretches of a sentence that name something, as the grammar finds them and before they are linked to entities."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from ..model import EntityKind, Sentence
from ..resolve.known import KnownEntity
from .words import Cut, Word

GRAMMAR = "grammar"


class Reference(StrEnum):
    """How a chunk refers: by name, by an office, by a bare noun, as "his counterpart" or "its embassy"."""

    NAME = "name"
    OFFICE = "office"
    DEFINITE = "definite"
    COUNTERPART = "counterpart"
    OWNED = "owned"


@dataclass(frozen=True, slots=True)
class Office:
    """An office as the text words it: its role, its head noun, and the chunk or the country key it is held at.

    `party` is the body for which a member of parliament sits; `owner` is the pronoun that names the body; `loose` tells
    that the words fit whoever holds any office there; `given` that it is what a verb makes somebody.
    """

    role: str
    head: str
    sort: str
    target: Chunk | None = None
    country: str | None = None
    former: bool = False
    party: Chunk | None = None
    owner: str = ""
    loose: bool = False
    given: bool = False

    @property
    def owned(self) -> bool:
        """Tell whether a pronoun names the state or body that it is held at."""
        return bool(self.owner)


@dataclass(slots=True, eq=False)
class Chunk:
    """A stretch of words that names something. Mutable while the grammar grows it and the linker resolves it.

    `start`/`end` are word indices; `cut` the clitics taken off the first word; `country` a key of seeds/ such as
    "country:ua"; `parents` what it says it is part of: chunks or country keys; `name_end` ends a name that reaches over
    words of other chunks; `holds` what else its words name, of which they say nothing; `common` tells that it is no
    name and listed only where a fact has it; `reader` who found it.
    """

    start: int
    end: int
    kind: EntityKind
    name: str
    cut: Cut | None = None
    reference: Reference = Reference.NAME
    known: tuple[KnownEntity, ...] = ()
    country: str | None = None
    head: str | None = None
    offices: list[Office] = field(default_factory=list)
    parents: list[Chunk | str] = field(default_factory=list)
    holds: list[Chunk] = field(default_factory=list)
    aliases: list[str] = field(default_factory=list)
    plural: bool = False
    feminine: bool = False
    name_start: int = -1
    name_end: int = 0
    entity: str | None = None
    inner: bool = False
    crowd: bool = False
    common: bool = False
    counterpart: bool = False
    apposed: bool = False
    confidence: float = 0.9
    reader: str = GRAMMAR

    @property
    def preposition(self) -> str:
        """Return the preposition written onto its first word, or nothing."""
        return self.cut.preposition if self.cut else ""

    @property
    def conjunction(self) -> str:
        """Return the conjunction written onto its first word, or nothing."""
        return self.cut.conjunction if self.cut else ""


@dataclass(slots=True)
class Title:
    """A title while it is read: `end` after its last word, `target` its body, `country` its state.

    `holders` are the states of a plural title: country key, first and last word, and the cut of the first; `party` is
    whom a member of parliament sits for; `owner` the pronoun of whose office it is; `holds` what the words name beside.
    """

    start: int
    end: int
    head: str
    sort: str
    target: Chunk | None = None
    country: str | None = None
    former: bool = False
    specific: bool = False
    plural: bool = False
    one: bool = False
    party: Chunk | None = None
    owner: str = ""
    holders: list[tuple[str, int, int, Cut | None]] = field(default_factory=list)
    holds: list[Chunk] = field(default_factory=list)


@dataclass(slots=True)
class Reading:
    """A sentence with its words and chunks; `owner[i]` is the index of the chunk that covers word i, or -1.

    `kept` is what whoever found the chunks made of the sentence on the way and wants again when facts are weighed;
    `norms` are the words, so that who looks for some can tell at once that a sentence has none of them.
    """

    sentence: Sentence
    words: tuple[Word, ...]
    chunks: list[Chunk]
    owner: list[int]
    kept: object = None
    norms: frozenset[str] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        self.norms = frozenset([word.norm for word in self.words])

    def norm_at(self, index: int) -> str:
        """Return a word in its normalised spelling; nothing where the sentence has none."""
        return self.words[index].norm if 0 <= index < len(self.words) else ""

    def chunk_at(self, index: int) -> Chunk | None:
        """Return the chunk that covers a word, or None."""
        if not 0 <= index < len(self.owner) or self.owner[index] < 0:
            return None
        return self.chunks[self.owner[index]]


def own(chunks: list[Chunk], length: int) -> list[int]:
    """Return for each word the index of the chunk that covers it, or -1."""
    owner = [-1] * length
    for index, chunk in enumerate(chunks):
        owner[chunk.start : chunk.end] = [index] * (chunk.end - chunk.start)
    return owner
