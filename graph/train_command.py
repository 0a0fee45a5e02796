"""`rawabit train`: annotated articles in, the weights of the reader out, with figures before and after where asked."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from .config import Settings
from .errors import SettingsError, SourceError
from .model import Document, Refusal
from .terminal import open_output, print_table, show_progress, show_refusals

if TYPE_CHECKING:  # these load what `rawabit --help` must not wait for
    from .evaluate import Evaluation, Record
    from .extract.base import Extractor
    from .pipeline import Reader

    Article = tuple[Document, Record]

Gold = Annotated[list[Path], typer.Argument(metavar="GOLD.jsonl...", help="Annotated articles to learn from.")]
Rough = Annotated[
    list[Path] | None,
    typer.Option(
        metavar="JUDGED.jsonl", help="Articles of which only the likely facts were judged; they count for a third."
    ),
]
Output = Annotated[
    Path, typer.Option("--output", "-o", help="The file to write; - is standard output, for weights of the grammar.")
]
Pupil = Annotated[
    str,
    typer.Option("--reader", metavar="NAME", help="Who learns: grammar, or hybrid: its judge of pairs and its names."),
]
Against = Annotated[
    Path | None,
    typer.Option(metavar="DEV.jsonl", help="Other annotated articles, to compare figures before and after."),
]


def train(gold: Gold, output: Output, rough: Rough = None, against: Against = None, pupil: Pupil = "grammar") -> None:
    """Learn from annotated articles, anew: the weights that judge facts, or what the reader hybrid has learned."""
    from .pipeline import Reader

    if pupil not in ("grammar", "hybrid"):
        raise SettingsError(f"the reader {pupil!r} learns nothing: choose grammar or hybrid.")
    aside = str(output) == "-"
    if pupil == "hybrid" and aside:
        raise SettingsError("the judge of hybrid is no text: give a file for it instead of `-o -`.")
    reader = Reader.load(Settings.from_environment())
    refused: list[Refusal] = []
    with show_progress("Reading") as step:
        articles = [article for path in gold for article in _read_gold(path, refused)]
        judged = [article for path in rough or () for article in _read_gold(path, refused)]
        if pupil == "hybrid":
            said, after = _teach_judge(reader, articles, judged, output, step)
        else:
            said, after = _teach_grammar(reader, articles, judged, output, step)
    typer.echo(said, err=aside)
    if against is not None:
        rows = _compare(reader, after, _read_gold(against, refused))
        typer.echo(f"read against {against}", err=aside)
        print_table(("", "before", "after"), rows, typer.get_text_stream("stderr" if aside else "stdout"))
    show_refusals(refused)
    if refused:
        raise typer.Exit(SourceError.exit_code)


def _teach_grammar(
    reader: Reader, articles: list[Article], judged: list[Article], output: Path, step: Callable[[str], None]
) -> tuple[str, Extractor]:
    """Write new weights; return what is said about it, and the grammar with them."""
    from .extract.scoring import PairScorer
    from .extract.weigh import Weigher

    weights = _learn(reader, articles, judged, step)
    text = json.dumps(weights, sort_keys=True, indent=0) + "\n"
    with open_output(output) as stream:
        stream.write(text)
    learned = replace(reader, weigher=Weigher(PairScorer(weights)))
    return f"{len(weights)} weights from {len(articles) + len(judged)} articles", learned


def _teach_judge(
    reader: Reader, articles: list[Article], judged: list[Article], output: Path, step: Callable[[str], None]
) -> tuple[str, Extractor]:
    """Write what judge and head for names have learned; return what is said about it, and the reader hybrid with it."""
    from .name_training import teach_names
    from .pair_training import teach
    from .readers.hybrid.base_file import find_base_file, open_base_file
    from .readers.hybrid.model_file import write_learned
    from .readers.hybrid.reader import HybridReader

    try:
        learned, report = teach(reader, articles, step, rough=judged)
    except ImportError as error:
        raise _no_extra(error) from error
    except ValueError as error:
        raise _nothing(error) from error
    base = open_base_file(find_base_file())
    names, named = teach_names(reader, learned.judge.encoder, base, [*articles, *judged], step)
    write_learned(output, replace(learned, names=names))
    said = ", ".join(
        f"{name} precision {counts.precision:.3f} recall {counts.recall:.3f} F1 {counts.f1:.3f}"
        for name, counts in (("grammar", report.by_grammar), ("hybrid", report.judged))
    )
    return (
        f"a judge of {len(learned.relations)} relations from {len(articles) + len(judged)} articles; "
        f"deeds of {report.articles} of them that it has not learned from: {said}; "
        f"names there: precision {named.precision:.3f} recall {named.recall:.3f} F1 {named.f1:.3f}",
        HybridReader.build(reader, output),
    )


def _read_gold(path: Path, refused: list[Refusal]) -> list[Article]:
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
    articles: Iterable[Article],
    rough: Iterable[Article],
    step: Callable[[str], None],
) -> dict[str, float]:
    from .training import learn_weights

    def watched() -> Iterable[Article]:
        for number, article in enumerate(articles, start=1):
            step(f"{number} articles")
            yield article

    try:
        return learn_weights(reader, watched(), rough)
    except ImportError as error:
        raise _no_extra(error) from error
    except ValueError as error:
        raise _nothing(error) from error


def _no_extra(error: ImportError) -> SettingsError:
    return SettingsError(f"training needs scikit-learn, which is not there ({error}): pip install 'rawabit[training]'.")


def _nothing(error: ValueError) -> SourceError:
    return SourceError(
        f"nothing can be learned from these articles ({error}): give some with relations that verbs or nouns tell."
    )


def _compare(before: Extractor, after: Extractor, articles: list[Article]) -> list[tuple[str, str, str]]:
    """Return the figures of the reader as it is and of what was learned, a row each."""
    old, new = (_figures(_evaluate(each, articles)) for each in (before, after))
    return [(name, f"{old[name]:.3f}", f"{new[name]:.3f}") for name in old]


def _evaluate(reader: Extractor, articles: Iterable[Article]) -> Evaluation:
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
