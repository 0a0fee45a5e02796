"""SVG -> PNG by what is there to do it: headless Chromium, else the Python package resvg_py. Both shape Arabic."""

from __future__ import annotations

import re
import shutil
import subprocess
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from ...errors import ExportError

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
SCALE = 2
SECONDS = 60
_SIZE = re.compile(r'viewBox="0 0 (\d+) (\d+)"')


def render_png(svg: str, *, scale: int = SCALE) -> bytes:
    """Return the picture as PNG; raise ExportError where nothing can draw it, saying what to install."""
    browser = next((found for name in BROWSERS if (found := shutil.which(name))), None)
    if browser:
        return _render_in_browser(browser, svg, scale)
    if find_spec("resvg_py"):
        # resvg_py says nothing of its types to mypy where it is not installed, hence Any.
        resvg: Any = import_module("resvg_py")
        return bytes(resvg.svg_to_bytes(svg_string=svg, zoom=scale))
    raise ExportError("no PNG without Chromium or resvg_py: pip install 'rawabit[pictures]', or ask for .svg or .html.")


def _render_in_browser(browser: str, svg: str, scale: int) -> bytes:
    size = _SIZE.search(svg)
    if size is None:
        raise ExportError("the picture does not say how large it is: it needs a viewBox that begins with 0 0.")
    with TemporaryDirectory(prefix="rawabit-") as folder:
        drawing, picture = Path(folder, "drawing.svg"), Path(folder, "picture.png")
        drawing.write_text(svg, encoding="utf-8")
        command = [
            browser,
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--hide-scrollbars",
            f"--user-data-dir={folder}/profile",
            f"--force-device-scale-factor={scale}",
            f"--window-size={size[1]},{size[2]}",
            f"--screenshot={picture}",
            drawing.as_uri(),
        ]
        try:
            subprocess.run(command, capture_output=True, timeout=SECONDS, check=True)
            return picture.read_bytes()
        except (subprocess.SubprocessError, OSError) as error:
            raise ExportError(f"{browser} drew no picture ({error}): ask for .svg or .html.") from error
