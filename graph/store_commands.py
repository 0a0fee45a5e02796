"""`rawabit withdraw | verify | backup | restore | compact`: what keeps a store in order."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict, replace
from pathlib import Path
from typing import Annotated

import typer

from .config import Settings
from .errors import SettingsError, ValidationError
from .terminal import examples, show_note, show_progress

StoreFolder = Annotated[
    Path | None, typer.Option("--store", help="The store's folder; RAWABIT_STORE or ./store if left out.")
]
StorePlace = Annotated[
    Path | None,
    typer.Option("--store", help="The store's folder, or sparql+http://HOST; RAWABIT_STORE or ./store if left out."),
]


def add_store_commands(app: typer.Typer) -> None:
    """Add the commands to those of the program."""
    app.command(
        epilog=examples(
            "rawabit withdraw article-17 article-18 --store store",
            'rawabit withdraw --source "Example News" --dry-run',
        )
    )(withdraw)
    app.command(epilog=examples("rawabit verify --store store", "rawabit verify --json"))(verify)
    app.command(epilog=examples("rawabit backup monday.tar --store store", "rawabit backup /backups/monday"))(backup)
    app.command(epilog=examples("rawabit restore monday.tar --store restored"))(restore)
    app.command(epilog=examples("rawabit compact --store store"))(compact)


def withdraw(
    ids: Annotated[list[str] | None, typer.Argument(metavar="ID...", help="Ids of documents.")] = None,
    source: Annotated[str | None, typer.Option(metavar="OUTLET", help="All documents of an outlet.")] = None,
    store: StorePlace = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would go, and leave it.")] = False,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")] = False,
) -> None:
    """Take documents out of a store, with every fact and actor that only they name."""
    from .store.places import open_store
    from .withdraw import plan_withdrawal
    from .withdraw import withdraw as take_out

    if not ids and source is None:
        raise SettingsError("nothing to withdraw: give ids of documents, or --source OUTLET.")
    settings = _settings(store)
    with open_store(settings) as opened:
        withdrawal = plan_withdrawal(opened, ids or (), source=source)
        what = f"{len(withdrawal.documents)} documents with {withdrawal.facts} facts"
        if dry_run:
            typer.echo(f"{what} would be withdrawn.")
            return
        if not yes:
            if not sys.stdin.isatty():
                raise SettingsError(f"{what} would be withdrawn: say --yes where nobody can be asked.")
            typer.confirm(f"Withdraw {what}?", abort=True)
        take_out(opened, withdrawal, settings)
    typer.echo(f"{what} withdrawn.")


def verify(
    store: StorePlace = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the report as JSON.")] = False,
) -> None:
    """Check a store: shapes, orphans, what is derived, indexes, checkpoint; exit code 5 says that some is wrong."""
    from .store.inspection import inspect_store
    from .store.places import open_store

    settings = _settings(store)
    with show_progress("Checking") as step, open_store(settings) as opened:
        inspection = inspect_store(opened, settings.cache, step)
    if as_json:
        record = {"sound": inspection.is_sound, **asdict(inspection)}
        typer.echo(json.dumps(record, ensure_ascii=False, indent=1))
    else:
        counts = inspection.counts
        typer.echo(
            f"{counts.documents} documents, {counts.facts} facts, {counts.entities} entities, {counts.quads} quads"
        )
        for check in inspection.checks:
            typer.echo(f"{'ok   ' if not check.faults else 'WRONG'} {check.name}")
            for example in check.examples:
                typer.echo(f"        {example}")
            if check.faults > len(check.examples):
                typer.echo(f"        and {check.faults - len(check.examples)} more")
    if not inspection.is_sound:
        raise typer.Exit(ValidationError.exit_code)


def backup(
    target: Annotated[Path, typer.Argument(metavar="FILE.tar|FOLDER", help="What to write; nothing is overwritten.")],
    store: StoreFolder = None,
) -> None:
    """Copy a store's newest checkpoint away with checksums, while others read and write the store."""
    from .store.archive import back_up

    folder = _folder(
        store,
        "an endpoint is backed up by its own means (Oxigraph: `oxigraph backup`); `rawabit export --format nquads` "
        "writes what it holds to a file",
    )
    made = back_up(folder, target)
    if (folder / "changed").exists():
        show_note("What was written since the last checkpoint is not in it: finish `rawabit build` first.")
    typer.echo(f"{target}: {len(made.files)} files, {made.bytes / 1e6:.1f} MB")


def restore(
    source: Annotated[Path, typer.Argument(metavar="FILE.tar|FOLDER", help="What `rawabit backup` wrote.")],
    store: StoreFolder = None,
) -> None:
    """Make a store of a backup, in a folder that is new or empty; every file is held to its checksum."""
    from .store.archive import restore as unpack

    folder = _folder(
        store,
        "a backup is restored to a folder; an endpoint is restored by its own means, or filled by `rawabit build`",
    )
    made = unpack(source, folder)
    typer.echo(f"{folder}: {len(made.files)} files, {made.bytes / 1e6:.1f} MB")


def compact(store: StoreFolder = None) -> None:
    """Merge a store's files, make its indexes anew, drop older checkpoints, and say what that gained."""
    from .store.embedded import EmbeddedStore
    from .store.layout import measure_folder

    folder = _folder(
        store, "an endpoint keeps its files in order itself (Oxigraph: `oxigraph optimize`); `rawabit verify` checks it"
    )
    with show_progress("Compacting"), EmbeddedStore.open(folder) as opened:
        before = measure_folder(folder)
        opened.compact()
    after = measure_folder(folder)
    typer.echo(f"{before / 1e6:.1f} MB before, {after / 1e6:.1f} MB after")


def _settings(store: Path | None) -> Settings:
    settings = Settings.from_environment()
    return settings if store is None else replace(settings, store=store)


def _folder(store: Path | None, instead: str) -> Path:
    """Return the folder of a store; raise SettingsError, saying what to do instead, where it is at an endpoint."""
    from .store.address import refuse_address

    place = _settings(store).store
    refuse_address(place, instead)
    return place
