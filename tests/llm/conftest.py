"""What the tests of the reader llm share: an endpoint that runs, and readers that ask it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from model_endpoint import GOOD, Behaviour, Endpoint, run_endpoint

from graph.model_settings import ModelSettings
from graph.pipeline import Reader
from graph.rdf.vocabulary import Vocabulary
from graph.readers.llm.budget import Budget
from graph.readers.llm.cache import AnswerCache
from graph.readers.llm.client import ChatClient
from graph.readers.llm.joining import KnownNames
from graph.readers.llm.prompt import Prompt
from graph.readers.llm.reader import LanguageModelReader


@pytest.fixture(scope="module")
def endpoint() -> Iterator[Endpoint]:
    with run_endpoint(GOOD) as running:
        yield running


@pytest.fixture(scope="module")
def vocabulary() -> Vocabulary:
    return Vocabulary.load()


@pytest.fixture
def ask(
    endpoint: Endpoint, reader: Reader, vocabulary: Vocabulary, tmp_path: Path
) -> Iterator[Callable[..., LanguageModelReader]]:
    """Make a reader that asks the endpoint, with these behaviours first; no wait between tries is waited for."""
    clients: list[ChatClient] = []
    prompt, known = Prompt.load(vocabulary, "ar"), KnownNames.build(reader.known)

    def make(*behaviours: Behaviour, pauses: list[float] | None = None, **changes: Any) -> LanguageModelReader:
        endpoint.behaviours[:] = behaviours
        endpoint.requests.clear()
        settings = replace(ModelSettings(endpoint.url, "m", "s3cret", tries=2, seconds=5), **changes)
        clients.append(ChatClient(settings, pause=([] if pauses is None else pauses).append))
        cache = AnswerCache(tmp_path / "cache")
        return LanguageModelReader(reader, known, vocabulary, prompt, settings, clients[-1], cache, Budget(settings))

    yield make
    for client in clients:
        client.__exit__(None, None, None)
