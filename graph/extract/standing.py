"""Turns titles and names into standing facts: who holds which office, which body or place is part of which."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from ..model import EntityKind, Status
from ..resolve.linker import Actor, HeldOffice
from .chunks import Chunk, Reading
from .events import Found

_PART_OF_PLACES = {EntityKind.PLACE, EntityKind.COUNTRY}


def read_offices(offices: Iterable[HeldOffice], actors: Mapping[str, Actor]) -> Iterator[tuple[Found, str]]:
    """Yield a holdsOffice fact with its role for each office that names where it is held."""
    for held in offices:
        if held.place is None or held.place == held.person:
            continue
        place = actors[held.place]
        if place.kind not in (EntityKind.COUNTRY, EntityKind.ORGANIZATION, EntityKind.PLACE):
            continue
        confidence = held.chunk.confidence
        yield (
            Found(
                held.person, "holdsOffice", held.place, Status.ACTUAL, confidence, held.reading, held.chunk.start,
                f"office:{held.office.head}",
            ),
            held.office.role,
        )  # fmt: skip


def read_parts(readings: Iterable[Reading], actors: Mapping[str, Actor], country_of: object) -> Iterator[Found]:
    """Yield a partOf fact for each body or place that is named with what it belongs to."""
    for reading in readings:
        for chunk in _with_inner(reading.chunks):
            if chunk.entity is None or chunk.kind not in (EntityKind.ORGANIZATION, EntityKind.PLACE):
                continue
            for parent in chunk.parents:
                target = parent.entity if isinstance(parent, Chunk) else country_of(parent)  # type: ignore[operator]
                if target is None or target == chunk.entity:
                    continue
                if chunk.kind is EntityKind.PLACE and actors[target].kind not in _PART_OF_PLACES:
                    continue
                yield Found(
                    chunk.entity, "partOf", target, Status.ACTUAL, chunk.confidence, reading, chunk.start, "part:name"
                )


def _with_inner(chunks: Iterable[Chunk]) -> Iterator[Chunk]:
    for chunk in chunks:
        yield chunk
        inner = [parent for parent in chunk.parents if isinstance(parent, Chunk) and parent.inner]
        inner += [office.target for office in chunk.offices if office.target is not None and office.target.inner]
        yield from _with_inner(inner)
