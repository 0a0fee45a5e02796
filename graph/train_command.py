"""`rawabit train`: annotated articles in, the weights of the reader out, with figures before and after where asked."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Annotated

import typer

from .config import Settings
from .errors import SettingsError, SourceError
from .model import Document, Refusal
from .terminal import open_output, print_table, show_progress, show_refusals

if TYPE_CHECKING:  # these load what `rawabit --help` must not wait for
    from .evaluate import Evaluation, Record
    from .pipeline import Reader

Gold = Annotated[list[Path], typer.Argument(metavar="GOLD.jsonl...", help="Annotated articles to learn from.")]
Rough = Annotated[
    list[Path] | None,
    typer.Option(
        metavar="JUDGED.jsonl", help="Articles of which only the likely facts were judged; they count for a third."
    ),
]
Output = Annotated[Path, typer.Option("--output", "-o", help="The file of weights to write; - is standard output.")]
Against = Annotated[
    Path | None,
    typer.Option(metavar="DEV.jsonl", help="Other annotated articles, to compare figures before and after."),
]


def train(gold: Gold, output: Output, rough: Rough = None, against: Against = None) -> None:
    """Learn the weights that judge facts from annotated articles, anew."""
    from .pipeline import Reader

    reader = Reader.load(Settings.from_environment())
    refused: list[Refusal] = []
    with show_progress("Reading") as step:
        articles = [article for path in gold for article in _read_gold(path, refused)]
        judged = [article for path in rough or () for article in _read_gold(path, refused)]
        weights = _learn(reader, articles, judged, step)
    text = json.dumps(weights, sort_keys=True, indent=0) + "\n"
    with open_output(output) as stream:
        stream.write(text)
    aside = str(output) == "-"
    typer.echo(f"{len(weights)} weights from {len(articles) + len(judged)} articles", err=aside)
    if against is not None:
        rows = _compare(reader, text, _read_gold(against, refused))
        typer.echo(f"read against {against}", err=aside)
        print_table(("", "before", "after"), rows, typer.get_text_stream("stderr" if aside else "stdout"))
    show_refusals(refused)
    if refused:
        raise typer.Exit(SourceError.exit_code)


def _read_gold(path: Path, refused: list[Refusal]) -> list[tuple[Document, Record]]:
    from .evaluate import read_records
    from .sources.options import SourceOptions
    from .sources.reader import read_sources

    records = read_records(path)
    articles = []
    for source in read_sources([path], options=SourceOptions(any_language=True)):
        if isinstance(source, Refusal):
            refused.append(source)
        else:
            articles.append((source, records[source.id]))
    return articles


def _learn(
    reader: Reader,
    articles: Iterable[tuple[Document, Record]],
    rough: Iterable[tuple[Document, Record]],
    step: Callable[[str], None],
) -> dict[str, float]:
    from .training import learn_weights

    def watched() -> Iterable[tuple[Document, Record]]:
        for number, article in enumerate(articles, start=1):
            step(f"{number} articles")
            yield article

    try:
        return learn_weights(reader, watched(), rough)
    except ImportError as error:
        raise SettingsError(
            f"training needs scikit-learn, which is not there ({error}): pip install 'rawabit[training]'."
        ) from error
    except ValueError as error:
        raise SourceError(
            f"nothing can be learned from these articles ({error}): give some with relations that verbs or nouns tell."
        ) from error


def _compare(reader: Reader, weights: str, articles: list[tuple[Document, Record]]) -> list[tuple[str, str, str]]:
    """Return the figures of the reader as it is and with new weights, a row each."""
    from .extract.weigh import Weigher

    with TemporaryDirectory() as folder:
        path = Path(folder, "weights.json")
        path.write_text(weights, encoding="utf-8")
        learned = replace(reader, weigher=Weigher.load(path))
    before, after = (_figures(_evaluate(each, articles)) for each in (reader, learned))
    return [(name, f"{before[name]:.3f}", f"{after[name]:.3f}") for name in before]


def _evaluate(reader: Reader, articles: Iterable[tuple[Document, Record]]) -> Evaluation:
    from .evaluate import evaluate, parse_record
    from .rdf.vocabulary import Vocabulary
    from .records import to_record

    articles = list(articles)
    found = {document.id: parse_record(to_record(reader.read(document))) for document, _ in articles}
    return evaluate({record.id: record for _, record in articles}, found, symmetric=Vocabulary.load().symmetric)


def _figures(result: Evaluation) -> dict[str, float]:
    deeds = "without holdsOffice, partOf, memberOf"
    return {
        "relations F1": result.relations.f1,
        "relations precision": result.relations.precision,
        "relations recall": result.relations.recall,
        f"{deeds}: F1": result.deeds.f1,
        f"{deeds}: precision": result.deeds.precision,
        f"{deeds}: recall": result.deeds.recall,
        "status right": result.status_right / result.relations.hits if result.relations.hits else 0.0,
    }
