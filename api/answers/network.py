"""Questions asked of the whole network: measures, communities, balance, changes, a picture."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from graph.network.balance import read_balance
from graph.network.changes import Shift, compare
from graph.network.draw.picture import Caption, draw_network
from graph.network.draw.words import Words, describe_filter, title_of
from graph.network.measures import Measures, find_bridges, measure
from graph.network.network import Network, Node
from graph.network.prepare import prepare
from graph.network.read import read_network

from ..cursors import decode_cursor, encode_cursor
from ..worker_store import WorkerStore
from .answer import Answer, Arguments, json_answer
from .export import read_look, read_options
from .facts import Json

_FIGURES = ("degree", "weighted_degree", "pagerank", "betweenness", "core", "community", "bridging")


def answer_measures(store: WorkerStore, arguments: Arguments) -> Answer:
    """Answer a page of actors by a measure, highest first."""
    network = _read(store, arguments)
    found, limit, cursor = measure(network), arguments["limit"], arguments["cursor"]
    start = max(0, int(decode_cursor(cursor, int)[0])) if cursor else 0
    by = getattr(found, arguments["by"])
    ranked = sorted(network.nodes, key=lambda node: (-by[node.id], node.id))
    items = [
        {**_card(node), **{name: _round(getattr(found, name)[node.id]) for name in _FIGURES}}
        for node in ranked[start : start + limit]
    ]
    following = encode_cursor(start + limit) if start + limit < len(ranked) else None
    return json_answer({"method": _method(network, found), "items": items, "next": following})


def answer_communities(store: WorkerStore, arguments: Arguments) -> Answer:
    """Answer the communities of more than one actor, and the heaviest ties between communities."""
    network = _read(store, arguments)
    found, cards = measure(network), _cards(network.nodes)
    communities = [
        {"number": one.number, "size": one.size, "best_known": [cards[id] for id in one.best_known]}
        for one in found.communities
        if one.size > 1
    ]
    bridges = [
        {
            "source": cards[bridge.source],
            "target": cards[bridge.target],
            "communities": list(bridge.communities),
            "weight": bridge.weight,
        }
        for bridge in find_bridges(network, found.community, limit=arguments["limit"])
    ]
    return json_answer(
        {"method": _method(network, found), "items": communities[: arguments["limit"]], "bridges": bridges}
    )


def answer_balance(store: WorkerStore, arguments: Arguments) -> Answer:
    """Answer how support and conflict balance."""
    network = _read(store, arguments)
    found, cards = read_balance(network, limit=arguments["limit"]), _cards(network.nodes)
    return json_answer(
        {
            "positive_pairs": found.positive_pairs,
            "negative_pairs": found.negative_pairs,
            "balanced": found.balanced,
            "triads": dict(found.triads),
            "strained": [
                {"actors": [cards[id] for id in triad.nodes], "signs": triad.signs, "weight": triad.weight}
                for triad in found.strained
            ],
        }
    )


def answer_changes(store: WorkerStore, arguments: Arguments) -> Answer:
    """Answer who gained and lost ties between two periods, and which."""
    before, after = (_read(store, {**arguments, **arguments[period]}) for period in ("first", "second"))
    found, limit = compare(before, after), arguments["limit"]
    cards = _cards((*before.nodes, *after.nodes))

    def describe(shifts: tuple[Shift, ...]) -> list[Json]:
        return [_describe_shift(shift, cards, after if shift.after else before) for shift in shifts[:limit]]

    return json_answer(
        {
            "counts": {"gained": len(found.gained), "lost": len(found.lost), "shifted": len(found.shifted)},
            "standings": [
                {
                    "actor": _card(one.node),
                    "gained": one.gained,
                    "lost": one.lost,
                    "before": one.before,
                    "after": one.after,
                }
                for one in found.standings[:limit]
            ],
            "gained": describe(found.gained),
            "lost": describe(found.lost),
            "shifted": describe(found.shifted),
        }
    )


def answer_picture(store: WorkerStore, arguments: Arguments) -> Answer:
    """Answer the network as SVG."""
    options, look = read_options(store, arguments), read_look(arguments)
    network = read_network(store.checkpoint, options, vocabulary=store.vocabulary)
    ready, found = prepare(network, look, laid_out=True)
    words = Words.load(look.language)
    caption = Caption(title_of(options, ready, words), describe_filter(options, ready, words))
    svg = draw_network(ready, caption, look, communities=found.communities if found else ())
    return Answer("image/svg+xml", lambda sink: sink.write(svg.encode("utf-8")))


def _read(store: WorkerStore, arguments: Arguments) -> Network:
    options = replace(read_options(store, arguments), sentences=0)
    return read_network(store.checkpoint, options, vocabulary=store.vocabulary)


def _cards(nodes: Iterable[Node]) -> dict[str, Json]:
    return {node.id: _card(node) for node in nodes}


def _card(node: Node) -> Json:
    return {
        "id": node.id,
        "iri": node.iri or node.id,
        "kind": node.kind or None,
        "label": {"ar": node.arabic, "en": node.english},
    }


def _method(network: Network, found: Measures) -> Json:
    return {
        "engine": found.engine,
        "communities": found.method,
        "modularity": _round(found.modularity),
        "sampled": found.sampled,
        "nodes": len(network.nodes),
        "edges": len(network.edges),
    }


def _describe_shift(shift: Shift, cards: dict[str, Json], network: Network) -> Json:
    relation = network.relation(shift.relation)
    return {
        "source": cards[shift.source],
        "relation": {
            "name": relation.name,
            "label": {"ar": relation.arabic or None, "en": relation.english or None},
            "symmetric": relation.symmetric,
        },
        "target": cards[shift.target],
        "before": shift.before,
        "after": shift.after,
    }


def _round(value: float) -> float:
    return round(value, 8) if isinstance(value, float) else value
