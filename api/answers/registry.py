"""What a worker can be asked for, by the name that the routes use."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from ..worker_store import WorkerStore
from .actors import answer_actor, answer_actors, answer_relationships
from .answer import Answer, Arguments
from .description import answer_description
from .documents import answer_document, answer_documents
from .draft import answer_draft
from .events import answer_event, answer_events
from .export import answer_export
from .facts import answer_fact, answer_facts
from .graph import answer_graph
from .neighbourhood import answer_neighbourhood
from .network import answer_balance, answer_changes, answer_communities, answer_measures, answer_picture
from .paths import answer_paths
from .reconcile import answer_extend, answer_reconcile, answer_suggest_entity
from .resource import answer_preview, answer_resource
from .review import answer_candidates, answer_decision, answer_decisions
from .sparql import answer_named_query, answer_sparql
from .stats import answer_stats
from .timeline import answer_timeline

TASKS: Mapping[str, Callable[[WorkerStore, Arguments], Answer]] = MappingProxyType(
    {
        "actor": answer_actor,
        "actors": answer_actors,
        "candidates": answer_candidates,
        "decision": answer_decision,
        "decisions": answer_decisions,
        "document": answer_document,
        "documents": answer_documents,
        "draft": answer_draft,
        "event": answer_event,
        "events": answer_events,
        "export": answer_export,
        "fact": answer_fact,
        "facts": answer_facts,
        "graph": answer_graph,
        "named-query": answer_named_query,
        "neighbourhood": answer_neighbourhood,
        "paths": answer_paths,
        "preview": answer_preview,
        "reconcile": answer_reconcile,
        "extend": answer_extend,
        "suggest-entity": answer_suggest_entity,
        "resource": answer_resource,
        "relationships": answer_relationships,
        "service-description": answer_description,
        "sparql": answer_sparql,
        "balance": answer_balance,
        "changes": answer_changes,
        "communities": answer_communities,
        "measures": answer_measures,
        "picture": answer_picture,
        "stats": answer_stats,
        "timeline": answer_timeline,
    }
)
