"""`rawabit network measures | communities | balance | changes | draw | timeline`: questions asked of the network.

All take the same filter as `rawabit export`. What is heavy is imported by the command that uses it.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from .errors import ExportError, SettingsError
from .network.options import NetworkOptions
from .network_filter import ColourBy, Engine, Language, SizeBy, Source, Words, filtered, open_source, read_source
from .terminal import examples, open_binary_output, open_output, print_table, show_note

if TYPE_CHECKING:  # these load what `rawabit --help` must not wait for
    from .network.measures import Measures

app = typer.Typer(
    help="Measure, compare and draw the network of actors.", no_args_is_help=True, rich_markup_mode="rich"
)
MOST_DRAWN = 60


class TableFormat(StrEnum):
    """How figures are written."""

    TABLE = "table"
    CSV = "csv"
    JSON = "json"


Format = Annotated[TableFormat, typer.Option("--format", help="How figures are written.")]
Output = Annotated[Path | None, typer.Option("--output", "-o", help="The file to write; standard output if left out.")]
Picture = Annotated[Path, typer.Option("--output", "-o", help="The picture to write: .svg, .png or .html.")]
Limit = Annotated[int, typer.Option(min=1, help="How many rows to show.")]


@app.command(
    epilog=examples(
        "rawabit network measures --store store --by pagerank --limit 20",
        "rawabit network measures --actor Q212 --depth 2 --format csv -o ukraine.csv",
    )
)
@filtered
def measures(
    source: Source,
    by: Annotated[str, typer.Option(help="The measure to sort by: degree, pagerank, betweenness, …")] = "pagerank",
    limit: Limit = 20,
    output_format: Format = TableFormat.TABLE,
    output: Output = None,
    engine: Engine = "auto",
    language: Words = Language.ARABIC,
) -> None:
    """Print degree, PageRank, betweenness, k-core, community and bridging of the actors."""
    from .network.measures import measure

    with read_source(source) as (network, _):
        found = measure(network, engine=engine, language=language)
    columns = {column.name: values for column, values in found.columns().items()}
    if by not in columns or by == "community_label":
        raise SettingsError(f"--by {by}: choose {', '.join(name for name in columns if name != 'community_label')}.")
    ids = sorted(columns[by], key=lambda id: (-float(columns[by][id] or 0), id))  # type: ignore[arg-type]
    shown = ids if output_format is not TableFormat.TABLE else ids[:limit]
    labels = {node.id: node.label(language) for node in network.nodes}
    rows = [(labels[id], id, *(_cell(values[id]) for values in columns.values())) for id in shown]
    _write(("name", "id", *columns), rows, output_format, output, _about(found))


@app.command(epilog=examples("rawabit network communities --store store --language en"))
@filtered
def communities(
    source: Source,
    bridges: Annotated[int, typer.Option(min=0, help="How many bridges between communities to show.")] = 10,
    output_format: Format = TableFormat.TABLE,
    output: Output = None,
    engine: Engine = "auto",
    language: Words = Language.ARABIC,
) -> None:
    """Print the communities with their best-known members, and the ties that bridge them."""
    from .network.measures import find_bridges, measure

    with read_source(source) as (network, _):
        found = measure(network, engine=engine, language=language)
    labels = {node.id: node.label(language) for node in network.nodes}
    groups = [("community", str(one.number), one.label, str(one.size)) for one in found.communities if one.size > 1]
    joined = [
        (
            "bridge",
            f"{one.communities[0]}–{one.communities[1]}",
            f"{labels[one.source]} — {labels[one.target]}",
            f"{one.weight:g}",
        )
        for one in find_bridges(network, found.community, limit=bridges)
    ]
    _write(("what", "number", "who", "size"), [*groups, *joined], output_format, output, _about(found))


@app.command(epilog=examples("rawabit network balance --store store --since 2024"))
@filtered
def balance(
    source: Source,
    limit: Limit = 10,
    output_format: Format = TableFormat.TABLE,
    output: Output = None,
    language: Words = Language.ARABIC,
) -> None:
    """Print how support and conflict balance: triads by their signs, and those under strain."""
    from .network.balance import read_balance

    with read_source(source) as (network, _):
        found = read_balance(network, limit=limit)
    labels = {node.id: node.label(language) for node in network.nodes}
    share = "none" if found.balanced is None else f"{found.balanced:.0%}"
    note = {"positive_pairs": found.positive_pairs, "negative_pairs": found.negative_pairs, "balanced": share}
    counts = [("triads", signs, "", str(number)) for signs, number in found.triads.items()]
    strained = [
        ("strained", triad.signs, " — ".join(labels[id] for id in triad.nodes), f"{triad.weight:g}")
        for triad in found.strained
    ]
    _write(("what", "signs", "who", "number"), [*counts, *strained], output_format, output, note)


@app.command(epilog=examples("rawabit network changes --first 2023 --second 2024 --store store"))
@filtered
def changes(
    source: Source,
    first: Annotated[str, typer.Option(help="The first period: 2023, 2023-05, or 2023-01:2023-06.")],
    second: Annotated[str, typer.Option(help="The second period, written alike.")],
    limit: Limit = 15,
    output_format: Format = TableFormat.TABLE,
    output: Output = None,
    language: Words = Language.ARABIC,
) -> None:
    """Print who gained and lost ties between two periods, and which ties came and went."""
    from .network.changes import Shift, compare

    earlier, later = (replace(source, options=_in_period(source.options, period)) for period in (first, second))
    with read_source(earlier) as (before, _), read_source(later) as (after, _):
        found = compare(before, after)
    labels = {node.id: node.label(language) for node in (*before.nodes, *after.nodes)}

    def row(what: str, shift: Shift) -> tuple[str, str, str, str]:
        relation = (after if shift.after else before).relation(shift.relation)
        name = (relation.arabic if language is Language.ARABIC else relation.english) or shift.relation
        return (what, f"{labels[shift.source]} — {name} — {labels[shift.target]}", str(shift.before), str(shift.after))

    rows = [
        (f"+{one.gained} -{one.lost}", one.node.label(language), str(one.before), str(one.after))
        for one in found.standings[:limit]
    ]
    for what, shifts in (("gained", found.gained), ("lost", found.lost), ("shifted", found.shifted)):
        rows += [row(what, shift) for shift in shifts[:limit]]
    note = {"gained": len(found.gained), "lost": len(found.lost), "shifted": len(found.shifted)}
    _write(("what", "who", "before", "after"), rows, output_format, output, note)


@app.command(epilog=examples("rawabit network draw --store store --top 40 --colour-by community -o network.svg"))
@filtered
def draw(
    source: Source,
    output: Picture,
    language: Words = Language.ARABIC,
    colour_by: ColourBy = "kind",
    size_by: SizeBy = "degree",
    title: Annotated[str | None, typer.Option(help="The title, in place of one that says what is shown.")] = None,
    engine: Engine = "auto",
) -> None:
    """Draw the network as a picture or a page; without --top the 60 nodes with most edges."""
    from .network.appearance import make_appearance
    from .network.draw.picture import Caption, draw_network
    from .network.draw.words import Words as Texts
    from .network.draw.words import describe_filter, title_of
    from .network.prepare import prepare

    look = make_appearance(language, colour_by, size_by)
    drawn = replace(source, options=replace(source.options, top=source.options.top or MOST_DRAWN))
    with read_source(drawn) as (network, options):
        ready, found = prepare(network, look, laid_out=True, engine=engine)
    # Sixty is not worth a word where there were fewer to begin with.
    whole = source.options.top is None and len(ready.nodes) < MOST_DRAWN
    told = replace(options, top=None) if whole else options
    words = Texts.load(language)
    caption = Caption(title or title_of(told, ready, words), describe_filter(told, ready, words))
    svg = draw_network(ready, caption, look, communities=found.communities if found else ())
    _write_picture(svg, output, caption.title, language)
    show_note(f"{output}: {len(ready.nodes)} nodes, {len(ready.edges)} edges")


@app.command(epilog=examples("rawabit network timeline --actor Q212 --store store -o ukraine.html"))
@filtered
def timeline(
    source: Source,
    output: Picture,
    by_publication: Annotated[
        bool, typer.Option("--by-publication", help="Date facts without a date by the day of publication.")
    ] = False,
    language: Words = Language.ARABIC,
) -> None:
    """Chart the facts of --actor by month and relation."""
    from .network.draw.chart import draw_timeline
    from .network.draw.picture import Caption
    from .network.draw.words import Words as Texts
    from .network.draw.words import describe_filter
    from .network.network import Network
    from .network.timeline import read_timeline

    if source.options.actor is None:
        raise SettingsError("--actor is missing: say whose facts to chart.")
    with open_source(source) as (checkpoint, options):
        found = read_timeline(checkpoint, options, by_publication=by_publication)
    words = Texts.load(language)
    parts = [describe_filter(replace(options, actor=None), Network(relations=found.relations), words)]
    parts += [words.get("by_publication")] if by_publication else []
    caption = Caption(words.get("timeline", actor=found.actor.label(language)), " · ".join(parts))
    _write_picture(draw_timeline(found, caption, language=language), output, caption.title, language)


def _in_period(options: NetworkOptions, period: str) -> NetworkOptions:
    since, _, until = period.partition(":")
    return replace(options, since=since, until=until or since)


def _about(found: Measures) -> dict[str, object]:
    """Return what has to be said beside figures: how they were worked out."""
    betweenness = f"sampled from {found.sampled} nodes" if found.sampled else "exact"
    return {
        "engine": found.engine,
        "communities": found.method,
        "modularity": round(found.modularity, 4),
        "betweenness": betweenness,
    }


def _cell(value: object) -> str:
    return f"{value:.4f}" if isinstance(value, float) else str(value)


def _write(
    columns: Sequence[str],
    rows: Iterable[Sequence[str]],
    output_format: TableFormat,
    output: Path | None,
    about: Mapping[str, object],
) -> None:
    with open_output(output) as stream:
        if output_format is TableFormat.JSON:
            data = {**about, "rows": [dict(zip(columns, row, strict=True)) for row in rows]}
            stream.write(json.dumps(data, ensure_ascii=False, indent=1) + "\n")
        elif output_format is TableFormat.CSV:
            writer = csv.writer(stream, lineterminator="\n")
            writer.writerow(columns)
            writer.writerows(rows)
        else:
            print_table(columns, rows, stream)
            stream.write("  ".join(f"{key}: {value}" for key, value in about.items()) + "\n")


def _write_picture(svg: str, output: Path, title: str, language: str) -> None:
    """Write SVG, a page or PNG, as the file's name asks for."""
    from .network.draw.page import write_page
    from .network.draw.raster import render_png

    suffix = output.suffix.lower()
    if suffix == ".svg":
        data = svg.encode("utf-8")
    elif suffix in {".html", ".htm"}:
        data = write_page(svg, title, language=language).encode("utf-8")
    elif suffix == ".png":
        data = render_png(svg)
    else:
        raise ExportError(f"{output}: a picture is .svg, .png or .html: choose one of them.")
    with open_binary_output(output) as stream:
        stream.write(data)
