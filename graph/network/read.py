"""Store -> Network: streams the facts out of one query, so that memory grows with the edges and not with the facts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Protocol

from ..errors import NotFoundError
from ..model import Status
from ..rdf.namespaces import RW, WIKIDATA, Namespaces
from ..rdf.vocabulary import Vocabulary
from ..store.results import Queryable
from .affiliations import Affiliations, Office
from .collect import Collector, Report
from .network import Column, ColumnType, Network, Node, Relation, Value
from .options import STATIC_RELATIONS, NetworkOptions, RollUp, StaticTies
from .palette import Palette
from .select import select
from .statements import StoreOrigin

_FOLDER = Path(__file__).parent


class NetworkSource(Queryable, Protocol):
    """A store or checkpoint: it answers queries and knows the IRIs that it was built with."""

    @property
    def namespaces(self) -> Namespaces:
        """The IRIs under the store's base."""


def read_network(
    store: NetworkSource, options: NetworkOptions | None = None, *, vocabulary: Vocabulary | None = None
) -> Network:
    """Return the network that the options ask for; raise NotFoundError where their actor is in no fact at all."""
    options = options or NetworkOptions()
    known = vocabulary or Vocabulary.load()
    relations = read_relations(known)
    nodes = _read_nodes(store)
    collector = Collector(options, relations, _read_affiliations(store, nodes, options))
    _collect(store, collector)
    edges = collector.edges()
    ends = {end for edge in edges for end in (edge.source, edge.target)}
    network = Network(
        nodes=tuple(nodes.get(id) or Node(id, "Entity", iri=id) for id in sorted(ends)),
        edges=edges,
        relations={name: relations[name] for name in sorted({edge.relation for edge in edges} & relations.keys())},
        title=options.title(),
        families={name: (labels.ar, labels.en) for name, labels in known.families.items()},
        kinds={name: (labels.ar, labels.en) for name, labels in known.classes.items()},
    )
    if options.actor:
        network, options = _around(network, nodes, options)
    if options.static_ties is StaticTies.ATTRIBUTES:
        network = network.with_columns(_static_columns(collector, nodes))
    part = select(network, options)
    relation_iris = frozenset(relation.iri for relation in known.relations.values())
    return replace(part, origin=StoreOrigin(store, relation_iris, whole=options == NetworkOptions()))


def read_relations(vocabulary: Vocabulary) -> dict[str, Relation]:
    """Return the vocabulary's relations as the network knows them."""
    standing = Palette.load().standing
    return {
        name: Relation(
            name=name,
            arabic=relation.label.ar,
            english=relation.label.en,
            family=relation.family,
            plover=relation.plover or "",
            symmetric=relation.symmetric,
            standing=name in standing,
        )
        for name, relation in vocabulary.relations.items()
    }


def read_query(name: str) -> str:
    """Return the text of one of the queries beside this file."""
    return (_FOLDER / f"{name}.rq").read_text(encoding="utf-8")


def _read_nodes(store: NetworkSource) -> dict[str, Node]:
    """Return all entities by their local id; where a name is given twice, the first in order stands."""
    nodes: dict[str, Node] = {}
    for iri, kind, arabic, english, wikidata in store.iterate(read_query("entities")):
        if iri is None or kind is None:
            continue
        id = store.namespaces.actor_id(iri) or iri
        match = wikidata.removeprefix(WIKIDATA) if wikidata and wikidata.startswith(WIKIDATA) else None
        node = Node(id, kind.removeprefix(RW), arabic, english, match, iri)
        nodes[id] = _merge(nodes[id], node) if id in nodes else node
    return nodes


def _merge(one: Node, other: Node) -> Node:
    return replace(
        one,
        kind=min(one.kind, other.kind),
        arabic=_least(one.arabic, other.arabic),
        english=_least(one.english, other.english),
        wikidata=_least(one.wikidata, other.wikidata),
    )


def _least(*texts: str | None) -> str | None:
    return min((text for text in texts if text), default=None)


def _read_affiliations(store: NetworkSource, nodes: Mapping[str, Node], options: NetworkOptions) -> Affiliations:
    if options.roll_up is RollUp.NONE:
        return Affiliations()
    ids = _Ids(store.namespaces)
    offices = (
        Office(ids[holder], ids[body], since, until)
        for holder, body, since, until in store.iterate(read_query("offices"))
        if holder and body
    )
    wholes = ((ids[part], ids[whole]) for part, whole in store.iterate(read_query("wholes")) if part and whole)
    return Affiliations.gather(offices, wholes, {id: node.kind for id, node in nodes.items()})


def _collect(store: NetworkSource, collector: Collector) -> None:
    ids = _Ids(store.namespaces)
    statuses = {str(status): status for status in Status}
    for row in store.iterate(read_query("facts")):
        fact, source, relation, target, document, status, date, published, confidence, sentence, item, role, amount = (
            row
        )
        if source and relation and target and document and status in statuses:
            words = ", ".join(text for text in (item or role, amount) if text)
            collector.add(
                Report(
                    source=ids[source],
                    relation=relation.removeprefix(RW),
                    target=ids[target],
                    document=document,
                    status=statuses[status],
                    date=date,
                    published=published,
                    confidence=float(confidence or 0.0),
                    sentence=sentence,
                    item=words or None,
                    fact=fact,
                )
            )


def _around(network: Network, nodes: Mapping[str, Node], options: NetworkOptions) -> tuple[Network, NetworkOptions]:
    """Put the actor's local id into the options and the name into the title; add the node where no edge has it."""
    actor = next((node for node in nodes.values() if options.actor in (node.id, node.iri)), None)
    if actor is None:
        raise NotFoundError(f"no actor {options.actor!r} in the store: look the id up by name first.")
    title = replace(options, actor=actor.label("en")).title()
    if all(node.id != actor.id for node in network.nodes):
        network = replace(network, nodes=(*network.nodes, actor))
    return replace(network, title=title), replace(options, actor=actor.id)


def _static_columns(collector: Collector, nodes: Mapping[str, Node]) -> dict[Column, Mapping[str, Value]]:
    """Return a column for each static relation: the names of what a node holds office at, belongs to, is part of."""
    ties = collector.static_ties()
    columns: dict[Column, Mapping[str, Value]] = {}
    for relation in sorted(STATIC_RELATIONS):
        values: dict[str, Value] = {}
        for source, targets in ties.items():
            if relation in targets:
                values[source] = tuple(_describe(nodes, target, words) for target, words in targets[relation])
        columns[Column(relation, ColumnType.LIST)] = values
    return columns


def _describe(nodes: Mapping[str, Node], target: str, words: str | None) -> str:
    label = nodes[target].label() if target in nodes else target
    return f"{words} ({label})" if words else label


class _Ids(dict[str, str]):
    """From IRIs to local ids, each worked out once."""

    def __init__(self, namespaces: Namespaces) -> None:
        super().__init__()
        self._namespaces = namespaces

    def __missing__(self, iri: str) -> str:
        id = self[iri] = self._namespaces.actor_id(iri) or iri
        return id
