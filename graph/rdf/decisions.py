"""People's decisions as RDF: each a node of the decisions graph, with who, when and why, and back again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from ..model import Decision, EntityKind, Verdict
from .namespaces import PROV, RDF, RDFS, RW, Namespaces
from .terms import XSD, Triple, read_literal, read_string, write_string, write_text, write_typed

_A, _COMMENT, _AT = f"<{RDF}type>", f"<{RDFS}comment>", f"<{PROV}generatedAtTime>"
_DECISION = f"<{RW}Decision>"
_VERDICT, _ONE, _OTHER, _FACT, _NAME, _KIND, _BY = (
    f"<{RW}{name}>" for name in ("verdict", "one", "other", "aboutFact", "newName", "newKind", "decidedBy")
)


def encode_decisions(decisions: Mapping[str, Decision], namespaces: Namespaces) -> tuple[Triple, ...]:
    """Return the triples of decisions, given by their ids, sorted."""
    return tuple(
        sorted(
            triple
            for key, decision in decisions.items()
            for triple in _encode(f"<{namespaces.decision(key)}>", decision)
        )
    )


def read_decisions(triples: Iterable[Triple], namespaces: Namespaces) -> dict[str, Decision]:
    """Return the decisions of triples by their ids; what an update wrote and is no decision is passed over."""
    said: dict[str, dict[str, str]] = {}
    for subject, predicate, object_ in triples:
        said.setdefault(subject, {})[predicate] = object_
    found: dict[str, Decision] = {}
    for node, parts in sorted(said.items()):
        key = namespaces.decision_id(node[1:-1])
        decision = _read(parts) if parts.get(_A) == _DECISION else None
        if key is not None and decision is not None:
            found[key] = decision
    return found


def _encode(node: str, decision: Decision) -> list[Triple]:
    triples = [(node, _A, _DECISION), (node, _VERDICT, write_string(decision.verdict))]
    triples.append((node, _AT, write_typed(decision.at, XSD + "dateTime")))
    iris = ((_ONE, decision.one), (_OTHER, decision.other), (_FACT, decision.fact))
    triples += [(node, predicate, f"<{iri}>") for predicate, iri in iris if iri]
    if decision.name:
        triples.append((node, _NAME, write_text(decision.name, decision.language or "ar")))
    if decision.kind:
        triples.append((node, _KIND, f"<{RW}{decision.kind}>"))
    texts = ((_BY, decision.by), (_COMMENT, decision.why))
    triples += [(node, predicate, write_string(text)) for predicate, text in texts if text]
    return triples


def _read(said: Mapping[str, str]) -> Decision | None:
    texts = {predicate: read_string(term) for predicate, term in said.items() if term[:1] in '<"'}
    name, language = read_literal(said[_NAME]) if said.get(_NAME, "").startswith('"') else (None, None)
    kind = texts.get(_KIND, "").removeprefix(RW)
    try:
        return Decision(
            Verdict(texts.get(_VERDICT, "")),
            texts.get(_AT, ""),
            one=texts.get(_ONE),
            other=texts.get(_OTHER),
            fact=texts.get(_FACT),
            name=name,
            language=language,
            kind=EntityKind(kind) if kind else None,
            by=texts.get(_BY),
            why=texts.get(_COMMENT),
        )
    except ValueError:
        return None
