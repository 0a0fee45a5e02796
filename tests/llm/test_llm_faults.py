"""The reader llm over real HTTP, against an endpoint that answers badly, late and never."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest
from model_endpoint import (
    DOCUMENT,
    SENTENCE,
    SUPPLIES,
    SUPPLY,
    Behaviour,
    Endpoint,
    Handler,
    answering,
    said,
    saying,
    triples,
)

from graph.errors import ReaderError, SettingsError
from graph.readers.llm.client import MOST_ANSWER_BYTES
from graph.readers.llm.reader import LanguageModelReader


def slowly(handler: Handler) -> None:
    """Send a byte now and then, so that no single read takes long."""
    handler.send_response(200)
    handler.end_headers()
    for _ in range(50):
        handler.wfile.write(b" ")
        handler.wfile.flush()
        time.sleep(0.02)


def breaking_off(handler: Handler) -> None:
    handler.send_response(200)
    handler.send_header("Content-Length", "1000")
    handler.end_headers()
    handler.wfile.write(b'{"choices": [')
    handler.wfile.flush()


def hanging_up(handler: Handler) -> None:
    handler.connection.close()


def keeping_silent(handler: Handler) -> None:
    time.sleep(0.5)


FAULTS: dict[str, Behaviour] = {
    "429": answering(429, Retry_After="7"),
    "429 without a time": answering(429),
    "429 with a date": answering(429, Retry_After="Wed, 21 Oct 2015 07:28:00 GMT"),
    "500": answering(500, b"oops"),
    "503": answering(503),
    "hangs up": hanging_up,
    "breaks off": breaking_off,
    "silent": keeping_silent,
    "slow": slowly,
    "html": answering(200, b"<html>gateway</html>"),
    "empty": answering(200, b""),
    "not utf-8": answering(200, b'{"choices": "\xff\xfe"}'),
    "no choices": answering(200, b'{"choices": []}'),
    "a list": answering(200, b"[1]"),
    "no content": saying(None),
    "blank content": saying("  "),
    "endless": answering(200, b" " * (MOST_ANSWER_BYTES + 1)),
    "deep": answering(200, b"[" * 100_000),
    "no json": saying("I am sorry, I cannot do that."),
    "broken json": saying(said(SUPPLY)[:-40]),
    "no lists": saying('{"entities": 3, "relations": {}}'),
    "deep json": saying('{"entities": ' + "[" * 100_000),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_passing_fault_is_tried_again(ask: Callable[..., LanguageModelReader], fault: str) -> None:
    seconds = 0.2 if fault in ("silent", "slow") else 5.0
    assert triples(ask(FAULTS[fault], seconds=seconds).read(DOCUMENT)) == SUPPLIES


@pytest.mark.parametrize("fault", ["500", "hangs up", "html", "no json"])
def test_lasting_fault_refuses_the_article_and_keeps_the_key_secret(
    ask: Callable[..., LanguageModelReader], fault: str
) -> None:
    with pytest.raises(ReaderError) as told:
        ask(FAULTS[fault], FAULTS[fault]).read(DOCUMENT)
    assert "s3cret" not in str(told.value)
    assert SENTENCE not in str(told.value)


def test_waits_grow_and_follow_what_the_endpoint_asks(ask: Callable[..., LanguageModelReader]) -> None:
    pauses: list[float] = []
    reader = ask(FAULTS["429"], FAULTS["500"], FAULTS["500"], tries=4, pauses=pauses)
    assert triples(reader.read(DOCUMENT)) == SUPPLIES
    assert pauses[0] == 7
    assert 1 <= pauses[1] <= 2
    assert 2 <= pauses[2] <= 4


@pytest.mark.parametrize(
    ("status", "setting"),
    [(401, "RAWABIT_LLM_KEY"), (403, "RAWABIT_LLM_KEY"), (404, "RAWABIT_LLM_MODEL"), (301, "_URL")],
)
def test_refusal_that_holds_for_all_articles_ends_the_run(
    ask: Callable[..., LanguageModelReader], endpoint: Endpoint, status: int, setting: str
) -> None:
    with pytest.raises(SettingsError, match=setting):
        ask(answering(status, Location="http://127.0.0.1:1/")).read(DOCUMENT)
    assert len(endpoint.requests) == 1


def test_endpoint_without_schemas_is_asked_without_one(
    ask: Callable[..., LanguageModelReader], endpoint: Endpoint
) -> None:
    reader = ask(answering(400))
    assert triples(reader.read(DOCUMENT)) == SUPPLIES
    assert ["response_format" in body for _, _, body in endpoint.requests] == [True, False]
