"""Runs SPARQL updates of people who may: without LOAD and SERVICE, on the dataset that the protocol gives.

What a keyword is only the store's own parser knows. So a word is spoilt wherever it stands: an update that can still be
read did not use it as a keyword.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

import pyoxigraph as ox

from graph.errors import QueryError
from graph.store.places import WritableStore

from .frames import Header
from .problems import ProblemError
from .update_text import gather_prologues, give_dataset
from .worker_memory import bounded_memory

_REACHING = re.compile("load|service", re.IGNORECASE)
_OWN_DATASET = re.compile("using|with", re.IGNORECASE)
_LONGEST_MESSAGE = 300


def run_update(
    store: WritableStore,
    arguments: Mapping[str, Any],  # Any: what json gives
    body: bytes,
    memory: int,
) -> Header:
    """Run the update of the body on the graphs `using` and `using_named`; raise ProblemError where it is refused."""
    base = store.namespaces.base
    with bounded_memory(memory):
        text = _prepare(gather_prologues(body.decode("utf-8")), arguments, base)
        try:
            store.update(text)
        except QueryError as error:
            is_malformed = isinstance(error.__cause__, SyntaxError)
            code = "malformed-update" if is_malformed else "refused-update"
            raise ProblemError(400, code, _describe(error)) from None
    return {}


def _prepare(text: str, arguments: Mapping[str, Any], base: str) -> str:  # Any: what json gives
    """Return the update with its dataset; raise ProblemError where it reaches out, or has two."""
    if _uses(_REACHING, text, base):
        detail = "LOAD and SERVICE are off, and without these words the update cannot be read: leave them out."
        raise ProblemError(400, "no-load", detail)
    using = _read_graphs(arguments["using"], "using-graph-uri")
    named = _read_graphs(arguments["using_named"], "using-named-graph-uri")
    if using or named:
        if _uses(_OWN_DATASET, text, base):
            detail = "The update has USING, USING NAMED or WITH, and the request gives it another dataset: keep one."
            raise ProblemError(400, "two-datasets", detail)
        return give_dataset(text, using, named)
    return text


def _uses(words: re.Pattern[str], text: str, base: str) -> bool:
    """Say whether an update uses one of the words as a keyword."""
    spoilt = words.sub(lambda found: f"{found[0][:-1]}j", text)
    if spoilt == text:
        return False
    try:
        ox.Store().update(spoilt, base_iri=base)
    except SyntaxError:
        return True
    except (RuntimeError, ValueError):
        return False  # it can be read; what else is wrong with it is told when it runs
    return False


def _read_graphs(iris: Sequence[str], parameter: str) -> list[str]:
    try:
        return [ox.NamedNode(iri).value for iri in iris]
    except ValueError as error:
        raise ProblemError(400, "bad-parameter", f"{parameter}: {error}. Give an absolute IRI.") from None


def _describe(error: Exception) -> str:
    message = str(error).replace("\n", " ")
    return f"{message[:1].upper()}{message[1:_LONGEST_MESSAGE]}"
