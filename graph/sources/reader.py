"""Files and folders in, Documents out, one at a time; what cannot be read becomes a Refusal and the rest goes on."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from pathlib import Path

from ..errors import SourceError
from ..model import Document, Refusal
from .fields import check_id
from .files import FoundFile, find_files, printable
from .jsonl import read_jsonl
from .plain import read_plain

MOST_BYTES = 5_000_000
SUFFIXES = frozenset({".txt", ".jsonl"})


def read_sources(paths: Iterable[Path], *, most_bytes: int = MOST_BYTES) -> Iterator[Document | Refusal]:
    """Read `.txt` and `.jsonl` files, and folders of them at any depth, in the order of their names.

    An id comes once: a second article of the same id is refused. A `.txt` file's id is its name without suffix; where
    that is taken, a hash of its path follows the name. `most_bytes` is the largest article, a file or one line.
    """
    seen: dict[str, tuple[str, int | None]] = {}
    for file in find_files(paths, suffixes=SUFFIXES):
        if isinstance(file, Refusal):
            yield file
            continue
        try:
            if file.path.suffix.lower() == ".jsonl":
                yield from _refuse_repeated(read_jsonl(file.path, most_bytes=most_bytes), seen)
            else:
                yield _read_text_file(file, seen, most_bytes)
        except SourceError as error:
            yield Refusal(printable(file.path), str(error))
        except OSError as error:
            reason = error.strerror or type(error).__name__
            yield Refusal(printable(file.path), f"cannot be read ({reason}): check its permissions and the disk.")


def _refuse_repeated(
    articles: Iterator[Document | Refusal], seen: dict[str, tuple[str, int | None]]
) -> Iterator[Document | Refusal]:
    for article in articles:
        if isinstance(article, Document):
            if article.id in seen:
                path, line = seen[article.id]
                where = path if line is None else f"{path}:{line}"
                reason = f"has the id {article.id!r} of {where} again: give each article an id of its own."
                yield Refusal(article.path or "", reason, article.line)
                continue
            seen[article.id] = (article.path or "", article.line)
        yield article


def _read_text_file(file: FoundFile, seen: dict[str, tuple[str, int | None]], most_bytes: int) -> Document:
    text = read_plain(file.path, most_bytes=most_bytes)
    stem = printable(Path(file.path.stem))
    candidates = (stem, *(f"{stem}-{_short_hash(path)}" for path in (file.relative, str(file.path.resolve()))))
    identifier = check_id(next(candidate for candidate in candidates if candidate not in seen))
    name = printable(file.path)
    seen[identifier] = (name, None)
    return Document(id=identifier, text=text, path=name)


def _short_hash(path: str) -> str:
    return hashlib.sha256(path.encode("utf-8", "surrogateescape")).hexdigest()[:8]
