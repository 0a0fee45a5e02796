"""`rawabit review`: shows actors that may be one, takes decisions, and takes them back."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from .config import Settings
from .errors import SettingsError
from .model import Decision, EntityKind, Verdict
from .terminal import print_table, show_note

if TYPE_CHECKING:  # these load what `rawabit --help` must not wait for
    from .store.places import WritableStore
    from .store.review import StoredCandidate

_KEYS = {"s": Verdict.SAME, "d": Verdict.DIFFERENT}
_PROMPT = "[s]ame  [d]ifferent  s[k]ip  [u]ndo the last  [q]uit "


def review(
    store: Annotated[
        Path | None, typer.Option("--store", help="The store's folder; RAWABIT_STORE or ./store if left out.")
    ] = None,
    candidates: Annotated[bool, typer.Option("--list", help="List the actors that may be one, and end.")] = False,
    decisions: Annotated[bool, typer.Option("--decisions", help="List what has been decided, and end.")] = False,
    same: Annotated[tuple[str, str] | None, typer.Option(help="Two actors are one.", metavar="ACTOR ACTOR")] = None,
    different: Annotated[
        tuple[str, str] | None, typer.Option(help="Two actors are not one.", metavar="ACTOR ACTOR")
    ] = None,
    wrong: Annotated[str | None, typer.Option(help="The text does not say this.", metavar="FACT")] = None,
    right: Annotated[str | None, typer.Option(help="The text says this.", metavar="FACT")] = None,
    rename: Annotated[
        tuple[str, str] | None, typer.Option(help="What an actor is called.", metavar="ACTOR NAME")
    ] = None,
    language: Annotated[str, typer.Option(help="The language of the name: ar or en.")] = "ar",
    retype: Annotated[tuple[str, str] | None, typer.Option(help="What an actor is.", metavar="ACTOR KIND")] = None,
    undo: Annotated[str | None, typer.Option(help="Take a decision back.", metavar="DECISION")] = None,
    by: Annotated[str | None, typer.Option(help="Who decides; the user's name if left out.")] = None,
    why: Annotated[str | None, typer.Option(help="Why.")] = None,
) -> None:
    """Decide which actors are one and which facts are right, one by one at the terminal or by options."""
    from .store.places import open_store

    settings = Settings.from_environment()
    settings = settings if store is None else replace(settings, store=store)
    if candidates or decisions:
        _print_lists(settings, candidates=candidates, decisions=decisions)
        return
    author = by or os.environ.get("USER") or os.environ.get("LOGNAME")
    with open_store(settings) as opened:
        wanted = list(_read_options(opened, same, different, wrong, right, rename, language, retype))
        if wanted or undo:
            _decide_all(opened, settings, [replace(each, by=author, why=why) for each in wanted], undo)
        else:
            _ask_for_all(opened, settings, author)
        opened.checkpoint()


def _read_options(
    store: WritableStore,
    same: tuple[str, str] | None,
    different: tuple[str, str] | None,
    wrong: str | None,
    right: str | None,
    rename: tuple[str, str] | None,
    language: str,
    retype: tuple[str, str] | None,
) -> Iterator[Decision]:
    """Yield the decisions that the options make."""
    from .deciding import now

    names, at = store.namespaces, now()
    for verdict, pair in ((Verdict.SAME, same), (Verdict.DIFFERENT, different)):
        if pair is not None:
            yield Decision(verdict, at, one=_iri(pair[0], names.actor), other=_iri(pair[1], names.actor))
    for verdict, fact in ((Verdict.WRONG, wrong), (Verdict.RIGHT, right)):
        if fact is not None:
            yield Decision(verdict, at, fact=_iri(fact, names.fact))
    if rename is not None:
        actor, name = rename
        yield Decision(Verdict.RENAME, at, one=_iri(actor, names.actor), name=name, language=language)
    if retype is not None:
        if retype[1] not in set(EntityKind):
            raise SettingsError(f"--retype: {retype[1]!r} is no kind: give one of {', '.join(EntityKind)}.")
        yield Decision(Verdict.RETYPE, at, one=_iri(retype[0], names.actor), kind=EntityKind(retype[1]))


def _iri(text: str, mint: Callable[[str], str]) -> str:
    return text if text.startswith(("http://", "https://", "urn:")) else mint(text)


def _decide_all(store: WritableStore, settings: Settings, wanted: list[Decision], undone: str | None) -> None:
    from .deciding import carry_out, forget, note
    from .store.review import list_decisions

    before = list_decisions(store, store.namespaces)
    try:
        if undone is not None:
            forget(store, undone)
            typer.echo(f"taken back  {undone}")
        for decision in wanted:
            key, is_new = note(store, decision)
            typer.echo(f"{'decided' if is_new else 'stands already'}  {key}  {decision.verdict}")
    finally:
        carry_out(store, before, settings)


def _ask_for_all(store: WritableStore, settings: Settings, author: str | None) -> None:
    """Show candidates one by one and note what is said; carry all of it out at the end, an interrupt included."""
    from .deciding import carry_out, forget, note, now
    from .store.review import list_candidates, list_decisions

    before = list_decisions(store, store.namespaces)
    waiting, made = list_candidates(store, store.namespaces), list[str]()
    place = 0
    try:
        while place < len(waiting):
            candidate = waiting[place]
            typer.echo("\n".join(_describe(store, candidate, f"{place + 1} of {len(waiting)}")))
            key = _read_key()
            if key == "q":
                break
            if key == "u":
                if made and made[-1]:
                    forget(store, made[-1])
                if made:
                    made.pop()
                    place -= 1
                continue
            noted = ""
            if key in _KEYS:
                decision = Decision(_KEYS[key], now(), one=candidate.one, other=candidate.other, by=author)
                noted, _ = note(store, decision)
            made.append(noted)
            place += 1
    finally:
        carry_out(store, before, settings)
    typer.echo(f"{sum(map(bool, made))} decided, {len(waiting) - place} left")


def _read_key() -> str:
    """Return the first letter of an answer that is one; the end of the input is to quit."""
    while True:
        typer.echo(_PROMPT, nl=False)
        line = sys.stdin.readline()
        if not line:
            return "q"
        key = line.strip().lower()[:1]
        if key and key in "sdkuq":
            return key
        show_note("Give one of the letters in brackets.")


def _describe(store: WritableStore, candidate: StoredCandidate, place: str) -> Iterator[str]:
    from .store.review import find_context, find_labels

    yield f"\n{place}   score {candidate.score:.2f}   {' '.join(candidate.reasons)}"
    for iri in (candidate.one, candidate.other):
        yield f"  {' · '.join((*find_labels(store, iri), store.namespaces.actor_id(iri) or iri))}"
        context = find_context(store, iri)
        if context is not None:
            document = store.namespaces.document_id(context.document)
            yield f"      {' '.join(context.text.split())}   ({document})"


def _print_lists(settings: Settings, *, candidates: bool, decisions: bool) -> None:
    from .store.places import open_checkpoint
    from .store.review import list_candidates, list_decisions

    with open_checkpoint(settings) as store:
        names = store.namespaces
        if candidates:
            found = list_candidates(store, names)
            lines = [
                (f"{each.score:.2f}", *(names.actor_id(iri) or iri for iri in (each.one, each.other)),
                 " ".join(each.reasons))
                for each in found
            ]  # fmt: skip
            print_table(("score", "one", "other", "because"), lines, sys.stdout)
        if decisions:
            rows = [
                (key, each.verdict, _target(each, names.actor_id, names.fact_id), each.by, each.at, each.why)
                for key, each in sorted(list_decisions(store, names).items(), key=lambda pair: (pair[1].at, pair[0]))
            ]
            print_table(("id", "verdict", "about", "by", "at", "why"), rows, sys.stdout)


def _target(decision: Decision, actor_id: Callable[[str], str | None], fact_id: Callable[[str], str | None]) -> str:
    actors = [actor_id(iri) or iri for iri in (decision.one, decision.other) if iri]
    facts = [fact_id(decision.fact) or decision.fact] if decision.fact else []
    return "  ".join([*actors, *facts, *filter(None, (decision.name, decision.kind))])
