"""Speaks HTTP with a SPARQL endpoint: queries, updates and whole graphs; what fails for the moment is tried again.

Names, passwords and tokens go into headers alone: no message and no log has them.
"""

from __future__ import annotations

import io
import random
import tempfile
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING, NoReturn

from ..errors import EndpointError, EndpointTimeoutError, NotFoundError, QueryError
from .address import Address

if TYPE_CHECKING:  # it loads as long as all of Oxigraph and rdflib, and a store in a folder needs none of it
    import httpx

QUERY_ACCEPT = "application/sparql-results+json, application/n-triples;q=0.9, text/turtle;q=0.8"
GRAPH_ACCEPT = "application/n-triples, text/turtle;q=0.8"
FORM, UPDATE, TRIPLES = "application/x-www-form-urlencoded", "application/sparql-update", "application/n-triples"
# What a server that is busy, or behind a proxy that has lost it for a moment, answers.
_PASSING = frozenset({429, 502, 503})
_TIMED_OUT = frozenset({408, 504})
_CONNECT_SECONDS = 5.0
_FIRST_PAUSE, _LONGEST_PAUSE = 0.2, 10.0
_IN_MEMORY = 8 << 20
_LONGEST_MESSAGE = 300


@dataclass(frozen=True, slots=True)
class Answer:
    """What an endpoint answered: its media type and a file, at its beginning, that holds the body."""

    media_type: str
    body: IO[bytes]


@dataclass(frozen=True, slots=True)
class Login:
    """In whose name an endpoint is asked: a user with a password, the bearer of a token, or nobody."""

    user: str | None = None
    password: str | None = None
    token: str | None = None

    def __repr__(self) -> str:
        return "Login(…)"

    @property
    def auth(self) -> httpx.BasicAuth | None:
        """How a user is told to the endpoint."""
        import httpx

        return httpx.BasicAuth(self.user, self.password or "") if self.user else None

    @property
    def headers(self) -> dict[str, str]:
        """How a token is told to the endpoint."""
        return {"Authorization": f"Bearer {self.token}"} if self.token else {}


class Endpoint:
    """A SPARQL endpoint. Each request has `seconds`; what fails for the moment is tried again for `patience` seconds.

    Raise EndpointTimeoutError where there is no answer in time, EndpointError where there is none that can be used,
    and QueryError where the endpoint says that the request is wrong, which is not tried again.
    """

    def __init__(
        self,
        address: Address,
        login: Login | None = None,
        *,
        seconds: float = 300.0,
        patience: float = 60.0,
        pause: Callable[[float], object] = time.sleep,
    ) -> None:
        import httpx

        login = login or Login()
        self.address = address
        self._seconds, self._patience, self._pause = seconds, patience, pause
        self._client = httpx.Client(
            auth=login.auth,
            headers={"User-Agent": "rawabit", **login.headers},
            timeout=httpx.Timeout(seconds, connect=min(seconds, _CONNECT_SECONDS)),
        )

    def close(self) -> None:
        """Close all connections."""
        self._client.close()

    def query(self, text: str, graphs: Iterable[tuple[str, str]] = ()) -> Answer:
        """Send a query; `graphs` are default-graph-uri and named-graph-uri with their values."""
        import httpx

        fields: dict[str, str | list[str]] = {"query": text}
        for name, iri in graphs:
            fields.setdefault(name, [])
            fields[name] = [*fields[name], iri]
        form = httpx.Request("POST", self.address.query, data=fields).read()
        return self._send("POST", self.address.query, form, {"Content-Type": FORM, "Accept": QUERY_ACCEPT})

    def update(self, text: str, *, repeatable: bool = True) -> None:
        """Send an update; one that is not `repeatable` is tried again only where it did not reach the endpoint."""
        headers = {"Content-Type": UPDATE}
        self._send("POST", self.address.update, text.encode("utf-8"), headers, repeatable=repeatable).body.close()

    def get_graph(self, graph: str) -> Answer:
        """Fetch a graph, or the unnamed one, ""; raise NotFoundError where there is none of this name."""
        return self._send("GET", self.address.graph_store, None, {"Accept": GRAPH_ACCEPT}, _of_graph(graph))

    def put_graph(self, graph: str, triples: str, *, replace: bool) -> None:
        """Put N-Triples in the place of a graph, or add them to it."""
        body, headers, method = triples.encode("utf-8"), {"Content-Type": TRIPLES}, "PUT" if replace else "POST"
        self._send(method, self.address.graph_store, body, headers, _of_graph(graph)).body.close()

    def _send(
        self,
        method: str,
        url: str,
        body: bytes | None,
        headers: Mapping[str, str],
        parameters: Mapping[str, str] | None = None,
        *,
        repeatable: bool = True,
    ) -> Answer:
        import httpx

        request = self._client.build_request(method, url, content=body, headers=dict(headers), params=parameters)
        waited, pause = 0.0, _FIRST_PAUSE
        while True:
            try:
                return self._try(request)
            except (_PassingError, httpx.TransportError) as error:
                has_reached = not isinstance(error, httpx.ConnectError | httpx.ConnectTimeout | _PassingError)
                if isinstance(error, httpx.TimeoutException) and has_reached:
                    raise self._too_slow() from None
                if waited >= self._patience or (has_reached and not repeatable):
                    raise EndpointError(
                        f"{url} cannot be used ({_describe(error)}): see whether the endpoint runs, then try again."
                    ) from None
                wanted = error.after if isinstance(error, _PassingError) else 0.0
                length = min(max(pause * random.uniform(0.5, 1.0), wanted), _LONGEST_PAUSE, self._patience)
            self._pause(length)
            waited, pause = waited + length, pause * 2

    def _try(self, request: httpx.Request) -> Answer:
        deadline = time.monotonic() + self._seconds
        response = self._client.send(request, stream=True)
        spool: IO[bytes] = io.BytesIO()
        try:
            for chunk in response.iter_bytes():
                spool = _write(spool, chunk)
                if time.monotonic() > deadline:
                    raise self._too_slow()
            spool.seek(0)
            if response.is_success:
                return Answer(response.headers.get("Content-Type", "").partition(";")[0].strip().lower(), spool)
            self._complain(response, spool.read(_LONGEST_MESSAGE * 4).decode("utf-8", "replace"))
        except BaseException:
            spool.close()
            raise
        finally:
            response.close()

    def _complain(self, response: httpx.Response, message: str) -> NoReturn:
        status, url = response.status_code, response.request.url.copy_with(query=None)
        said = " ".join(message.split())[:_LONGEST_MESSAGE]
        if status in _PASSING:
            raise _PassingError(f"it answers {status}", _read_seconds(response.headers.get("Retry-After")))
        if status in _TIMED_OUT:
            raise self._too_slow()
        if status == 400:
            raise QueryError(f"{url} refuses the request: {said}")
        if status in (401, 403):
            raise EndpointError(
                f"{url} answers {status}: give RAWABIT_SPARQL_USER and RAWABIT_SPARQL_PASSWORD, or "
                "RAWABIT_SPARQL_TOKEN, of somebody who may do this."
            )
        if status == 404 and response.request.method == "GET":
            raise NotFoundError(f"{url}: there is no such graph.")
        raise EndpointError(f"{url} answers {status}, which cannot be used: {said or 'nothing is said of the reason'}.")

    def _too_slow(self) -> EndpointTimeoutError:
        return EndpointTimeoutError(
            f"{self.address.text} did not answer within {self._seconds:g} s: ask for less, or let it have more time."
        )


class _PassingError(Exception):
    """An answer that says that another may come later, at the earliest `after` some seconds."""

    def __init__(self, message: str, after: float) -> None:
        super().__init__(message)
        self.after = after


def _write(spool: IO[bytes], chunk: bytes) -> IO[bytes]:
    """Write to an answer that is kept in memory, or in a file without a name once it is large; return where it is."""
    if isinstance(spool, io.BytesIO) and spool.tell() + len(chunk) > _IN_MEMORY:
        file = tempfile.TemporaryFile()  # noqa: SIM115 - it goes with whoever reads it
        file.write(spool.getvalue())
        spool = file
    spool.write(chunk)
    return spool


def _of_graph(graph: str) -> dict[str, str]:
    return {"graph": graph} if graph else {"default": ""}


def _read_seconds(text: str | None) -> float:
    """Return the seconds of a Retry-After; one that is a date is passed over."""
    return float(text) if text and text.isdecimal() else 0.0


def _describe(error: Exception) -> str:
    return str(error) or type(error).__name__
