"""A store's place is a folder or an endpoint, whose three addresses are those of the server or given by name."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph.errors import SettingsError
from graph.store.address import is_address, read_address
from graph.store.embedded import EmbeddedStore
from graph.store.layout import read_version


@pytest.mark.parametrize(
    ("place", "query", "update", "graph_store"),
    [
        ("sparql+http://h:7878", "http://h:7878/query", "http://h:7878/update", "http://h:7878/store"),
        ("sparql+http://h:7878/", "http://h:7878/query", "http://h:7878/update", "http://h:7878/store"),
        ("sparql+https://h/ds?server=fuseki", "https://h/ds/query", "https://h/ds/update", "https://h/ds/data"),
        (
            "sparql+http://h/repositories/news?server=graphdb",
            "http://h/repositories/news",
            "http://h/repositories/news/statements",
            "http://h/repositories/news/rdf-graphs/service",
        ),
        ("sparql+https://h:8182?server=neptune", *["https://h:8182/sparql"] * 2, "https://h:8182/sparql/gsp/"),
        ("sparql+http://h:7001?server=qlever", *["http://h:7001"] * 3),
        (
            "sparql+http://h/x?query=/sparql&update=write&graph-store=https://other:1/g",
            "http://h/sparql",
            "http://h/write",
            "https://other:1/g",
        ),
    ],
)
def test_place_names_where_an_endpoint_is_asked(place: str, query: str, update: str, graph_store: str) -> None:
    address = read_address(Path(place))
    assert (address.query, address.update, address.graph_store) == (query, update, graph_store)


@pytest.mark.parametrize("place", ["store", "/data/sparql", "http:/x", "sparql", "./sparql+http"])
def test_folder_is_no_endpoint(place: str) -> None:
    assert not is_address(Path(place))


@pytest.mark.parametrize(
    ("place", "message"),
    [
        ("sparql+http://h/?server=other", "server='other' is not known; there are oxigraph, fuseki"),
        ("sparql+http://h/?graphs=/g", "'graphs' is not known"),
        ("sparql+http:", "is no endpoint"),
        ("sparql+http://:80/x", "is no endpoint"),
    ],
)
def test_place_that_cannot_be_understood_is_refused(place: str, message: str) -> None:
    with pytest.raises(SettingsError, match=message):
        read_address(Path(place))


def test_password_in_an_address_is_refused_and_not_repeated() -> None:
    with pytest.raises(SettingsError, match="RAWABIT_SPARQL_PASSWORD") as caught:
        read_address(Path("sparql+http://someone:s3cret@h/"))
    assert "s3cret" not in str(caught.value)


def test_what_needs_a_folder_says_so_of_an_endpoint(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for attempt in (read_version, lambda place: EmbeddedStore.open(place, create=True)):
        with pytest.raises(SettingsError, match=r"sparql\+http://h: this needs the folder of a store"):
            attempt(Path("sparql+http://h"))
    assert [*tmp_path.iterdir()] == []
