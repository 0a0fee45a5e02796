"""Programs that people ask SPARQL endpoints with, against the real server: curl, SPARQLWrapper, rdflib, Comunica."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from rdflib import Graph, Literal, URIRef
from rdflib.namespace import SKOS
from rdflib.plugins.stores.sparqlstore import SPARQLStore
from SPARQLWrapper import CSV, GET, JSON, POST, TURTLE, URLENCODED, XML, SPARQLWrapper
from SPARQLWrapper.SPARQLExceptions import QueryBadFormed

Server = Any  # conftest.RunningServer, which a test module cannot import
UKRAINE = "https://rawabit.example/id/entity/Q212"
NAMES = f"""PREFIX skos: <{SKOS}>
SELECT ?name WHERE {{ <{UKRAINE}> skos:prefLabel ?name }} ORDER BY ?name"""
FACTS = "PREFIX rw: <https://rawabit.example/ns#> SELECT (COUNT(*) AS ?n) WHERE { ?fact a rw:Fact }"
CONSTRUCT = f"CONSTRUCT {{ <{UKRAINE}> ?p ?o }} WHERE {{ <{UKRAINE}> ?p ?o }}"
COMUNICA = Path(__file__).with_name("comunica")
needs_curl = pytest.mark.skipif(shutil.which("curl") is None, reason="curl is not there")
needs_comunica = pytest.mark.skipif(
    shutil.which("node") is None or not (COMUNICA / "node_modules" / "@comunica" / "query-sparql").is_dir(),
    reason="Node or @comunica/query-sparql is not there",
)


def wrap(server: Server, query: str, form: str, method: str = GET) -> Any:
    wrapper = SPARQLWrapper(f"{server.url}/sparql")
    wrapper.setQuery(query)
    wrapper.setReturnFormat(form)
    wrapper.setMethod(method)
    wrapper.setRequestMethod(URLENCODED)
    return wrapper.query().convert()


@pytest.mark.parametrize("method", [GET, POST])
def test_sparqlwrapper_reads_solutions(server: Server, method: str) -> None:
    answer = wrap(server, NAMES, JSON, method)
    assert [row["name"]["value"] for row in answer["results"]["bindings"]] == ["Ukraine", "أوكرانيا"]
    assert "أوكرانيا" in wrap(server, NAMES, XML, method).toxml()
    assert wrap(server, NAMES, CSV, method).decode().splitlines()[0] == "name"


def test_sparqlwrapper_reads_triples_and_is_told_of_faults(server: Server) -> None:
    graph = Graph().parse(data=wrap(server, CONSTRUCT, TURTLE), format="turtle")
    assert Literal("أوكرانيا", lang="ar") in set(graph.objects(URIRef(UKRAINE), SKOS.prefLabel))
    with pytest.raises(QueryBadFormed):
        wrap(server, "SELECT nonsense", JSON)


@pytest.mark.parametrize("method", ["GET", "POST", "POST_FORM"])
def test_rdflib_queries_the_endpoint_as_a_graph(server: Server, method: str) -> None:
    graph = Graph(SPARQLStore(f"{server.url}/sparql", method=method))
    assert {str(row[0]) for row in graph.query(NAMES)} == {"Ukraine", "أوكرانيا"}
    assert set(graph.objects(URIRef(UKRAINE), SKOS.prefLabel)) == {
        Literal("أوكرانيا", lang="ar"),
        Literal("Ukraine", lang="en"),
    }
    assert (URIRef(UKRAINE), SKOS.prefLabel, Literal("Ukraine", lang="en")) in graph


def test_rdflib_sees_the_named_graphs(server: Server) -> None:
    graphs = {str(graph) for graph in SPARQLStore(f"{server.url}/sparql").contexts()}
    assert any(graph.endswith("/graph/shared") for graph in graphs)


def ask_comunica(server: Server, query: str) -> Any:
    command = ["node", "ask.js", f"{server.url}/sparql", query]
    done = subprocess.run(command, cwd=COMUNICA, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@needs_comunica
def test_comunica_reads_solutions_and_triples(server: Server) -> None:
    rows = ask_comunica(server, NAMES)
    assert [row["name"] for row in rows] == ["Ukraine", "أوكرانيا"]
    triples = ask_comunica(server, CONSTRUCT)
    assert [UKRAINE, str(SKOS.prefLabel), "أوكرانيا"] in triples


@needs_curl
@pytest.mark.parametrize(
    "options",
    [
        ["--get", "--data-urlencode", f"query={FACTS}"],
        ["--data-urlencode", f"query={FACTS}"],
        ["-H", "Content-Type: application/sparql-query", "--data-binary", FACTS],
        ["--compressed", "--get", "--data-urlencode", f"query={FACTS}"],
    ],
)
def test_curl_asks_in_every_way(server: Server, options: list[str]) -> None:
    command = ["curl", "--silent", "--fail", "-H", "Accept: text/csv", *options, f"{server.url}/sparql"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=30, check=True)
    assert done.stdout.split() == ["n", "29"]


@needs_curl
def test_curl_is_told_of_faults_by_its_exit_code(server: Server) -> None:
    command = ["curl", "--silent", "--fail", "--get", "--data-urlencode", "query=nonsense", f"{server.url}/sparql"]
    assert subprocess.run(command, capture_output=True, timeout=30, check=False).returncode == 22
