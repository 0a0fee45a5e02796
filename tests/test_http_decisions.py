"""People decide over HTTP: two actors are one, a fact is wrong, a name is another; all of it can be taken back."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import httpx
import pytest

from api import review_schemas, schemas
from api.access import Access
from api.limits import ServiceLimits
from graph.config import Settings
from graph.rdf.namespaces import Namespaces
from graph.store.embedded import EmbeddedStore

Server = Any  # conftest.RunningServer, which a test module cannot import
Start = Callable[..., AbstractContextManager[Server]]
TOKEN = "a-token-of-tests"
AUTHORIZED = {"Authorization": f"Bearer {TOKEN}"}


@pytest.fixture(scope="module")
def server(
    tmp_path_factory: pytest.TempPathFactory, make_store: Callable[..., Path], start_server: Start
) -> Iterator[Server]:
    store = make_store(tmp_path_factory.mktemp("decisions") / "store")
    names = Namespaces("https://rawabit.example/id/")
    pairs = [("Q145", "Q159", "0.9", "name country"), ("Q212", "Q159", "0.8", "spelling")]
    with EmbeddedStore.open(store) as opened:
        opened.replace_apart(
            names.candidates_graph,
            [
                (f"<{names.candidate(*pair[:2])}>", f"<https://rawabit.example/ns#{predicate}>", value)
                for pair in pairs
                for predicate, value in (
                    ("one", f"<{names.actor(pair[0])}>"),
                    ("other", f"<{names.actor(pair[1])}>"),
                    ("score", f'"{pair[2]}"'),
                    ("reasons", f'"{pair[3]}"'),
                )
            ],
        )
        opened.checkpoint()
    limits = ServiceLimits(worker_memory=512 * 1024 * 1024)
    with start_server(store, Settings(store=store, workers=1), limits, Access(TOKEN)) as running:
        yield running


def decide(server: Server, **decision: object) -> httpx.Response:
    return httpx.post(f"{server.url}/decisions", json=decision, headers=AUTHORIZED, timeout=90)


def undo(server: Server, decision: httpx.Response) -> None:
    answer = httpx.delete(f"{server.url}/decisions/{decision.json()['id']}", headers=AUTHORIZED, timeout=90)
    assert answer.status_code == 204, answer.text


def everything(server: Server) -> list[object]:
    asked = [server.get(path, limit=200).json() for path in ("/actors", "/facts", "/decisions", "/candidates")]
    stats = server.get("/stats").json()
    del stats["checkpoint"]
    return [*asked, stats]


def test_candidates_are_listed_by_score_and_page(server: Server) -> None:
    first = server.get("/candidates", limit=1)
    review_schemas.CandidatePage.model_validate_json(first.text)
    (item,) = first.json()["items"]
    assert (item["score"], item["reasons"]) == (0.9, ["name", "country"])
    assert {item["one"]["id"], item["other"]["id"]} == {"Q145", "Q159"}
    second = server.get("/candidates", limit=1, cursor=first.json()["next"]).json()
    assert [each["score"] for each in second["items"]] == [0.8]
    assert second["next"] is None
    assert [each["score"] for each in server.get("/candidates", actor="Q212").json()["items"]] == [0.8]
    assert server.get("/candidates", min_score=0.95).json()["items"] == []
    # What nobody waits for any more goes with the first decision that is carried out.
    undo(server, decide(server, verdict="different", one="Q145", other="Q159"))


def test_wrong_fact_leaves_triples_and_counts_but_is_still_seen(server: Server) -> None:
    before = everything(server)
    fact = server.get("/facts", status="actual").json()["items"][0]
    total = server.get("/stats").json()["facts"]
    made = decide(server, verdict="wrong", fact=fact["id"], by="Rana", why="هذا غير صحيح")
    assert made.status_code == 201, made.text
    review_schemas.Decision.model_validate_json(made.text)
    assert made.json().items() >= {"fact": fact["id"], "by": "Rana", "why": "هذا غير صحيح", "verdict": "wrong"}.items()
    seen = server.get(f"/facts/{fact['id']}")
    schemas.FactDetail.model_validate_json(seen.text)
    assert (seen.json()["status"], seen.json()["stated"]) == ("refused", "actual")
    assert seen.json()["evidence"]["text"] == fact["evidence"]["text"]
    assert server.get("/stats").json()["facts"] == total - 1
    ends = (fact["subject"]["iri"], f"https://rawabit.example/ns#{fact['relation']['name']}", fact["object"]["iri"])
    triple = "ASK { <" + "> <".join(ends) + "> }"
    assert server.get("/sparql", query=triple).json()["boolean"] is False
    again = decide(server, verdict="wrong", fact=fact["id"])
    assert (again.status_code, again.json()) == (200, made.json())
    undo(server, made)
    assert everything(server) == before


def test_two_actors_become_one_and_two_again(server: Server) -> None:
    before = everything(server)
    minister = next(each for each in server.get("/actors", kind="Person").json()["items"] if "/" in each["id"])
    made = decide(server, verdict="same", one=minister["id"], other="Q3874799")
    assert made.status_code == 201, made.text
    assert made.json()["one"]["id"] == made.json()["other"]["id"] == "Q3874799"
    detail = server.get(f"/actors/{minister['id']}").json()
    assert detail["id"] == "Q3874799"
    assert minister["label"]["ar"] in [alias["text"] for alias in detail["aliases"]]
    assert [each["id"] for each in server.get("/actors", kind="Person", limit=200).json()["items"]].count(
        "Q3874799"
    ) == 1
    assert minister["id"] not in [each["id"] for each in server.get("/actors", limit=200).json()["items"]]
    ends = {
        fact[end]["id"] for fact in server.get("/facts", limit=200).json()["items"] for end in ("subject", "object")
    }
    assert minister["id"] not in ends
    undo(server, made)
    assert everything(server) == before


def test_the_newest_decision_about_a_pair_counts(server: Server) -> None:
    first = decide(server, verdict="same", one="Q145", other="Q159")
    second = decide(server, verdict="different", one="Q159", other="Q145")
    assert [each["id"] for each in server.get("/decisions").json()["items"]] == [second.json()["id"]]
    assert first.json()["one"]["id"] != second.json()["one"]["id"] or second.json()["other"]["id"] == "Q145"
    undo(server, second)


def test_actor_gets_another_name_and_kind(server: Server) -> None:
    before = everything(server)
    minister = next(each for each in server.get("/actors", kind="Person").json()["items"] if "/" in each["id"])
    renamed = decide(server, verdict="rename", one=minister["id"], name="Rustem Umerov", language="en")
    retyped = decide(server, verdict="retype", one=minister["id"], kind="Organization")
    seen = server.get(f"/actors/{minister['id']}").json()
    assert (seen["label"]["en"], seen["kind"]) == ("Rustem Umerov", "Organization")
    assert server.get("/actors", q="Rustem Umerov").json()["items"][0]["id"] == minister["id"]
    undo(server, renamed)
    undo(server, retyped)
    assert everything(server) == before


@pytest.mark.parametrize(
    ("decision", "status", "code"),
    [
        ({"verdict": "same", "one": "Q145"}, 400, "bad-parameter"),
        ({"verdict": "perhaps", "one": "Q145"}, 400, "bad-parameter"),
        ({"verdict": "wrong", "fact": "d1/fact/0", "kind": "Person"}, 400, "bad-parameter"),
        ({"verdict": "same", "one": "Q145", "other": "Q145"}, 409, "contradiction"),
        ({"verdict": "same", "one": "Q145", "other": "person/nobody"}, 404, "not-found"),
        ({"verdict": "wrong", "fact": "d1/fact/0"}, 404, "not-found"),
    ],
)
def test_decision_that_cannot_be_made_is_refused(
    server: Server, decision: dict[str, str], status: int, code: str
) -> None:
    answer = decide(server, **decision)
    assert (answer.status_code, answer.json()["type"]) == (status, f"urn:rawabit:problem:{code}"), answer.text


def test_decisions_take_the_token(server: Server) -> None:
    assert httpx.post(f"{server.url}/decisions", json={}).status_code == 401
    assert httpx.delete(f"{server.url}/decisions/0").status_code == 401
