"""`rawabit serve` as a process: it starts, says where it listens, ends well, and fails in plain words."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest

pytestmark = pytest.mark.slow

PROGRAM = [sys.executable, "-W", "error", "-c", "from api.cli import main; main()"]
ROOT = Path(__file__).resolve().parents[1]


def until_gone(pids: list[int], seconds: float = 10.0) -> list[int]:
    """Return the processes that are still there after a while."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline and (alive := [pid for pid in pids if is_alive(pid)]):
        time.sleep(0.02)
    return [pid for pid in alive if is_alive(pid)]


def is_alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def children_of(pid: int) -> list[int]:
    """Return all processes below one: the nursery and its workers."""
    found = [int(each) for each in Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()]
    return found + [below for child in found for below in children_of(child)]


def command_of(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_text(encoding="utf-8")
    except OSError:
        return ""


@contextmanager
def serving(store: Path, **environment: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """Run the program, wait for its address, and give both."""
    command = [*PROGRAM, "serve", "--store", str(store), "--port", "0"]
    env = os.environ | environment
    pipes: dict[str, Any] = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
    with subprocess.Popen(command, cwd=ROOT, env=env, **pipes) as process:
        assert process.stdout is not None
        try:
            line = process.stdout.readline()
            found = re.search(r"http://127\.0\.0\.1:\d+", line)
            assert found, line
            yield process, found[0]
        finally:
            process.kill()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_serve_prints_its_address_last_and_ends_well_on_a_signal(sample_store: Path, number: signal.Signals) -> None:
    began = time.monotonic()
    with serving(sample_store) as (process, address):
        assert time.monotonic() - began < 60
        assert httpx.get(f"{address}/healthz").status_code == 200
        assert httpx.get(address).headers["content-type"].startswith("text/html")
        below = children_of(process.pid)
        assert len(below) == 3
        process.send_signal(number)
        rest, log = process.communicate(timeout=20)
    assert (process.returncode, rest) == (0, "")
    assert '"path": "/healthz", "status": 200' in log
    assert "Traceback" not in log
    assert until_gone(below) == []


def test_the_reader_is_loaded_before_the_first_article_where_articles_are_taken(sample_store: Path) -> None:
    with serving(sample_store, RAWABIT_TOKEN="a-token-of-a-test") as (process, address):
        deadline = time.monotonic() + 60
        while not any("api.reader_process" in command_of(pid) for pid in children_of(process.pid)):
            assert time.monotonic() < deadline
            time.sleep(0.02)
        assert httpx.get(f"{address}/healthz").status_code == 200
        below = children_of(process.pid)
        process.terminate()
        _, log = process.communicate(timeout=20)
    assert "Traceback" not in log
    assert until_gone(below) == []


def test_the_log_has_no_query_text(sample_store: Path) -> None:
    with serving(sample_store) as (process, address):
        httpx.get(f"{address}/actors", params={"q": "secretname"})
        httpx.get(f"{address}/sparql", params={"query": "ASK { <urn:secretname> ?p ?o }"})
        httpx.get(f"{address}/actors/x%0Aforged%20line")
        process.terminate()
        _, log = process.communicate(timeout=20)
    lines = [json.loads(line) for line in log.splitlines()]
    assert [line["path"] for line in lines] == ["/actors", "/sparql", "/actors/x\nforged line"]
    assert {line["status"] for line in lines} == {200, 404}
    assert "secretname" not in log


def test_nothing_outlives_a_server_that_is_killed(sample_store: Path) -> None:
    with serving(sample_store) as (process, _):
        below = children_of(process.pid)
        os.kill(process.pid, signal.SIGKILL)
        process.wait(timeout=10)
    assert len(below) == 3
    assert until_gone(below) == []


def test_a_port_that_is_taken_is_said_at_once(sample_store: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        command = [*PROGRAM, "serve", "--store", str(sample_store), "--port", port]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=30)
    assert done.returncode == 2
    assert f"127.0.0.1:{port} cannot be listened at" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_store_that_is_not_there_is_said_with_the_next_step(tmp_path: Path) -> None:
    command = [*PROGRAM, "serve", "--store", str(tmp_path / "none"), "--port", "0"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=30)
    assert done.returncode == 4
    assert "rawabit build" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_checkpoint_that_is_damaged_is_said(tmp_path: Path, sample_store: Path) -> None:
    store = tmp_path / "store"
    (store / "checkpoints" / "000001").mkdir(parents=True)
    (store / "checkpoints" / "current").write_text("000001\n", encoding="utf-8")
    (store / "rawabit.json").write_bytes((sample_store / "rawabit.json").read_bytes())
    command = [*PROGRAM, "serve", "--store", str(store), "--port", "0"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=30)
    assert done.returncode == 4
    assert "cannot be opened" in done.stderr


def test_a_setting_that_is_wrong_is_said() -> None:
    environment = os.environ | {"RAWABIT_MAX_ROWS": "none"}
    command = [*PROGRAM, "serve", "--port", "0"]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False, timeout=30)
    assert done.returncode == 2
    assert "RAWABIT_MAX_ROWS" in done.stderr
