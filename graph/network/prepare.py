"""Gets a network ready for a file or a picture: measures as columns, a place for every node."""

from __future__ import annotations

from .appearance import Appearance, ColourBy
from .layout import lay_out
from .measures import Measures, measure
from .network import Network

# What an appearance can size nodes by without any measure.
_COUNTED = frozenset({"degree", "weight"})
# Up to so many nodes measures and places take seconds, and are there without being asked for.
UNASKED = 20_000


def prepare(
    network: Network,
    appearance: Appearance | None = None,
    *,
    measured: bool | None = False,
    laid_out: bool | None = False,
    engine: str = "auto",
) -> tuple[Network, Measures | None]:
    """Return the network with what is asked for, and the measures where there are any.

    None for `measured` or `laid_out` means: where there are no more than UNASKED nodes. Measures are worked out, too,
    where the appearance needs them: for colours by community, or sizes by a measure. `engine` is one of ENGINES.
    """
    look, unasked = appearance or Appearance(), len(network.nodes) <= UNASKED
    measures = None
    needed = look.colour_by is ColourBy.COMMUNITY or look.size_by not in _COUNTED
    if needed or (unasked if measured is None else measured):
        measures = measure(network, engine=engine, language=look.language)
        network = network.with_columns(measures.columns())
    if unasked if laid_out is None else laid_out:
        network = lay_out(network, look, engine=engine)
    return network, measures
