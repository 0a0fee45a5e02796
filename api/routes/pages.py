"""The page at / and what it is made of: read once, compressed once, served from memory."""

from __future__ import annotations

import gzip
import hashlib
from dataclasses import dataclass
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
}


@dataclass(frozen=True, slots=True)
class Asset:
    """A file of the page."""

    media_type: str
    body: bytes
    gzipped: bytes
    etag: str


def load_assets() -> dict[str, Asset]:
    """Read the files of api/web by name."""
    return {path.name: _load(path) for path in sorted(_FOLDER.iterdir()) if path.suffix in _MEDIA_TYPES}


def _load(path: Path) -> Asset:
    body = path.read_bytes()
    etag = f'W/"{hashlib.blake2b(body, digest_size=8).hexdigest()}"'
    return Asset(_MEDIA_TYPES[path.suffix], body, gzip.compress(body, mtime=0), etag)


@router.get("/")
async def show_page(request: Request) -> Response:
    """The page."""
    return _serve(request, "index.html")


@router.get("/favicon.ico")
async def show_icon(request: Request) -> Response:
    """The icon, where browsers look for it unasked."""
    return _serve(request, "icon.svg")


def _serve(request: Request, name: str) -> Response:
    asset: Asset = request.app.state.assets[name]
    headers = {
        "ETag": asset.etag,
        "Cache-Control": "no-cache",
        "Vary": "Accept-Encoding",
        "Content-Security-Policy": PAGE_POLICY,
    }
    if request.headers.get("if-none-match") == asset.etag:
        return Response(status_code=304, headers=headers)
    if accepts_gzip(request.headers.get("accept-encoding")):
        return Response(asset.gzipped, media_type=asset.media_type, headers={**headers, "Content-Encoding": "gzip"})
    return Response(asset.body, media_type=asset.media_type, headers=headers)


@router.get("/web/{name}")
async def show_asset(request: Request, name: str) -> Response:
    """A style sheet, script or picture of the page."""
    if name not in request.app.state.assets:
        raise HTTPException(404)
    return _serve(request, name)
