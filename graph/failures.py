"""Keeps what a build refused so that it can be fed back: refusals in, a JSON Lines file out, and its paths again.

A refused article stands in the file as it was read, with the reason under `failure`, and can be mended there. Where
there is no article, `failure` stands alone and names the file, which is read as a whole when the failures are built.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from pathlib import Path
from types import TracebackType

from .errors import ExportError
from .model import Document, Refusal
from .sources.jsonl import FAILURE

_PLACE = ("path", "line")
_LONGEST, _TAIL = 50_000_000, 10_000


class FailureFile:
    """A file that failures are added to as they come; it gets its name when all is known."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._part = path.with_name(f".{path.name}.part")
        self._whole: set[str] = set()
        try:
            self._stream = self._part.open("w", encoding="utf-8", errors="surrogateescape")
        except OSError as error:
            raise ExportError(f"{path} cannot be written ({error.strerror}): check the folder.") from error

    def __enter__(self) -> FailureFile:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stream.close()
        self._finish()  # a run that broke off has refused what it has refused
        self._part.unlink(missing_ok=True)

    def add(self, refusal: Refusal, document: Document | None = None) -> None:
        """Note a failure, with the article that it is about where there is one."""
        if refusal.language is not None:  # set aside, which is no failure
            return
        failure = {key: value for key, value in asdict(refusal).items() if value is not None}
        record: dict[str, object] = {}
        if document is None:
            self._whole.add(refusal.path)
        else:
            said = asdict(document).items()
            record = {key: value for key, value in said if value not in (None, "", (), []) and key not in _PLACE}
        self._stream.write(json.dumps({**record, FAILURE: failure}) + "\n")

    def _finish(self) -> None:
        """Leave articles out that come again when their whole file is read, and give the file its name."""
        finished = self._path.with_name(f".{self._path.name}.finished")
        try:
            with self._part.open(encoding="utf-8") as lines, finished.open("w", encoding="utf-8") as out:
                for line in lines:
                    record = json.loads(line)
                    if len(record) == 1 or record[FAILURE]["path"] not in self._whole:
                        out.write(line)
            finished.replace(self._path)
        except OSError as error:
            raise ExportError(f"{self._path} cannot be written ({error.strerror}): check the disk.") from error


def with_failed_files(paths: Iterable[Path | str]) -> Iterator[Path | str]:
    """Yield paths, and behind each file of failures the files that it names."""
    for path in paths:
        yield path
        if str(path).lower().endswith(".jsonl") and Path(path).is_file():
            yield from _named_files(Path(path))


def _named_files(path: Path) -> Iterator[str]:
    seen: set[str] = set()
    with path.open(encoding="utf-8", errors="replace") as lines:
        while line := lines.readline(_LONGEST):
            if f'"{FAILURE}": ' not in line[-_TAIL:]:
                return  # an ordinary file is not read twice
            try:
                record = json.loads(line)
            except ValueError:
                return
            name = record.get(FAILURE, {}).get("path")
            if len(record) == 1 and isinstance(name, str) and name not in seen:
                seen.add(name)
                yield name
