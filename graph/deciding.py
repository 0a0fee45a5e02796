"""Takes people's decisions into a store, and takes them back: checked, written down, and carried out.

Nothing follows from the decisions graph by itself: `resolve_identities` carries out what stands in it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime

from .config import Settings
from .errors import NotFoundError, ValidationError
from .identity import resolve_anew
from .identity_traces import Scopes, read_appearances, read_known_traces
from .model import Decision, Verdict
from .rdf.decisions import encode_decisions
from .rdf.terms import Iri
from .resolve.decisions import add_decision, check_decision, decision_id
from .resolve.identity import Trace, short_name, split_scope
from .resources import package_folder
from .store.places import WritableStore
from .store.review import list_decisions


def now() -> str:
    """Return the time of a decision that is made now."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def decide(store: WritableStore, decision: Decision, settings: Settings) -> tuple[str, bool]:
    """Write a decision down and carry it out; return its id, and whether it is new.

    Raise what `note` raises.
    """
    before = list_decisions(store, store.namespaces)
    key, is_new = note(store, decision)
    if is_new:
        carry_out(store, before, settings)
    return key, is_new


def note(store: WritableStore, decision: Decision) -> tuple[str, bool]:
    """Write a decision down, to be carried out later; return its id, and whether it is new.

    One that stands already stays as it is. Raise ValidationError for one that cannot be made, NotFoundError for one
    about an actor or a fact that is not there.
    """
    check_decision(decision)
    seeds = read_known_traces(store.read_graph(store.namespaces.known_graph))
    decision = _name_lastingly(store, decision, seeds)
    standing = list_decisions(store, store.namespaces)
    changed = add_decision(standing, decision)
    if changed != standing:
        store.replace_apart(store.namespaces.decisions_graph, encode_decisions(changed, store.namespaces))
    return decision_id(decision), changed != standing


def undo(store: WritableStore, decision: str, settings: Settings) -> Decision:
    """Take a decision back, given its id, with all that followed from it; raise NotFoundError where it is not there."""
    before = list_decisions(store, store.namespaces)
    taken = forget(store, decision)
    carry_out(store, before, settings)
    return taken


def forget(store: WritableStore, decision: str) -> Decision:
    """Take a decision out of the store, what followed from it later; raise NotFoundError where it is not there."""
    standing = list_decisions(store, store.namespaces)
    if decision not in standing:
        raise NotFoundError(f"there is no decision {decision!r}: see `rawabit review --decisions` for those that are.")
    left = {key: each for key, each in standing.items() if key != decision}
    store.replace_apart(store.namespaces.decisions_graph, encode_decisions(left, store.namespaces))
    return standing[decision]


def carry_out(store: WritableStore, before: Mapping[str, Decision], settings: Settings) -> None:
    """Do what follows from the decisions that stand, where those of `before` were carried out last."""
    if list_decisions(store, store.namespaces) != dict(before):
        resolve_anew(store, settings)


def _name_lastingly(store: WritableStore, decision: Decision, seeds: Mapping[str, Trace]) -> Decision:
    """Check that there is what a decision is about, and name actors so that later namesakes are not meant, too."""
    if decision.fact is not None and not _ask(store, "is-fact", fact=decision.fact):
        raise NotFoundError(f"there is no fact {store.namespaces.fact_id(decision.fact) or decision.fact!r}.")
    for actor in (decision.one, decision.other):
        if actor is not None and not _ask(store, "is-actor", actor=actor):
            raise NotFoundError(f"there is no actor {store.namespaces.actor_id(actor) or actor!r}.")
    one, other = (None if actor is None else _scoped(store, actor, seeds) for actor in (decision.one, decision.other))
    if one is not None and one == other:
        raise ValidationError(f"{decision.verdict} needs two actors, and these are one name of one actor.")
    mine, theirs = seeds.get(one or ""), seeds.get(other or "")
    if decision.verdict is Verdict.SAME and mine and theirs and mine.kind is not theirs.kind:
        raise ValidationError(f"{mine.kind} and {theirs.kind} cannot be one: retype one of them first.")
    return replace(decision, one=one, other=other)


def _scoped(store: WritableStore, actor: str, seeds: Mapping[str, Trace]) -> str:
    """Return an actor's IRI with the state that tells it from namesakes, where it has one."""
    if actor in seeds or split_scope(actor)[1]:
        return actor
    scopes = Scopes(seeds, lambda kind, name, country: False)
    named = {each.key[1] for each in read_appearances(store, scopes, entity=actor) if each.read.entity == actor} - {""}
    return f"{actor}~{short_name(*named)}" if len(named) == 1 else actor


def _ask(store: WritableStore, query: str, **values: str) -> bool:
    text = (package_folder("store") / "sparql" / f"{query}.rq").read_text(encoding="utf-8")
    return store.ask(text, {name: Iri(value) for name, value in values.items()})
