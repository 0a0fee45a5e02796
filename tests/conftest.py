"""What several test modules share: a small store with known contents, a real server on it, and the reader.

Policy: whatever needs less than a store builds its own input in the test itself.
"""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import sysconfig
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest
import uvicorn
from fastapi import FastAPI

from api.access import Access
from api.limits import ServiceLimits
from graph.config import Settings
from graph.lang.language import Language
from graph.model import Document, Entity, EntityKind, Evidence, Extraction, Fact, Mention, Quantity, Status
from graph.pipeline import Reader
from graph.rdf.encode import encode_extraction
from graph.rdf.namespaces import Namespaces
from graph.rdf.vocabulary import Vocabulary, read_ontology
from graph.store.places import open_store

# Most tests are of what becomes of facts, whoever reads them: the quickest reader does. Those of a reader name it.
os.environ.setdefault("RAWABIT_READER", "grammar")

# Where .ci/peers puts what is only compared with.
PEERS = Path(__file__).parents[1] / ".peers"
sys.path.append(str(PEERS / "python"))
BASE = "https://rawabit.example/id/"
UK = Entity("uk", EntityKind.COUNTRY, "بريطانيا", "United Kingdom", "Q145", ("المملكة المتحدة",))
UKRAINE = Entity("ua", EntityKind.COUNTRY, "أوكرانيا", "Ukraine", "Q212", ("كييف",))
RUSSIA = Entity("ru", EntityKind.COUNTRY, "روسيا", "Russia", "Q159")
ZELENSKY = Entity("ze", EntityKind.PERSON, "فولوديمير زيلينسكي", "Volodymyr Zelensky", "Q3874799", ("زيلينسكي",))
MINISTER = Entity("mi", EntityKind.PERSON, "وزير الدفاع / الأوكراني 100%")
TANKS = Entity("tk", EntityKind.WEAPON, "دبابات تشالنجر", "Challenger tanks")
FIRST_TEXT = (
    "تسلمت أوكرانيا 14 دبابة من بريطانيا. والتقى زيلينسكي وزير الدفاع / الأوكراني 100% في كييف 🙂. "
    "وستزور روسيا بريطانيا."
)


def _fact(text: str, sentence: str, subject: str, predicate: str, object_: str, **more: object) -> Fact:
    start = text.index(sentence)
    return Fact(subject, predicate, object_, Evidence(sentence, start, start + len(sentence)), **more)  # type: ignore[arg-type]


def _mention(text: str, entity: Entity, words: str) -> Mention:
    start = text.index(words)
    return Mention(start, start + len(words), words, entity.kind, 0, entity.id)


def _first_document() -> Extraction:
    supply, meeting, visit = FIRST_TEXT.split(". ")
    facts = (
        _fact(
            FIRST_TEXT,
            supply,
            "uk",
            "supplies",
            "ua",
            date="2024-01",
            item="دبابات",
            quantity=Quantity("14 دبابة", 14, "دبابة"),
            confidence=0.9,
            readers=("llm", "grammar"),
        ),
        _fact(FIRST_TEXT, meeting, "ze", "met", "mi", date="2024-01-29", attributed_to="ua", confidence=0.8),
        _fact(FIRST_TEXT, visit, "ru", "visited", "uk", status=Status.PLANNED, confidence=0.5),
        _fact(FIRST_TEXT, supply, "ze", "holdsOffice", "ua", role="الرئيس", confidence=0.7),
    )
    mentions = (
        _mention(FIRST_TEXT, UKRAINE, "أوكرانيا"),
        _mention(FIRST_TEXT, ZELENSKY, "زيلينسكي"),
        Mention(0, 6, "دبابات", EntityKind.WEAPON, 0, "tk", in_title=True),
    )
    document = Document("d/1 أول", FIRST_TEXT, "دبابات لأوكرانيا", "2024-01-30", "صحيفة", "https://news.example/1?a=b")
    return Extraction(document, (UK, UKRAINE, RUSSIA, ZELENSKY, MINISTER, TANKS), facts, mentions)


def _daily_document(day: int) -> Extraction:
    """A document of one fact, so that there is something to page through."""
    text = f"زودت بريطانيا أوكرانيا بالذخائر للمرة {day}."
    document = Document(f"daily-{day:02}", text, None, f"2023-03-{day:02}", "وكالة")
    fact = _fact(text, text, "uk", "supplies", "ua", date=f"2023-03-{day:02}", item="ذخائر", confidence=0.6)
    return Extraction(document, (UK, UKRAINE), (fact,))


def sample_extractions() -> list[Extraction]:
    """The documents of the sample store: one with everything in it, and 25 of a single fact."""
    return [_first_document(), *(_daily_document(day) for day in range(1, 26))]


def build_sample(path: Path, extractions: list[Extraction] | None = None, settings: Settings | None = None) -> Path:
    """Make a store of documents, with a checkpoint, in a folder or at an endpoint."""
    namespaces, vocabulary = Namespaces(BASE), Vocabulary.load()
    with open_store(settings or Settings(store=path, base_iri=BASE), create=True) as store:
        store.replace_ontology(read_ontology())
        chosen = sample_extractions() if extractions is None else extractions
        store.put_documents(encode_extraction(each, namespaces=namespaces, vocabulary=vocabulary) for each in chosen)
        store.checkpoint()
    return path


@dataclass(frozen=True, slots=True)
class RunningServer:
    """A server that answers at `url`."""

    url: str
    app: FastAPI
    store: Path

    def get(self, path: str, **parameters: object) -> httpx.Response:
        """GET a path with query parameters; a list repeats its parameter."""
        return httpx.get(self.url + path, params=parameters, timeout=30)  # type: ignore[arg-type]


@dataclass(frozen=True, slots=True)
class Program:
    """`rawabit serve` as a process that answers at `url` and writes its log to a file."""

    url: str
    store: Path
    log: Path
    process: subprocess.Popen[bytes]


@contextmanager
def serve(
    store: Path,
    settings: Settings | None = None,
    limits: ServiceLimits | None = None,
    access: Access | None = None,
) -> Iterator[RunningServer]:
    """Run a real server in a thread of its own for as long as the block lasts."""
    from api.main import create_app  # a test that serves nothing does not wait for the web framework
    from api.server import bind, configure

    settings = settings or Settings(store=store, workers=2, query_seconds=5.0)
    app = create_app(settings, limits or ServiceLimits(worker_memory=512 * 1024 * 1024), access or Access())
    listener = bind("127.0.0.1", 0)
    server = uvicorn.Server(configure(app, grace=5))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
    thread.start()
    try:
        until(lambda: server.started or not thread.is_alive())
        assert server.started
        yield RunningServer(f"http://127.0.0.1:{listener.getsockname()[1]}", app, store)
    finally:
        server.should_exit = True
        thread.join(timeout=20)
        listener.close()


def until(condition: Callable[[], object], seconds: float = 60.0) -> None:
    """Wait until something is so, and fail where it does not come."""
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.01)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put modules that take longest first: one that is begun last would keep one process busy and the others idle."""
    slow = {item.path for item in items if item.get_closest_marker("slow")}
    items.sort(key=lambda item: item.path not in slow)


@pytest.fixture(scope="session")
def sample_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store of the sample documents; not to be written to."""
    return build_sample(tmp_path_factory.mktemp("sample") / "store")


@pytest.fixture(scope="session")
def server(sample_store: Path) -> Iterator[RunningServer]:
    """A server on the sample store, for tests that leave it as it was."""
    with serve(sample_store) as running:
        yield running


@pytest.fixture(name="sample_extractions")
def give_sample_extractions() -> list[Extraction]:
    """The documents of the sample store as they were read."""
    return sample_extractions()


@pytest.fixture(scope="session")
def start_server() -> Callable[..., AbstractContextManager[RunningServer]]:
    """The means to run a server of one's own, with other limits or on another store."""
    return serve


@pytest.fixture(scope="session")
def make_store() -> Callable[..., Path]:
    """The means to build a store of one's own."""
    return build_sample


@contextmanager
def run_program(store: Path, **environment: str) -> Iterator[Program]:
    """Run `rawabit serve` as a process for as long as the block lasts, with more in its environment."""
    command = [sys.executable, "-W", "error", "-c", "from api.cli import main; main()", "serve", "--port", "0"]
    root, log = Path(__file__).resolve().parents[1], store.parent / "serve.log"
    values = os.environ | {"RAWABIT_STORE": str(store)} | environment
    with (
        log.open("wb") as errors,
        subprocess.Popen(command, cwd=root, env=values, stdout=subprocess.PIPE, stderr=errors) as process,
    ):
        assert process.stdout is not None
        try:
            found = re.search(rb"http://127\.0\.0\.1:\d+", process.stdout.readline())
            assert found, log.read_text(encoding="utf-8")
            yield Program(found[0].decode(), store, log, process)
        finally:
            process.terminate()
            try:
                process.wait(timeout=20)
            finally:
                process.kill()


@pytest.fixture(scope="session")
def start_program() -> Callable[..., AbstractContextManager[Program]]:
    """The means to run `rawabit serve` as a process, with settings of its own."""
    return run_program


@contextmanager
def run_oxigraph(*options: str) -> Iterator[str]:
    """Run `oxigraph serve` on a store in memory for as long as the block lasts; yield its URL."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{probe.getsockname()[1]}"
    program = Path(sysconfig.get_path("scripts")) / "oxigraph"
    command = [str(program), "serve", "--bind", address, *options]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            until(lambda: _listens(address))
            yield f"http://{address}"
        finally:
            process.kill()


def _listens(address: str) -> bool:
    host, _, port = address.partition(":")
    with socket.socket() as probe:
        return probe.connect_ex((host, int(port))) == 0


@pytest.fixture(scope="session")
def start_oxigraph() -> Callable[..., AbstractContextManager[str]]:
    """The means to run an endpoint of one's own."""
    return run_oxigraph


@pytest.fixture(scope="session")
def endpoint() -> Iterator[str]:
    """The URL of a real SPARQL endpoint."""
    with run_oxigraph("--union-default-graph") as url:
        yield url


@pytest.fixture
def endpoint_place(endpoint: str) -> Path:
    """The endpoint, emptied, as the place of a store."""
    httpx.post(f"{endpoint}/update", data={"update": "DROP ALL"}).raise_for_status()
    return Path(f"sparql+{endpoint}")


@pytest.fixture(scope="session")
def language() -> Language:
    """The shipped language data, loaded once."""
    return Language.load()


@pytest.fixture(scope="session")
def reader() -> Reader:
    """The reader with the shipped language data and seeds, loaded once."""
    return Reader.load(Settings())


@pytest.fixture(scope="session")
def read(reader: Reader) -> Callable[..., Extraction]:
    """The means to read a text; `title` and `published` are those of its document."""
    return lambda text, **document: reader.read(Document("d", text, **document))


@pytest.fixture(scope="session")
def tell(read: Callable[..., Extraction]) -> Callable[..., dict[tuple[str, str, str], Fact]]:
    """The means to read a text into its facts by subject, predicate and object, the ends by the names of entities."""

    def tell(text: str, **document: str) -> dict[tuple[str, str, str], Fact]:
        extraction = read(text, **document)
        names = {entity.id: entity.name for entity in extraction.entities}
        return {(names[fact.subject], fact.predicate, names[fact.object]): fact for fact in extraction.facts}

    return tell


@pytest.fixture(scope="module")
def hostile_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningServer]:
    """A server with low limits that takes updates with "a-token-of-tests", for requests that mean it no good."""
    store = build_sample(tmp_path_factory.mktemp("hostile") / "store")
    settings = Settings(store=store, workers=2, query_seconds=3.0)
    limits = ServiceLimits(worker_memory=256 * 1024 * 1024, update_seconds=5.0, max_upload=2_000_000)
    with serve(store, settings, limits, Access("a-token-of-tests", True)) as running:
        yield running


@pytest.fixture
def hostile_client(hostile_server: RunningServer) -> Iterator[httpx.Client]:
    """A client of the hostile server; at its end the server must still answer."""
    with httpx.Client(base_url=hostile_server.url, timeout=60) as opened:
        yield opened
        assert opened.get("/sparql", params={"query": "ASK { ?s ?p ?o }"}).json()["boolean"] is True


@pytest.fixture(scope="session")
def check() -> Callable[[httpx.Response], int]:
    """The means to hold an answer to what every answer must be; it returns the status."""
    # A full pool, slow, large and greedy requests are told so on purpose.
    deliberate = {503, 504, 507}

    def check(answer: httpx.Response) -> int:
        assert answer.status_code < 500 or answer.status_code in deliberate, answer.text
        if answer.text == "Invalid HTTP request received.":  # what the web server itself says of bytes that are none
            return answer.status_code
        if answer.status_code >= 400:
            assert answer.headers["content-type"] == "application/problem+json"
            assert answer.json()["status"] == answer.status_code
        return answer.status_code

    return check
