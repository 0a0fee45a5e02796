"""Puts an Extraction together: entities that matter, facts with evidence, date, item, amount and source."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from ..lang.language import Language
from ..model import Document, Entity, EntityKind, Evidence, Extraction, Fact, Mention, Quantity, Status
from ..resolve.actors import Actor
from ..resolve.known import Known
from ..text.dates import DateReader
from ..text.quantities import QuantityReader
from .chunks import GRAMMAR, Chunk, Reading, Reference
from .dating import Dating
from .found import Found
from .relations import SYMMETRIC
from .words import stem_start

_CORE = {EntityKind.PERSON, EntityKind.COUNTRY, EntityKind.PLACE, EntityKind.ORGANIZATION}
_WITH_AMOUNT = frozenset(
    {
        "supplies",
        "aids",
        "investedIn",
        "promised",
        "requested",
        "deployedTo",
        "signedAgreementWith",
        "released",
        "detained",
    }
)
_AMOUNT_REACH = 20
# What is planned where its date is still to come.
_COMES = frozenset({"visited", "met", "hosted", "tookPartIn", "withdrewFrom", "deployedTo"})


class Assembler:
    """Turns what the grammar found into the frozen model."""

    def __init__(self, language: Language, dates: DateReader, known: Known) -> None:
        self._language = language
        self._dates = dates
        self._known = known
        self._quantities = QuantityReader(language)

    def assemble(
        self,
        document: Document,
        readings: list[Reading],
        actors: Mapping[str, Actor],
        standing: Iterable[tuple[Found, str | None]],
        deeds: Iterable[Found],
    ) -> Extraction:
        """Return the extraction of a document."""
        published = document.published or self._dates.published(document.text)
        facts: dict[tuple[str, str, str], Fact] = {}
        namers = _namers(readings)
        for found, role in standing:
            key = (found.subject, found.relation, found.object)
            if key not in facts:
                facts[key] = self._bare_fact(found, role)
        dating = Dating(self._language, self._dates, published)
        lead = dating.lead(readings)
        for told in _same(deeds):
            told, surest = _as_stated(told), told[0]
            fact = self._fact(told[0], dating, surest.confidence)
            # A headline or a summary tells no date; another sentence that says the same, or the lead, may.
            date = fact.date or next(filter(None, (dating.date(found) for found in told[1:])), None)
            sentence = told[0].reading.sentence
            headline = (sentence.in_title or sentence.is_headline) and fact.status is Status.ACTUAL
            date = date or (lead if headline else dating.said_on(told[0], readings))
            key = (fact.subject, fact.predicate, fact.object)
            date, status = _in_time(fact, date, published)
            same = date == fact.date and status is fact.status
            facts.setdefault(key, fact if same else replace(fact, date=date, status=status))
        facts = {key: fact for key, fact in facts.items() if not _is_mere_pledge(fact, facts)}
        used = {entity for fact in facts.values() for entity in (fact.subject, fact.object, fact.attributed_to)}
        kept = {key: actor for key, actor in actors.items() if self._matters(actor, key in used)}
        entities = tuple(_entity(actor, self._state(actor.country)) for actor in kept.values())
        read = tuple(_with_namers(fact, namers) for fact in facts.values()) if namers else tuple(facts.values())
        mentions = tuple(self._mentions(readings, kept))
        sentences = tuple(reading.sentence for reading in readings)
        return Extraction(document, entities, read, mentions, sentences)

    def timed(self, extraction: Extraction, seconds: float) -> Extraction:
        """Return the extraction with the time that it took."""
        return replace(extraction, seconds=seconds)

    def _state(self, key: str | None) -> str | None:
        """Return the Wikidata id of a country of seeds/, or its name where it has none."""
        known = self._known.by_key(key) if key else None
        if known is not None and known.kind is EntityKind.PLACE:
            known, key = self._known.by_key(known.country) if known.country else None, None
        return (known.wikidata or known.name) if known is not None else key

    def _matters(self, actor: Actor, used: bool) -> bool:
        return used or (actor.kind in _CORE and actor.named and bool(actor.sightings))

    def _bare_fact(self, found: Found, role: str | None) -> Fact:
        return Fact(
            found.subject, found.relation, found.object, _evidence(found), found.status, role=role,
            confidence=_rounded(found.confidence), rule=found.rule, readers=found.readers,
        )  # fmt: skip

    def _fact(self, found: Found, dating: Dating, confidence: float) -> Fact:
        date, date_text = dating.dated(found)
        return Fact(
            found.subject, found.relation, found.object, _evidence(found), found.status,
            role=self._role(found) if found.relation == "appointed" else None,
            confidence=_rounded(confidence),
            rule=found.rule,
            readers=found.readers,
            date=date,
            date_text=date_text,
            trigger=_trigger(found),
            item=found.item,
            quantity=self._quantity(found) if found.relation in _WITH_AMOUNT else None,
            attributed_to=found.speaker if found.speaker not in (found.subject, found.object) else None,
        )  # fmt: skip

    def _role(self, found: Found) -> str | None:
        """Return the office that somebody is appointed to: the first title behind the trigger that has no name."""
        for chunk in found.reading.chunks:
            given = next((office.role for office in chunk.offices if office.given), None)
            if given is not None and chunk.entity == found.object:
                return given
            if chunk.start > found.trigger and chunk.reference is Reference.OFFICE and chunk.entity != found.subject:
                return chunk.name
        return None

    def _quantity(self, found: Found) -> Quantity | None:
        reading = found.reading
        tokens = tuple(word.token for word in reading.words)
        mentions = self._quantities.read(tokens, reading.sentence.text, reading.sentence.start)
        near = [mention for mention in mentions if abs(mention.start - found.trigger) <= _AMOUNT_REACH]
        return min(near, key=lambda mention: abs(mention.start - found.trigger)).quantity if near else None

    def _mentions(self, readings: list[Reading], actors: Mapping[str, Actor]) -> Iterable[Mention]:
        for reading in readings:
            for chunk in reading.chunks:
                if chunk.entity in actors:
                    yield _mention(reading, chunk)


def _evidence(found: Found) -> Evidence:
    sentence = found.reading.sentence
    return Evidence(sentence.text, sentence.start, sentence.end, sentence.in_title)


def _rounded(confidence: float) -> float:
    return round(min(confidence, 0.99), 3)


def _namers(readings: list[Reading]) -> dict[str, str]:
    """Return the entities that the grammar never found named, with who did."""
    found: dict[str, str] = {}
    by_grammar: set[str] = set()
    for chunk in (chunk for reading in readings for chunk in reading.chunks):
        if chunk.entity is not None and chunk.reader == GRAMMAR:
            by_grammar.add(chunk.entity)
        elif chunk.entity is not None:
            found.setdefault(chunk.entity, chunk.reader)
    return {entity: reader for entity, reader in found.items() if entity not in by_grammar}


def _with_namers(fact: Fact, namers: Mapping[str, str]) -> Fact:
    """Return a fact that names, beside the grammar, who found whom it is about."""
    others = [namers[entity] for entity in (fact.subject, fact.object) if entity in namers]
    return replace(fact, readers=tuple(dict.fromkeys((*fact.readers, *others)))) if others else fact


def _same(deeds: Iterable[Found]) -> Iterable[list[Found]]:
    """Yield the findings of each (subject, relation, object) together, the surest first."""
    groups: dict[tuple[str, str, str], list[Found]] = {}
    for found in deeds:
        sides = (found.subject, found.object)
        one, other = sorted(sides) if found.relation in SYMMETRIC else sides
        groups.setdefault((one, found.relation, other), []).append(found)
    for group in groups.values():
        yield sorted(group, key=lambda found: -found.confidence)


def _is_mere_pledge(fact: Fact, facts: Mapping[tuple[str, str, str], Fact]) -> bool:
    """Tell whether aid is but what the same sentence promises, and no amount makes it more than that."""
    if fact.predicate != "aids" or fact.status is Status.ACTUAL or fact.quantity is not None:
        return False
    pledge = facts.get((fact.subject, "promised", fact.object))
    return pledge is not None and pledge.evidence == fact.evidence


def _as_stated(told: list[Found]) -> list[Found]:
    """Return the findings of one fact, those first that tell its status."""
    status = _status(told)
    return sorted(told, key=lambda found: found.status is not status)


def _in_time(fact: Fact, date: str | None, published: str | None) -> tuple[str | None, Status]:
    """Return date and status of a fact: who "visits" at a time to come will, and nobody has blamed then."""
    to_come = fact.status is Status.ACTUAL and date and published and date > published[: len(date)]
    if not to_come:
        return date, fact.status
    return (date, Status.PLANNED) if fact.predicate in _COMES else (None, fact.status)


def _status(told: list[Found]) -> Status:
    """Return what has happened where a verb of the body says so, else the status that is told most surely."""
    sums: dict[Status, float] = {}
    for found in told:
        sentence = found.reading.sentence
        headline = sentence.in_title or sentence.is_headline
        if found.status is Status.ACTUAL and found.rule.startswith("verb") and not headline:
            return Status.ACTUAL
        sums[found.status] = sums.get(found.status, 0.0) + found.confidence
    return max(sums, key=lambda status: sums[status])


def _trigger(found: Found) -> str | None:
    words = found.reading.words
    return words[found.trigger].token.text if 0 <= found.trigger < len(words) else None


def _mention(reading: Reading, chunk: Chunk) -> Mention:
    start = stem_start(reading.words[chunk.start], chunk.cut)
    end = reading.words[chunk.end - 1].token.end
    sentence = reading.sentence
    text = sentence.text[start - sentence.start : end - sentence.start]
    return Mention(start, end, text, chunk.kind, sentence.index, chunk.entity, sentence.in_title)


def _entity(actor: Actor, country: str | None) -> Entity:
    known = actor.known
    name = known.name if known is not None and actor.kind is EntityKind.COUNTRY else actor.name
    aliases = tuple(alias for alias in dict.fromkeys(actor.names.values()) if alias != name)
    return Entity(
        id=actor.id,
        kind=actor.kind,
        name=name,
        english=known.english if known else None,
        wikidata=known.wikidata if known else None,
        aliases=aliases,
        known=known.key if known else None,
        country=country,
    )
