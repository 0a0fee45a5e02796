"""How a network looks where a format can say so: colours, sizes and the language of labels."""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum

from ..errors import ExportError, SettingsError
from .network import Network
from .palette import Palette, rgb

COMMUNITY = "community"
SMALLEST, LARGEST = 6.0, 60.0


class ColourBy(StrEnum):
    """What the colour of a node stands for."""

    KIND = "kind"
    COMMUNITY = "community"


class SizeBy(StrEnum):
    """What the size of a node stands for: its edges, their reports, or a measure."""

    DEGREE = "degree"
    WEIGHT = "weight"
    WEIGHTED_DEGREE = "weighted_degree"
    PAGERANK = "pagerank"
    BETWEENNESS = "betweenness"
    CORE = "core"
    BRIDGING = "bridging"


@dataclass(frozen=True, slots=True)
class Appearance:
    """`size_by` is "degree", "weight" or the name of a numeric column; `mixed` writes undirected relations as
    undirected edges among directed ones where the format can, which Gephi reads and networkx does not."""

    language: str = "ar"
    colour_by: ColourBy = ColourBy.KIND
    size_by: str = "degree"
    mixed: bool = False


def make_appearance(language: str, colour_by: str, size_by: str) -> Appearance:
    """Return an appearance from words as people write them; raise SettingsError for a word that means nothing."""
    if colour_by not in set(ColourBy):
        raise SettingsError(f"colour by {colour_by!r}: choose {' or '.join(ColourBy)}.")
    if size_by not in set(SizeBy):
        raise SettingsError(f"size by {size_by!r}: choose {', '.join(SizeBy)}.")
    return Appearance(language=language, colour_by=ColourBy(colour_by), size_by=size_by)


def node_colours(network: Network, appearance: Appearance, palette: Palette) -> dict[str, str]:
    """Return each node's colour as #RRGGBB; communities are numbered, and so coloured, in order of their size."""
    if appearance.colour_by is ColourBy.KIND:
        return {node.id: palette.kind(node.kind) for node in network.nodes}
    return {id: palette.community(int(number)) for id, number in column_values(network, COMMUNITY).items()}


def node_sizes(network: Network, appearance: Appearance) -> dict[str, float]:
    """Return each node's size; its area, not its width, grows with the value, so that hubs do not bury the rest."""
    if appearance.size_by == "degree":
        values: dict[str, float] = dict(network.degrees())
    elif appearance.size_by == "weight":
        values = dict(network.strengths())
    else:
        values = {id: value or 0.0 for id, value in column_values(network, appearance.size_by).items()}
    most = max(values.values(), default=0.0)
    if most <= 0:
        return dict.fromkeys(values, SMALLEST)
    return {
        id: round(SMALLEST + (LARGEST - SMALLEST) * math.sqrt(max(value, 0.0) / most), 2)
        for id, value in values.items()
    }


def edge_colours(network: Network, palette: Palette) -> dict[str, tuple[int, int, int]]:
    """Return red, green and blue by relation: the colour of its family."""
    return {name: rgb(palette.family(network.relation(name))) for name in {edge.relation for edge in network.edges}}


def column_values(network: Network, name: str) -> dict[str, float]:
    """Return a numeric column by node id; raise ExportError where the network does not have it."""
    for place, column in enumerate(network.columns):
        if column.name == name:
            numbers: dict[str, float] = {}
            for node in network.nodes:
                value = node.extra[place]
                numbers[node.id] = float(value) if isinstance(value, int | float) else 0.0
            return numbers
    known = ", ".join(column.name for column in network.columns) or "none"
    raise ExportError(f"the network has no column {name!r} (it has {known}): ask for its measures first.")
