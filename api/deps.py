"""What routes share: the running service, and the way from a worker's reply to an HTTP answer.

Answers carry an ETag made of the checkpoint and the request, so a client that comes again before new data do is told
so without a worker being asked.
"""

from __future__ import annotations

import asyncio
import hashlib
import os
from collections.abc import Coroutine, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Annotated, Any, BinaryIO, TypeVar

from fastapi import Depends, Request, Response
from starlette.requests import ClientDisconnect
from starlette.types import Receive, Scope, Send

from graph.config import Settings
from graph.rdf.vocabulary import Vocabulary
from graph.store.catalogue import Catalogue

from .limits import ServiceLimits
from .metrics import RequestCounts
from .negotiation import accepts_gzip
from .reading import ArticleReader
from .request_log import RequestLog
from .worker import Reply
from .workers import WorkerPool
from .writer import Writer

T = TypeVar("T")
# Most answers are there sooner; only then is it worth listening for a client that hangs up.
_PATIENT_SECONDS = 0.05
CHUNK = 256 * 1024
_VARY = "Accept, Accept-Encoding"


@dataclass(slots=True)
class Service:
    """All that a server has in hand; the pool is there while the server runs."""

    settings: Settings
    limits: ServiceLimits
    vocabulary: Vocabulary
    catalogue: Catalogue
    version: str
    base_iri: str
    log: RequestLog = field(default_factory=lambda: RequestLog("warning"))
    counts: RequestCounts = field(default_factory=RequestCounts)
    _pool: WorkerPool | None = None
    _writer: Writer | None = None
    _reader: ArticleReader | None = None
    _kept: dict[tuple[str, bool], Reply] = field(default_factory=dict)

    @property
    def pool(self) -> WorkerPool:
        """The workers."""
        assert self._pool is not None
        return self._pool

    async def ask_once(self, task: str, *, gzip: bool) -> Reply:
        """Have a worker answer what takes no arguments and is asked often, once for each checkpoint."""
        kept = self._kept.get((task, gzip))
        if kept is None or kept.tag != self.pool.tag:
            kept = self._kept[task, gzip] = await self.pool.ask(task, {}, gzip=gzip)
        return kept

    @property
    def is_open(self) -> bool:
        """Whether there are workers to ask."""
        return self._pool is not None

    def tell(
        self, request_id: str, method: str, path: str, route: str, status: int, seconds: float, query: bytes
    ) -> None:
        """Log and count a request that has been answered."""
        self.log.write(request_id, method, path, status, seconds, query)
        self.counts.count(route, method, status, seconds)

    @property
    def writer(self) -> Writer:
        """Who makes changes."""
        assert self._writer is not None
        return self._writer

    @property
    def reader(self) -> ArticleReader:
        """Who reads articles."""
        assert self._reader is not None
        return self._reader

    def open(self, pool: WorkerPool, writer: Writer, reader: ArticleReader) -> None:
        """Begin to answer from a pool that was started."""
        self._pool, self._writer, self._reader = pool, writer, reader


def get_service(request: Request) -> Service:
    """Return the running service."""
    service = request.app.state.service
    assert isinstance(service, Service)
    return service


ServiceNeeded = Annotated[Service, Depends(get_service)]


def seed_settings(service: Service) -> dict[str, Any]:  # Any: what json takes
    """Return what the writer needs to know of the settings: the user's own seeds, and the language."""
    seeds = service.settings.seeds
    return {"seeds": str(seeds) if seeds else None, "language_of": service.settings.language}


async def respond(
    request: Request,
    service: Service,
    task: str,
    arguments: Mapping[str, Any],  # Any: what json takes
    *,
    seconds: float | None = None,
    cacheable: bool = True,
) -> Response:
    """Have a worker answer a request; raise ProblemError where it cannot."""
    gzip = accepts_gzip(request.headers.get("accept-encoding"))
    cacheable = cacheable and request.method == "GET"
    if cacheable and _is_known(request, make_etag(request, service, service.pool.tag)):
        return Response(status_code=304, headers=_cache_headers(make_etag(request, service, service.pool.tag)))
    if arguments:
        reply = await until_hung_up(request, service.pool.ask(task, arguments, seconds=seconds, gzip=gzip))
    else:
        reply = await service.ask_once(task, gzip=gzip)
    etag = make_etag(request, service, reply.tag) if cacheable else None
    return _write(reply, answer_headers(reply.content_type, reply.headers, gzip=reply.gzip, etag=etag))


def answer_headers(content_type: str, own: Mapping[str, str], *, gzip: bool, etag: str | None) -> dict[str, str]:
    """Return the headers of a worker's answer, which may have some of its own; without an ETag it is not to be kept."""
    headers = {"Vary": _VARY, **own, "Content-Type": content_type}
    headers.update({"Cache-Control": "no-store"} if etag is None else _cache_headers(etag))
    if gzip:
        headers["Content-Encoding"] = "gzip"
    return headers


def make_etag(request: Request, service: Service, tag: str) -> str:
    """Return the ETag of what a request would be answered from a checkpoint."""
    return digest_request(
        request.scope["path"],
        request.scope["query_string"],
        service.version,
        request.headers.get("accept", ""),
        is_gzip=accepts_gzip(request.headers.get("accept-encoding")),
        tag=tag,
    )


def digest_request(path: str, query_string: bytes, version: str, accept: str, *, is_gzip: bool, tag: str) -> str:
    """Return the ETag of what is answered from a checkpoint to a request with all that its answer depends on."""
    digest = _begin_digest(path, version, accept, is_gzip).copy()
    digest.update(query_string)
    return f'W/"{tag}-{digest.hexdigest()}"'


@lru_cache(64)
def _begin_digest(path: str, version: str, accept: str, is_gzip: bool) -> hashlib.blake2b:
    text = f"{path}\n{version}\n{accept}\n{is_gzip}\n"
    return hashlib.blake2b(text.encode("utf-8", "replace"), digest_size=8)


def _is_known(request: Request, etag: str) -> bool:
    asked = request.headers.get("if-none-match")
    if asked is None:
        return False
    return asked.strip() == "*" or etag.removeprefix("W/") in [
        each.strip().removeprefix("W/") for each in asked.split(",")
    ]


def _cache_headers(etag: str) -> dict[str, str]:
    return {"ETag": etag, "Cache-Control": "no-cache", "Vary": _VARY}


async def until_hung_up(request: Request, work: Coroutine[Any, Any, T]) -> T:  # Any: coroutines' own parameters
    """Wait for work, but cancel it when the client hangs up; raise ClientDisconnect then."""
    task = asyncio.create_task(work)
    try:
        done, _ = await asyncio.wait({task}, timeout=_PATIENT_SECONDS)
        if not done:
            listening = asyncio.create_task(_hung_up(request))
            try:
                await asyncio.wait((task, listening), return_when=asyncio.FIRST_COMPLETED)
            finally:
                listening.cancel()
        if task.done():
            return task.result()
        raise ClientDisconnect
    finally:
        if not task.done():
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)


async def _hung_up(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass


def _write(reply: Reply, headers: dict[str, str]) -> Response:
    if reply.file is not None:
        return FileResponse(reply.file, headers)
    return Response(reply.body, headers=headers)


class FileResponse(Response):
    """A large answer, sent in chunks from a file that is closed afterwards, sent or not."""

    def __init__(self, file: BinaryIO, headers: Mapping[str, str]) -> None:
        super().__init__(headers={**headers, "Content-Length": str(os.fstat(file.fileno()).st_size)})
        self._file = file

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send the file."""
        with self._file:
            await send({"type": "http.response.start", "status": self.status_code, "headers": self.raw_headers})
            while chunk := await asyncio.to_thread(self._file.read, CHUNK):
                await send({"type": "http.response.body", "body": chunk, "more_body": True})
            await send({"type": "http.response.body", "body": b"", "more_body": False})
