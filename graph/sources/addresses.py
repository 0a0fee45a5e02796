"""Which addresses of the network may be asked: public ones, unless a setting says more; names are looked up once."""

from __future__ import annotations

import ipaddress
import socket
import ssl
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass

import httpcore

from ..errors import SourceError

Resolve = Callable[[str, int], list[str]]
_NAT64 = ipaddress.ip_network("64:ff9b::/96")


def resolve_host(host: str, port: int) -> list[str]:
    """Return the addresses of a host; raise SourceError where it has none."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise SourceError(f"names the host {host!r}, which is not found ({error}): mend the address.") from None
    return list(dict.fromkeys(str(address[0]) for *_, address in found))


def is_public(address: str) -> bool:
    """Tell whether an address is one of the public internet, and not of this machine, its network or its provider."""
    ip = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)
        if ip in _NAT64:
            inner = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(str(inner))
    return ip.is_global and not ip.is_multicast and not ip.is_reserved


def check_addresses(host: str, addresses: Iterable[str], *, private: tuple[str, ...] = ()) -> None:
    """Raise SourceError where any address of a host is neither public nor of a `private` network that is allowed.

    A host that has a private address beside a public one is up to no good.
    """
    networks = [ipaddress.ip_network(each) for each in private]
    wrong = [each for each in addresses if not is_public(each) and not _lies_in(each, networks)]
    if wrong:
        raise SourceError(
            f"is at {host}, which is {wrong[0]}, no public address: nothing was asked of it. "
            "RAWABIT_FETCH_PRIVATE takes networks that may be asked all the same."
        )


def _lies_in(address: str, networks: list[ipaddress.IPv4Network | ipaddress.IPv6Network]) -> bool:
    ip = ipaddress.ip_address(address.partition("%")[0])
    return any(ip in network for network in networks)


@dataclass(slots=True)
class Deadline:
    """When the fetch under way must have ended, by the clock."""

    clock: Callable[[], float] = time.monotonic
    at: float = 0.0

    def start(self, seconds: float) -> None:
        """Begin to count."""
        self.at = self.clock() + seconds

    def limit(self, timeout: float | None) -> float:
        """Return the time that one step may take; raise httpcore.ReadTimeout where there is none left."""
        left = self.at - self.clock()
        if left <= 0:
            raise httpcore.ReadTimeout("the time for one address is over")
        return left if timeout is None else min(timeout, left)


class CheckedBackend(httpcore.NetworkBackend):
    """Connects to the very addresses that were checked, so that a name cannot point elsewhere a moment later."""

    def __init__(self, resolve: Resolve, deadline: Deadline, *, private: tuple[str, ...]) -> None:
        self._inner = httpcore.SyncBackend()
        self._resolve = resolve
        self._deadline = deadline
        self._private = private

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        """Look the host up, check what it is, and connect to the first address that answers."""
        addresses = self._resolve(host, port)
        check_addresses(host, addresses, private=self._private)
        failure: httpcore.ConnectError | httpcore.ConnectTimeout | None = None
        for address in addresses:
            try:
                stream = self._inner.connect_tcp(
                    address, port, self._deadline.limit(timeout), local_address, socket_options
                )
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failure = error
            else:
                return _TimedStream(stream, self._deadline)
        raise failure or httpcore.ConnectError(f"{host} has no address")


class _TimedStream(httpcore.NetworkStream):
    """A connection on which a server that sends a byte now and then does not gain time."""

    def __init__(self, inner: httpcore.NetworkStream, deadline: Deadline) -> None:
        self._inner = inner
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """Read, as long as there is time."""
        return self._inner.read(max_bytes, self._deadline.limit(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Write, as long as there is time."""
        self._inner.write(buffer, self._deadline.limit(timeout))

    def close(self) -> None:
        """Close the connection."""
        self._inner.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        """Go over to TLS with the same limits; the certificate is that of the name, whatever the address."""
        return _TimedStream(
            self._inner.start_tls(ssl_context, server_hostname, self._deadline.limit(timeout)), self._deadline
        )

    def get_extra_info(self, info: str) -> object:
        """Return what the connection tells of itself."""
        return self._inner.get_extra_info(info)
