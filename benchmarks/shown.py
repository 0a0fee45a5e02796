"""Says of how many deeds of annotated articles the judge of the reader hybrid is asked at all: the most it could find.

    python benchmarks/shown.py [GOLD.jsonl...]

GOLD is ../shared/gold/dev.jsonl where it lies beside the checkout, else our own tests/gold/documents.jsonl. What the
judge thinks does not count, so that articles may be read that it was learned from. Needs `rawabit[neural]`. A deed is
of the first kind that fits:

    asked       its two actors are a pair in a sentence, and it is asked of them; or a rule without a trigger tells it
    unlit       so they are, but in sentences alone in which the grammar sees nothing, which the judge is not shown
    actor       one side was not found as an entity
    unfit       they are a pair in a sentence, for which their kinds or their order leave it out
    apart       they are a pair in no sentence
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import chain
from pathlib import Path

from graph.config import Settings
from graph.evaluate import STANDING, Record, RecordRelation, match_entities, read_records
from graph.model import Document
from graph.pipeline import Reader
from graph.rdf.vocabulary import Vocabulary
from graph.readers.hybrid.pairs import PairLister, is_hopeful
from graph.sources.reader import read_sources
from graph.training import Key, as_record, fact_key

ROOT = Path(__file__).resolve().parents[1]
BESIDE = ROOT.parent / "shared" / "gold" / "dev.jsonl"
OURS = ROOT / "tests" / "gold" / "documents.jsonl"
KINDS = ("asked", "unlit", "actor", "unfit", "apart")


class Asked:
    """What the judge is asked of an article, in the entity ids of gold; `lit` is what it is shown of that."""

    def __init__(self, reader: Reader, lister: PairLister, document: Document, gold: Record) -> None:
        linker, sentences = reader.walk(document)
        actors = linker.actors
        self._ids = match_entities(gold.entities, [as_record(actor) for actor in actors.values()])
        self._lit: set[Key] = set()
        self._all: set[Key] = set()
        self._pairs: set[frozenset[str]] = set()
        for walked in sentences:
            self._lit |= {self._key(fact.subject, fact.relation, fact.object) for fact in walked.unweighed()}
            pairs = lister.list(walked.nodes, reader.pairs(linker, walked), actors, linker.country)
            opinions = chain.from_iterable(pair.opinions.values() for pair in pairs)
            lit = any(is_hopeful(opinion.scored.probability) for opinion in opinions)
            for pair in pairs:
                one, other = pair.subject.entity, pair.object.entity
                keys = {self._key(one, relation, other) for relation in pair.allowed}
                self._all |= keys
                self._lit |= keys if lit else set()
                self._pairs.add(frozenset((self._ids.get(one, one), self._ids.get(other, other))))

    def kind(self, wanted: RecordRelation) -> str:
        """Return what became of a deed."""
        key = fact_key(wanted.subject, wanted.predicate, wanted.object)
        ends = {wanted.subject, wanted.object}
        if key in self._lit:
            return "asked"
        if key in self._all:
            return "unlit"
        if not ends <= set(self._ids.values()):
            return "actor"
        return "unfit" if frozenset(ends) in self._pairs else "apart"

    def _key(self, subject: str, relation: str, target: str) -> Key:
        return fact_key(self._ids.get(subject, f"?{subject}"), relation, self._ids.get(target, f"?{target}"))


def find_kinds(reader: Reader, path: Path) -> Iterator[tuple[str, str]]:
    """Yield relation and kind of each deed that the articles of a file want."""
    records = read_records(path)
    lister = PairLister(sorted(set(Vocabulary.load().relations) - STANDING), reader.outlets)
    for document in read_sources([path]):
        if isinstance(document, Document):
            asked = Asked(reader, lister, document, records[document.id])
            for wanted in records[document.id].relations:
                if not wanted.optional and wanted.predicate not in STANDING:
                    yield wanted.predicate, asked.kind(wanted)


def print_table(counts: Mapping[tuple[str, str], int]) -> None:
    """Print how many deeds are of which kind, the commonest relations first."""
    totals = Counter[str]()
    for (relation, _), count in counts.items():
        totals[relation] += count
    print(f"{'wanted':<22}{'all':>6}" + "".join(f"{kind:>8}" for kind in KINDS))
    for relation, total in totals.most_common():
        print(f"{relation:<22}{total:>6}" + "".join(f"{counts.get((relation, kind), 0) or '':>8}" for kind in KINDS))


def main() -> None:
    """Read the articles and print of which deeds the judge is asked."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path, nargs="*", default=[BESIDE if BESIDE.exists() else OURS])
    reader = Reader.load(Settings.from_environment())
    found = [each for path in parser.parse_args().gold for each in find_kinds(reader, path)]
    print_table(Counter(found))
    kinds = Counter(kind for _, kind in found)
    print(f"{'all':<22}{len(found):>6}" + "".join(f"{kinds[kind]:>8}" for kind in KINDS))
    for kind in KINDS:
        print(f"figure {kind} {kinds[kind] / max(1, len(found)):.3f}")


if __name__ == "__main__":
    main()
