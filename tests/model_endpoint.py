"""An endpoint of a language model over real HTTP, which answers as it is told, and the article that tests ask about."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from graph.model import Document, Extraction

# What the endpoint does with one request: it may write whatever it likes.
Behaviour = Callable[["Handler"], None]


class Handler(BaseHTTPRequestHandler):
    """One request to the endpoint; `asked` is its body."""

    protocol_version = "HTTP/1.1"
    asked: dict[str, Any]

    def do_POST(self) -> None:
        endpoint: Endpoint = self.server.endpoint  # type: ignore[attr-defined]
        self.asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.close_connection = True
        with endpoint.lock:
            endpoint.requests.append((self.path, self.headers.get("Authorization"), self.asked))
            behaviour = endpoint.behaviours.pop(0) if endpoint.behaviours else endpoint.usual
        with suppress(BrokenPipeError, ConnectionResetError):  # the client had enough
            behaviour(self)

    def send(self, status: int, content: bytes, **headers: str) -> None:
        """Answer with these bytes."""
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", str(len(content)))
        self.send_header("Connection", "close")
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@dataclass(slots=True)
class Endpoint:
    """An endpoint at `url`; it does what `behaviours` say, one for each request, then what is `usual`."""

    url: str
    usual: Behaviour
    behaviours: list[Behaviour] = field(default_factory=list)
    requests: list[tuple[str, str | None, dict[str, Any]]] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)


def saying(text: str | None, *, reason: str = "stop", usage: object = None) -> Behaviour:
    """Answer with a chat completion of this text."""
    choice = {"index": 0, "finish_reason": reason, "message": {"role": "assistant", "content": text}}
    body: dict[str, object] = {"id": "1", "object": "chat.completion", "choices": [choice]}
    body["usage"] = usage or {"prompt_tokens": 100, "completion_tokens": 50}
    return lambda handler: handler.send(200, json.dumps(body).encode(), Content_Type="application/json")


def answering(status: int, content: bytes = b"{}", **headers: str) -> Behaviour:
    """Answer with a status and these bytes."""
    return lambda handler: handler.send(status, content, **headers)


@contextmanager
def run_endpoint(usual: Behaviour) -> Iterator[Endpoint]:
    """Run an endpoint for as long as the block lasts."""
    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        server.daemon_threads = True
        server.block_on_close = False
        endpoint = Endpoint(f"http://127.0.0.1:{server.server_address[1]}/v1", usual)
        server.endpoint = endpoint  # type: ignore[attr-defined]
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield endpoint
        finally:
            server.shutdown()
            thread.join()


SENTENCE = "سلمت سلوفينيا أوكرانيا ثلاثين عربة قتال، وفق ما قال وزير دفاعها ماريان شاريتس."
TEXT = f"{SENTENCE} ولم تعلق موسكو على الخبر."
DOCUMENT = Document("a1", TEXT, "عربات سلوفينية إلى كييف", "2022-09-20")
ENTITIES = [
    {"id": "x", "type": "Country", "name": "سلوفينيا", "aliases": []},
    {"id": "y", "type": "Country", "name": "أوكرانيا", "aliases": ["كييف"]},
    {"id": "z", "type": "Person", "name": "ماريان شاريتس", "aliases": []},
]
SUPPLY = {
    "subject": "x",
    "predicate": "supplies",
    "object": "y",
    "status": "actual",
    "date": "2022-09",
    "item": "عربة قتال",
    "quantity": "ثلاثين عربة",
    "role": None,
    "attributed_to": "z",
    "evidence": SENTENCE,
}


def said(*relations: dict[str, Any], entities: list[dict[str, Any]] | None = None) -> str:
    return json.dumps({"entities": ENTITIES if entities is None else entities, "relations": list(relations)})


GOOD = saying(said(SUPPLY))


def triples(extraction: Extraction) -> list[tuple[str, str, str]]:
    names = {entity.id: entity.name for entity in extraction.entities}
    return [(names[fact.subject], fact.predicate, names[fact.object]) for fact in extraction.facts]


SUPPLIES = [("سلوفينيا", "supplies", "أوكرانيا")]
