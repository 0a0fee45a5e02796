"""Joins what a language model proposed with the entities that our own linker found in the same document."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from ...model import Entity, EntityKind, Extraction, Fact, Mention, Quantity
from ...resolve.known import Known, KnownEntity
from ...resolve.names import NameComparer
from ...text.fold import fold_name
from .answer import Answer, ProposedEntity, ProposedFact

# What one model says alone; a fact that the grammar finds, too, is surer than either.
ALONE = 0.7
_MOST_MENTIONS = 50


@dataclass(frozen=True, slots=True)
class KnownNames:
    """The entities of seeds/ by kind and folded name; a name of two is nobody's."""

    known: Known
    by_name: Mapping[tuple[EntityKind, str], KnownEntity | None]

    @classmethod
    def build(cls, known: Known) -> KnownNames:
        """Index all names of seeds/."""
        by_name: dict[tuple[EntityKind, str], KnownEntity | None] = {}
        for entity in known.entities:
            for name in {fold_name(each) for each in (entity.name, entity.english, *entity.aliases)}:
                key = (entity.kind, name)
                by_name[key] = None if by_name.get(key, entity) is not entity else entity
        return cls(known, by_name)

    def find(self, proposed: ProposedEntity) -> KnownEntity | None:
        """Return the one entity that is known by the first of the names that names one."""
        found = (self.by_name.get((proposed.kind, fold_name(name))) for name in proposed.names)
        return next((entity for entity in found if entity is not None), None)

    def state(self, entity: KnownEntity) -> str | None:
        """Return the Wikidata id or the name of the state that an entity belongs to."""
        country = self.known.by_key(entity.country) if entity.country else None
        return (country.wikidata or country.name) if country is not None else None


@dataclass(slots=True)
class Joiner:
    """Gathers the answers about one document; `read` is what the grammar reads of it."""

    read: Extraction
    known: KnownNames
    names: NameComparer
    _entities: dict[str, Entity] = field(default_factory=dict)
    _facts: dict[tuple[str, str, str], Fact] = field(default_factory=dict)

    def add(self, answer: Answer) -> None:
        """Take the entities and facts of an answer in."""
        ids = {entity.id: self._entity(entity) for entity in answer.entities.values()}
        for proposed in answer.facts:
            subject, object_ = ids[proposed.subject], ids[proposed.object]
            key = (subject, proposed.predicate, object_)
            if subject != object_ and key not in self._facts:
                self._facts[key] = self._fact(proposed, subject, object_, ids)

    def result(self, warnings: tuple[str, ...]) -> Extraction:
        """Return the extraction: the entities that the answers name, their facts and mentions."""
        mentions = [mention for mention in self.read.mentions if mention.entity in self._entities]
        seen = {mention.entity for mention in mentions}
        for entity in self._entities.values():
            if entity.id not in seen:
                mentions += self._mentions(entity)
        return Extraction(
            self.read.document,
            tuple(self._entities.values()),
            tuple(self._facts.values()),
            tuple(mentions),
            self.read.sentences,
            warnings=warnings,
        )

    def _entity(self, proposed: ProposedEntity) -> str:
        found = self._among(self._entities.values(), proposed) or self._among(self.read.entities, proposed)
        entity = found or self._new(proposed)
        names = (*entity.aliases, *proposed.names)
        aliases = tuple(name for name in dict.fromkeys(names) if name != entity.name)
        self._entities[entity.id] = replace(entity, aliases=aliases)
        return entity.id

    def _among(self, entities: Iterable[Entity], proposed: ProposedEntity) -> Entity | None:
        alike = [entity for entity in entities if entity.kind is proposed.kind]
        wanted = {fold_name(name) for name in proposed.names}
        for entity in alike:
            if wanted & {fold_name(name) for name in _names(entity)}:
                return entity
        return next((entity for entity in alike if self._is_alike(entity, proposed.names[0])), None)

    def _is_alike(self, entity: Entity, name: str) -> bool:
        if entity.kind is EntityKind.PERSON:
            return any(self.names.same_person(own, name) for own in _names(entity) if " " in own)
        return entity.kind is EntityKind.ORGANIZATION and self.names.same_body(entity.name, name)

    def _new(self, proposed: ProposedEntity) -> Entity:
        known = self.known.find(proposed)
        taken = {entity.id for entity in (*self.read.entities, *self._entities.values())}
        number = len(self.read.entities) + len(self._entities) + 1
        while f"e{number}" in taken:
            number += 1
        return Entity(
            id=f"e{number}",
            kind=proposed.kind,
            name=known.name if known is not None and known.kind is EntityKind.COUNTRY else proposed.names[0],
            english=known.english if known else None,
            wikidata=known.wikidata if known else None,
            known=known.key if known else None,
            country=self.known.state(known) if known else None,
        )

    def _fact(self, proposed: ProposedFact, subject: str, object_: str, ids: Mapping[str, str]) -> Fact:
        agreed = next(
            (
                fact.confidence
                for fact in self.read.facts
                if (fact.subject, fact.predicate, fact.object) == (subject, proposed.predicate, object_)
            ),
            0.0,
        )
        speaker = ids[proposed.attributed_to] if proposed.attributed_to else None
        return Fact(
            subject=subject,
            predicate=proposed.predicate,
            object=object_,
            evidence=proposed.evidence,
            status=proposed.status,
            date=proposed.date,
            item=proposed.item,
            quantity=Quantity(proposed.quantity) if proposed.quantity else None,
            role=proposed.role,
            attributed_to=speaker if speaker not in (subject, object_) else None,
            confidence=round(min(1 - (1 - ALONE) * (1 - agreed), 0.99), 3),
            readers=("llm", "grammar") if agreed else ("llm",),
        )

    def _mentions(self, entity: Entity) -> Iterator[Mention]:
        """Yield where the names of an entity stand that the grammar did not see."""
        names = sorted({name for name in _names(entity) if name}, key=len, reverse=True)
        pattern = re.compile("|".join(map(re.escape, names)) + r"(?!\w)")
        found = 0
        for sentence in self.read.sentences:
            for match in pattern.finditer(sentence.text):
                found += 1
                if found > _MOST_MENTIONS:
                    return
                start, end = sentence.start + match.start(), sentence.start + match.end()
                yield Mention(start, end, match[0], entity.kind, sentence.index, entity.id, sentence.in_title)


def _names(entity: Entity) -> tuple[str, ...]:
    return tuple(name for name in (entity.name, entity.english, *entity.aliases) if name)
