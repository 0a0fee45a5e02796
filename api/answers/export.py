"""Networks as files: the same formats and options as `rawabit export`."""

from __future__ import annotations

from graph.model import EntityKind, Status
from graph.network.appearance import Appearance, make_appearance
from graph.network.export.registry import find_format
from graph.network.options import NetworkOptions, RollUp, StaticTies
from graph.network.prepare import prepare
from graph.network.read import read_network

from ..worker_store import WorkerStore
from .actors import find_actor
from .answer import Answer, Arguments


def answer_export(store: WorkerStore, arguments: Arguments) -> Answer:
    """Answer the network that the options ask for, as a file to be kept."""
    form = find_format(arguments["format"])
    options = read_options(store, arguments)
    network = read_network(store.checkpoint, options, vocabulary=store.vocabulary)
    look = read_look(arguments)
    if form.looks:
        network, _ = prepare(network, look, measured=arguments["measures"], laid_out=arguments["layout"])
    name = f"rawabit-{store.number}{form.suffix}"
    headers = (("Content-Disposition", f'attachment; filename="{name}"'),)
    return Answer(form.media_type, lambda sink: form.write(network, sink, look), headers=headers)


def read_look(arguments: Arguments) -> Appearance:
    """Return what colours, sizes and labels are to say."""
    return make_appearance(arguments["language"], arguments["colour_by"], arguments["size_by"])


def read_options(store: WorkerStore, arguments: Arguments) -> NetworkOptions:
    """Return the options of a network; raise SettingsError, QueryError or NotFoundError for what cannot be."""
    for relation in arguments["relations"]:
        store.relation_iri(relation)
    if arguments["actor"]:
        find_actor(store, arguments["actor"])
    return NetworkOptions(
        relations=frozenset(arguments["relations"]),
        since=arguments["since"],
        until=arguments["until"],
        statuses=frozenset(map(Status, arguments["statuses"])),
        min_confidence=arguments["min_confidence"],
        kinds=frozenset(map(EntityKind, arguments["kinds"])),
        actor=arguments["actor"],
        depth=arguments["depth"],
        roll_up=RollUp(arguments["roll_up"]),
        static_ties=StaticTies(arguments["static_ties"]),
        largest_component=arguments["largest_component"],
        top=arguments["top"],
        min_weight=arguments["min_weight"],
        sentences=arguments["sentences"],
    )
