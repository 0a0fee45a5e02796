"""What goes wrong below the service, by the real program: full disks, lost stores, broken connections, building."""

from __future__ import annotations

import http.client
import os
import resource
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any
from urllib.parse import quote

import httpx
import pytest

from api.limits import ServiceLimits
from graph.config import Settings

pytestmark = pytest.mark.slow

RUNAWAY = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
# Some 500 MB of JSON, of which one needs not wait for the end.
LARGE = "SELECT * { ?a ?b ?c . ?d ?e ?f } LIMIT 900000"
QUICK = "ASK { ?s ?p ?o }"
ROOT = Path(__file__).resolve().parents[1]
Server = Any  # conftest.RunningServer, which a test module cannot import
Start = Callable[..., AbstractContextManager[Server]]


def until(condition: Callable[[], object], seconds: float = 20.0) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.02)


def get(url: str, query: str, **headers: str) -> httpx.Response:
    return httpx.get(f"{url}/sparql", params={"query": query}, headers=headers, timeout=60)


@pytest.mark.parametrize("suffix", ["", "&other=1"])
def test_a_time_limit_is_told_within_half_a_second(sample_store: Path, start_server: Start, suffix: str) -> None:
    with start_server(sample_store, Settings(store=sample_store, workers=1, query_seconds=1.0)) as server:
        times = []
        while not times or (min(times) >= 1.5 and len(times) < 5):  # the machine may be busy with something else
            began = time.monotonic()
            answer = httpx.get(f"{server.url}/sparql?query={quote(RUNAWAY)}{suffix}", timeout=30)
            times.append(time.monotonic() - began)
        assert min(times) < 1.5
    assert answer.status_code == 504
    assert answer.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize("suffix", ["", "&other=1"])
def test_an_answer_with_too_many_rows_is_refused_and_says_how_to_page(
    sample_store: Path, start_server: Start, suffix: str
) -> None:
    query = quote("SELECT * { ?s ?p ?o }")
    for limits, of in ((ServiceLimits(max_rows=50), "50 rows"), (ServiceLimits(max_bytes=4000), "4,000 bytes")):
        with start_server(sample_store, Settings(store=sample_store, workers=1), limits) as server:
            answer = httpx.get(f"{server.url}/sparql?query={query}{suffix}")
        assert answer.status_code == 413
        assert of in answer.json()["detail"]
        assert "LIMIT and OFFSET" in answer.json()["detail"]


def limit_files() -> None:
    """Let no file of the process and its children grow beyond a megabyte, as if the disk were full then."""
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1 << 20, 1 << 20))


@pytest.fixture
def start_rawabit(tmp_path: Path) -> Iterator[Callable[..., tuple[subprocess.Popen[str], str]]]:
    """The means to run `rawabit serve` as a process of its own, its large answers in `tmp_path`."""
    running: list[subprocess.Popen[str]] = []

    def start(store: Path, *, limit: bool = False, **environment: str) -> tuple[subprocess.Popen[str], str]:
        program = [sys.executable, "-W", "error", "-c", "from api.cli import main; main()"]
        process = subprocess.Popen(
            [*program, "serve", "--store", str(store), "--port", "0"],
            cwd=ROOT,
            env=os.environ | {"TMPDIR": str(tmp_path)} | environment,
            preexec_fn=limit_files if limit else None,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        running.append(process)
        assert process.stdout is not None
        return process, process.stdout.readline().split()[3]

    yield start
    for process in running:
        process.terminate()
        process.wait(20)
        assert process.stdout is not None
        process.stdout.close()


def test_a_full_disk_is_told_and_small_answers_go_on(sample_store: Path, start_rawabit: Any) -> None:
    _, url = start_rawabit(sample_store, limit=True)
    for coding in ("identity", "gzip"):
        answer = get(url, LARGE, **{"Accept-Encoding": coding})
        assert (answer.status_code, answer.json()["type"]) == (507, "urn:rawabit:problem:no-room")
    assert get(url, QUICK).json()["boolean"] is True


def test_a_store_that_is_gone_is_served_on_and_told_by_new_workers(
    sample_store: Path, tmp_path: Path, start_rawabit: Any
) -> None:
    store = tmp_path / "store"
    shutil.copytree(sample_store, store)
    process, url = start_rawabit(store, RAWABIT_PATIENCE="0.5", RAWABIT_WORKERS="1")
    assert get(url, QUICK).status_code == 200
    hidden = store.rename(tmp_path / "hidden")
    for pid in workers_of(process.pid):
        os.kill(pid, signal.SIGKILL)
    until(lambda: get(url, QUICK).status_code == 503)
    refused = get(url, QUICK)
    assert (refused.json()["type"], refused.headers["retry-after"]) == ("urn:rawabit:problem:busy", "1")
    assert httpx.get(f"{url}/healthz").status_code == 200
    assert httpx.get(f"{url}/readyz").status_code == 503
    hidden.rename(store)
    until(lambda: get(url, QUICK).status_code == 200)


def workers_of(pid: int) -> list[int]:
    """Return the workers of a server: the children of its one child."""
    (nursery,) = children_of(pid)
    return children_of(nursery)


def children_of(pid: int) -> list[int]:
    text = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii")
    return [int(each) for each in text.split()]


def test_a_large_answer_that_breaks_off_does_not_look_whole(sample_store: Path, start_rawabit: Any) -> None:
    process, url = start_rawabit(sample_store)
    host, port = url.removeprefix("http://").split(":")
    connection = http.client.HTTPConnection(host, int(port), timeout=60)
    connection.request("GET", f"/sparql?query={quote(LARGE.replace('900000', '50000'))}")
    answer = connection.getresponse()
    assert answer.status == 200
    answer.read(1000)
    process.kill()
    with pytest.raises((http.client.IncompleteRead, ConnectionError)):
        answer.read()
    connection.close()


def test_a_client_that_hangs_up_on_a_large_answer_leaves_nothing_behind(
    sample_store: Path, tmp_path: Path, start_rawabit: Any
) -> None:
    _, url = start_rawabit(sample_store)
    host, port = url.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port))) as client:
        target = f"/sparql?query={quote(LARGE.replace('900000', '50000'))}"
        client.sendall(f"GET {target} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
        assert client.recv(20).startswith(b"HTTP/1.1 200")
    until(lambda: not list(tmp_path.glob("rawabit-*/answer-*")))
    assert get(url, QUICK).status_code == 200


def test_a_build_by_another_process_is_served_without_a_failed_request(
    tmp_path: Path, make_store: Callable[..., Path], start_rawabit: Any, sample_extractions: list[Any]
) -> None:
    store = make_store(tmp_path / "store", sample_extractions[:2])
    _, url = start_rawabit(store)
    article = tmp_path / "meeting.txt"
    article.write_text(
        "التقى الرئيس الأوكراني فولوديمير زيلينسكي رئيس الوزراء البريطاني كير ستارمر في كييف.", encoding="utf-8"
    )
    paths = (f"/sparql?query={quote(QUICK)}", "/documents", "/actors?q=كير", "/stats")
    stop, statuses = threading.Event(), list[int]()

    def keep_asking() -> None:
        with httpx.Client(base_url=url, timeout=60) as client:
            while not stop.wait(0.05):
                statuses.extend(client.get(path).status_code for path in paths)

    def met() -> bool:
        answer = httpx.get(f"{url}/facts", params={"subject": "Q3874799", "relation": "met"}, timeout=60).json()
        return "كير ستارمر" in {fact["object"]["label"]["ar"] for fact in answer["items"]}

    assert not met()
    with ThreadPoolExecutor(1) as threads:
        asking = threads.submit(keep_asking)
        command = [sys.executable, "-c", "from api.cli import main; main()", "build", str(article), "--workers", "1"]
        done = subprocess.run(
            [*command, "--store", str(store)], cwd=ROOT, capture_output=True, check=False, timeout=300
        )
        try:
            until(met)
        finally:
            stop.set()
    assert done.returncode == 0, done.stderr.decode()
    assert asking.result() is None
    assert set(statuses) == {200}
