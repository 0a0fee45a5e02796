"""The entry point of `rawabit`: the builder's commands, and `serve`.

Whatever serves HTTP is imported by `serve` itself, so that `rawabit --help` stays fast.
"""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from graph.cli import app
from graph.config import Settings
from graph.errors import RawabitError
from graph.reader_options import ReaderName, with_reader


@app.command(epilog="[bold]Examples[/bold]\n\nrawabit serve --store store\n\nrawabit serve --show-settings")
def serve(
    store: Annotated[
        Path | None, typer.Option("--store", help="The store's folder; RAWABIT_STORE or ./store if left out.")
    ] = None,
    host: Annotated[str, typer.Option(help="The address to listen at.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="The port to listen at; 0 takes any free one.")] = 8000,
    reader: ReaderName = None,
    show_settings: Annotated[
        bool, typer.Option("--show-settings", help="Print every setting with its value and meaning, and end.")
    ] = False,
) -> None:
    """Serve a store over HTTP: the page, SPARQL, REST and exports. Ends on Ctrl-C or SIGTERM."""
    settings = Settings.from_environment()
    settings = settings if store is None else replace(settings, store=store)
    settings = settings if reader is None else replace(settings, reader=reader)
    if show_settings:
        from .settings_list import list_settings

        typer.echo("\n".join(list_settings(settings)))
        return
    from .server import run_server

    run_server(with_reader(settings, None), host=host, port=port)


def main() -> None:
    """Run the command line; errors raised on purpose become a message and an exit code."""
    try:
        app()
    except RawabitError as error:
        typer.echo(f"rawabit: {error}", err=True)
        sys.exit(error.exit_code)
