"""Extractions against gold records: precision, recall and F1 of relations and entities, and every error to read.

Two entities are one when their Wikidata ids are equal or any folded name of one is a name of the other. A relation
counts when subject, predicate and object agree; what gold marks optional costs nothing, found or missed.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from .errors import SourceError

CORE_KINDS = frozenset({"Person", "Country", "Place", "Organization"})
STANDING = frozenset({"holdsOffice", "partOf", "memberOf"})
_ALEF = "\N{ARABIC LETTER ALEF}"
_ARTICLE = _ALEF + "\N{ARABIC LETTER LAM}"
# The fold belongs to the figure: it stays as it is when the reader's own folding learns more letters.
_FOLD = str.maketrans(
    {
        "\N{ARABIC LETTER ALEF WITH HAMZA ABOVE}": _ALEF,
        "\N{ARABIC LETTER ALEF WITH HAMZA BELOW}": _ALEF,
        "\N{ARABIC LETTER ALEF WITH MADDA ABOVE}": _ALEF,
        "\N{ARABIC LETTER ALEF WASLA}": _ALEF,
        "\N{ARABIC LETTER ALEF MAKSURA}": "\N{ARABIC LETTER YEH}",
        "\N{ARABIC LETTER TEH MARBUTA}": "\N{ARABIC LETTER HEH}",
        "\N{ARABIC LETTER WAW WITH HAMZA ABOVE}": "\N{ARABIC LETTER WAW}",
        "\N{ARABIC LETTER YEH WITH HAMZA ABOVE}": "\N{ARABIC LETTER YEH}",
        "\N{ARABIC LETTER VEH}": "\N{ARABIC LETTER FEH}",
        "\N{ARABIC LETTER GAF}": "\N{ARABIC LETTER GHAIN}",
        **dict.fromkeys('\N{ARABIC TATWEEL}\u201c\u201d\u00ab\u00bb"'),
    }
)


@dataclass(frozen=True, slots=True)
class RecordEntity:
    """An entity of a record.

    `names` are its name, English name and aliases, folded; `written` are name and aliases as they stand.
    """

    id: str
    kind: str
    name: str | None
    names: frozenset[str]
    wikidata: str | None
    optional: bool
    written: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RecordRelation:
    """A relation of a record between two of its entity ids."""

    subject: str
    predicate: str
    object: str
    status: str
    date: str | None
    evidence: str
    optional: bool
    confidence: float


@dataclass(frozen=True, slots=True)
class Record:
    """What is compared of one article."""

    id: str
    entities: tuple[RecordEntity, ...] = ()
    relations: tuple[RecordRelation, ...] = ()


@dataclass(frozen=True, slots=True)
class Counts:
    """How many were found rightly, found and not wanted, wanted and not found."""

    hits: int = 0
    extra: int = 0
    missed: int = 0

    @property
    def precision(self) -> float:
        """The share of what was found that is wanted."""
        return self.hits / (self.hits + self.extra) if self.hits + self.extra else 0.0

    @property
    def recall(self) -> float:
        """The share of what is wanted that was found."""
        return self.hits / (self.hits + self.missed) if self.hits + self.missed else 0.0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0

    def __add__(self, other: Counts) -> Counts:
        return Counts(self.hits + other.hits, self.extra + other.extra, self.missed + other.missed)


@dataclass(frozen=True, slots=True)
class ReadingError:
    """A relation that was missed, or that is in the output and not in gold (`extra`); subject and object by name."""

    document: str
    extra: bool
    subject: str
    predicate: str
    object: str
    evidence: str


@dataclass(frozen=True, slots=True)
class Evaluation:
    """The figures of one comparison, and the errors behind them in the order of the articles."""

    documents: int
    entities: Counts
    relations: Counts
    deeds: Counts
    by_predicate: Mapping[str, Counts]
    pairs_found: int
    pairs_wanted: int
    status_right: int
    dated: int
    date_right: int
    errors: tuple[ReadingError, ...]


class _Key(NamedTuple):
    subject: str
    predicate: str
    object: str

    @property
    def pair(self) -> frozenset[str]:
        return frozenset((self.subject, self.object))


@dataclass(frozen=True, slots=True)
class _Comparison:
    """One article: relations by key in gold's entity ids; an entity that gold lacks stands as "?" and its name."""

    document: str
    names: Mapping[str, str | None]
    entities: Counts
    wanted: Mapping[_Key, RecordRelation]
    found: Mapping[_Key, RecordRelation]
    optional: frozenset[_Key]

    @property
    def hits(self) -> tuple[_Key, ...]:
        return tuple(key for key in self.wanted if key in self.found)

    @property
    def missed(self) -> tuple[_Key, ...]:
        return tuple(key for key in self.wanted if key not in self.found)

    @property
    def extra(self) -> tuple[_Key, ...]:
        return tuple(key for key in self.found if key not in self.wanted and key not in self.optional)


def read_records(path: Path) -> dict[str, Record]:
    """Read records by id from JSON lines, the last of an id; raise SourceError, naming a line that is none."""
    records: dict[str, Record] = {}
    try:
        lines = path.read_text(encoding="utf-8-sig").split("\n")
    except OSError as error:
        raise SourceError(f"{path}: cannot be read ({error.strerror}): mend the path.") from error
    except UnicodeDecodeError as error:
        raise SourceError(f"{path}: is no UTF-8 (byte {error.start}): give JSON lines in UTF-8.") from None
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            record = parse_record(json.loads(line))
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            reason = f"{type(error).__name__}: {error}"
            raise SourceError(f"{path}:{number}: is no record with id, entities and relations ({reason}).") from None
        records[record.id] = record
    return records


# Any: the value of a JSON line, whose shape is checked by reading it.
def parse_record(value: Mapping[str, Any]) -> Record:
    """Return the Record of a JSON object; raise KeyError, TypeError or ValueError where it is none."""
    return Record(
        id=value["id"],
        entities=tuple(
            RecordEntity(
                id=entity["id"],
                kind=entity["type"],
                name=entity.get("name"),
                names=_names([entity.get("name"), entity.get("en"), *(entity.get("aliases") or ())]),
                wikidata=entity.get("wikidata") or None,
                optional=bool(entity.get("optional")),
                written=tuple(filter(None, (entity.get("name"), *(entity.get("aliases") or ())))),
            )
            for entity in value["entities"]
        ),
        relations=tuple(
            RecordRelation(
                subject=relation["subject"],
                predicate=relation["predicate"],
                object=relation["object"],
                status=relation.get("status", "actual"),
                date=relation.get("date"),
                evidence=relation.get("evidence") or "",
                optional=bool(relation.get("optional")),
                confidence=float(relation.get("confidence", 1.0)),
            )
            for relation in value["relations"]
        ),
    )


def evaluate(
    gold: Mapping[str, Record],
    system: Mapping[str, Record],
    *,
    symmetric: frozenset[str],
    min_confidence: float = 0.0,
) -> Evaluation:
    """Compare records by article id; an article that the system leaves out counts as empty.

    `symmetric` names the relations that hold either way round; relations below `min_confidence` are left out.
    """
    articles = [
        _compare(record, system.get(identifier, Record(identifier)), symmetric, min_confidence)
        for identifier, record in gold.items()
    ]
    matched = [(each.wanted[key], each.found[key]) for each in articles for key in each.hits]
    dated = [(wanted.date, found.date or "") for wanted, found in matched if wanted.date]
    by_predicate = _count_by_predicate(articles)
    return Evaluation(
        documents=len(articles),
        entities=sum((each.entities for each in articles), Counts()),
        relations=sum(by_predicate.values(), Counts()),
        deeds=sum((counts for name, counts in by_predicate.items() if name not in STANDING), Counts()),
        by_predicate=by_predicate,
        pairs_found=sum(_count_pairs(each) for each in articles),
        pairs_wanted=sum(len(each.wanted) for each in articles),
        status_right=sum(wanted.status == found.status for wanted, found in matched),
        dated=len(dated),
        date_right=sum(found.startswith(wanted) for wanted, found in dated),
        errors=tuple(error for each in articles for error in _list_errors(each)),
    )


def _compare(gold: Record, system: Record, symmetric: frozenset[str], min_confidence: float) -> _Comparison:
    to_gold = match_entities(gold.entities, system.entities)
    names = {entity.id: entity.name for entity in system.entities}
    wanted: dict[_Key, RecordRelation] = {}
    optional: set[_Key] = set()
    for relation in gold.relations:
        key = _key(relation.subject, relation.predicate, relation.object, symmetric)
        if relation.optional:
            optional.add(key)
        else:
            wanted.setdefault(key, relation)
    found: dict[_Key, RecordRelation] = {}
    for relation in system.relations:
        if relation.confidence >= min_confidence:
            ends = [to_gold.get(end, f"?{names.get(end, end)}") for end in (relation.subject, relation.object)]
            found.setdefault(_key(ends[0], relation.predicate, ends[1], symmetric), relation)
    return _Comparison(
        document=gold.id,
        names={entity.id: entity.name for entity in gold.entities},
        entities=_count_entities(gold.entities, system.entities, to_gold),
        wanted=wanted,
        found=found,
        optional=frozenset(optional),
    )


def match_entities(gold: Iterable[RecordEntity], system: Iterable[RecordEntity]) -> dict[str, str]:
    """Map each entity id of the system to the gold entity that it names; several may name one, the best goes first."""
    gold = tuple(gold)
    pairs = []
    for mine in system:
        for theirs in gold:
            same_id = mine.wikidata is not None and mine.wikidata == theirs.wikidata
            shared = mine.names & theirs.names
            if same_id or shared:
                longest = max(map(len, shared), default=0)
                same_name = _fold(mine.name) == _fold(theirs.name)
                rank = (same_id, same_name, mine.kind == theirs.kind, longest, len(shared))
                pairs.append((*rank, mine.id, theirs.id))
    to_gold: dict[str, str] = {}
    for *_, mine_id, gold_id in sorted(pairs, reverse=True):
        to_gold.setdefault(mine_id, gold_id)
    return to_gold


def _count_entities(gold: Iterable[RecordEntity], system: Iterable[RecordEntity], to_gold: Mapping[str, str]) -> Counts:
    """Count actors and places; what gold lacks is extra, and so is one actor that the system split in two."""
    matched = set(to_gold.values())
    core = [entity.id in matched for entity in gold if entity.kind in CORE_KINDS and not entity.optional]
    named = [entity.id for entity in system if entity.kind in CORE_KINDS]
    distinct = {to_gold[identifier] for identifier in named if identifier in to_gold}
    return Counts(hits=sum(core), extra=len(named) - len(distinct), missed=len(core) - sum(core))


def _count_by_predicate(articles: Iterable[_Comparison]) -> dict[str, Counts]:
    counts: dict[str, Counts] = {}
    for article in articles:
        for keys, one in ((article.wanted, None), (article.extra, Counts(extra=1))):
            for key in keys:
                step = one or (Counts(hits=1) if key in article.found else Counts(missed=1))
                counts[key.predicate] = counts.get(key.predicate, Counts()) + step
    return counts


def _count_pairs(article: _Comparison) -> int:
    linked = {key.pair for key in article.found}
    return sum(key.pair in linked for key in article.wanted)


def _list_errors(article: _Comparison) -> Iterable[ReadingError]:
    for extra, keys, relations in ((False, article.missed, article.wanted), (True, article.extra, article.found)):
        for key in keys:
            yield ReadingError(
                document=article.document,
                extra=extra,
                subject=article.names.get(key.subject) or key.subject,
                predicate=key.predicate,
                object=article.names.get(key.object) or key.object,
                evidence=relations[key].evidence,
            )


def _key(subject: str, predicate: str, target: str, symmetric: frozenset[str]) -> _Key:
    if predicate in symmetric and target < subject:
        subject, target = target, subject
    return _Key(subject, predicate, target)


def _names(forms: Iterable[str | None]) -> frozenset[str]:
    return frozenset(folded for form in forms if (folded := _fold(form)))


def _fold(name: str | None) -> str:
    composed = unicodedata.normalize("NFKC", name or "")
    bare = "".join(character for character in composed if unicodedata.category(character) != "Mn")
    words = re.findall(r"\w+", bare.translate(_FOLD).lower())
    return " ".join(word[2:] if word.startswith(_ARTICLE) and len(word) > 4 else word for word in words)
