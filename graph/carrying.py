"""Has a document that comes alone stand as others do in which the same was read, at the cost of that document.

Its new names are compared with others, and candidates found, when the store is built next.
"""

from __future__ import annotations

from dataclasses import replace

from .config import Settings
from .identity import correct_document, resolve_anew
from .identity_traces import Appearance, Scopes, Values, read_appearances
from .lang.identity_words import IdentityWords
from .model import EntityKind
from .rdf.corrections import Corrections
from .rdf.namespaces import RW
from .rdf.terms import Iri, write_text
from .resolve.decisions import rule
from .resolve.identity import Trace, short_name
from .resolve.likeness import WeakNames
from .resources import package_folder
from .store.places import WritableStore
from .store.review import list_decisions


def carry_over(store: WritableStore, document_id: str, settings: Settings) -> None:
    """Have a document that was just stored stand as what was found and decided before would have it.

    Where somebody has decided about an actor that it names, all is worked out anew.
    """
    namespaces = store.namespaces
    document = namespaces.document(document_id)
    ruling = rule(list_decisions(store, namespaces).values())
    weak = WeakNames(IdentityWords.load(settings.language))
    read = list(read_appearances(store, Scopes({}, weak.is_weak), document=document))
    iris = {each.read.entity for each in read}
    if not iris.isdisjoint({name for actor in ruling.actors() for name in (actor, actor.rpartition("~")[0])}):
        resolve_anew(store, settings)
        return
    seeds = {iri: Trace(iri, "", EntityKind.PERSON, known=True) for iri in iris if _is_known(store, iri)}
    scopes = Scopes(seeds, weak.is_weak)
    wanted = {each.read.entity: _stand(store, each, scopes) for each in read if each.read.entity not in seeds}
    corrections = Corrections(
        nodes={f"<{iri}>": f"<{values.entity}>" for iri, values in wanted.items()},
        labels={(f"<{iri}>", "ar"): write_text(values.name, "ar") for iri, values in wanted.items()},
        kinds={f"<{values.entity}>": f"<{RW}{values.kind}>" for values in wanted.values()},
        wrong=frozenset(f"<{fact}>" for fact in ruling.wrong),
        right=frozenset(f"<{fact}>" for fact in ruling.right),
    )
    store.put_documents([correct_document(store, document, corrections)])


def _stand(store: WritableStore, appearance: Appearance, scopes: Scopes) -> Values:
    """Return as what an appearance stands: as one of the same trace in another document does, or as itself."""
    read = appearance.read
    key = read.entity, scopes.of(read, appearance.country, appearance.document)
    others = read_appearances(store, scopes, read=read.entity)
    alike = [each for each in others if each.key == key and each.document != appearance.document]
    if alike:
        other = min(alike, key=lambda each: each.document)
        name = read.name if other.stands.name == other.read.name else other.stands.name
        return replace(other.stands, name=name, english=read.english)
    namesakes = (each for each in read_appearances(store, scopes, entity=read.entity) if each.key != key)
    if key[1] and any(each.read.entity == read.entity and each.key[1] for each in namesakes):
        return replace(read, entity=f"{read.entity}~{short_name(key[1])}")
    return read


def _is_known(store: WritableStore, iri: str) -> bool:
    query = (package_folder("store") / "sparql" / "is-known.rq").read_text(encoding="utf-8")
    return store.ask(query, {"entity": Iri(iri), "graph": Iri(store.namespaces.known_graph)})
