"""The predicate lexicon as data: what a verb or event noun says about whom, once lexicon.py has read and checked it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from ..model import EntityKind, Status

RELATIONS = frozenset(
    {
        "met",
        "spokeWith",
        "visited",
        "hosted",
        "tookPartIn",
        "mediated",
        "negotiatesWith",
        "signedAgreementWith",
        "cooperatesWith",
        "supplies",
        "aids",
        "investedIn",
        "requested",
        "promised",
        "rejected",
        "supports",
        "criticized",
        "threatened",
        "sanctioned",
        "attacked",
        "fights",
        "protestedAgainst",
        "deployedTo",
        "withdrewFrom",
        "detained",
        "released",
        "appointed",
        "succeeded",
        "holdsOffice",
        "leads",
        "memberOf",
        "founded",
        "partOf",
        "produces",
    }
)


class Modality(StrEnum):
    """What a modal word makes of its complement; REQUESTED means that it is merely asked for."""

    ACTUAL = "actual"
    PLANNED = "planned"
    POSSIBLE = "possible"
    DENIED = "denied"
    REQUESTED = "requested"


class LightRole(StrEnum):
    """What the light verb's subject is to the event noun; NONE where the noun itself is the subject."""

    AGENT = "agent"
    PATIENT = "patient"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Frame:
    """One reading of a verb or noun.

    `subject`, `object` and `item` list slots in order of preference: the first that holds an entity of an accepted
    kind fills the role; "asker" is whoever asked or offered last, "victim" the state that an attack means without
    naming it, "post" what whoever resigns holds his office at, "sender" the state whose envoy the object is,
    "striker" whose attack is told of behind the word ("fell in a raid by X").
    `requires` and `not_with` are words that must, or must not, head the direct object, the item or the prepositional
    object; `after` the prepositions one of which must stand before the noun, `not_after` words and prepositions none
    of which may; with `past` a verb tells it in the past alone; `status` is set where the word itself decides it;
    `base` lets a noun fire without a subject of its own; `armed` asks for forces or arms that act.
    """

    relation: str
    subject: tuple[str, ...]
    object: tuple[str, ...] = ()
    item: tuple[str, ...] = ()
    status: Status | None = None
    reciprocal: bool = False
    subject_kinds: tuple[EntityKind, ...] = ()
    object_kinds: tuple[EntityKind, ...] = ()
    requires: tuple[str, ...] = ()
    not_with: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    not_after: tuple[str, ...] = ()
    past: bool = False
    base: bool = False
    armed: bool = False
    confidence: float = 0.7


@dataclass(frozen=True, slots=True)
class VerbEntry:
    """A verb and its frames; `past` and `present` are unvowelled third person masculine singular.

    `form` is I to X as a number; a root of four letters makes it a quadriliteral form.
    """

    lemma: str
    past: str
    present: str
    root: str
    form: int
    frames: tuple[Frame, ...]


@dataclass(frozen=True, slots=True)
class NounEntry:
    """An event noun (often a verbal noun), its plurals and its frames."""

    noun: str
    plurals: tuple[str, ...]
    frames: tuple[Frame, ...]


@dataclass(frozen=True, slots=True)
class LightVerb:
    """A verb that lends its subject to an event noun; `via` says where the noun stands (direct, subject, preposition).

    With `nouns` it is light only for these; with `not_with` never for those.
    """

    lemma: str
    past: str
    present: str
    root: str
    form: int
    via: tuple[str, ...]
    role: LightRole
    nouns: tuple[str, ...] = ()
    not_with: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ModalVerb:
    """A verb that decides the status of its complement, and how that complement is attached."""

    lemma: str
    past: str
    present: str
    root: str
    form: int
    status: Modality
    complement: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ModalNoun:
    """A noun or fixed phrase that decides the status of its complement."""

    noun: str
    status: Modality
    complement: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Particle:
    """A particle that decides the status of what follows; `before` is "past", "present", "noun" or "any"."""

    particle: str
    status: Modality
    before: str


@dataclass(frozen=True, slots=True)
class SpeechVerb:
    """A verb of saying; `hedged` ones (claim, allege) leave the truth to the speaker."""

    lemma: str
    past: str
    present: str
    root: str
    form: int
    complement: tuple[str, ...]
    hedged: bool = False


# What a verb of the lexicon may be; one that is several has an entry for each.
Sense = VerbEntry | LightVerb | ModalVerb | SpeechVerb


class MarkerRole(StrEnum):
    """What stands behind a marker: who says so, a verb of saying with him, the outlet he told it; or nothing."""

    SOURCE = "source"
    REPORT = "report"
    OUTLET = "outlet"
    ASIDE = "aside"


@dataclass(frozen=True, slots=True)
class Marker:
    """A phrase of attribution and what follows it: see MarkerRole."""

    marker: str
    before: MarkerRole


@dataclass(frozen=True, slots=True)
class Predicates:
    """The whole lexicon of a language; `agent_markers` are the phrases before the agent of a passive verb."""

    verbs: tuple[VerbEntry, ...]
    nouns: tuple[NounEntry, ...]
    light_verbs: tuple[LightVerb, ...]
    modal_verbs: tuple[ModalVerb, ...]
    modal_nouns: tuple[ModalNoun, ...]
    particles: tuple[Particle, ...]
    speech_verbs: tuple[SpeechVerb, ...]
    markers: tuple[Marker, ...]
    speech_nouns: tuple[str, ...]
    prepositions: tuple[str, ...]
    agent_markers: tuple[str, ...]
