"""What an explanation holds: for each sentence its words, mentions and triggers, and the candidates for facts.

Names stand for entities. Offsets are those of the document, as everywhere; `word` and `first` count the words of a
sentence.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from ..extract.clauses import Tag
from ..model import EntityKind, Extraction, Fact, Sentence, Status


class Verdict(StrEnum):
    """What became of a candidate."""

    KEPT = "kept"
    ELSEWHERE = "told more surely elsewhere"
    CUT = "contradicted by another fact"
    UNLIKELY = "too unlikely"
    OVERRULED = "not believed by who decides"
    BELOW = "below the confidence asked for"


@dataclass(frozen=True, slots=True)
class Word:
    """A word or mark with what it is to the clause grammar; `note` holds lemmas and forms, a slot, or who it is."""

    start: int
    end: int
    text: str
    tag: Tag
    note: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ExplainedMention:
    """A stretch that names something: words `first` to `last`, not included; offsets leave clitics out."""

    start: int
    end: int
    text: str
    first: int
    last: int
    kind: EntityKind
    reference: str
    entity: str | None
    name: str | None


@dataclass(frozen=True, slots=True)
class ExplainedFrame:
    """A frame of a trigger: the slots that may fill its two sides, and how many pairs filled them here."""

    relation: str
    subject: tuple[str, ...]
    object: tuple[str, ...]
    confidence: float
    filled: int


@dataclass(frozen=True, slots=True)
class ExplainedTrigger:
    """A verb, noun or participle that may tell a fact; `slots` are names by slot, a tuple for each coordination."""

    word: int
    text: str
    rule: str
    status: Status
    frames: tuple[ExplainedFrame, ...]
    slots: tuple[tuple[str, tuple[tuple[str, ...], ...]], ...]
    in_mind: tuple[str, ...]
    speaker: str | None


@dataclass(frozen=True, slots=True)
class Reason:
    """A feature of a candidate and what it adds to the sum whose logistic is the probability."""

    feature: str
    weight: float


@dataclass(frozen=True, slots=True)
class ExplainedFact:
    """A fact that was found or nearly so; names stand for entities.

    `word` is its trigger, None for offices and belonging; `proposed` tells whether the frame's own slots held both
    sides; `fact` is what came out, with its circumstances, where it was kept.
    """

    subject: str
    relation: str
    object: str
    status: Status
    probability: float
    rule: str
    word: int | None
    proposed: bool
    verdict: Verdict
    reasons: tuple[Reason, ...] = ()
    fact: Fact | None = None
    speaker: str | None = None


@dataclass(frozen=True, slots=True)
class ExplainedSentence:
    """A sentence and all that was seen in it; facts are the surest first, those that were kept before others."""

    sentence: Sentence
    words: tuple[Word, ...]
    mentions: tuple[ExplainedMention, ...]
    triggers: tuple[ExplainedTrigger, ...]
    facts: tuple[ExplainedFact, ...]


@dataclass(frozen=True, slots=True)
class Explanation:
    """How a document was read, and what came out."""

    extraction: Extraction
    sentences: tuple[ExplainedSentence, ...]
