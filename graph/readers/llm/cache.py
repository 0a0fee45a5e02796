"""Keeps the answers of a language model by the hash of what was asked, so that no question is paid for twice."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import tempfile
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class AnswerCache:
    """Answers in a folder, a file each. A file that cannot be read counts as not there; one is written whole."""

    folder: Path

    @staticmethod
    def key(model: str, body: object) -> str:
        """Return the hash of a question to a model."""
        return hashlib.sha256(json.dumps([model, body], sort_keys=True).encode("utf-8", "surrogatepass")).hexdigest()

    def get(self, key: str) -> str | None:
        """Return a kept answer, or None."""
        try:
            return self._path(key).read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError):
            return None

    def put(self, key: str, answer: str) -> None:
        """Keep an answer; a folder that cannot be written costs the answer and not the run."""
        path = self._path(key)
        with contextlib.suppress(OSError):
            path.parent.mkdir(parents=True, exist_ok=True)
            descriptor, part = tempfile.mkstemp(dir=path.parent, suffix=".part")
            with os.fdopen(descriptor, "w", encoding="utf-8", errors="replace") as stream:
                stream.write(answer)
            Path(part).replace(path)

    def _path(self, key: str) -> Path:
        return self.folder / key[:2] / f"{key}.json"
