"""What a room is given to read: bytes under a name, and what is known of them from outside."""

from __future__ import annotations

import io
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from ..errors import SourceError

_BUFFER = 65_536
MEMBER = "!/"  # between the name of an archive and that of a member
WEB = "web"  # the kind of an address that is still to be fetched


@dataclass(frozen=True, slots=True)
class Told:
    """What a feed, a header or an archive tells of an article before the article itself is read."""

    title: str | None = None
    published: str | None = None
    source: str | None = None
    author: str | None = None


@dataclass(slots=True)
class Allowance:
    """What may still come out of an archive with all that lies in it, in bytes, and the setting that says how much."""

    left: int
    setting: str = "RAWABIT_ARCHIVE_GIGABYTES"

    def spend(self, count: int) -> None:
        """Take some off; raise SourceError where there is not so much left."""
        self.left -= count
        if self.left < 0:
            raise SourceError(f"unpacks to more than is allowed: raise {self.setting} if it may.")


@dataclass(frozen=True, slots=True)
class Origin:
    """Something to read.

    `name` is what messages call it: a path, a URL, or `archive.zip!/member`; `relative` the path below the folder that
    was given; `opener` opens its bytes anew; `kind` is the kind it is known to be of, `url` where it stands on the web,
    `charset` what its header says, `line` its number where it is a record of an archive, `depth` in how many archives
    or lists it lies, `allowance` what may still come out of the outermost archive.
    """

    name: str
    opener: Callable[[], AbstractContextManager[BinaryIO]]
    relative: str = ""
    path: Path | None = None
    kind: str | None = None
    url: str | None = None
    charset: str | None = None
    line: int | None = None
    depth: int = 0
    allowance: Allowance | None = None
    told: Told = field(default=Told())

    @property
    def file_name(self) -> str:
        """The name without folders and archives."""
        return PurePosixPath(self.relative or self.name).name

    @property
    def stem(self) -> str:
        """The name without its suffix: the id of an article that has no better one."""
        return PurePosixPath(self.file_name).stem


def open_file(path: Path) -> Callable[[], AbstractContextManager[BinaryIO]]:
    """Return what opens a file."""
    return lambda: path.open("rb", buffering=_BUFFER)


def read_whole(origin: Origin, *, most_bytes: int) -> bytes:
    """Return the bytes of one article; raise SourceError where there are none or more than `most_bytes`."""
    with origin.opener() as stream:
        data = io.BytesIO()
        while len(part := stream.read(min(_BUFFER, most_bytes + 1 - data.tell()))):
            data.write(part)
    if not data.tell():
        raise SourceError("is empty.")
    if data.tell() > most_bytes:
        raise SourceError(
            f"is longer than {most_bytes:,} bytes, which is more than an article: "
            "split it, or raise RAWABIT_ARTICLE_MEGABYTES."
        )
    return data.getvalue()
