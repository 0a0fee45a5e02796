"""Makes the HTTP service: settings in, an ASGI application out, whose workers start and stop with it."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from graph.config import Settings
from graph.errors import StoreError
from graph.rdf.vocabulary import Vocabulary
from graph.store.catalogue import Catalogue
from graph.store.places import read_base_iri

from .access import Access
from .deps import Service
from .limits import ServiceLimits
from .middleware import Manners
from .problem_handlers import install_handlers
from .publishing import Publisher
from .reading import ArticleReader
from .request_log import RequestLog
from .routes import (
    actors,
    admin,
    decisions,
    documents,
    events,
    export,
    facts,
    graph_store,
    network,
    pages,
    paths,
    queries,
    reconcile,
    resources,
    sparql,
    update,
)
from .workers import WorkerPool
from .writer import Writer

_ROUTERS = (
    actors,
    facts,
    events,
    paths,
    documents,
    decisions,
    queries,
    sparql,
    update,
    graph_store,
    reconcile,
    export,
    network,
    admin,
    pages,
)
_DESCRIPTION = """Actors, facts and documents read from Arabic news, as a knowledge graph with provenance.

Every error is a problem document (RFC 9457). Lists are paged by `cursor`; answers carry an ETag. See docs/http.md.
"""


def create_app(
    settings: Settings,
    limits: ServiceLimits | None = None,
    access: Access | None = None,
    log: RequestLog | None = None,
) -> FastAPI:
    """Return the application for a store; limits and access are read from the environment where they are not given.

    Starting it raises StoreError where the store has no checkpoint that can be opened.
    """
    service = Service(
        settings=settings,
        limits=limits or ServiceLimits.from_environment(),
        vocabulary=Vocabulary.load(),
        catalogue=Catalogue.load(),
        version=_read_version(),
        base_iri=_read_base_iri(settings),
        log=log or RequestLog("warning"),
    )
    app = FastAPI(
        title="Rawabit",
        summary="A knowledge graph of Arabic news, with provenance.",
        description=_DESCRIPTION,
        version=service.version,
        lifespan=_run,
        docs_url=None,
        redoc_url=None,
        license_info={"name": "Apache-2.0", "identifier": "Apache-2.0"},
    )
    app.state.service = service
    app.state.access = access or Access.from_environment()
    app.state.assets = pages.load_assets()
    install_handlers(app)
    app.add_middleware(Manners, service=service)
    routers = [*(room.router for room in _ROUTERS), resources.make_router(service.base_iri)]
    for router in routers:
        app.include_router(router)
    app.state.known_routes = [route for router in routers for route in router.routes]
    app.openapi = lambda: _describe(app)  # type: ignore[method-assign]  # FastAPI's documented way to change it
    return app


@asynccontextmanager
async def _run(app: FastAPI) -> AsyncIterator[None]:
    """Start the workers, keep them on the newest checkpoint, and end them with the application."""
    service: Service = app.state.service
    settings, limits = service.settings, service.limits
    pool = WorkerPool(
        settings.store,
        limits,
        size=settings.workers,
        seconds=settings.query_seconds,
        environment=settings.to_environment(),
    )
    publisher = Publisher(settings, pool)
    publisher.begin()
    reader = ArticleReader(settings, service.base_iri, seconds=limits.read_seconds, memory=limits.worker_memory)
    try:
        await pool.start()
        service.open(pool, Writer(pool, publisher, seconds=limits.update_seconds), reader)
        watching = asyncio.create_task(publisher.watch())
        try:
            yield
        finally:
            watching.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await watching
    finally:
        await reader.stop()
        await pool.stop()
        service.log.flush()


def _read_base_iri(settings: Settings) -> str:
    """Return the base IRI of the store, or what one that is still to be made would have."""
    try:
        return read_base_iri(settings)
    except StoreError:
        return settings.base_iri


def _read_version() -> str:
    try:
        return version("rawabit")
    except PackageNotFoundError:
        return "0+unknown"


def _describe(app: FastAPI) -> dict[str, Any]:  # Any: OpenAPI documents
    """Return the OpenAPI document; bad parameters are 400 here, where the framework would say 422."""
    if app.openapi_schema is None:
        document = get_openapi(
            title=app.title,
            version=app.version,
            summary=app.summary,
            description=app.description,
            license_info=app.license_info,
            routes=app.routes,
        )
        for path in document["paths"].values():
            for operation in path.values():
                operation["responses"].pop("422", None)
        for name in ("HTTPValidationError", "ValidationError"):
            document.get("components", {}).get("schemas", {}).pop(name, None)
        app.openapi_schema = document
    return app.openapi_schema
