"""Reads what a language model answered and keeps what the article bears out: names and quotes that stand in it.

Everything else is dropped and counted by reason. The model is never believed on an offset: quotes are looked for.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from ...errors import ReaderError
from ...model import Document, EntityKind, Evidence, Status
from ...rdf.vocabulary import Vocabulary
from ...text.fold import INVISIBLE, fold_name

_DATE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")
_GAP = rf"[\s{INVISIBLE}]+"
_MOST_WORDS = 400
_SHORTEST_QUOTE = 3  # words


@dataclass(frozen=True, slots=True)
class ProposedEntity:
    """An entity of an answer; `names` stand in the article, the fullest first."""

    id: str
    kind: EntityKind
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ProposedFact:
    """A relation of an answer between two of its entity ids, with a quote that stands in the article."""

    subject: str
    predicate: str
    object: str
    status: Status
    evidence: Evidence
    date: str | None
    item: str | None
    quantity: str | None
    role: str | None
    attributed_to: str | None


@dataclass(slots=True)
class Answer:
    """What is left of an answer, and how much was dropped for which reason."""

    entities: dict[str, ProposedEntity] = field(default_factory=dict)
    facts: list[ProposedFact] = field(default_factory=list)
    dropped: Counter[str] = field(default_factory=Counter)


def parse_answer(text: str) -> Mapping[str, object]:
    """Return the JSON object of an answer, which may stand in a code fence or after a word of greeting; raise
    ReaderError where there is none.
    """
    start = text.find("{")
    if start < 0:
        raise ReaderError("the language model's answer has no JSON object in it.")
    try:
        found, _ = json.JSONDecoder().raw_decode(text, start)
    except (ValueError, RecursionError) as error:
        raise ReaderError(f"the language model's answer is not JSON ({type(error).__name__}).") from None
    if not isinstance(found, dict) or not isinstance(found.get("entities"), list):
        raise ReaderError("the language model's answer has no list of entities.")
    if not isinstance(found.get("relations"), list):
        raise ReaderError("the language model's answer has no list of relations.")
    return found


class AnswerChecker:
    """Holds answers against one document."""

    def __init__(self, document: Document, vocabulary: Vocabulary) -> None:
        self._document = document
        self._vocabulary = vocabulary
        self._folded = f"{fold_name(document.title or '')} {fold_name(document.text)} "

    def check(self, said: Mapping[str, object]) -> Answer:
        """Return what the document bears out of an answer that `parse_answer` gave."""
        answer = Answer()
        for entity in self._entities(said, answer.dropped):
            answer.entities.setdefault(entity.id, entity)
        seen: set[tuple[str, str, str]] = set()
        for fact in self._facts(said, answer):
            key = (fact.subject, fact.predicate, fact.object)
            if key not in seen:
                seen.add(key)
                answer.facts.append(fact)
        return answer

    def stands(self, name: str) -> bool:
        """Tell whether a name stands in the article, folded, with or without a prefix written onto it."""
        folded = fold_name(name)
        return bool(folded) and f"{folded} " in self._folded

    def _entities(self, said: Mapping[str, object], dropped: Counter[str]) -> Iterator[ProposedEntity]:
        for each in _objects(said["entities"]):
            kind = next((kind for kind in EntityKind if kind == each.get("type")), None)
            names = [name for name in (each.get("name"), *_list(each.get("aliases"))) if isinstance(name, str)]
            standing = tuple(dict.fromkeys(name.strip() for name in names if self.stands(name)))
            if kind is None:
                dropped["entities of no known type"] += 1
            elif not isinstance(each.get("id"), str) or not standing:
                dropped["entities whose name is not in the article"] += 1
            else:
                yield ProposedEntity(str(each["id"]), kind, standing)

    def _facts(self, said: Mapping[str, object], answer: Answer) -> Iterator[ProposedFact]:
        for each in _objects(said["relations"]):
            reason, evidence = self._fault(each, answer.entities), _text(each, "evidence")
            place = self.find(evidence) if evidence else None
            if reason is None and place is None:
                reason = "relations whose quote is not in the article"
            if reason is not None or place is None:
                answer.dropped[reason or ""] += 1
                continue
            speaker = _text(each, "attributed_to")
            sides = (str(each["subject"]), str(each["object"]))
            yield ProposedFact(
                sides[0],
                str(each["predicate"]),
                sides[1],
                Status(str(each["status"])),
                place,
                _date(each.get("date")),
                self._copied(each, "item", answer.dropped),
                self._copied(each, "quantity", answer.dropped),
                self._copied(each, "role", answer.dropped),
                speaker if speaker in answer.entities and speaker not in sides else None,
            )

    def _fault(self, each: Mapping[str, object], entities: Mapping[str, ProposedEntity]) -> str | None:
        """Return why a relation is not to be kept whatever its quote is, or None."""
        relation = self._vocabulary.relations.get(str(each.get("predicate")))
        one, other = entities.get(str(each.get("subject"))), entities.get(str(each.get("object")))
        if relation is None:
            return "relations of no known predicate"
        if each.get("status") not in list(Status):
            return "relations of no known status"
        if one is None or other is None:
            return "relations of an entity that is not there"
        if one.id == other.id:
            return "relations of an entity with itself"
        if one.kind not in relation.domain or other.kind not in relation.range:
            return "relations that their kinds of entity do not admit"
        return None

    def find(self, quote: str) -> Evidence | None:
        """Return where a quote of three words or more stands in the text or the title; blanks may differ."""
        words = quote.split()
        if not _SHORTEST_QUOTE <= len(words) <= _MOST_WORDS:
            return None
        pattern = re.compile(_GAP.join(map(re.escape, words)))
        for text, in_title in ((self._document.text, False), (self._document.title or "", True)):
            found = pattern.search(text)
            if found is not None:
                return Evidence(found[0], found.start(), found.end(), in_title)
        return None

    def _copied(self, each: Mapping[str, object], name: str, dropped: Counter[str]) -> str | None:
        """Return a field that was copied from the article; one that was not is dropped."""
        text = _text(each, name)
        if text is None or self.stands(text):
            return text
        dropped[f"{name}s that are not in the article"] += 1
        return None


def _objects(value: object) -> Iterator[Mapping[str, object]]:
    return (each for each in _list(value) if isinstance(each, dict))


def _list(value: object) -> list[object]:
    return value if isinstance(value, list) else []


def _text(each: Mapping[str, object], name: str) -> str | None:
    value = each.get(name)
    return value.strip() or None if isinstance(value, str) else None


def _date(value: object) -> str | None:
    """Return an ISO date, month or year that there is, else None."""
    if not isinstance(value, str) or not _DATE.fullmatch(value):
        return None
    try:
        date.fromisoformat(value + "-01-01"[len(value) - 10 :] if len(value) < 10 else value)
    except ValueError:
        return None
    return value
