"""Copies a store away and back: the newest checkpoint with its indexes, as a folder or a .tar file, with checksums.

A checkpoint never changes, so a copy is consistent whoever reads or writes the store meanwhile.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import re
import shutil
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO, Protocol

from ..errors import StoreError
from .checkpoint import DATA
from .layout import CHECKPOINTS, current_checkpoint, prepare_folder, read_version, replace_text, write_version

MANIFEST = "manifest.json"
_FORMAT = 1
_BLOCK = 1 << 20
_SAFE = re.compile(r"\w[\w.-]*(/\w[\w.-]*)*", re.ASCII)
_TRIES = 3


@dataclass(frozen=True, slots=True)
class Backup:
    """What a copy holds: the base IRI of the store, and the SHA-256 of each file by its path."""

    format: int
    base_iri: str
    files: dict[str, str]
    bytes: int


def back_up(store: Path, target: Path) -> Backup:
    """Copy the newest checkpoint of a store to a folder, or a file where the target's name ends in .tar.

    Raise StoreError where there is something already, or the copy cannot be written.
    """
    if target.exists():
        raise StoreError(f"{target}: is there already: give a new name, nothing is overwritten.")
    for _ in range(_TRIES):
        try:
            return _copy(store, target)
        except FileNotFoundError:  # writers drop old checkpoints: there is a newer one
            continue
        except OSError as error:
            raise StoreError(
                f"{target}: cannot be written ({error.strerror}): check the folder and the disk."
            ) from error
    raise StoreError(f"{store}: checkpoints come faster than they can be copied: copy it while nobody writes.")


def restore(source: Path, store: Path) -> Backup:
    """Make a store of a copy; raise StoreError where the copy is damaged or the store's folder is not empty."""
    prepare_folder(store, "urn:a:")  # says what is wrong with the folder
    unfinished = store.parent / f".{store.name}.{os.getpid()}.unfinished"
    try:
        shutil.rmtree(unfinished, ignore_errors=True)
        checkpoint = unfinished / CHECKPOINTS / "000001"
        checkpoint.mkdir(parents=True)
        backup = _unpack(source, checkpoint)
        _copy_database(checkpoint / DATA, unfinished / DATA)
        replace_text(unfinished / CHECKPOINTS / "current", "000001\n")
        write_version(unfinished, backup.base_iri)
        for left in store.iterdir():
            left.unlink()
        unfinished.replace(store)
    except (OSError, tarfile.TarError) as error:
        raise StoreError(f"{source}: cannot be restored ({error}): check the copy, the folder and the disk.") from error
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)
    return backup


def _copy(store: Path, target: Path) -> Backup:
    checkpoint, base_iri = current_checkpoint(store), read_version(store).base_iri
    unfinished = target.with_name(f".{target.name}.{os.getpid()}.unfinished")
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        with _open_sink(unfinished, target.suffix == ".tar") as sink:
            files, size = dict[str, str](), 0
            for path in sorted(each for each in checkpoint.rglob("*") if each.is_file() and each.name != "LOCK"):
                name = path.relative_to(checkpoint).as_posix()
                files[name] = sink.add(name, path)
                size += path.stat().st_size
            backup = Backup(_FORMAT, base_iri, files, size)
            sink.add_text(MANIFEST, json.dumps(asdict(backup), indent=1) + "\n")
        unfinished.rename(target)
    finally:
        if unfinished.is_dir():
            shutil.rmtree(unfinished)
        unfinished.unlink(missing_ok=True)
    return backup


class _Sink(Protocol):
    """Where the files of a copy go."""

    def add(self, name: str, path: Path) -> str:
        """Take a file and return its SHA-256."""

    def add_text(self, name: str, text: str) -> None:
        """Take a small file."""


@dataclass(frozen=True, slots=True)
class _Folder:
    root: Path

    def add(self, name: str, path: Path) -> str:
        target = self.root / name
        target.parent.mkdir(parents=True, exist_ok=True)
        with path.open("rb") as source, target.open("xb") as out:
            return _pump(source, out)

    def add_text(self, name: str, text: str) -> None:
        replace_text(self.root / name, text)


@dataclass(frozen=True, slots=True)
class _Tar:
    archive: tarfile.TarFile

    def add(self, name: str, path: Path) -> str:
        with path.open("rb") as source:
            member = self.archive.gettarinfo(arcname=name, fileobj=source)
            hashed = _Hashed(source)
            self.archive.addfile(member, hashed)
            return hashed.digest.hexdigest()

    def add_text(self, name: str, text: str) -> None:
        member = tarfile.TarInfo(name)
        member.size = len(text.encode())
        self.archive.addfile(member, io.BytesIO(text.encode()))


class _Hashed(io.RawIOBase):
    """A stream that hashes what is read of it."""

    def __init__(self, source: IO[bytes]) -> None:
        super().__init__()
        self._source = source
        self.digest = hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        data = self._source.read(size)
        self.digest.update(data)
        return data


@contextmanager
def _open_sink(path: Path, is_tar: bool) -> Iterator[_Sink]:
    if not is_tar:
        path.mkdir()
        yield _Folder(path)
        return
    with path.open("xb") as stream:
        with tarfile.open(fileobj=stream, mode="w") as archive:
            yield _Tar(archive)
        stream.flush()
        os.fsync(stream.fileno())


def _unpack(source: Path, folder: Path) -> Backup:
    """Copy the files of a backup into a folder and hold them to their checksums."""
    found: dict[str, str] = {}
    text = ""
    for name, stream in _members(source):
        if name == MANIFEST:
            text = stream.read().decode()
            continue
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        with target.open("xb") as out:
            found[name] = _pump(stream, out)
    try:
        said = json.loads(text)
        backup = Backup(int(said["format"]), str(said["base_iri"]), dict(said["files"]), int(said["bytes"]))
    except (ValueError, KeyError, TypeError):
        raise StoreError(
            f"{source}: is no backup of a store, or a part of one: give what `rawabit backup` wrote."
        ) from None
    if backup.format != _FORMAT:
        raise StoreError(
            f"{source}: has format {backup.format}, and this Rawabit reads {_FORMAT}: use the one that made it."
        )
    wrong = sorted(name for name in {*found, *backup.files} if found.get(name) != backup.files.get(name))
    if wrong:
        raise StoreError(f"{source}: {wrong[0]} is missing or not what it was: use another copy.")
    return backup


def _members(source: Path) -> Iterator[tuple[str, IO[bytes]]]:
    if source.is_dir():
        for path in sorted(each for each in source.rglob("*") if each.is_file()):
            with path.open("rb") as stream:
                yield path.relative_to(source).as_posix(), stream
        return
    with tarfile.open(source, "r:") as archive:
        for member in archive:
            content = archive.extractfile(member) if member.isfile() and _SAFE.fullmatch(member.name) else None
            if content is None:
                raise StoreError(f"{source}: holds {member.name!r}, which is no file of a store: use another copy.")
            yield member.name, content


def _copy_database(source: Path, target: Path) -> None:
    """Copy a database as its own backups do: tables, which never change, by links, and the rest in full."""
    target.mkdir()
    for path in source.iterdir():
        if path.suffix == ".sst":
            os.link(path, target / path.name)
        else:
            shutil.copyfile(path, target / path.name)


def _pump(source: IO[bytes], target: IO[bytes]) -> str:
    digest = hashlib.sha256()
    while data := source.read(_BLOCK):
        digest.update(data)
        target.write(data)
    return digest.hexdigest()
