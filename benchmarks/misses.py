"""Says why relations of annotated articles were missed, by kind: what to work on next.

    python benchmarks/misses.py [GOLD.jsonl] [--relation NAME] [--kind KIND] [--list]

GOLD is ../shared/gold/dev.jsonl where it lies beside the checkout, else our own tests/gold/documents.jsonl. Offices and
belonging are left out. The kinds, in the order in which they are asked:

    actor       one side was not found as an entity
    relation    the two sides are in a fact, of another relation
    unlikely    the right pair was weighed for the right relation, and found too unlikely
    pair        a word of the sentence tells the relation, and the pair was not weighed or far from likely
    word        no word of the sentence is known to tell the relation
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from graph.config import Settings
from graph.evaluate import STANDING, Record, RecordRelation, match_entities, parse_record, read_records
from graph.explain.explanation import ExplainedFrame, Explanation
from graph.explain.retrace import explain
from graph.model import Document
from graph.pipeline import Reader
from graph.rdf.vocabulary import Vocabulary
from graph.records import to_record
from graph.sources.reader import read_sources

ROOT = Path(__file__).resolve().parents[1]
BESIDE = ROOT.parent / "shared" / "gold" / "dev.jsonl"
OURS = ROOT / "tests" / "gold" / "documents.jsonl"
KINDS = ("actor", "relation", "unlikely", "pair", "word")

Tie = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Miss:
    """A relation that was not found: of which article, why, and how likely it was thought where it was weighed."""

    document: str
    kind: str
    subject: str
    relation: str
    object: str
    evidence: str
    probability: float = 0.0


class Article:
    """A gold article beside what was read of it, in the entity ids of gold."""

    def __init__(self, gold: Record, explanation: Explanation, symmetric: frozenset[str]) -> None:
        self._gold = gold
        self._explanation = explanation
        self._symmetric = symmetric
        system = parse_record(to_record(explanation.extraction))
        self._to_gold = match_entities(gold.entities, system.entities)
        ids = {entity.id: self._to_gold[entity.id] for entity in system.entities if entity.id in self._to_gold}
        self._by_name = {entity.name: ids[entity.id] for entity in system.entities if entity.id in ids and entity.name}
        self._found = {
            self._tie(self._to_gold.get(each.subject, "?"), each.predicate, self._to_gold.get(each.object, "?"))
            for each in system.relations
        }

    def misses(self) -> Iterator[Miss]:
        """Yield each required deed that was not found."""
        names = {entity.id: entity.name or entity.id for entity in self._gold.entities}
        weighed = self._weighed()
        for relation in self._gold.relations:
            tie = self._tie(relation.subject, relation.predicate, relation.object)
            if relation.optional or relation.predicate in STANDING or tie in self._found:
                continue
            kind = self._kind(relation, tie, weighed)
            ends = names[relation.subject], relation.predicate, names[relation.object]
            yield Miss(self._gold.id, kind, *ends, relation.evidence, weighed.get(tie, 0.0))

    def _tie(self, subject: str, relation: str, target: str) -> Tie:
        if relation in self._symmetric and target < subject:
            subject, target = target, subject
        return subject, relation, target

    def _weighed(self) -> dict[Tie, float]:
        """Return the candidates that came near to be facts, with their probability."""
        found: dict[Tie, float] = {}
        for sentence in self._explanation.sentences:
            for fact in sentence.facts:
                ends = self._by_name.get(fact.subject, "?"), self._by_name.get(fact.object, "?")
                tie = self._tie(ends[0], fact.relation, ends[1])
                found[tie] = max(fact.probability, found.get(tie, 0.0))
        return found

    def _kind(self, relation: RecordRelation, tie: Tie, weighed: Mapping[Tie, float]) -> str:
        ends = {relation.subject, relation.object}
        if not ends <= set(self._to_gold.values()):
            return "actor"
        if any({one, other} == ends and name not in STANDING for one, name, other in self._found):
            return "relation"
        if tie in weighed:
            return "unlikely"
        told = any(frame.relation == relation.predicate for frame in self._frames(relation.evidence))
        return "pair" if told else "word"

    def _frames(self, evidence: str) -> Iterator[ExplainedFrame]:
        for each in self._explanation.sentences:
            if each.sentence.text in evidence or evidence in each.sentence.text:
                for trigger in each.triggers:
                    yield from trigger.frames


def find_misses(reader: Reader, path: Path) -> list[Miss]:
    """Return the misses of all articles of a file."""
    records, symmetric = read_records(path), Vocabulary.load().symmetric
    return [
        miss
        for document in read_sources([path])
        if isinstance(document, Document)
        for miss in Article(records[document.id], explain(reader, document), symmetric).misses()
    ]


def print_table(misses: list[Miss]) -> None:
    """Print how many relations were missed for which reason, the commonest relations first."""
    counts = Counter((miss.relation, miss.kind) for miss in misses)
    totals = Counter(miss.relation for miss in misses)
    print(f"{'missed':<22}{'all':>6}" + "".join(f"{kind:>10}" for kind in KINDS))
    for name, total in totals.most_common():
        print(f"{name:<22}{total:>6}" + "".join(f"{counts[name, kind] or '':>10}" for kind in KINDS))
    kinds = Counter(miss.kind for miss in misses)
    print(f"{'all':<22}{len(misses):>6}" + "".join(f"{kinds[kind]:>10}" for kind in KINDS))


def main() -> None:
    """Read the articles and print why what was missed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path, nargs="?", default=BESIDE if BESIDE.exists() else OURS)
    parser.add_argument("--relation", help="look at this relation alone")
    parser.add_argument("--kind", choices=KINDS, help="look at this kind alone")
    parser.add_argument("--list", action="store_true", help="print every miss with its sentence")
    options = parser.parse_args()
    misses = [
        miss
        for miss in find_misses(Reader.load(Settings.from_environment()), options.gold)
        if options.relation in (None, miss.relation) and options.kind in (None, miss.kind)
    ]
    for miss in misses if options.list else ():
        sure = f" {miss.probability:.2f}" if miss.probability else ""
        print(
            f"{miss.kind}{sure} {miss.document}: {miss.subject} | {miss.relation} | {miss.object}  <- {miss.evidence}"
        )
    print_table(misses)
    for kind, count in Counter(miss.kind for miss in misses).items():
        print(f"figure missed_{kind} {count}")


if __name__ == "__main__":
    main()
