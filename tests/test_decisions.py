"""Decisions: which takes the place of which, what they come to, how they are written and read."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from graph.config import Settings
from graph.deciding import decide, now, undo
from graph.errors import NotFoundError, ValidationError
from graph.identity import Acquaintance, resolve_identities
from graph.model import Decision, EntityKind, Verdict
from graph.rdf.corrections import statement_namer, take_out
from graph.rdf.decisions import encode_decisions, read_decisions
from graph.rdf.encode import EncodedDocument
from graph.rdf.namespaces import Namespaces
from graph.resolve.decisions import add_decision, check_decision, decision_id, rule
from graph.resolve.known import load_known
from graph.store.embedded import EmbeddedStore
from graph.store.review import cut_sentence

NAMES = Namespaces("https://rawabit.example/id/")
ONE, OTHER = NAMES.actor("person/x"), NAMES.actor("Q5")
EARLY, LATE = "2024-01-01T00:00:00Z", "2024-01-02T00:00:00Z"
ALL = (
    Decision(Verdict.SAME, EARLY, one=ONE, other=OTHER, by='Rana "R"', why="سطر\nثان"),
    Decision(Verdict.DIFFERENT, EARLY, one=ONE, other=NAMES.actor("person/y")),
    Decision(Verdict.WRONG, EARLY, fact=NAMES.fact("d 1/fact/0f")),
    Decision(Verdict.RIGHT, EARLY, fact=NAMES.fact("d1/fact/1f")),
    Decision(Verdict.RENAME, EARLY, one=ONE, name="سيرغي بويف", language="ar"),
    Decision(Verdict.RETYPE, EARLY, one=ONE, kind=EntityKind.PLACE),
)


def test_decisions_are_read_as_they_were_written() -> None:
    decisions = {decision_id(each): each for each in ALL}
    assert read_decisions(encode_decisions(decisions, NAMES), NAMES) == decisions


def test_newer_decision_about_a_pair_takes_the_place_of_the_older() -> None:
    older, newer = ALL[0], Decision(Verdict.DIFFERENT, LATE, one=OTHER, other=ONE)
    standing = add_decision({decision_id(older): older}, newer)
    assert list(standing.values()) == [newer]
    assert rule([newer, older]).same == set()


def test_decision_that_stands_keeps_who_made_it() -> None:
    again = Decision(Verdict.SAME, LATE, one=OTHER, other=ONE, by="somebody else")
    assert add_decision({decision_id(ALL[0]): ALL[0]}, again) == {decision_id(ALL[0]): ALL[0]}


@pytest.mark.parametrize(
    "decision",
    [
        Decision(Verdict.SAME, EARLY, one=ONE),
        Decision(Verdict.SAME, EARLY, one=ONE, other=ONE),
        Decision(Verdict.WRONG, EARLY, fact=NAMES.fact("d1/fact/0"), one=ONE),
        Decision(Verdict.RENAME, EARLY, one=ONE, name="x", language="tlh"),
        Decision(Verdict.RENAME, EARLY, one=ONE, name="x" * 301, language="ar"),
    ],
)
def test_decision_that_makes_no_sense_is_refused(decision: Decision) -> None:
    with pytest.raises(ValidationError):
        check_decision(decision)


def quads(store: EmbeddedStore) -> set[tuple[str, ...]]:
    """Return what a reader finds once a change is finished."""
    store.checkpoint()
    rows = store.iterate("SELECT ?g ?s ?p ?o WHERE { GRAPH ?g { ?s ?p ?o } }")
    return {tuple(map(str, row)) for row in rows}


def test_decisions_survive_a_rebuild_and_leave_nothing_when_undone(
    tmp_path: Path, make_store: Callable[..., Path]
) -> None:
    path = make_store(tmp_path / "store")
    settings = Settings(store=path)
    with EmbeddedStore.open(path) as store:
        before = quads(store)
        minister = next(s for _, s, p, o in before if "/entity/person/" in s and o.endswith("#Person"))
        fact = next(s for _, s, p, o in before if p.endswith("#status") and o == "actual")
        made = [
            decide(store, Decision(Verdict.SAME, now(), one=minister, other=NAMES.actor("Q3874799")), settings),
            decide(store, Decision(Verdict.WRONG, now(), fact=fact), settings),
            decide(store, Decision(Verdict.RENAME, now(), one=minister, name="Sahib", language="en"), settings),
        ]
        decided = quads(store)
        assert not {row for row in decided if minister in row and not row[2].endswith(("AsRead", "#one", "#other"))}
        # A document that is read again comes as it was read; what was decided is carried out again.
        statement = statement_namer(NAMES, store.symmetric_relations())
        document = NAMES.document_id(fact) or ""
        read = take_out(store.read_graph(NAMES.document_graph(document)), statement=statement)
        store.put_documents(
            [EncodedDocument(document, NAMES.document(document), NAMES.document_graph(document), tuple(read))]
        )
        assert quads(store) != decided
        nobody = Acquaintance.make(load_known(settings), store.namespaces, seeded=False)
        assert resolve_identities(store, nobody).documents == 1
        assert quads(store) == decided
        for key, is_new in made:
            assert is_new
            undo(store, key, settings)
        assert quads(store) == before
        with pytest.raises(NotFoundError):
            undo(store, made[0][0], settings)


def test_sentence_is_cut_around_a_name() -> None:
    text = "جملة أولى. قال سيرغي بويف إن الأمر واضح! ثم مضى."
    start = text.index("سيرغي")
    assert cut_sentence(text, start, start + 10) == "قال سيرغي بويف إن الأمر واضح!"
