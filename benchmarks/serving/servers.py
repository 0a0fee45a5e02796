"""Starts the servers that are compared, each as its users start it, and tells what memory they hold."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
_BIN = Path(sys.executable).parent


@dataclass(frozen=True, slots=True)
class Server:
    """A running server: its name, its port, the path of its SPARQL endpoint, and its process."""

    name: str
    port: int
    path: str
    pid: int

    def processes(self) -> list[int]:
        """Return the server's process and all below it."""
        return _below(self.pid)

    def cpu(self) -> float:
        """Return the seconds of processor time that the server's processes have had, those that have ended included."""
        return sum(_cpu_seconds(pid) for pid in self.processes())

    def memory(self) -> int:
        """Return the bytes that the server's processes have of their own, shared pages once."""
        return sum(_private_bytes(pid) for pid in self.processes())


@contextmanager
def rawabit(store: Path) -> Iterator[Server]:
    """Run `rawabit serve` on a store."""
    port = free_port()
    program = "from api.cli import main; main()"
    command = [sys.executable, "-c", program, "serve", "--store", str(store), "--port", str(port)]
    with _running("rawabit", command, port, "/sparql", store.parent) as server:
        yield server


@contextmanager
def oxigraph(data: Path) -> Iterator[Server]:
    """Run `oxigraph serve` on a copy of a checkpoint's data, with the union of all graphs as the default graph."""
    port, copy = free_port(), data.parent / "oxigraph"
    if not copy.exists():
        shutil.copytree(data, copy)
    command = [str(_BIN / "oxigraph"), "serve", "--location", str(copy), "--union-default-graph"]
    with _running("oxigraph", [*command, "--bind", f"127.0.0.1:{port}"], port, "/query", data.parent) as server:
        yield server


@contextmanager
def rdflib_endpoint(triples: Path) -> Iterator[Server]:
    """Run `rdflib-endpoint serve` on a file of N-Triples, which it holds in memory."""
    port = free_port()
    command = [str(_BIN / "rdflib-endpoint"), "serve", "--host", "127.0.0.1", "--port", str(port), str(triples)]
    with _running("rdflib-endpoint", command, port, "/", triples.parent) as server:
        yield server


@contextmanager
def _running(name: str, command: Sequence[str], port: int, path: str, folder: Path) -> Iterator[Server]:
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    with (folder / f"{name}.log").open("wb") as log:
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=log)
    try:
        _wait(name, port, path, process)
        yield Server(name, port, path, process.pid)
    finally:
        process.terminate()
        try:
            process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _wait(name: str, port: int, path: str, process: subprocess.Popen[bytes], seconds: float = 300.0) -> None:
    url = f"http://127.0.0.1:{port}{path}?query=ASK%7B%7D"
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with urllib.request.urlopen(url, timeout=5):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
    raise SystemExit(f"{name} did not start: {' '.join(map(str, process.args))}")  # type: ignore[arg-type]


def free_port() -> int:
    """Return a port that nobody listens at."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _below(pid: int) -> list[int]:
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()
    except OSError:
        return []
    return [pid, *(each for child in children for each in _below(int(child)))]


def _cpu_seconds(pid: int) -> float:
    try:
        fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    except OSError:
        return 0.0
    return sum(map(int, fields[11:15])) / os.sysconf("SC_CLK_TCK")  # its own and that of children that were reaped


def _private_bytes(pid: int) -> int:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii").splitlines()
    except OSError:
        return 0
    return 1024 * sum(int(line.split()[1]) for line in lines if line.startswith("Pss_Anon:"))
