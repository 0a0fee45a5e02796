"""The OpenAPI document keeps its promises: schemathesis asks what it describes, and what it does not.

One of its checks is left out, that whatever fits the schema is accepted: a query, a cursor or a relation's name has
more to it than a schema can say.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from contextlib import AbstractContextManager
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from api.access import Access
from api.limits import ServiceLimits
from graph.config import Settings

pytestmark = pytest.mark.slow

Server = Any  # conftest.RunningServer, which a test module cannot import
HOOKS = """
import schemathesis

TYPES = ("application/sparql-query", "application/sparql-update", "application/n-triples", "application/n-quads",
         "application/trig", "application/rdf+xml", "application/ld+json", "text/turtle")

for name in TYPES:
    @schemathesis.serializer(name)
    def serialize(context, value):
        return value if isinstance(value, bytes) else str(value).encode("utf-8", "replace")
"""


@pytest.mark.skipif(find_spec("schemathesis") is None, reason="schemathesis is not installed")
def test_schemathesis_finds_no_failure(
    sample_store: Path, tmp_path: Path, start_server: Callable[..., AbstractContextManager[Server]]
) -> None:
    (tmp_path / "hooks.py").write_text(HOOKS, encoding="utf-8")
    command = [sys.executable, "-c", "from schemathesis.cli import schemathesis; schemathesis()", "run", "--no-color"]
    options = [
        "--max-time",
        "30",
        "--max-examples",
        "3",
        "--phases",
        "coverage,fuzzing",
        "--seed",
        "20240129",
        # One at a time: it parses source in its threads, and Python 3.11's parser counts its depth for all of them.
        "--workers",
        "1",
    ]
    checks = ["--exclude-checks", "positive_data_acceptance", "--request-timeout", "90"]
    # Time enough for whatever is asked: what is drawn may take seconds where other tests run beside it.
    settings, limits = Settings(store=sample_store, workers=2, query_seconds=60.0), ServiceLimits(patience=60.0)
    with start_server(sample_store, settings, limits, Access("a-token-that-nobody-sends", update=True)) as server:
        done = subprocess.run(
            [*command, f"{server.url}/openapi.json", *options, *checks],
            cwd=tmp_path,
            env=os.environ | {"SCHEMATHESIS_HOOKS": "hooks", "PYTHONPATH": str(tmp_path)},
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )
    assert done.returncode == 0, done.stdout[-6000:]
