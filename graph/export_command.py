"""`rawabit export`: a network of actors as a file, measured, coloured, sized and laid out where the format says so."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from .network_filter import ColourBy, Engine, Language, SizeBy, Source, Words, filtered, read_source
from .terminal import open_binary_output, show_note, show_progress


@filtered
def export(
    source: Source,
    output_format: Annotated[str, typer.Option("--format", help="gexf, graphml, csv, turtle, nquads and others.")],
    output: Annotated[Path, typer.Option("--output", "-o", help="The file to write; - is standard output.")],
    language: Words = Language.ARABIC,
    colour_by: ColourBy = "kind",
    size_by: SizeBy = "degree",
    measures: Annotated[
        bool | None,
        typer.Option(
            "--measures/--no-measures", help="PageRank, communities and the like; up to 20,000 nodes unasked."
        ),
    ] = None,
    layout: Annotated[
        bool | None, typer.Option("--layout/--no-layout", help="A place for each node; up to 20,000 nodes unasked.")
    ] = None,
    engine: Engine = "auto",
) -> None:
    """Write the network of actors, or what lies around one, for Gephi and other programs."""
    from .network.appearance import make_appearance
    from .network.export.registry import find_format
    from .network.prepare import prepare

    form, look = find_format(output_format), make_appearance(language, colour_by, size_by)
    with show_progress("Exporting") as step, read_source(source) as (network, _):
        step(f"{len(network.nodes)} nodes, {len(network.edges)} edges")
        if form.looks:
            network, _ = prepare(network, look, measured=measures, laid_out=layout, engine=engine)
        with open_binary_output(output) as stream:
            form.write(network, stream, look)
    show_note(f"{output}: {len(network.nodes)} nodes, {len(network.edges)} edges ({network.title})")
