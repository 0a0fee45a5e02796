"""Gets a network ready for a file or a picture: measures as columns, a place for every node."""

from __future__ import annotations

from .appearance import Appearance, ColourBy
from .layout import lay_out
from .measures import Measures, measure
from .network import Network

# What an appearance can size nodes by without any measure.
_COUNTED = frozenset({"degree", "weight"})


def prepare(
    network: Network,
    appearance: Appearance | None = None,
    *,
    measured: bool = False,
    laid_out: bool = False,
    engine: str = "auto",
) -> tuple[Network, Measures | None]:
    """Return the network with what is asked for, and the measures where there are any.

    Measures are worked out where `measured` says so or the appearance needs them: for colours by community, or sizes
    by a measure. `engine` is auto, networkx or igraph.
    """
    look = appearance or Appearance()
    measures = None
    if measured or look.colour_by is ColourBy.COMMUNITY or look.size_by not in _COUNTED:
        measures = measure(network, engine=engine, language=look.language)
        network = network.with_columns(measures.columns())
    return (lay_out(network, look, engine=engine) if laid_out else network), measures
