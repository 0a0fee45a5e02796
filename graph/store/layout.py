"""The files of a store's folder beside Oxigraph's own: the version file, the lock, and which checkpoint is current."""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
import socket
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from ..errors import StoreError, StoreLockedError, StoreVersionError
from ..rdf.namespaces import is_safe_iri
from .address import refuse_address

STORE_FORMAT = 1
VERSION_FILE = "rawabit.json"
CHECKPOINTS = "checkpoints"


@dataclass(frozen=True, slots=True)
class StoreVersion:
    """What the version file says: the format of the store, and the base IRI that its names were minted under."""

    format: int
    base_iri: str


def read_version(store: Path) -> StoreVersion:
    """Read a store's version file; raise StoreError where there is none, StoreVersionError where it is another's."""
    refuse_address(store)
    path = store / VERSION_FILE
    try:
        values = json.loads(path.read_text(encoding="utf-8"))
        version = StoreVersion(int(values["format"]), str(values["base_iri"]))
    except FileNotFoundError:
        raise StoreError(
            f"{store}: there is no store here: make one with `rawabit build PATH --store {store}`."
        ) from None
    except NotADirectoryError:
        raise StoreError(f"{store}: is a file: give a store's folder.") from None
    except OSError as error:
        raise StoreError(f"{path}: {error.strerror}: check the permissions of the store.") from error
    except (ValueError, KeyError, TypeError):
        raise StoreVersionError(f"{path}: cannot be understood: build the store anew into an empty folder.") from None
    if version.format != STORE_FORMAT:
        raise StoreVersionError(
            f"{store}: has format {version.format}, and this Rawabit reads format {STORE_FORMAT}: use the Rawabit that "
            "made it, or build it anew into an empty folder."
        )
    return version


def prepare_folder(store: Path, base_iri: str) -> None:
    """Make the folder of a new store; raise StoreError where it cannot be made or holds something else."""
    if not is_safe_iri(base_iri):
        raise StoreError(f"the base IRI {base_iri!r} is no absolute IRI: mend RAWABIT_BASE_IRI.")
    refuse_address(store)
    try:
        store.mkdir(parents=True, exist_ok=True)
        # A process that was killed while it made a store leaves a lock file, and nothing else.
        others = [path.name for path in store.iterdir() if path.name != "lock"]
    except (FileExistsError, NotADirectoryError):
        raise StoreError(f"{store}: is a file: give a folder.") from None
    except OSError as error:
        raise StoreError(f"{store}: {error.strerror}: give a folder that can be written.") from error
    if others:
        raise StoreError(f"{store}: is no store, but holds {others[0]!r} already: give an empty or a new folder.")


def write_version(store: Path, base_iri: str) -> StoreVersion:
    """Write the version file of a new store."""
    version = StoreVersion(STORE_FORMAT, base_iri)
    replace_text(store / VERSION_FILE, json.dumps(asdict(version), indent=2) + "\n")
    return version


class WriterLock:
    """The one writer of a store. The system lets go of the lock when its holder dies, so none is ever stale."""

    def __init__(self, path: Path, descriptor: int) -> None:
        self._path = path
        self._descriptor = descriptor

    @classmethod
    def acquire(cls, store: Path) -> WriterLock:
        """Take the lock of a store, or raise StoreLockedError, which says who has it."""
        path = store / "lock"
        try:
            descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
        except OSError as error:
            raise StoreError(f"{path}: {error.strerror}: give a store that can be written.") from error
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            holder = os.read(descriptor, 1000).decode("utf-8", "replace").strip() or "another process"
            os.close(descriptor)
            raise StoreLockedError(
                f"{store}: {holder} is writing to this store: wait until it ends, or stop it, then try again."
            ) from None
        os.ftruncate(descriptor, 0)
        now = datetime.now(UTC).strftime("%Y-%m-%d %H:%M:%S UTC")
        os.write(descriptor, f"process {os.getpid()} on {socket.gethostname()} (since {now})\n".encode())
        return cls(path, descriptor)

    def release(self) -> None:
        """Let the next writer in; the file stays, for removing it would let two writers in."""
        if self._descriptor >= 0:
            os.ftruncate(self._descriptor, 0)
            os.close(self._descriptor)
            self._descriptor = -1


def find_checkpoints(store: Path) -> Iterator[tuple[int, Path]]:
    """Yield the finished checkpoints of a store, oldest first."""
    folder = store / CHECKPOINTS
    if folder.is_dir():
        for path in sorted(folder.iterdir()):
            if path.name.isdecimal() and path.is_dir():
                yield int(path.name), path


def current_checkpoint(store: Path) -> Path:
    """Return the folder of a store's newest checkpoint; raise StoreError, naming the next step, where there is none."""
    read_version(store)
    try:
        name = (store / CHECKPOINTS / "current").read_text(encoding="utf-8").strip()
    except FileNotFoundError:
        raise StoreError(f"{store}: nothing to read yet: finish `rawabit build PATH --store {store}`.") from None
    except OSError as error:
        raise StoreError(f"{store}: {error.strerror}: check the permissions of the store.") from error
    path = store / CHECKPOINTS / name
    if not name.isdecimal() or not path.is_dir():
        raise StoreError(f"{path}: the checkpoint is gone: run `rawabit build PATH --store {store}` once more.")
    return path


def replace_text(path: Path, text: str) -> None:
    """Write a small file in one step: whoever reads it sees the old text or the new one."""
    unfinished = path.with_name(f".{path.name}.unfinished")
    with unfinished.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    unfinished.replace(path)


def measure_folder(folder: Path) -> int:
    """Return how many bytes the files of a folder take; one that has several names counts once."""
    sizes: dict[tuple[int, int], int] = {}
    for path in folder.rglob("*"):
        with contextlib.suppress(FileNotFoundError):  # the database drops files when it likes
            status = path.stat()
            if path.is_file():
                sizes[status.st_dev, status.st_ino] = status.st_size
    return sum(sizes.values())
