"""Says where a store is: a folder, or the three addresses of a SPARQL endpoint that is given in a folder's place.

`sparql+http://host:port/path?server=fuseki` has the layout of a server that is known here, `query`, `update` and
`graph-store` name addresses by themselves. The trap: commands and settings have places as paths, and a path has lost
one of two slashes in a row, so it is put back here.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from urllib.parse import parse_qsl, urljoin, urlsplit

from ..errors import SettingsError

_SCHEMES = ("sparql+http", "sparql+https")
_PARTS = ("query", "update", "graph-store")
# Where servers answer queries, updates and the Graph Store protocol, below the address that is given.
LAYOUTS: Mapping[str, tuple[str, str, str]] = MappingProxyType(
    {
        "oxigraph": ("query", "update", "store"),
        "fuseki": ("query", "update", "data"),
        "graphdb": ("", "statements", "rdf-graphs/service"),
        "neptune": ("sparql", "sparql", "sparql/gsp/"),
        "qlever": ("", "", ""),
    }
)


@dataclass(frozen=True, slots=True)
class Address:
    """An endpoint: as it was given, and where it takes queries, updates and whole graphs."""

    text: str
    query: str
    update: str
    graph_store: str

    @property
    def key(self) -> str:
        """A name for the endpoint's files in the cache."""
        return hashlib.sha256("\n".join((self.query, self.update, self.graph_store)).encode()).hexdigest()[:16]


def is_address(place: Path) -> bool:
    """Say whether a store's place is an endpoint and not a folder."""
    return str(place).startswith(tuple(f"{scheme}:" for scheme in _SCHEMES))


def read_address(place: Path) -> Address:
    """Return the addresses of an endpoint; raise SettingsError where the place cannot be understood."""
    scheme, _, rest = str(place).partition(":/")
    text = f"{scheme}://{rest.lstrip('/')}"
    parts = urlsplit(text.removeprefix("sparql+"))
    if parts.username is not None or parts.password is not None:
        raise SettingsError(
            f"{scheme}://…@{parts.hostname}: an address is logged and listed: give the name and the password as "
            "RAWABIT_SPARQL_USER and RAWABIT_SPARQL_PASSWORD."
        )
    if scheme not in _SCHEMES or not parts.hostname:
        raise SettingsError(f"{text}: is no endpoint: write it as sparql+http://host:port/path.")
    given = dict(parse_qsl(parts.query, keep_blank_values=True))
    server = given.pop("server", "oxigraph")
    if server not in LAYOUTS:
        raise SettingsError(f"{text}: server={server!r} is not known; there are {', '.join(LAYOUTS)}.")
    if unknown := sorted(given.keys() - set(_PARTS)):
        raise SettingsError(f"{text}: {unknown[0]!r} is not known; there are server, {', '.join(_PARTS)}.")
    base = f"{parts.scheme}://{parts.netloc}{parts.path}"
    found = [_join(base, given.get(name), usual) for name, usual in zip(_PARTS, LAYOUTS[server], strict=True)]
    return Address(text, *found)


def refuse_address(place: Path, instead: str = "give that, or build one") -> None:
    """Raise SettingsError where a command that needs a folder is given an endpoint; `instead` says what to do."""
    if is_address(place):
        raise SettingsError(f"{read_address(place).text}: this needs the folder of a store: {instead}.")


def _join(base: str, given: str | None, usual: str) -> str:
    if given is None:
        return f"{base.rstrip('/')}/{usual}" if usual else base
    for scheme in ("http:/", "https:/"):
        if given.startswith(scheme):
            return f"{scheme}/{given.removeprefix(scheme).lstrip('/')}"
    return urljoin(base, given)
