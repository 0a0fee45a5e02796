"""Times the page in Chromium on a store: until each view stands whole, and how a network of 500 actors moves.

    rawabit build seeds/documents --store /tmp/store && python benchmarks/page.py /tmp/store
    python benchmarks/serving/event_news.py /tmp/large && python benchmarks/page.py /tmp/large   # 50,000 actors

A view stands when its heading is there, nothing is waited for any more and its network, if it has one, is drawn. The
milliseconds are those of the browser, from the address to that; of several runs the median is printed.
"""

from __future__ import annotations

import argparse
import re
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
from playwright.sync_api import sync_playwright

STANDS = """() => document.querySelector('main h1') && !document.querySelector('.waiting, .busy')
    && [...document.querySelectorAll('.canvas')]
        .every(({ dataset }) => dataset.ready === 'true' && +dataset.nodes > 0)"""
FRAMES = """(milliseconds) => new Promise((resolve) => {
    const start = performance.now();
    let frames = 0;
    const count = () => {
        frames += 1;
        if (performance.now() - start < milliseconds) requestAnimationFrame(count);
        else resolve(frames);
    };
    requestAnimationFrame(count);
})"""


@contextmanager
def served(store: Path) -> Iterator[str]:
    """Run `rawabit serve` on a store, and give its address."""
    command = [sys.executable, "-c", "from api.cli import main; main()", "serve", "--store", str(store), "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as process:
        assert process.stdout is not None
        try:
            found = re.search(rb"http://127\.0\.0\.1:\d+", process.stdout.readline())
            assert found, "the server did not start"
            yield found[0].decode()
        finally:
            process.terminate()


def time_view(browser: Any, address: str) -> float:
    """Return the milliseconds until a view stands, in a browser that has nothing of the page yet."""
    context = browser.new_context(viewport={"width": 1360, "height": 900}, locale="ar-EG")
    page = context.new_page()
    start = time.perf_counter()
    page.goto(address, wait_until="commit")
    page.wait_for_function(STANDS, polling=20, timeout=60_000)
    taken = (time.perf_counter() - start) * 1000
    context.close()
    return taken


def move_network(browser: Any, address: str) -> tuple[int, int, float, float]:
    """Draw 500 actors; return nodes, ties, seconds until they stand, and frames a second while the drawing is moved."""
    page = browser.new_page(viewport={"width": 1360, "height": 900})
    page.goto(address)
    page.wait_for_function(STANDS, polling=20, timeout=60_000)
    start = time.perf_counter()
    page.locator(".ego select").select_option("500")
    page.locator(".ego .waiting, .answer.busy").first.wait_for(state="detached")
    page.wait_for_function(STANDS, polling=20, timeout=60_000)
    taken = time.perf_counter() - start
    canvas = page.locator(".canvas")
    canvas.scroll_into_view_if_needed()
    box = canvas.bounding_box()
    page.mouse.move(box["x"] + 30, box["y"] + 30)
    page.mouse.down()
    page.evaluate(f"window.counted = ({FRAMES})(2000)")
    began = time.perf_counter()
    step = 0
    while time.perf_counter() - began < 2:
        step += 1
        page.mouse.move(box["x"] + 30 + step % 100 * 3, box["y"] + 30 + step % 60 * 3)
    frames = page.evaluate("window.counted")
    page.mouse.up()
    nodes, ties = (int(canvas.get_attribute(f"data-{each}")) for each in ("nodes", "ties"))
    return nodes, ties, taken, frames / 2


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("store", type=Path)
    parser.add_argument("--runs", type=int, default=3)
    arguments = parser.parse_args()
    flags = ["--no-sandbox", "--disable-gpu"]
    with served(arguments.store) as url, sync_playwright() as playwright:
        actor = httpx.get(f"{url}/actors?limit=1").json()["items"][0]
        fact = httpx.get(f"{url}/facts?limit=1").json()["items"][0]
        name = actor["label"]["ar"] or actor["label"]["en"]
        stats = httpx.get(f"{url}/stats", timeout=60).json()
        actors, documents = sum(stats["kinds"].values()), stats["documents"]["number"]
        print(f"{actors:,} actors, {stats['facts']:,} facts, {documents:,} documents")
        print(f"the actor is named by {actor['facts']:,} facts")
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=flags)
        views = {
            "overview": "/",
            "search": f"/?q={name}&all=1",
            "actor": f"/?actor={actor['id']}",
            "fact": f"/?actor={actor['id']}&fact={fact['id']}",
            "document": f"/?document={fact['document']['id']}",
        }
        for view, path in views.items():
            times = [time_view(browser, url + path) for _ in range(arguments.runs)]
            print(f"{view:10} {statistics.median(times):7.0f} ms   ({min(times):.0f} to {max(times):.0f})")
        nodes, ties, seconds, rate = move_network(browser, f"{url}/?actor={actor['id']}")
        print(f"network of {nodes} actors and {ties} ties: {seconds:.1f} s until it stands, {rate:.0f} frames a second")
        browser.close()


if __name__ == "__main__":
    main()
