"""Paths as given in, the files to read out: folders are walked in order, hidden files left out, each file met once."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from ..model import Refusal

# Files that stand beside articles in a folder and are none.
_COMPANIONS = ("readme", "license", "licence", "notice", "thumbs.db", "desktop.ini")


@dataclass(frozen=True, slots=True)
class FoundFile:
    """A file to read; `relative` is its path below the folder that was given, or the path itself."""

    path: Path
    relative: str


def find_files(paths: Iterable[Path], *, suffixes: frozenset[str] | None) -> Iterator[FoundFile | Refusal]:
    """Walk the paths; what is not there, cannot be listed, or has none of the suffixes comes back as a Refusal.

    Without suffixes every file is found.

    Links are followed; a file or folder that was met before, by a link or because it was given twice, is passed over.
    """
    seen: set[tuple[int, int]] = set()
    for root in paths:
        found = False
        for each in _walk(root, seen, suffixes):
            found = True
            yield each
        if not found and root.is_dir() and not _holds_any(root, suffixes):
            kinds = f" ({', '.join(sorted(suffixes))})" if suffixes else ""
            yield Refusal(printable(root), f"holds no file that can be read{kinds}.")


def is_companion(name: str) -> bool:
    """Tell whether a file is one that stands beside articles and is none."""
    return name.lower().startswith(_COMPANIONS)


def printable(path: Path) -> str:
    """Return the path with bytes that are no UTF-8 written out, so that it can be printed and stored."""
    return str(path).encode("utf-8", "backslashreplace").decode()


def _walk(root: Path, seen: set[tuple[int, int]], suffixes: frozenset[str] | None) -> Iterator[FoundFile | Refusal]:
    waiting = [root]
    while waiting:
        path = waiting.pop()
        try:
            status = path.stat()
            key = (status.st_dev, status.st_ino)
            if key in seen:
                continue
            if stat.S_ISDIR(status.st_mode):
                names = sorted((name for name in os.listdir(path) if not name.startswith(".")), reverse=True)
                waiting.extend(path / name for name in names)
                seen.add(key)
                continue
        except FileNotFoundError:
            yield Refusal(printable(path), "is not there: mend the path.")
            continue
        except OSError as error:
            yield Refusal(printable(path), f"cannot be opened ({_words(error)}): check its permissions.")
            continue
        if path != root and is_companion(path.name):
            continue
        seen.add(key)
        if not stat.S_ISREG(status.st_mode):
            yield Refusal(printable(path), "is no regular file: give a file or a folder.")
        elif suffixes is not None and path.suffix.lower() not in suffixes:
            kind = path.suffix or "a name without suffix"
            yield Refusal(printable(path), f"{kind} is not read: say what it is with --as, or leave it out.")
        else:
            yield FoundFile(path, path.relative_to(root).as_posix() if path != root else path.as_posix())


def _holds_any(folder: Path, suffixes: frozenset[str] | None) -> bool:
    return any(
        suffixes is None or Path(name).suffix.lower() in suffixes for _, _, names in os.walk(folder) for name in names
    )


def _words(error: OSError) -> str:
    return error.strerror or type(error).__name__
