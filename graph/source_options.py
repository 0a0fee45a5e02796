"""The options of commands that read articles: `--as`, `--map`, `--any-language`; and `rawabit sources`."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from .config import Settings
from .errors import SettingsError
from .sources.options import SourceOptions
from .terminal import print_table

_MAP_HELP = "Which column or key holds a field: text, title, published, source, url, author or id; may be repeated."

Inputs = Annotated[
    list[str], typer.Argument(metavar="PATH|URL...", help="Files, folders or addresses; `rawabit sources` lists kinds.")
]
AsKind = Annotated[
    str | None, typer.Option("--as", metavar="KIND", help="Read files as this kind, whatever their suffix.")
]
ColumnMap = Annotated[list[str] | None, typer.Option("--map", metavar="FIELD=COLUMN", help=_MAP_HELP)]
AnyLanguage = Annotated[
    bool, typer.Option("--any-language", help="Read also what is not Arabic, instead of setting it aside.")
]


def read_source_options(
    settings: Settings, kind: str | None, columns: list[str] | None, any_language: bool
) -> SourceOptions:
    """Return how sources are read; raise SettingsError for a kind or field that there is not."""
    from .sources.columns import FIELDS
    from .sources.registry import KINDS

    if kind is not None and kind not in KINDS:
        raise SettingsError(f"--as {kind!r}: there is no such kind; give one of {', '.join(KINDS)}.")
    pairs: dict[str, str] = {}
    for each in columns or ():
        field, _, column = each.partition("=")
        if field not in FIELDS or not column:
            raise SettingsError(f"--map {each!r}: write FIELD=COLUMN, with a field of {', '.join(FIELDS)}.")
        pairs[field] = column
    return SourceOptions.from_settings(settings, kind=kind, columns=pairs, any_language=any_language)


def list_sources() -> None:
    """List the kinds of sources that are read, with their suffixes; needs no store."""
    from .sources.registry import KINDS

    rows = [(kind.name, " ".join(kind.suffixes), kind.what) for kind in KINDS.values()]
    print_table(("kind (--as)", "suffixes", "what it holds"), rows, sys.stdout)
