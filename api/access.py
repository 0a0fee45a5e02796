"""Who may write: a bearer token from the environment, compared in constant time and never printed or logged.

Reading is open to all. Writing is off where there is no token, and SPARQL Update asks for a switch of its own besides.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Annotated

from fastapi import Depends, Request
from fastapi.security import HTTPBearer

from graph.errors import SettingsError

from .problems import ProblemError

TOKEN, UPDATE = "RAWABIT_TOKEN", "RAWABIT_UPDATE"
_SENDABLE = re.compile(r"[\x21-\x7e]+\Z")
_BEARER = re.compile(r"bearer +(\S+) *\Z", re.IGNORECASE)
_CHALLENGE = 'Bearer realm="rawabit"'


@dataclass(frozen=True, slots=True)
class Access:
    """What may be written, and with which token; without a token nothing may be."""

    token: str | None = field(default=None, repr=False)
    update: bool = False

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] | None = None) -> Access:
        """Read RAWABIT_TOKEN and RAWABIT_UPDATE; raise SettingsError for what cannot be used, without repeating it."""
        values = os.environ if environment is None else environment
        token, update = values.get(TOKEN) or None, values.get(UPDATE) or "0"
        if token is not None and not _SENDABLE.match(token):
            raise SettingsError(f"{TOKEN}: give visible ASCII characters without blanks, which a header can carry.")
        if update not in ("0", "1"):
            raise SettingsError(f"{UPDATE}={update!r}: give 1 to allow updates, or 0.")
        return cls(token, update == "1")

    @property
    def may_write(self) -> bool:
        """Whether anything may be written."""
        return self.token is not None

    @property
    def may_update(self) -> bool:
        """Whether SPARQL Update is on."""
        return self.token is not None and self.update

    def check(self, headers: Sequence[str]) -> None:
        """Let a request with these Authorization headers write; raise ProblemError (401, or 403 where all is off)."""
        if self.token is None:
            raise ProblemError(403, "writing-off", f"Nothing can be written here: {TOKEN} is not set.")
        found = _BEARER.match(headers[0]) if len(headers) == 1 else None
        if found is None:
            detail = "Send the token of this server, once: `Authorization: Bearer …`."
            raise ProblemError(401, "no-token", detail, headers={"WWW-Authenticate": _CHALLENGE})
        if not _are_equal(found[1], self.token):
            headers_of_refusal = {"WWW-Authenticate": f'{_CHALLENGE}, error="invalid_token"'}
            raise ProblemError(401, "wrong-token", "This is not the token of this server.", headers=headers_of_refusal)

    def check_update(self, headers: Sequence[str]) -> None:
        """Let a request update; raise ProblemError (401, or 403 where updates are off)."""
        if not self.may_update:
            detail = f"Updates are off here: {UPDATE}=1 and {TOKEN} turn them on."
            raise ProblemError(403, "updates-off", detail)
        self.check(headers)


def get_access(request: Request) -> Access:
    """Return what may be written on the running service."""
    access = request.app.state.access
    assert isinstance(access, Access)
    return access


async def require_token(request: Request) -> None:
    """Refuse a request without the token, before anything else of it is read."""
    get_access(request).check(request.headers.getlist("authorization"))


async def require_update(request: Request) -> None:
    """Refuse an update that is not allowed, before anything else of it is read."""
    get_access(request).check_update(request.headers.getlist("authorization"))


# The first only names the scheme in the OpenAPI document; the second decides.
_NAMED = Depends(HTTPBearer(auto_error=False, scheme_name="token", description="The server's RAWABIT_TOKEN."))
TOKEN_NEEDED = [_NAMED, Depends(require_token)]
UPDATE_NEEDED = [_NAMED, Depends(require_update)]
AccessNeeded = Annotated[Access, Depends(get_access)]


def _are_equal(one: str, other: str) -> bool:
    """Compare in a time that tells neither where two tokens differ nor how long they are."""
    digests = [hashlib.sha256(token.encode("utf-8", "surrogateescape")).digest() for token in (one, other)]
    return hmac.compare_digest(*digests)
