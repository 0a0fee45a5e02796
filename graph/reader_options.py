"""What commands share that read articles: the option that says who reads, reading in order, and what it would cost."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import Annotated, TextIO

import typer

from .collecting import collected_seldom
from .config import AUTO_READER, DEFAULT_READER, Settings
from .errors import BudgetError, SettingsError
from .model import Document, Extraction, Refusal
from .readers.registry import PREFERRED, READERS, choose_reader, open_reader, read_in_order
from .terminal import show_note


def list_readers() -> str:
    """Return what the help says of each reader, a paragraph each."""
    lines = [f"{name}: {entry.says}." for name, entry in READERS.items()]
    preferred = ", ".join(name for name in PREFERRED if name in READERS)
    return "\n\n".join((*lines, f"{AUTO_READER}: of {preferred} the first that lacks nothing."))


ReaderName = Annotated[
    str | None,
    typer.Option(
        "--reader",
        metavar="NAME",
        help=f"Who reads; RAWABIT_READER or {DEFAULT_READER} if left out.\n\n{list_readers()}",
    ),
]
DryRun = Annotated[
    bool, typer.Option("--dry-run", help="With the reader llm: print what would be sent and about what it costs.")
]


def with_reader(settings: Settings, name: str | None) -> Settings:
    """Return settings with the reader that an option names, and say who reads; raise SettingsError where it cannot."""
    chosen = choose_reader(settings if name is None else replace(settings, reader=name))
    show_note(f"Read by {chosen.reader}: {READERS[chosen.reader].says}.")
    return chosen


def read_documents(
    documents: Iterable[Document],
    settings: Settings,
    refused: list[Refusal],
    step: Callable[[str], None],
    spent: list[BudgetError],
) -> Iterator[Extraction]:
    """Yield what the reader of the settings reads of each document.

    A budget that is spent ends it and comes to `spent`, so that what was read before can be written whole first.
    """
    reader = open_reader(settings)
    model = settings.language_model if settings.reader == "llm" else None
    articles = facts = 0
    try:
        with collected_seldom():  # the collector need not look through the lexicon again and again
            for found in read_in_order(reader, documents, concurrency=model.concurrency if model else 1):
                if isinstance(found, Refusal):
                    refused.append(found)
                    continue
                articles, facts = articles + 1, facts + len(found.facts)
                step(f"{articles} articles, {facts} facts, {len(refused)} refused")
                for warning in found.warnings:
                    show_note(f"{found.document.path or found.document.id}: {warning}")
                yield found
    except BudgetError as error:
        spent.append(BudgetError(f"{articles} articles were read; {error}"))


def print_estimate(documents: Iterable[Document], settings: Settings, stream: TextIO) -> None:
    """Write what would be sent to a language model, and about how many tokens and how much money; send nothing."""
    from .readers.llm.reader import LanguageModelReader

    reader = open_reader(settings)
    model = settings.language_model
    if not isinstance(reader, LanguageModelReader) or model is None:
        raise SettingsError("--dry-run is about what would be sent: give --reader llm with it.")
    articles = requests = cached = tokens_in = tokens_out = 0
    for document in documents:
        estimate = reader.estimate(document)
        articles, requests, cached = articles + 1, requests + estimate.requests, cached + estimate.cached
        tokens_in, tokens_out = tokens_in + estimate.tokens_in, tokens_out + estimate.tokens_out
        for messages in estimate.messages:
            stream.write(f"POST {model.url}/chat/completions  model {model.model}\n")
            stream.writelines(f"[{message['role']}] {message['content']}\n" for message in messages)
            stream.write("\n")
    stream.write(
        f"{articles} articles, {requests} requests, {cached} of them answered before; about {tokens_in} tokens to send "
        f"and {tokens_out} to receive, cost about {model.cost(tokens_in, tokens_out):.4f}; nothing was sent\n"
    )
