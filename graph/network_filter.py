"""The options by which the commands choose a network: `rawabit export` and `rawabit network ...` take the same ones."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import wraps
from inspect import Parameter, signature
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, get_type_hints

import typer

from .config import Settings
from .errors import NotFoundError
from .model import EntityKind, Status
from .network.options import NetworkOptions, RollUp, StaticTies

if TYPE_CHECKING:  # these load what `rawabit --help` must not wait for
    from .network.network import Network
    from .store.checkpoint import Checkpoint


class Language(StrEnum):
    """The language of names and captions."""

    ARABIC = "ar"
    ENGLISH = "en"


Words = Annotated[Language, typer.Option("--language", help="Language of names and captions.")]
ColourBy = Annotated[str, typer.Option(help="What colours stand for: kind or community.")]
SizeBy = Annotated[str, typer.Option(help="What sizes stand for: degree, weight, or a measure such as pagerank.")]
Engine = Annotated[str, typer.Option(help="Who works measures out: auto, rustworkx, networkx or igraph.")]


@dataclass(frozen=True, slots=True)
class Source:
    """Where a network comes from: the store's folder and the filter; `actor` may still be a name."""

    store: Path
    options: NetworkOptions


def _choose(
    store: Annotated[
        Path | None, typer.Option(help="The store's folder; RAWABIT_STORE or ./store if left out.")
    ] = None,
    actor: Annotated[str | None, typer.Option(help="Keep what lies around this actor: id, IRI or name.")] = None,
    depth: Annotated[int, typer.Option(help="How many steps around --actor.")] = 1,
    relation: Annotated[list[str] | None, typer.Option(help="Keep this relation; may be repeated.")] = None,
    status: Annotated[list[Status] | None, typer.Option(help="Keep facts of this status; default: actual.")] = None,
    since: Annotated[str | None, typer.Option(help="Leave out what was before: YYYY, YYYY-MM or YYYY-MM-DD.")] = None,
    until: Annotated[str | None, typer.Option(help="Leave out what came after.")] = None,
    min_confidence: Annotated[
        float, typer.Option(min=0.0, max=1.0, help="Leave facts below this confidence out.")
    ] = 0.0,
    kind: Annotated[list[EntityKind] | None, typer.Option(help="Keep this kind of node; may be repeated.")] = None,
    roll_up: Annotated[RollUp, typer.Option(help="Count people's deeds for their body or state.")] = RollUp.NONE,
    static_ties: Annotated[StaticTies, typer.Option(help="What becomes of offices and membership.")] = StaticTies.EDGES,
    min_weight: Annotated[int, typer.Option(min=1, help="Leave out edges with fewer reports.")] = 1,
    top: Annotated[int | None, typer.Option(min=1, help="Keep the nodes with most edges.")] = None,
    largest_component: Annotated[bool, typer.Option("--largest-component", help="Keep the largest part.")] = False,
) -> Source:
    """Return the source that the options of the command line describe."""
    settings = Settings.from_environment()
    options = NetworkOptions(
        relations=frozenset(relation or ()),
        since=since,
        until=until,
        statuses=frozenset(status or (Status.ACTUAL,)),
        min_confidence=min_confidence,
        kinds=frozenset(kind or ()),
        actor=actor,
        depth=depth,
        roll_up=roll_up,
        static_ties=static_ties,
        min_weight=min_weight,
        top=top,
        largest_component=largest_component,
    )
    return Source(store or settings.store, options)


def filtered(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the options of `_choose` in place of its first parameter, the source that they describe."""
    names = list(signature(_choose).parameters)

    @wraps(command)
    def run(**given: object) -> None:
        source = _choose(**{name: given.pop(name) for name in names})  # type: ignore[arg-type]
        command(source, **given)

    own, *rest = signature(command).parameters.values()
    hints = get_type_hints(_choose, include_extras=True) | get_type_hints(command, include_extras=True)
    chosen = [each.replace(kind=Parameter.KEYWORD_ONLY) for each in signature(_choose).parameters.values()]
    parameters = [each.replace(kind=Parameter.KEYWORD_ONLY) for each in rest] + chosen
    run.__signature__ = signature(command).replace(  # type: ignore[attr-defined]
        parameters=[each.replace(annotation=hints[each.name]) for each in parameters]
    )
    run.__annotations__ = {name: hint for name, hint in hints.items() if name != own.name}
    return run


@contextmanager
def open_source(source: Source) -> Iterator[tuple[Checkpoint, NetworkOptions]]:
    """Open the store and turn the name of the actor into an id."""
    from .store.places import open_checkpoint

    with open_checkpoint(replace(Settings.from_environment(), store=source.store)) as checkpoint:
        actor = source.options.actor
        if actor is not None and "/" not in actor and checkpoint.namespaces.actor_id(actor) is None:
            actor = _find_actor(checkpoint, actor)
        yield checkpoint, replace(source.options, actor=actor)


@contextmanager
def read_source(source: Source) -> Iterator[tuple[Network, NetworkOptions]]:
    """Read the network of a source; its store is open as long as the network is in use, for RDF is read from there."""
    from .network.read import read_network

    with open_source(source) as (checkpoint, options):
        yield read_network(checkpoint, options), options


def _find_actor(checkpoint: Checkpoint, name: str) -> str:
    """Return a Wikidata id as it is, or the IRI of the actor that a name fits best."""
    if name.startswith("Q") and name[1:].isdecimal():
        return name
    match = next(iter(checkpoint.names.search(name, limit=1)), None)
    if match is None:
        raise NotFoundError(f"no actor is called {name!r}: give another name, or an id.")
    return match.iri
