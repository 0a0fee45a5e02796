"""Store -> Network: facts are read as reports, gathered into edges, and cut down to what was asked for."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace

from ..errors import NotFoundError
from ..rdf.namespaces import RW, WIKIDATA
from ..rdf.terms import Iri
from ..rdf.vocabulary import Vocabulary
from ..store.results import Row
from .affiliations import Affiliations, Office
from .collect import Collector, StaticTargets
from .network import Column, ColumnType, Network, Node, Relation, Value
from .options import STATIC_RELATIONS, NetworkOptions, RollUp, StaticTies
from .palette import Palette
from .reports import LocalIds, NetworkSource, Report, read_all, read_around, read_query
from .select import select
from .statements import StoreOrigin

FEW = 1000


def read_network(
    store: NetworkSource, options: NetworkOptions | None = None, *, vocabulary: Vocabulary | None = None
) -> Network:
    """Return the network that the options ask for; raise NotFoundError where the store does not know their actor."""
    options = options or NetworkOptions()
    known = vocabulary or Vocabulary.load()
    relations = read_relations(known)
    centre = find_actor(store, options.actor) if options.actor else None
    asked = replace(options, actor=centre.id) if centre else options
    collector = Collector(asked, relations, _read_affiliations(store, asked))
    for report in _read_reports(store, asked, centre, collector):
        collector.add(report)
    edges, ties = collector.edges(), collector.static_ties()
    ends = {end for edge in edges for end in (edge.source, edge.target)} | ({centre.id} if centre else set())
    bodies = {target for targets in ties.values() for pairs in targets.values() for target, _ in pairs}
    nodes = _read_nodes(store, ends | bodies)
    network = Network(
        nodes=tuple(nodes.get(id) or Node(id, "Entity", iri=_iri_of(store, id)) for id in sorted(ends)),
        edges=edges,
        relations={name: relations[name] for name in sorted({edge.relation for edge in edges} & relations.keys())},
        title=(replace(options, actor=centre.label("en")) if centre else options).title(),
        families={name: (labels.ar, labels.en) for name, labels in known.families.items()},
        kinds={name: (labels.ar, labels.en) for name, labels in known.classes.items()},
    )
    if options.static_ties is StaticTies.ATTRIBUTES:
        network = network.with_columns(_static_columns(ties, nodes))
    relation_iris = frozenset(relation.iri for relation in known.relations.values())
    origin = StoreOrigin(store, relation_iris, whole=options == NetworkOptions())
    return replace(select(network, asked), origin=origin)


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


def _read_reports(
    store: NetworkSource, options: NetworkOptions, centre: Node | None, collector: Collector
) -> Iterable[Report]:
    """Read around the actor where that is enough; rolled-up people and static ties lead to others further away."""
    near = options.roll_up is RollUp.NONE and options.static_ties is not StaticTies.ATTRIBUTES
    if near and centre is not None and centre.iri:
        around = read_around(store, centre.iri, options.depth, collector.admits)
        if around is not None:
            return around
    return read_all(store, options.statuses)


def find_actor(store: NetworkSource, actor: str) -> Node:
    """Return the node of an actor, given by local id or IRI; raise NotFoundError where the store has none."""
    id = store.namespaces.actor_id(actor) or actor
    found = _read_nodes(store, {id}).get(id)
    if found is None:
        raise NotFoundError(f"no actor {actor!r} in the store: look the id up by name first.")
    return found


def _iri_of(store: NetworkSource, id: str) -> str:
    return id if "://" in id or id.startswith("urn:") else store.namespaces.actor(id)


def _read_nodes(store: NetworkSource, ids: Collection[str]) -> dict[str, Node]:
    """Return the entities of these local ids: a few are asked for one by one, many are picked out of all."""
    nodes: dict[str, Node] = {}
    wanted = frozenset(ids)
    for iri, kind, arabic, english, wikidata in _node_rows(store, ids):
        id = store.namespaces.actor_id(iri or "") or iri
        if id in wanted and id and kind:
            match = wikidata.removeprefix(WIKIDATA) if wikidata and wikidata.startswith(WIKIDATA) else None
            node = Node(id, kind.removeprefix(RW), arabic, english, match, iri)
            nodes[id] = _merge(nodes[id], node) if id in nodes else node
    return nodes


def _node_rows(store: NetworkSource, ids: Collection[str]) -> Iterator[Row]:
    query = read_query("entities")
    if len(ids) > FEW:
        yield from store.iterate(query)
    else:
        for id in sorted(ids):
            yield from store.iterate(query, {"entity": Iri(_iri_of(store, id))})


def _merge(one: Node, other: Node) -> Node:
    """Return one node out of two rows: an entity with two labels or kinds has as many rows."""
    return replace(
        one,
        kind=min(one.kind, other.kind),
        arabic=_least(one.arabic, other.arabic),
        english=_least(one.english, other.english),
        wikidata=_least(one.wikidata, other.wikidata),
    )


def _least(*texts: str | None) -> str | None:
    return min((text for text in texts if text), default=None)


def _read_affiliations(store: NetworkSource, options: NetworkOptions) -> Affiliations:
    if options.roll_up is RollUp.NONE:
        return Affiliations()
    ids = LocalIds(store.namespaces)
    offices = [
        Office(ids[holder], ids[body], since, until)
        for holder, body, since, until in store.iterate(read_query("offices"))
        if holder and body
    ]
    wholes = [(ids[part], ids[whole]) for part, whole in store.iterate(read_query("wholes")) if part and whole]
    bodies = {office.body for office in offices} | {whole for _, whole in wholes}
    kinds = {id: node.kind for id, node in _read_nodes(store, bodies).items()}
    return Affiliations.gather(offices, wholes, kinds)


def _static_columns(ties: StaticTargets, nodes: Mapping[str, Node]) -> dict[Column, Mapping[str, Value]]:
    """Return a column for each static relation: the names of what a node holds office at, belongs to, is part of."""
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
