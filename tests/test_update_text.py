"""Updates are rewritten without a change of meaning: prologues go to the front, datasets into each operation."""

from __future__ import annotations

import pyoxigraph as ox
import pytest

from api.update_text import gather_prologues, give_dataset

A, B = "<http://x/a>", "<http://x/b>"


def run(text: str) -> set[str]:
    store = ox.Store()
    store.update(text, base_iri="http://x/")
    return {str(quad) for quad in store}


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        (
            "PREFIX a: <http://a/> INSERT DATA { a:x a:x a:x } ; PREFIX b: <http://b/> INSERT DATA { b:x b:x b:x }",
            "INSERT DATA { <http://a/x> <http://a/x> <http://a/x> . <http://b/x> <http://b/x> <http://b/x> }",
        ),
        (
            "INSERT DATA { <a> <a> <a> } ; # PREFIX c: <d>\n prefix : <http://a/>\nPREFIX a-1.b: <http://b/> "
            "INSERT DATA { :x :x 'a;b' } ; PREFIX : <http://a/> INSERT DATA { a-1.b:x :x 1 } ;",
            f"INSERT DATA {{ {A} {A} {A} . <http://a/x> <http://a/x> 'a;b' . <http://b/x> <http://a/x> 1 }}",
        ),
        (
            "BASE <http://a/> PREFIX : <x#> INSERT DATA { <y> :y 1 } ; PREFIX z: <z#> INSERT DATA { <y> z:y 1 }",
            "INSERT DATA { <http://a/y> <http://a/x#y> 1 . <http://a/y> <http://a/z#y> 1 }",
        ),
        ("INSERT DATA { <a> <a> '; PREFIX a: <b>' }", f"INSERT DATA {{ {A} {A} '; PREFIX a: <b>' }}"),
        ("# nothing ; PREFIX a: <b>", ""),
    ],
)
def test_prefixes_that_are_declared_late_are_declared_in_front(text: str, meaning: str) -> None:
    assert run(gather_prologues(text)) == run(meaning)


@pytest.mark.parametrize(
    "text",
    [
        "PREFIX a: <http://a/> INSERT DATA { a:x a:x 1 } ; PREFIX a: <http://b/> INSERT DATA { a:x a:x 1 }",
        "INSERT DATA { <a> <a> 1 } ; BASE <http://b/> INSERT DATA { <a> <a> 1 }",
        "CLEAR ALL",
        "INSERT DATA { <a> <a> 1 } ; DELETE WHERE { <a> <a> ?x }",
    ],
)
def test_what_one_prologue_cannot_say_is_left_as_it_is(text: str) -> None:
    assert gather_prologues(text) == text


NAMED = " ".join(f"GRAPH <{name}> {{ <a> <in> '{name}' }}" for name in "ghi")
DATA = f"INSERT DATA {{ <a> <in> 'unnamed' . {NAMED} }} ; "


def seen(operation: str, using: list[str], named: list[str]) -> set[str]:
    """Return what an operation has added to the graph `seen`, or all that is left where it adds nothing."""
    store = ox.Store()
    iris = [[f"http://x/{name}" for name in names] for names in (using, named)]
    store.update(give_dataset(DATA + operation, *iris), base_iri="http://x/")
    found = store.quads_for_pattern(None, None, None, ox.NamedNode("http://x/seen"))
    return {quad.object.value for quad in found} or {quad.object.value for quad in store}


@pytest.mark.parametrize(
    ("using", "named", "in_default", "in_named"),
    [
        (["g"], [], {"g"}, set()),
        (["g", "h"], [], {"g", "h"}, set()),
        ([], ["g", "h"], set(), {"g", "h"}),
        (["g"], ["h"], {"g"}, {"h"}),
        (["none"], ["none"], set(), set()),
    ],
)
def test_patterns_see_the_dataset_that_is_given(
    using: list[str], named: list[str], in_default: set[str], in_named: set[str]
) -> None:
    everything = {"unnamed", "g", "h", "i"}
    for pattern, expected in (("?s ?p ?o", in_default), ("GRAPH ?x { ?s ?p ?o }", in_named)):
        insert = f"INSERT {{ GRAPH <seen> {{ ?s ?p ?o }} }} WHERE {{ {pattern} }}"
        assert seen(insert, using, named) == (expected or everything)
        assert seen(f"# WHERE\nDELETE {{ <q> <q> ?o }} {insert} ; CLEAR SILENT GRAPH <q>", using, named) == (
            expected or everything
        )


def test_delete_where_takes_its_pattern_from_the_dataset_too() -> None:
    assert seen("DELETE WHERE { ?s ?p 'g' }", ["g"], []) == {"unnamed", "g", "h", "i"}
    assert seen("delete # {\n where { GRAPH <g> { ?s ?p ?o } }", [], ["g"]) == {"unnamed", "h", "i"}
    assert seen("DELETE WHERE { GRAPH <g> { ?s ?p ?o } } ; DELETE WHERE { GRAPH <h> { ?s ?p ?o } }", [], ["h"]) == {
        "unnamed",
        "g",
        "i",
    }


@pytest.mark.parametrize(
    "operation",
    [
        "INSERT { GRAPH <seen> { ?s ?p ?o } } WHERE { ?s ?p ?o FILTER(?o != '} WHERE {') }",
        "INSERT { GRAPH <seen> { ?s ?p ?o } } WHERE { { SELECT * WHERE { ?s ?p ?o } } }",
        "PREFIX where: <http://where/> INSERT { GRAPH <seen> { ?s ?p ?o } } where { ?s ?p ?o # WHERE }\n }",
        "INSERT { GRAPH <seen> { ?s ?p ?o . ?s <http://x/where> 'g' } } WHERE { ?s ?p ?o }",
        'INSERT { GRAPH <seen> { ?s ?p ?o } } WHERE { ?s ?p ?o . FILTER(?o != """ " WHERE { """) }',
    ],
)
def test_where_counts_only_as_a_keyword_of_an_operation(operation: str) -> None:
    if operation.startswith("PREFIX"):
        prefix, _, rest = operation.partition("> ")
        text = f"{prefix}> {DATA}{rest}"
        store = ox.Store()
        store.update(give_dataset(text, ["http://x/g"], []), base_iri="http://x/")
        found = store.quads_for_pattern(None, None, None, ox.NamedNode("http://x/seen"))
        assert {quad.object.value for quad in found} == {"g"}
    else:
        assert seen(operation, ["g"], []) == {"g"}
