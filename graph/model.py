"""The things that flow through the pipeline, from Document to Extraction; standard library only.

Every span is half-open `start`/`end` in characters (Python code points) of the text as it was read:
the document's `text`, or its `title` where `in_title` says so.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple


class EntityKind(StrEnum):
    """What an entity is; the values are the class names of the ontology."""

    PERSON = "Person"
    COUNTRY = "Country"
    PLACE = "Place"
    ORGANIZATION = "Organization"
    WEAPON = "Weapon"
    AGREEMENT = "Agreement"
    EVENT = "Event"


class Status(StrEnum):
    """Whether the text says that a fact happened; only actual facts become plain triples.

    REFUSED is said by people, never by a text: what was read is wrong. It counts for nothing, but stays to be seen.
    """

    ACTUAL = "actual"
    PLANNED = "planned"
    POSSIBLE = "possible"
    DENIED = "denied"
    REFUSED = "refused"


STATED = (Status.ACTUAL, Status.PLANNED, Status.POSSIBLE, Status.DENIED)
"""The statuses that a text gives."""


@dataclass(frozen=True, slots=True)
class Document:
    """One article as it was read.

    `published` is an ISO date (YYYY-MM-DD) or None; `source` the outlet's name; `author` who signs it; `path` and
    `line` say where the bytes came from, for messages.
    """

    id: str
    text: str
    title: str | None = None
    published: str | None = None
    source: str | None = None
    url: str | None = None
    language: str = "ar"
    path: str | None = None
    line: int | None = None
    author: str | None = None


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a document. `segment` 0 is the article itself, 1 and more are articles glued to its tail.

    A dateline says where an article was written, and nothing of how its places lie to each other.
    """

    start: int
    end: int
    text: str
    index: int
    segment: int = 0
    in_title: bool = False
    is_headline: bool = False
    is_dateline: bool = False


class Token(NamedTuple):
    """A word or a mark of a sentence; offsets as in Sentence. `norm` is the folded form used for look-ups.

    A named tuple, since one is made of every word and a frozen dataclass takes three times as long to make.
    """

    start: int
    end: int
    text: str
    norm: str


@dataclass(frozen=True, slots=True)
class Mention:
    """A stretch of a sentence that names somebody or something; `entity` is the id it was resolved to."""

    start: int
    end: int
    text: str
    kind: EntityKind
    sentence: int
    entity: str | None = None
    in_title: bool = False


@dataclass(frozen=True, slots=True)
class Entity:
    """An actor or thing named in one document.

    `id` is local to the document ("e1"); `known` is the key of the matching row in seeds/ or None;
    `country` is the Wikidata id or name of the state it belongs to, where that is known.
    """

    id: str
    kind: EntityKind
    name: str
    english: str | None = None
    wikidata: str | None = None
    aliases: tuple[str, ...] = ()
    known: str | None = None
    country: str | None = None


@dataclass(frozen=True, slots=True)
class Evidence:
    """The sentence that says so: `start`/`end` in the document's text, or in its title where `in_title`."""

    text: str
    start: int
    end: int
    in_title: bool = False


@dataclass(frozen=True, slots=True)
class Quantity:
    """An amount as written (`text`), and as read: `value`, `unit` and `bound` ("at least", "about", "at most")."""

    text: str
    value: float | None = None
    unit: str | None = None
    bound: str | None = None


@dataclass(frozen=True, slots=True)
class Fact:
    """One relation between two entities of a document, with its circumstances and its evidence.

    `subject`, `object` and `attributed_to` are entity ids of the same Extraction; `predicate` is a relation name of
    ontology/relations.ttl; `date` is YYYY, YYYY-MM or YYYY-MM-DD; facts of one happening share `event`. `trigger` is
    the word of the sentence that tells it and `date_text` the words that date it, as written. `readers` names who read
    it, more than one where they agree or only together could.
    """

    subject: str
    predicate: str
    object: str
    evidence: Evidence
    status: Status = Status.ACTUAL
    date: str | None = None
    item: str | None = None
    quantity: Quantity | None = None
    role: str | None = None
    attributed_to: str | None = None
    confidence: float = 1.0
    readers: tuple[str, ...] = ("grammar",)
    event: str | None = None
    rule: str | None = None
    trigger: str | None = None
    date_text: str | None = None


@dataclass(frozen=True, slots=True)
class Extraction:
    """All that was read from one document. `seconds` is the time the reader took."""

    document: Document
    entities: tuple[Entity, ...] = ()
    facts: tuple[Fact, ...] = ()
    mentions: tuple[Mention, ...] = ()
    sentences: tuple[Sentence, ...] = ()
    seconds: float = 0.0
    warnings: tuple[str, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class Refusal:
    """An input that was not read: the file, the line where there is one, and the reason with the next step.

    `language` is the tag of the language that an article is in where it was set aside, being sound but not Arabic.
    """

    path: str
    reason: str
    line: int | None = None
    language: str | None = None


class Verdict(StrEnum):
    """What a person may decide: whether two actors are one, whether a fact was read rightly, what an actor is."""

    SAME = "same"
    DIFFERENT = "different"
    WRONG = "wrong"
    RIGHT = "right"
    RENAME = "rename"
    RETYPE = "retype"


@dataclass(frozen=True, slots=True)
class Decision:
    """What somebody decided: `by` whom, `at` what time (UTC, YYYY-MM-DDTHH:MM:SSZ) and `why`.

    `one` and `other` are IRIs of actors, of which `rename` and `retype` have the first alone; `fact` is the IRI of the
    fact that is right or wrong; `name` with its `language`, and `kind`, are what an actor is called or is from now on.
    """

    verdict: Verdict
    at: str
    one: str | None = None
    other: str | None = None
    fact: str | None = None
    name: str | None = None
    language: str | None = None
    kind: EntityKind | None = None
    by: str | None = None
    why: str | None = None
