"""`rawabit build`: reads articles into a store, shows how far it has come, and tells what it did."""

from __future__ import annotations

import json
import platform
import sys
from contextlib import ExitStack
from dataclasses import asdict, replace
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from .config import Settings
from .errors import BudgetError, SettingsError, SourceError
from .model import Document
from .reader_options import DryRun, ReaderName, print_estimate, with_reader
from .source_options import AnyLanguage, AsKind, ColumnMap, Inputs, read_source_options
from .terminal import build_report_lines, open_output, show_note, show_progress, show_refusals

if TYPE_CHECKING:  # these load what `rawabit --help` must not wait for
    from .build import BuildReport
    from .sources.options import SourceOptions


def build(
    paths: Inputs,
    store: Annotated[
        Path | None, typer.Option("--store", help="The store's folder; RAWABIT_STORE or ./store if left out.")
    ] = None,
    kind: AsKind = None,
    columns: ColumnMap = None,
    any_language: AnyLanguage = False,
    workers: Annotated[
        int | None, typer.Option(min=1, max=1024, help="Processes that read; as many as processors if left out.")
    ] = None,
    scheduler: Annotated[
        str | None, typer.Option(metavar="tcp://HOST:PORT", help="A Dask scheduler whose workers read (rawabit[dask]).")
    ] = None,
    shards: Annotated[
        str | None,
        typer.Option(help="Where these put what they read, by path or fsspec address; beside the store if left out."),
    ] = None,
    report: Annotated[Path | None, typer.Option(metavar="FILE.json", help="Write all of the report as JSON.")] = None,
    failures: Annotated[
        Path | None,
        typer.Option(metavar="FILE.jsonl", help="Write what was refused to a file that can be mended and built again."),
    ] = None,
    reader: ReaderName = None,
    dry_run: DryRun = False,
) -> None:
    """Read articles into a store and report what was read, replaced and refused."""
    from .build import ClusterPlace, build_store
    from .failures import FailureFile

    if shards is not None and scheduler is None:
        raise SettingsError("--shards is for what a cluster reads: give --scheduler, too.")
    settings = Settings.from_environment()
    settings = settings if store is None else replace(settings, store=store)
    settings = with_reader(settings, reader)
    sources = read_source_options(settings, kind, columns, any_language)
    if dry_run:
        _print_estimate(paths, settings, sources)
        return
    with ExitStack() as stack:
        failed = stack.enter_context(FailureFile(failures)) if failures else None
        step = stack.enter_context(show_progress("Building"))
        done = build_store(
            paths,
            settings,
            sources=sources,
            workers=workers,
            cluster=None if scheduler is None else ClusterPlace(scheduler, shards),
            on_progress=lambda each: step(each.words()),
            on_failure=failed.add if failed else None,
        )
    if report is not None:
        with open_output(report) as stream:
            stream.write(json.dumps(_to_record(done), ensure_ascii=False, indent=1) + "\n")
    for line in build_report_lines(done):
        typer.echo(line)
    show_note(f"Next: rawabit queries, or rawabit serve --store {settings.store}")
    refused = show_refusals(done.refused)
    if done.stopped is not None:
        raise BudgetError(done.stopped)
    if refused:
        raise typer.Exit(SourceError.exit_code)


def _print_estimate(paths: list[str], settings: Settings, sources: SourceOptions) -> None:
    from .sources.reader import read_sources

    found = read_sources(paths, options=sources)
    print_estimate((each for each in found if isinstance(each, Document)), settings, sys.stdout)


def _to_record(report: BuildReport) -> dict[str, object]:
    """Return all of a report, with the versions that made it."""
    versions = {name: version(name) for name in ("rawabit", "pyoxigraph")} | {"python": platform.python_version()}
    return {**asdict(report), "checkpoint": str(report.checkpoint), "versions": versions}
