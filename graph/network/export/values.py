"""Which values a node and an edge carry in every format, under the same names and types."""

from __future__ import annotations

from ..network import Column, ColumnType, Edge, Network, Node, Relation, Spell, Value

NODE_COLUMNS = (
    Column("class", ColumnType.STRING, "kind of entity"),
    Column("name_ar", ColumnType.STRING, "name in Arabic"),
    Column("name_en", ColumnType.STRING, "name in English"),
    Column("wikidata", ColumnType.STRING, "id in Wikidata"),
    Column("iri", ColumnType.STRING, "IRI in the knowledge graph"),
)
EDGE_COLUMNS = (
    Column("relation", ColumnType.STRING, "name of the relation"),
    Column("relation_ar", ColumnType.STRING, "relation in Arabic"),
    Column("relation_en", ColumnType.STRING, "relation in English"),
    Column("family", ColumnType.STRING, "family of relations"),
    Column("plover", ColumnType.STRING, "PLOVER code"),
    Column("symmetric", ColumnType.BOOLEAN, "holds both ways"),
    Column("reports", ColumnType.INTEGER, "independent reports that say so"),
    Column("documents", ColumnType.INTEGER, "documents that say so, copies of one text included"),
    Column("first_date", ColumnType.STRING, "first date, as precise as told"),
    Column("last_date", ColumnType.STRING, "last date, as precise as told"),
    Column("confidence", ColumnType.DOUBLE, "best confidence of any fact"),
    Column("status", ColumnType.STRING, "firmest status of any fact"),
    Column("statuses", ColumnType.STRING, "facts by status, where there are several"),
    Column("items", ColumnType.LIST, "what was handed over, asked for or agreed; offices"),
    Column("sources", ColumnType.LIST, "outlets that say so"),
    Column("fact", ColumnType.STRING, "IRI of the best fact, which leads to its document"),
)


def edge_columns(network: Network) -> tuple[Column, ...]:
    """Return the columns of edges, with as many sentences as the edge that has most of them."""
    most = max((len(edge.sentences) for edge in network.edges), default=0)
    return EDGE_COLUMNS + tuple(
        Column(f"sentence_{number}", ColumnType.STRING, "evidence, best first") for number in range(1, most + 1)
    )


def node_columns(network: Network) -> tuple[Column, ...]:
    """Return the columns of nodes, those that were added to this network included."""
    return NODE_COLUMNS + network.columns


def node_values(node: Node) -> tuple[Value, ...]:
    """Return a node's values in the order of `node_columns`."""
    return (node.kind, node.arabic, node.english, node.wikidata, node.iri, *node.extra)


def relation_values(name: str, relation: Relation, *, directed: bool) -> tuple[Value, ...]:
    """Return the values that all edges of a relation share: the first six of `edge_columns`."""
    return (
        name,
        relation.arabic or None,
        relation.english or None,
        relation.family or None,
        relation.plover or None,
        not directed,
    )


def edge_values(edge: Edge, relation: Relation, columns: int) -> tuple[Value, ...]:
    """Return an edge's values in the order of `edge_columns`, filled up with None to the number of columns."""
    values: tuple[Value, ...] = (
        *relation_values(edge.relation, relation, directed=edge.directed),
        edge.weight,
        edge.documents,
        edge.first,
        edge.last,
        edge.confidence,
        edge.status.value,
        describe_statuses(edge),
        edge.items,
        edge.sources,
        edge.facts[0] if edge.facts else None,
        *edge.sentences,
    )
    return values + (None,) * (columns - len(values))


def describe_statuses(edge: Edge) -> str | None:
    """Return the number of facts by status, where they have several."""
    if len(edge.statuses) < 2:
        return None
    return ", ".join(f"{status.value} {number}" for status, number in edge.statuses)


def write_list(values: tuple[str, ...]) -> str:
    """Return a list as Gephi reads it: quoted, so that a comma in a value splits nothing."""
    quoted = (" ".join(value.split()).replace("\\", "\\\\").replace('"', '\\"') for value in values)
    return "[" + ", ".join(f'"{value}"' for value in quoted) + "]"


def write_spells(spells: tuple[Spell, ...]) -> str:
    """Return spells as one text, as Gephi's spreadsheet import reads them: <[2024-01-29, 2024-01-31]; [...]>."""
    return "<" + "; ".join(f"[{start}, {end}]" for start, end in spells) + ">" if spells else ""
