"""Files, folders and addresses in, Documents out, one at a time; what cannot be read becomes a Refusal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, BinaryIO
from urllib.parse import urlsplit

from ..errors import SourceError
from ..model import Document, Refusal
from .files import FoundFile, find_files, printable
from .identity import identify_url, short_hash
from .language import Languages
from .options import MOST_BYTES, SourceOptions
from .origin import MEMBER, WEB, Origin, open_file
from .registry import KINDS, SUFFIXES, Kind, choose_for_answer, choose_kind
from .seen import SeenIds

if TYPE_CHECKING:
    from .fetch import Fetcher

_HEAD = 2_048


def read_sources(
    paths: Iterable[Path | str], *, most_bytes: int = MOST_BYTES, options: SourceOptions | None = None
) -> Iterator[Document | Refusal]:
    """Read files, and folders of them at any depth, in the order of their names; then members of archives, called
    `archive.zip!/member` as refusals call them; then addresses (http://, https://).

    An id comes once: a second article of the same id is refused. An article that is a file and has no address is called
    by the file's name without suffix; where that is taken, a hash of its path follows the name. `most_bytes` is the
    largest article where no `options` are given. What is not Arabic comes as a Refusal that names its language.
    """
    options = options or SourceOptions(most_bytes=most_bytes)
    reading = _Reading(options)
    suffixes = SUFFIXES if options.kind is None else None
    addresses, members, files = sort_names(map(str, paths))
    for file in find_files(map(Path, files), suffixes=suffixes):
        if isinstance(file, Refusal):
            yield file
        else:
            yield from reading.read(_origin_of(file))
    for member in members:
        path = Path(member.partition(MEMBER)[0])
        reading.only = printable(Path(member))
        yield from reading.read(_origin_of(FoundFile(path, path.as_posix())))
    reading.only = None
    for address in addresses:
        yield from reading.read(Origin(address, _open_nothing, kind=WEB, url=address))


def sort_names(names: Iterable[str]) -> tuple[list[str], list[str], list[str]]:
    """Return which of the names given are addresses of the web, which members of an archive, and which files."""
    addresses: list[str] = []
    members: list[str] = []
    files: list[str] = []
    for name in names:
        archive, mark, _ = name.partition(MEMBER)
        if name.lower().startswith(("http://", "https://")):
            addresses.append(name)
        elif mark and not Path(name).exists() and Path(archive).is_file():
            members.append(name)
        else:
            files.append(name)
    return addresses, members, files


def _open_nothing() -> AbstractContextManager[BinaryIO]:
    raise SourceError("was not fetched.")


def _run(kind: Kind, origin: Origin, options: SourceOptions) -> Iterator[Document | Refusal | Origin]:
    """Yield what a room finds; a fault of it or of its library must not end the run, and is raised as SourceError."""
    try:
        yield from kind.load()(origin, options)
    except (SourceError, OSError):
        raise
    except Exception as error:
        raise SourceError(f"could not be read ({type(error).__name__}: {error}): please report it.") from error


def _origin_of(file: FoundFile) -> Origin:
    name = printable(file.path)
    return Origin(name, open_file(file.path), relative=printable(Path(file.relative)), path=file.path)


@dataclass(slots=True)
class _Reading:
    """One run over sources: `seen` says of each id where it stood, `only` which member of an archive is asked for."""

    options: SourceOptions
    languages: Languages = field(default_factory=Languages.load)
    seen: SeenIds = field(default_factory=SeenIds)
    addresses: set[str] = field(default_factory=set)
    fetcher: Fetcher | None = None
    only: str | None = None

    def read(self, origin: Origin) -> Iterator[Document | Refusal]:
        """Read one origin, and what is found in it."""
        try:
            if origin.kind == WEB:
                yield from self.fetch(origin)
                return
            kind = self.choose(origin)
            for found in _run(kind, origin, self.options):
                if isinstance(found, Origin):
                    if self.wants(found):
                        yield from self.read(found)
                elif isinstance(found, Document):
                    yield self.take(found, origin)
                else:
                    yield found
        except SourceError as error:
            yield Refusal(origin.name, str(error), origin.line)
        except OSError as error:
            reason = error.strerror or type(error).__name__
            yield Refusal(origin.name, f"cannot be read ({reason}): check its permissions and the disk.", origin.line)

    def wants(self, origin: Origin) -> bool:
        """Tell whether an origin is the member that was asked for, lies in it or holds it."""
        name, only = f"{origin.name}{MEMBER}", f"{self.only}{MEMBER}"
        return self.only is None or name.startswith(only) or only.startswith(name)

    def fetch(self, origin: Origin) -> Iterator[Document | Refusal]:
        """Read what an address holds, once in a run; raise SourceError where it cannot be had."""
        url = origin.url or origin.name
        key = identify_url(url)
        if key in self.addresses:
            return
        self.addresses.add(key)
        most = self.options.fetch.most_pages
        if len(self.addresses) > most:
            if len(self.addresses) == most + 1:
                yield Refusal(url, f"and further ones are not fetched, after {most:,}: raise RAWABIT_FETCH_PAGES.")
            return
        if self.fetcher is None:
            from .fetch import Fetcher  # what it imports takes a while, and is needed by few

            self.fetcher = Fetcher(self.options.fetch)
        with self.fetcher.fetch(url) as fetched:
            path = PurePosixPath(urlsplit(fetched.url).path)
            with fetched.open() as stream:
                kind = choose_for_answer(fetched.media_type, path.suffix, stream.read(_HEAD), self.options.kind)
            if kind is None:
                raise SourceError(
                    f"is {fetched.media_type or 'of no type'}, which is not read: say what it is with --as."
                )
            yield from self.read(
                replace(
                    origin,
                    opener=fetched.open,
                    relative=path.as_posix(),
                    kind=kind.name,
                    url=fetched.url,
                    charset=fetched.charset,
                )
            )

    def choose(self, origin: Origin) -> Kind:
        """Return the kind of an origin; raise SourceError where it is none that is read."""
        suffix = PurePosixPath(origin.file_name).suffix
        kind = KINDS[origin.kind] if origin.kind else choose_kind(suffix, self.options.kind)
        if kind is None:
            raise SourceError(f"{suffix or 'a name without suffix'} is not read: say what it is with --as.")
        return kind

    def take(self, document: Document, origin: Origin) -> Document | Refusal:
        """Return an article under an id that is free, or why it is passed over."""
        other = None if self.options.any_language else self.languages.find_other(document.text)
        if other is not None:
            reason = f"is in {other.name}, not in Arabic: set aside. --any-language reads it all the same."
            return Refusal(document.path or origin.name, reason, document.line, language=other.tag)
        if document.id in self.seen and document.line is None and document.id == origin.stem:
            paths = (origin.relative, str(origin.path.resolve()) if origin.path else origin.name)
            candidates = (f"{document.id}-{short_hash(path)}" for path in paths)
            document = replace(document, id=next((each for each in candidates if each not in self.seen), document.id))
        met = self.seen.find(document.id)
        if met is not None:
            path, line = met
            where = path if line is None else f"{path}:{line}"
            reason = f"has the id {document.id!r} of {where} again: give each article an id of its own."
            return Refusal(document.path or origin.name, reason, document.line)
        self.seen.add(document.id, document.path or origin.name, document.line)
        return document
