"""Measures whether names of one actor are joined and names of two are left apart.

    python benchmarks/identity.py [--corpus GOLD.jsonl ...] [--errors]

The pairs of identity_pairs.csv are of our own: 500 of one actor, 500 of two, of people, bodies and places, in Arabic
and in both scripts. The matcher was worked on with the half `work`; the half `check` is of other actors. A corpus of
annotated articles is read into one store: an annotated actor of several articles should be one node, and no node two.
Two annotated actors are two where their ids of Wikidata differ, or where one article has both; what two articles call
by two names without an id is listed (--errors) to be read. Articles of ../shared/gold are taken where none are named.
"""

from __future__ import annotations

import argparse
import csv
import json
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations
from pathlib import Path

from graph.build import build_store
from graph.config import Settings
from graph.model import EntityKind
from graph.pipeline import Reader
from graph.rdf.namespaces import is_wikidata_id
from graph.resolve.known import Known, load_known
from graph.resolve.likeness import SURE, NameLikeness
from graph.store.checkpoint import Checkpoint
from graph.text.fold import fold_name

HERE = Path(__file__).parent
GOLD = HERE.parents[1] / "shared" / "gold"
APPEARANCES = """
PREFIX rw: <https://rawabit.example/ns#>
PREFIX schema: <https://schema.org/>
SELECT ?document ?node ?kind ?name WHERE {
  ?appearance rw:entity ?node ; rw:kind ?kind ; rw:name|rw:alias|rw:nameAsRead ?name ;
    rw:inDocument/schema:identifier ?document .
}
"""
Actor = tuple[str, str]


def measure_pairs(likeness: NameLikeness, *, errors: bool) -> float:
    """Print precision, recall and F1 of each half and of both; return the F1 of both."""
    counts: Counter[tuple[str, str]] = Counter()
    with (HERE / "identity_pairs.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            score = likeness.compare(EntityKind(row["kind"]), row["one"], row["other"])
            found, wanted = score >= SURE, row["verdict"] == "same"
            outcome = ("tn", "fn", "fp", "tp")[2 * found + wanted]
            for half in (row["half"], "both"):
                counts[half, outcome] += 1
            if errors and found != wanted:
                print(f"  {outcome} {score:.3f} {row['kind']:<13}{row['one']} | {row['other']}")
    f1 = 0.0
    for half in ("work", "check", "both"):
        tp, fp, fn = (counts[half, outcome] for outcome in ("tp", "fp", "fn"))
        precision, recall = tp / max(tp + fp, 1), tp / max(tp + fn, 1)
        f1 = 2 * precision * recall / max(precision + recall, 1e-9)
        print(f"pairs, {half:<6} P {precision:.3f}  R {recall:.3f}  F1 {f1:.3f}  ({tp} joined rightly, {fp} wrongly)")
    return f1


def measure_corpus(path: Path, known: Known, *, errors: bool) -> None:
    """Read annotated articles into one store; print how many of their actors are split, and how many nodes are two."""
    with tempfile.TemporaryDirectory() as folder:
        settings = replace(Settings(), store=Path(folder) / "store")
        build_store([path], settings, reader=Reader.load(settings), known=known)
        with Checkpoint.open(settings.store) as store:
            named = read_nodes(store)
    nodes: dict[Actor, set[str]] = defaultdict(set)
    documents: dict[Actor, set[str]] = defaultdict(set)
    actors: dict[str, set[Actor]] = defaultdict(set)
    annotated: dict[str, set[Actor]] = defaultdict(set)
    for document, actor, forms in read_gold(path):
        annotated[document].add(actor)
        found = {node for form in forms for node in named.get((document, actor_kind(actor), form), ())}
        if len(found) == 1:  # of several, it is the reading within the article that is at fault
            nodes[actor] |= found
            documents[actor].add(document)
            actors[next(iter(found))].add(actor)
    together = {frozenset(pair) for found in annotated.values() for pair in combinations(sorted(found), 2)}
    several = [actor for actor, read in documents.items() if len(read) > 1]
    split = [actor for actor in several if len(nodes[actor]) > 1]
    joined = {node: found for node, found in actors.items() if has_two(found, together, documents)}
    unread = {node: found for node, found in actors.items() if len(found) > 1 and node not in joined}
    print(
        f"{path.name}: {len(several)} actors in several articles, {len(split)} split "
        f"({len(split) / max(len(several), 1):.1%}); {len(actors)} nodes, {len(joined)} of two actors "
        f"({len(joined) / max(len(actors), 1):.1%}), {len(unread)} of several names"
    )
    for actor in split if errors else ():
        print("  split", actor, sorted(nodes[actor]))
    for node, found in joined.items() if errors else ():
        print("  of two", node, sorted(found))
    for node, found in unread.items() if errors else ():
        print("  to read", node, sorted(found))


def read_nodes(store: Checkpoint) -> dict[tuple[str, str, str], set[str]]:
    """Return the nodes by document, kind and folded name."""
    named: dict[tuple[str, str, str], set[str]] = defaultdict(set)
    for document, node, kind, name in store.iterate(APPEARANCES):
        if document and node and kind and name:
            local = store.namespaces.actor_id(node) or node
            named[document, kind.rpartition("#")[2], fold_name(name)].add(local)
    return named


def read_gold(path: Path) -> Iterator[tuple[str, Actor, set[str]]]:
    """Yield document, actor (by Wikidata id, else by kind and name) and folded names of each annotated actor.

    Names of one word are left to those who have no other: "the minister" is many.
    """
    with path.open(encoding="utf-8") as file:
        for line in file:
            article = json.loads(line)
            for entity in article["entities"]:
                kind, name = entity["type"], fold_name(entity["name"])
                key = entity.get("wikidata") or name
                forms = {name} | {fold_name(alias) for alias in entity["aliases"] if " " in alias}
                yield article["id"], (kind, key), forms


def actor_kind(actor: Actor) -> str:
    """Return the kind of an annotated actor."""
    return actor[0]


def has_two(
    actors: set[Actor],
    together: set[frozenset[Actor]],
    documents: dict[Actor, set[str]],
) -> bool:
    """Say whether two of some actors are two by their annotation; not where one article's reading made them one."""
    for one, other in combinations(sorted(actors), 2):
        are_two = (is_wikidata_id(one[1]) and is_wikidata_id(other[1])) or frozenset((one, other)) in together
        if are_two and not documents[one] & documents[other]:
            return True
    return False


def main() -> None:
    """Measure pairs and corpora; the last line is the figure."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpus", type=Path, action="append", help="annotated articles, JSON lines; repeatable")
    parser.add_argument("--errors", action="store_true", help="print what goes wrong")
    options = parser.parse_args()
    known = load_known(Settings())
    f1 = measure_pairs(NameLikeness.load(known), errors=options.errors)
    usual = [path for path in (GOLD / "dev.jsonl", GOLD / "train.jsonl") if path.exists()]
    for path in options.corpus or usual:
        measure_corpus(path, known, errors=options.errors)
    print(f"figure identity_f1 {f1:.4f}")


if __name__ == "__main__":
    main()
