"""A real browser on a real server: one of each for a module, and a fresh page with empty storage for a test.

A page fails its test where the browser complained of anything: an error of a script, a breach of the content policy, a
request to anywhere else.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import pytest

from api.routes.pages import load_assets
from graph.build import build_store
from graph.config import Settings
from graph.pipeline import Reader

ROOT = Path(__file__).resolve().parents[2]
SCREENSHOTS = ROOT / "out" / "screenshots"
CHROMIUM = shutil.which("chromium")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--force-prefers-reduced-motion",
]
PATIENCE = 30_000
DESK = 1360


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:  # playwright's Browser
    """Chromium as the system has it."""
    if CHROMIUM is None:
        pytest.skip("chromium is not there")
    if "index.html" not in load_assets():
        pytest.skip("the page is not built: make setup")
    api = pytest.importorskip("playwright.sync_api")
    # A busy machine must fail no test: what is waited for comes, or it never does.
    api.expect.set_options(timeout=PATIENCE)
    with api.sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield opened
        opened.close()


@pytest.fixture(scope="session")
def news_store(tmp_path_factory: pytest.TempPathFactory, reader: Reader) -> Path:
    """The sample articles of seeds/documents, built as `rawabit build` builds them."""
    path = tmp_path_factory.mktemp("news") / "store"
    report = build_store([ROOT / "seeds" / "documents"], Settings(store=path), reader=reader)
    assert not report.refused
    return path


@pytest.fixture(scope="module")
def news_server(news_store: Path, start_server: Callable[..., AbstractContextManager[Any]]) -> Iterator[Any]:
    """A server on the sample articles."""
    with start_server(news_store) as running:
        yield running


@pytest.fixture
def visit(browser: Any, news_server: Any) -> Iterator[Callable[..., Any]]:
    """The means to open an address in a window of its own, by default as somebody with an Arabic browser at a desk."""
    contexts: list[Any] = []
    complaints: list[str] = []

    def visit(
        path: str = "/",
        *,
        server: Any = news_server,
        language: str = "ar",
        width: int = DESK,
        theme: str = "light",
        expected: str = "",
        before: Callable[[Any], None] = lambda page: None,
    ) -> Any:
        context = browser.new_context(
            viewport={"width": width, "height": 900},
            locale="ar-EG" if language == "ar" else "en-GB",
            color_scheme=theme,
            reduced_motion="reduce",
            accept_downloads=True,
        )
        contexts.append(context)
        context.add_init_script(f"localStorage.getItem('language') ?? localStorage.setItem('language', '{language}')")
        page = context.new_page()
        page.set_default_timeout(PATIENCE)
        page.on("pageerror", lambda error: complaints.append(f"{path}: {error}"))
        page.on(
            "console",
            lambda message: (
                complaints.append(f"{path}: {message.text}")
                if message.type in ("error", "warning") and not (expected and expected in message.text)
                else None
            ),
        )
        page.on(
            "request",
            lambda request: (
                complaints.append(f"{path} asks {request.url}")
                if not request.url.startswith((server.url, "blob:", "data:"))
                else None
            ),
        )
        before(page)
        page.goto(server.url + path)
        return page

    yield visit
    for context in contexts:
        context.close()
    assert complaints == []


@pytest.fixture(scope="session")
def picture() -> Callable[[Any, str], Path]:
    """The means to keep a picture of a page in out/screenshots, whole, once it is at rest."""

    def picture(page: Any, name: str, *, whole: bool = True) -> Path:
        page.wait_for_load_state("networkidle")
        page.evaluate("document.fonts.ready")
        path = SCREENSHOTS / f"{name}.png"
        page.screenshot(path=path, full_page=whole)
        return path

    return picture
