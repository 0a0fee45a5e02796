"""Lets one writer in at a time: by a lock of the system on this machine, by a note at the endpoint beyond it.

The lock goes with its holder, so the note of a process that died here holds nobody up. One of another machine does, for
as long as it was last good for.
"""

from __future__ import annotations

import fcntl
import os
import secrets
import socket
import time
from pathlib import Path

from ..errors import StoreError, StoreLockedError
from ..rdf.namespaces import RW
from ..rdf.terms import Iri, write_string
from ..resources import package_folder
from .remote_query import RemoteQueries

LEASE_SECONDS = 600
_RENEW_AFTER = 60.0


class WriterLease:
    """The right to write to the store whose state is noted in `graph`."""

    def __init__(self, queries: RemoteQueries, graph: str, descriptor: int) -> None:
        self._queries, self._graph, self._descriptor = queries, graph, descriptor
        self._name = f"process {os.getpid()} on {socket.gethostname()} ({secrets.token_hex(4)})"
        self._note = ""
        self._renewed = 0.0

    @classmethod
    def acquire(cls, queries: RemoteQueries, graph: str, cache: Path) -> WriterLease:
        """Take the right, or raise StoreLockedError, which says who has it."""
        lease = cls(queries, graph, _lock(cache / "endpoints" / queries.endpoint.address.key, queries))
        try:
            for note in lease._read():
                name, _, until = note.rpartition(" until ")
                is_here = f" on {socket.gethostname()} (" in name
                if not is_here and until.isdecimal() and int(until) > time.time():
                    raise lease._refused(name)
                lease._remove(note)
            lease._write()
            rivals = [note for note in lease._read() if note != lease._note]
            # Two that came at once see each other's notes, and the first of the two stays.
            if rivals and min(rivals) < lease._note:
                raise lease._refused(min(rivals).rpartition(" until ")[0])
        except BaseException:
            lease.release()
            raise
        return lease

    def renew(self) -> None:
        """Prolong the right now and then; raise StoreLockedError where another has taken it since."""
        if time.monotonic() - self._renewed < _RENEW_AFTER:
            return
        held = self._read()
        if self._note not in held:
            raise self._refused(held[0].rpartition(" until ")[0] if held else "another process")
        before = self._note
        self._write()
        self._remove(before)

    def release(self) -> None:
        """Let the next writer in."""
        if self._descriptor < 0:
            return
        try:
            if self._note:
                self._remove(self._note)
        finally:
            os.close(self._descriptor)
            self._descriptor = -1

    def _read(self) -> list[str]:
        text = (package_folder("store") / "sparql" / "remote-writers.rq").read_text(encoding="utf-8")
        return sorted(str(row[0]) for row in self._queries.select(text, {"store": Iri(self._graph)}).rows)

    def _write(self) -> None:
        # A second lease within a second is another note, not the same one, which would be removed with the first.
        now = max(int(time.time()) + LEASE_SECONDS, int(self._note.rpartition(" ")[2] or 0) + 1)
        self._note = f"{self._name} until {now}"
        self._queries.endpoint.update(f"INSERT DATA {{ {self._said(self._note)} }}")
        self._renewed = time.monotonic()

    def _remove(self, note: str) -> None:
        self._queries.endpoint.update(f"DELETE DATA {{ {self._said(note)} }}")

    def _said(self, note: str) -> str:
        return f"GRAPH <{self._graph}> {{ <{self._graph}> <{RW}writer> {write_string(note)} }}"

    def _refused(self, holder: str) -> StoreLockedError:
        return StoreLockedError(
            f"{self._queries.endpoint.address.text}: {holder.partition(' (')[0]} is writing to this store: wait until "
            f"it ends; what it noted holds for {LEASE_SECONDS // 60} minutes at most, should it have died."
        )


def _lock(folder: Path, queries: RemoteQueries) -> int:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(folder / "lock", os.O_RDWR | os.O_CREAT, 0o644)
    except OSError as error:
        raise StoreError(f"{folder}: {error.strerror}: set RAWABIT_CACHE to a folder that can be written.") from error
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(descriptor)
        raise StoreLockedError(
            f"{queries.endpoint.address.text}: another process of this machine is writing to this store: wait until it "
            "ends, or stop it, then try again."
        ) from None
    return descriptor
