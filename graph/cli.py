"""The command line: `rawabit extract | build | sources | query | queries | export | evaluate`; it alone prints.

The trap: whatever is imported at the top is waited for by `rawabit --help`. Readers, stores and tables are imported
by the command that uses them. api/cli.py adds `rawabit serve`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from typer.core import TyperGroup

from .build_command import build
from .config import Settings
from .errors import BudgetError, QueryError, RawabitError, SourceError
from .evaluate_command import evaluate
from .export_command import export
from .fact_formats import ExtractFormat, write_explanations, write_extractions
from .model import Document, Extraction, Refusal
from .network_commands import app as network_app
from .reader_options import DryRun, ReaderName, print_estimate, read_documents, with_reader
from .review_command import review
from .source_options import AnyLanguage, AsKind, ColumnMap, Inputs, list_sources, read_source_options
from .store_commands import add_store_commands
from .terminal import (
    end_on_interrupt,
    examples,
    open_output,
    prepare_streams,
    print_table,
    show_note,
    show_progress,
    show_refusals,
)
from .train_command import train

if TYPE_CHECKING:  # these load what `rawabit --help` must not wait for
    from .explain.explanation import Explanation
    from .sources.options import SourceOptions
    from .store.catalogue import NamedQuery
    from .store.checkpoint import Checkpoint


class _Commands(TyperGroup):
    """Turns the errors raised on purpose into a line on standard error and their exit code."""

    def invoke(self, ctx: typer.Context) -> object:  # type: ignore[override]
        try:
            return super().invoke(ctx)
        except RawabitError as error:
            typer.echo(f"rawabit: {error}", err=True)
            raise typer.Exit(error.exit_code) from None


app = typer.Typer(
    cls=_Commands,
    help="Reads Arabic news and keeps what it says about actors as a knowledge graph with provenance.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode="rich",
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="Exit codes: 0 done, 1 other error, 2 option or setting, 3 some input was refused, 4 store, 5 SHACL, "
    "6 query, 7 export or output file, 8 not found, 9 budget.",
)


app.add_typer(network_app, name="network")


class QueryFormat(StrEnum):
    """How `query` writes an answer."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"
    TURTLE = "turtle"


_QUERY_MEDIA_TYPES = {
    QueryFormat.JSON: "application/sparql-results+json",
    QueryFormat.CSV: "text/csv",
    QueryFormat.TURTLE: "text/turtle",
}

Output = Annotated[Path | None, typer.Option("--output", "-o", help="The file to write; standard output if left out.")]
StoreFolder = Annotated[
    Path | None, typer.Option("--store", help="The store's folder; RAWABIT_STORE or ./store if left out.")
]
MinConfidence = Annotated[float, typer.Option(min=0.0, max=1.0, help="Leave facts below this confidence out.")]


def _show_version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        typer.echo(f"rawabit {version('rawabit')}")
        raise typer.Exit


@app.callback()
def start(
    version: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Print the version and end.")
    ] = False,
) -> None:
    """Reads Arabic news and keeps what it says about actors as a knowledge graph with provenance."""
    prepare_streams()


@app.command(
    epilog=examples(
        "rawabit extract article.txt --format table",
        "rawabit extract news/ more.jsonl -o facts.jsonl --min-confidence 0.5",
        "rawabit extract article.txt --format turtle",
        "rawabit extract article.txt --explain",
        "rawabit extract news/ --reader llm --dry-run",
        "rawabit extract article.txt --format html -o why.html",
        "rawabit extract archive.csv --map text=body --map title=headline",
    )
)
def extract(
    paths: Inputs,
    output_format: Annotated[ExtractFormat, typer.Option("--format", help="How facts are written.")] = (
        ExtractFormat.JSONL
    ),
    output: Output = None,
    min_confidence: MinConfidence = 0.0,
    explain: Annotated[
        bool,
        typer.Option("--explain", help="Show how each sentence was read, and what gave each fact; html as a page."),
    ] = False,
    kind: AsKind = None,
    columns: ColumnMap = None,
    any_language: AnyLanguage = False,
    reader: ReaderName = None,
    dry_run: DryRun = False,
) -> None:
    """Print the facts of articles; touches no store."""
    settings = with_reader(Settings.from_environment(), reader)
    how = read_source_options(settings, kind, columns, any_language)
    refused: list[Refusal] = []
    spent: list[BudgetError] = []
    if dry_run:
        with open_output(output) as stream:
            print_estimate(_documents(paths, how, refused), settings, stream)
        _end_with(refused)
        return
    with open_output(output) as stream, show_progress("Reading") as step:
        if explain or output_format is ExtractFormat.HTML:
            explained = _explain_all(paths, settings, how, refused, step, min_confidence)
            write_explanations(explained, stream, output_format)
        else:
            found = read_documents(_documents(paths, how, refused), settings, refused, step, spent)
            confident = (_keep_confident(each, min_confidence) for each in found)
            write_extractions(confident, stream, output_format, settings=settings)
    if spent:
        show_refusals(refused)
        raise spent[0]
    _end_with(refused)


@app.command(
    epilog=examples(
        "rawabit query strongest-partners --param actor=Q212 --store store",
        "rawabit query met-since --param actor=Q212 --param since=2024-01-01 --format csv",
        "rawabit query my-question.rq --format json -o answer.json",
    )
)
def query(
    name: Annotated[
        str, typer.Argument(metavar="NAME|FILE.rq", help="A query that `rawabit queries` lists, or a file.")
    ],
    param: Annotated[list[str] | None, typer.Option(metavar="KEY=VALUE", help="A parameter; may be repeated.")] = None,
    store: StoreFolder = None,
    output_format: Annotated[QueryFormat, typer.Option("--format", help="How the answer is written.")] = (
        QueryFormat.TABLE
    ),
    output: Output = None,
) -> None:
    """Answer a named query, or one in a file, from a store."""
    from .store.places import open_checkpoint

    settings = _settings(store)
    values = dict(_split_parameter(each) for each in param or ())
    asked = _find_query(name)
    with open_checkpoint(settings) as checkpoint:
        substitutions = asked.bind(values, namespaces=checkpoint.namespaces, resolve=_resolver(checkpoint))
        with end_on_interrupt():
            if output_format is QueryFormat.TABLE:
                table = checkpoint.select(asked.text, substitutions)
            else:
                answer = checkpoint.serialize(asked.text, _QUERY_MEDIA_TYPES[output_format], substitutions)
    with open_output(output) as stream:
        if output_format is QueryFormat.TABLE:
            print_table(table.columns, table.rows, stream)
        else:
            stream.write(answer.decode())


@app.command(epilog=examples("rawabit queries", "rawabit queries strongest-partners"))
def queries(name: Annotated[str | None, typer.Argument(help="Show this query's parameters and text.")] = None) -> None:
    """List the named queries, or show one."""
    import sys

    from .store.catalogue import Catalogue

    catalogue = Catalogue.load()
    if name is None:
        listed = [
            (each.name, each.title_en, each.title_ar, " ".join(parameter.name for parameter in each.parameters))
            for each in catalogue.queries.values()
        ]
        print_table(("name", "title", "", "parameters"), listed, sys.stdout)
        return
    asked = catalogue.get(name)
    typer.echo(f"{asked.name}: {asked.title_en} · {asked.title_ar}\n{asked.description}\n")
    rows = [
        (each.name, each.type.value, "required" if each.required else each.default, each.example, each.description)
        for each in asked.parameters
    ]
    print_table(("parameter", "type", "default", "example", ""), rows, sys.stdout)
    typer.echo(asked.text)


app.command(
    epilog=examples(
        "rawabit evaluate tests/gold/articles.jsonl",
        "rawabit evaluate gold.jsonl facts.jsonl --errors",
        "rawabit evaluate gold.jsonl --readers grammar,llm",
    )
)(evaluate)
app.command("sources", epilog=examples("rawabit sources"))(list_sources)
app.command(
    epilog=examples(
        "rawabit review --store store",
        "rawabit review --list",
        "rawabit review --same person/x Q212 --why 'the same office, the same week'",
        "rawabit review --wrong d1/fact/3f2a9c0d1e4b5a67",
        "rawabit review --decisions",
        "rawabit review --undo 9f86d081884c7d65",
    )
)(review)
app.command(
    epilog=examples(
        "rawabit build news/ --store store",
        "RAWABIT_STORE=store rawabit build monday.jsonl",
        "rawabit build https://news.example/rss.xml",
        "rawabit build export.csv --map text=body --map source=outlet",
        "rawabit build archive.jsonl --workers 4 --report report.json --failures failures.jsonl",
        "rawabit build archive.jsonl --scheduler tcp://host:8786 --shards s3://bucket/shards",
        "rawabit build failures.jsonl",
    )
)(build)
add_store_commands(app)
app.command(
    epilog=examples(
        "rawabit export --format gexf -o network.gexf --store store",
        "rawabit export --format gexf -o camps.gexf --colour-by community --size-by pagerank --language en",
        "rawabit export --format csv -o trade.zip --relation supplies --relation aids --since 2024",
        "rawabit export --format graphml -o around.graphml --actor Q212 --depth 2 --status actual --status planned",
    )
)(export)
app.command(
    epilog=examples(
        "rawabit train gold.jsonl more.jsonl -o graph/lang/ar/weights.json",
        "rawabit train train.jsonl -o weights.json --against dev.jsonl",
    )
)(train)


def _settings(store: Path | None) -> Settings:
    settings = Settings.from_environment()
    return settings if store is None else replace(settings, store=store)


def _explain_all(
    paths: Iterable[str],
    settings: Settings,
    how: SourceOptions,
    refused: list[Refusal],
    step: Callable[[str], None],
    least: float,
) -> Iterator[Explanation]:
    from .explain.retrace import explain
    from .pipeline import Reader
    from .readers.registry import open_reader

    reader = open_reader(settings)
    # What the grammar sees is what can be shown; another reader decides what comes of it.
    grammar, decider = (reader, None) if isinstance(reader, Reader) else (Reader.load(settings), reader)
    for number, document in enumerate(_documents(paths, how, refused), start=1):
        step(f"{number} articles, {len(refused)} refused")
        yield explain(grammar, document, least=least, decider=decider)


def _documents(paths: Iterable[str], how: SourceOptions, refused: list[Refusal]) -> Iterator[Document]:
    from .sources.reader import read_sources

    for source in read_sources(paths, options=how):
        if isinstance(source, Refusal):
            refused.append(source)
        else:
            yield source


def _keep_confident(extraction: Extraction, least: float) -> Extraction:
    return replace(extraction, facts=tuple(fact for fact in extraction.facts if fact.confidence >= least))


def _end_with(refused: Iterable[Refusal]) -> None:
    if show_refusals(refused):
        raise typer.Exit(SourceError.exit_code)


def _find_query(name: str) -> NamedQuery:
    from .store.catalogue import Catalogue, read_query

    if not name.endswith(".rq"):
        return Catalogue.load().get(name)
    path = Path(name)
    try:
        return read_query(path)
    except OSError as error:
        raise QueryError(f"{name} cannot be read ({error.strerror}): mend the path.") from error


def _split_parameter(text: str) -> tuple[str, str]:
    key, separator, value = text.partition("=")
    if not separator or not key:
        raise QueryError(f"--param {text!r}: write it as name=value.")
    return key, value


def _resolver(checkpoint: Checkpoint) -> Callable[[str], str | None]:
    def resolve(name: str) -> str | None:
        matches = checkpoint.names.search(name, limit=1)
        if matches and matches[0].matched != name:
            show_note(f"{name} is taken for {matches[0].matched}")
        return matches[0].iri if matches else None

    return resolve
