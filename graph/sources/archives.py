"""Opens ZIP and gzip: what they hold comes out as Origins, member by member, and nothing is written under its name."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import IO, BinaryIO

from ..errors import SourceError
from ..model import Refusal
from .bounded import Guard, GunzipStream, open_seekable
from .fields import clean_text
from .files import is_companion, printable
from .options import SourceOptions
from .origin import MEMBER, Allowance, Origin

_BUFFER = 65_536
_DEEPEST = 3
_MOST_MEMBERS = 2_000_000
_MADE_BY_SYSTEMS = "__MACOSX"


def read_gzip(origin: Origin, options: SourceOptions) -> Iterator[Origin]:
    """Yield what a gzip file holds, under the name of the file without `.gz`."""
    allowance = _enter(origin, options)

    @contextmanager
    def open_content() -> Iterator[BinaryIO]:
        with origin.opener() as packed:
            yield io.BufferedReader(GunzipStream(packed, Guard(allowance)), _BUFFER)

    name = origin.relative or origin.name
    inner = name[: -len(".gz")] if name.lower().endswith(".gz") else name
    yield replace(
        origin,
        opener=open_content,
        relative=inner,
        path=None,
        kind=None,
        depth=origin.depth + 1,
        allowance=allowance,
    )


def read_zip(origin: Origin, options: SourceOptions) -> Iterator[Origin | Refusal]:
    """Yield the members of a ZIP file in the order of their names, but for folders and what is hidden."""
    allowance = _enter(origin, options)
    with open_seekable(origin) as file:
        try:
            archive = zipfile.ZipFile(file)
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, EOFError) as error:
            raise SourceError(f"is damaged, cut off or no ZIP ({error}): fetch it again.") from None
        with archive:
            members = sorted((each for each in archive.infolist() if _is_wanted(each)), key=lambda each: each.filename)
            if len(members) > _MOST_MEMBERS:
                raise SourceError(f"has more than {_MOST_MEMBERS:,} members: split it.")
            if not members:
                yield Refusal(origin.name, "holds no file.")
            for member in members:
                name = printable(Path(clean_text(member.filename)))
                yield Origin(
                    f"{origin.name}{MEMBER}{name}",
                    _member_opener(archive, member, allowance),
                    relative=f"{origin.relative}{MEMBER}{name}",
                    depth=origin.depth + 1,
                    allowance=allowance,
                )


def _enter(origin: Origin, options: SourceOptions) -> Allowance:
    if origin.depth >= _DEEPEST:
        raise SourceError(f"lies within {_DEEPEST} archives: unpack the outer ones first.")
    return origin.allowance or Allowance(options.archive_bytes)


def _is_wanted(member: zipfile.ZipInfo) -> bool:
    parts = PurePosixPath(member.filename).parts
    hidden = any(part.startswith(".") and part not in (".", "..") for part in parts)
    return not (member.is_dir() or hidden or _MADE_BY_SYSTEMS in parts or not parts or is_companion(parts[-1]))


def _member_opener(
    archive: zipfile.ZipFile, member: zipfile.ZipInfo, allowance: Allowance
) -> Callable[[], AbstractContextManager[BinaryIO]]:
    @contextmanager
    def open_member() -> Iterator[BinaryIO]:
        try:
            stream = archive.open(member)
        except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, ValueError) as error:
            raise SourceError(f"cannot be unpacked ({error}): unpack it by hand.") from None
        with stream:
            yield io.BufferedReader(_MemberStream(stream, Guard(allowance), member.compress_size), _BUFFER)

    return open_member


class _MemberStream(io.RawIOBase):
    """A member of a ZIP file whose size is watched; raises SourceError where it is damaged or a bomb."""

    def __init__(self, stream: IO[bytes], guard: Guard, packed: int) -> None:
        self._stream = stream
        self._guard = guard
        self._packed = packed

    def readable(self) -> bool:
        """Tell that this is for reading."""
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        """Fill a buffer; 0 is the end."""
        try:
            part = self._stream.read(len(buffer))
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError) as error:
            raise SourceError(f"is damaged or cut off ({error or 'it ends too early'}): fetch it again.") from None
        self._guard.note(len(part), packed=self._packed)
        buffer[: len(part)] = part
        return len(part)
