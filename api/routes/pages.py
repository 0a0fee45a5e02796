"""The page at / and what it is made of, as `make setup` built it into api/web: read once, served from memory."""

from __future__ import annotations

import gzip
import hashlib
import re
from dataclasses import dataclass, field
from pathlib import Path

from fastapi import APIRouter, HTTPException, Request, Response

from ..middleware import PAGE_POLICY
from ..negotiation import accepts_gzip

router = APIRouter(include_in_schema=False)
_FOLDER = Path(__file__).parent.parent / "web"
_MEDIA_TYPES = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
    ".woff2": "font/woff2",
}
_PACKED = {".woff2"}
# The build puts a hash of its contents into a file's name, so that what was fetched once never changes.
_HASHED = re.compile(r"-[A-Za-z0-9_-]{8}\.(?:js|css|woff2)\Z")
_UNBUILT = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Rawabit</title></head><body>
<h1>The page is not built</h1>
<p>The service runs, and answers at <a href="/openapi.json">its HTTP interface</a>, but its page was not built.
In a checkout, <code>make setup</code> builds it (or <code>.ci/page .venv</code> alone); then start the server anew.</p>
</body></html>
"""


@dataclass(frozen=True, slots=True)
class Asset:
    """A file of the page; what it is compressed to is kept once somebody has asked for it."""

    media_type: str
    body: bytes
    etag: str
    caching: str
    packed: bool
    gzipped: list[bytes] = field(default_factory=list)

    def compress(self) -> bytes:
        """Return the body as gzip has it."""
        if not self.gzipped:
            self.gzipped.append(gzip.compress(self.body, mtime=0))
        return self.gzipped[0]


def load_assets(folder: Path = _FOLDER) -> dict[str, Asset]:
    """Read the files of the built page by name; none where it was not built."""
    if not folder.is_dir():
        return {}
    return {path.name: _load(path) for path in sorted(folder.iterdir()) if path.suffix in _MEDIA_TYPES}


def _load(path: Path) -> Asset:
    body = path.read_bytes()
    etag = f'W/"{hashlib.blake2b(body, digest_size=8).hexdigest()}"'
    caching = "public, max-age=31536000, immutable" if _HASHED.search(path.name) else "no-cache"
    return Asset(_MEDIA_TYPES[path.suffix], body, etag, caching, path.suffix in _PACKED)


@router.get("/")
async def show_page(request: Request) -> Response:
    """The page, or how to build it."""
    if "index.html" in request.app.state.assets:
        return _serve(request, "index.html")
    headers = {"Content-Security-Policy": PAGE_POLICY, "Cache-Control": "no-store"}
    return Response(_UNBUILT, status_code=503, media_type=_MEDIA_TYPES[".html"], headers=headers)


@router.get("/favicon.ico")
async def show_icon(request: Request) -> Response:
    """The icon, where browsers look for it unasked."""
    return await show_asset(request, "icon.svg")


@router.get("/web/{name}")
async def show_asset(request: Request, name: str) -> Response:
    """A style sheet, script, typeface or picture of the page."""
    if name not in request.app.state.assets:
        raise HTTPException(404)
    return _serve(request, name)


def _serve(request: Request, name: str) -> Response:
    asset: Asset = request.app.state.assets[name]
    headers = {
        "ETag": asset.etag,
        "Cache-Control": asset.caching,
        "Vary": "Accept-Encoding",
        "Content-Security-Policy": PAGE_POLICY,
    }
    if request.headers.get("if-none-match") == asset.etag:
        return Response(status_code=304, headers=headers)
    if not asset.packed and accepts_gzip(request.headers.get("accept-encoding")):
        return Response(asset.compress(), media_type=asset.media_type, headers={**headers, "Content-Encoding": "gzip"})
    return Response(asset.body, media_type=asset.media_type, headers=headers)
