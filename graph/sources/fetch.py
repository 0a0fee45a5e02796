"""Fetches addresses of the web as a guest should: what robots.txt allows, one request a while, within limits of size
and time, never from a private address. Nothing is fetched but what a user named, and what that lists."""

from __future__ import annotations

import io
import ssl
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import IO, BinaryIO
from urllib.parse import urljoin, urlsplit

import httpcore
import httpx
from protego import Protego

from ..errors import SourceError
from .addresses import CheckedBackend, Deadline, Resolve, resolve_host
from .bounded import Guard, GunzipStream
from .identity import split_address
from .options import FetchPolicy
from .origin import Allowance

_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_BUSY = frozenset({429, 503})
_MOST_REDIRECTS = 5
_MOST_ROBOTS = 500_000
_LONGEST_WAIT = 60.0
_STEP_SECONDS = 15.0
_IN_MEMORY = 8_000_000
_CHUNK = 65_536


@dataclass(frozen=True, slots=True)
class Fetched:
    """What an address gave: where it was found in the end, what it is said to be, and its bytes."""

    url: str
    media_type: str
    charset: str | None
    body: IO[bytes]
    packed: bool
    most_bytes: int

    @contextmanager
    def open(self) -> Iterator[BinaryIO]:
        """Give the bytes from their beginning, unpacked."""
        self.body.seek(0)
        raw: io.RawIOBase = self.body  # type: ignore[assignment]
        if self.packed:
            raw = GunzipStream(self.body, Guard(Allowance(self.most_bytes, "RAWABIT_FETCH_MEGABYTES")))  # type: ignore[arg-type]
        reader = io.BufferedReader(raw, _CHUNK)
        try:
            yield reader
        finally:
            reader.detach()  # without this the end of the reader would be the end of the body


@dataclass(slots=True)
class Fetcher:
    """One run's requests: when each host was last asked, and what its robots.txt says."""

    policy: FetchPolicy
    resolve: Resolve = resolve_host
    sleep: Callable[[float], None] = time.sleep
    clock: Callable[[], float] = time.monotonic
    tls: ssl.SSLContext = field(default_factory=httpx.create_ssl_context)
    asked: dict[str, float] = field(default_factory=dict)
    robots: dict[str, Protego | None] = field(default_factory=dict)
    seen: set[str] = field(default_factory=set)

    @contextmanager
    def fetch(self, url: str) -> Iterator[Fetched]:
        """Give what an address holds; raise SourceError where it may not or cannot be had."""
        with tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY) as body:
            final, response = self._follow(url, body, self.policy.most_bytes, by_robots=True)
            if response.status != 200:
                raise SourceError(f"answered {response.status}: check the address in a browser.")
            packed = response.headers.get("content-encoding", "").lower() in ("gzip", "x-gzip")
            media_type, charset = _read_content_type(response.headers.get("content-type", ""))
            yield Fetched(final, media_type, charset, body, packed, self.policy.most_bytes)

    def _follow(self, url: str, body: IO[bytes], most: int, *, by_robots: bool) -> tuple[str, _Response]:
        """Ask an address and those that it leads to, each checked as the first was."""
        waited = False
        for _ in range(_MOST_REDIRECTS + 2):
            _check_url(url)
            if by_robots:
                self._check_robots(url)
            self._keep_pace(url)
            response = self._ask(url, body, most)
            if response.status in _REDIRECTS and "location" in response.headers:
                url = _join(url, response.headers["location"])
            elif response.status in _BUSY and not waited:
                waited = True
                self.sleep(_read_wait(response.headers.get("retry-after"), self.policy.delay * 5))
            else:
                return url, response
        raise SourceError(f"leads on to other addresses more than {_MOST_REDIRECTS} times: give the last of them.")

    def _ask(self, url: str, body: IO[bytes], most: int) -> _Response:
        deadline = Deadline(self.clock)
        deadline.start(self.policy.seconds)
        body.seek(0)
        body.truncate()
        try:
            with (
                httpx.Client(
                    transport=_Transport(CheckedBackend(self.resolve, deadline, private=self.policy.private), self.tls),
                    timeout=min(self.policy.seconds, _STEP_SECONDS),
                    trust_env=False,
                ) as client,
                client.stream("GET", url, headers=self._headers()) as response,
            ):
                for part in response.iter_raw():
                    if body.tell() + len(part) > most:
                        raise SourceError(f"holds more than {most:,} bytes: raise RAWABIT_FETCH_MEGABYTES.")
                    body.write(part)
                return _Response(response.status_code, response.headers)
        except httpx.TimeoutException:
            raise SourceError(
                f"did not answer in full within {self.policy.seconds:g} s: try later, or raise RAWABIT_FETCH_SECONDS."
            ) from None
        except (httpx.HTTPError, httpx.InvalidURL, OSError, ValueError) as error:
            raise SourceError(f"cannot be fetched ({error or type(error).__name__}): try later.") from None

    def _headers(self) -> dict[str, str]:
        return {
            "User-Agent": self.policy.agent,
            "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.5",
            "Accept-Language": "ar",
            "Accept-Encoding": "gzip",
        }

    def _check_robots(self, url: str) -> None:
        rules = self._find_rules(url)
        if rules is not None and not rules.can_fetch(url, self.policy.agent):
            raise SourceError("may not be fetched, says its robots.txt: ask its owner for the articles.")

    def _find_rules(self, url: str) -> Protego | None:
        host = _host_of(url)
        if host not in self.robots:
            with io.BytesIO() as body:
                _, response = self._follow(f"{host}/robots.txt", body, _MOST_ROBOTS, by_robots=False)
                if response.status >= 500 or response.status in _BUSY:
                    raise SourceError(f"has a robots.txt that cannot be had ({response.status}): try later.")
                packed = response.headers.get("content-encoding", "").lower() in ("gzip", "x-gzip")
                fetched = Fetched(host, "text/plain", None, body, packed, _MOST_ROBOTS)
                if response.status == 200:
                    with fetched.open() as stream:
                        self.robots[host] = Protego.parse(stream.read().decode("utf-8", "replace"))
                else:
                    self.robots[host] = None
        return self.robots[host]

    def _keep_pace(self, url: str) -> None:
        host = _host_of(url)
        rules = self.robots.get(host)
        wished = rules.crawl_delay(self.policy.agent) if rules is not None else None
        delay = max(self.policy.delay, min(wished or 0.0, _LONGEST_WAIT))
        last = self.asked.get(host)
        if last is not None and (wait := last + delay - self.clock()) > 0:
            self.sleep(wait)
        self.asked[host] = self.clock()


@dataclass(frozen=True, slots=True)
class _Response:
    status: int
    headers: Mapping[str, str]


class _Transport(httpx.BaseTransport):
    """httpx on connections of our own making: no proxy, no second look-up of a name, none kept open."""

    def __init__(self, backend: CheckedBackend, tls: ssl.SSLContext) -> None:
        self._pool = httpcore.ConnectionPool(ssl_context=tls, network_backend=backend, max_keepalive_connections=0)

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Send a request; what goes wrong comes as httpx's errors."""
        try:
            response = self._pool.handle_request(
                httpcore.Request(
                    method=request.method,
                    url=httpcore.URL(
                        scheme=request.url.raw_scheme,
                        host=request.url.raw_host,
                        port=request.url.port,
                        target=request.url.raw_path,
                    ),
                    headers=request.headers.raw,
                    content=request.stream,
                    extensions=request.extensions,
                )
            )
        except httpcore.TimeoutException as error:
            raise httpx.ReadTimeout(str(error), request=request) from None
        except (httpcore.NetworkError, httpcore.ProtocolError, httpcore.UnsupportedProtocol) as error:
            raise httpx.TransportError(str(error), request=request) from None
        return httpx.Response(
            response.status, headers=response.headers, stream=_Body(response), extensions=response.extensions
        )

    def close(self) -> None:
        """Close what is open."""
        self._pool.close()


class _Body(httpx.SyncByteStream):
    def __init__(self, response: httpcore.Response) -> None:
        self._response = response

    def __iter__(self) -> Iterator[bytes]:
        try:
            yield from self._response.iter_stream()
        except httpcore.TimeoutException as error:
            raise httpx.ReadTimeout(str(error)) from None
        except (httpcore.NetworkError, httpcore.ProtocolError) as error:
            raise httpx.TransportError(str(error)) from None

    def close(self) -> None:
        self._response.close()


def _check_url(url: str) -> None:
    parts = split_address(url)
    if parts is None:
        raise SourceError(f"leads to {url[:200]!r}, which is no address of the web: give one with http:// or https://.")
    if parts.username or parts.password:
        raise SourceError("holds a user's name or password, which would be stored with the article: leave it out.")


def _join(url: str, location: str) -> str:
    try:
        return urljoin(url, location)
    except ValueError:
        raise SourceError(f"leads to {location[:200]!r}, which is no address of the web.") from None


def _host_of(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc.lower()}"


def _read_content_type(value: str) -> tuple[str, str | None]:
    media_type, _, parameters = value.partition(";")
    charset = next((each.partition("=")[2] for each in parameters.split(";") if "charset" in each.lower()), "")
    return media_type.strip().lower(), charset.strip(" \"'") or None


def _read_wait(value: str | None, usual: float) -> float:
    return min(float(value) if value and value.isdigit() else usual, _LONGEST_WAIT)
