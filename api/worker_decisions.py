"""Changes by people's decisions: one more, carried out, or one taken back with all that followed from it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from graph.config import Settings
from graph.deciding import decide, now, undo
from graph.errors import ValidationError
from graph.model import Decision, EntityKind, Verdict
from graph.store.places import WritableStore

from .frames import Header
from .problems import ProblemError

Arguments = Mapping[str, Any]  # Any: what json gives; each change reads its own keys


def add_decision(store: WritableStore, arguments: Arguments, body: bytes, memory: int) -> Header:
    """Make the decision of the arguments; return its id, and whether it is new; raise ProblemError (409) where it
    contradicts itself, NotFoundError where it is about what is not there."""
    names = store.namespaces
    one, other = (names.actor(each) if each else None for each in (arguments["one"], arguments["other"]))
    decision = Decision(
        Verdict(arguments["verdict"]),
        now(),
        one=one,
        other=other,
        fact=names.fact(arguments["fact"]) if arguments["fact"] else None,
        name=arguments["name"],
        language=arguments["language"],
        kind=EntityKind(arguments["kind"]) if arguments["kind"] else None,
        by=arguments["by"],
        why=arguments["why"],
    )
    try:
        key, is_new = decide(store, decision, read_settings(arguments))
    except ValidationError as error:
        raise ProblemError(409, "contradiction", str(error)) from None
    return {"id": key, "new": is_new}


def drop_decision(store: WritableStore, arguments: Arguments, body: bytes, memory: int) -> Header:
    """Take a decision back; raise NotFoundError where it is not there."""
    undo(store, arguments["id"], read_settings(arguments))
    return {}


def read_settings(arguments: Arguments) -> Settings:
    """Return what decides what is known: the user's own seeds, and the language."""
    return Settings(seeds=Path(arguments["seeds"]) if arguments["seeds"] else None, language=arguments["language_of"])
