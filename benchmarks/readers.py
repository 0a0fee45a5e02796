"""Opens the readers that a benchmark measures: those that are named, or all that work offline and lack nothing here."""

from __future__ import annotations

import argparse
import sys
from dataclasses import replace

from graph.config import Settings
from graph.extract.base import Extractor
from graph.pipeline import Reader
from graph.readers.registry import READERS, lacking, open_reader

OFFLINE = ("grammar", "hybrid", "camel")


def add_readers_option(parser: argparse.ArgumentParser) -> None:
    """Let the command line name readers."""
    parser.add_argument(
        "--readers",
        metavar="NAME,NAME...",
        help=f"who reads; of {', '.join(OFFLINE)} those that lack nothing here, if left out",
    )


def open_readers(names: str | None) -> dict[str, Extractor]:
    """Return readers by name: those that are asked for, of which each must be able to read, or all that can here."""
    settings = Settings.from_environment()
    if names is not None:
        chosen = [name.strip() for name in names.split(",") if name.strip()]
    else:
        chosen = [name for name in OFFLINE if name in READERS and lacking(name, settings) is None]
        for name in OFFLINE:
            if name in READERS and name not in chosen:
                print(f"not measured: {lacking(name, settings)}", file=sys.stderr)
    return {name: open_reader(replace(settings, reader=name)) for name in chosen}


def open_parsing_reader(name: str) -> Reader:
    """Return a reader that shows what it does on the way, as the grammar does; end where one does not."""
    reader = open_reader(replace(Settings.from_environment(), reader=name))
    grammar = reader if isinstance(reader, Reader) else getattr(reader, "grammar", None)
    if name == "llm" or not isinstance(grammar, Reader):
        raise SystemExit(f"{name} does not show its words and mentions: name another reader, such as grammar.")
    if grammar is not reader:
        print(f"{name} finds no names of its own: these are those of the grammar that it listens to")
    return grammar
