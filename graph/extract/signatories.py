"""Reads who signs for each side: "signed for the Kuwaiti side X, and for the Iraqi side Y"."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from ..model import EntityKind
from .chunks import Chunk
from .clauses import CLAUSE_ENDS, PHRASE_ENDS, Tag
from .found import Found
from .relations import POWERS
from .rules import Rules
from .scene import Scene

_SIGNED, _SURE = "signedAgreementWith", 0.75
# How far behind the signing a side may stand, and behind a side whoever signs for it.
_REACH, _NEAR = 40, 12


class SignatoryReader:
    """Reads the signatories of a document's sentences."""

    def __init__(self, rules: Rules) -> None:
        self._on_behalf = rules.grammar.language.morphemes.on_behalf

    def read(self, scene: Scene) -> Iterator[Found]:
        """Yield who signed with whom, once the deeds of a sentence are read."""
        signing = next((t for t in scene.triggers if t.tells(_SIGNED)), None)
        if signing is None or signing.fillings.get(_SIGNED):
            return
        sides = list(self._sides(scene, signing.index))
        found = [self._signer(scene, side) for side in sides]
        signers = dict.fromkeys(signer for signer in found if signer)
        for one, other in combinations(signers, 2):
            # What stands at a verb is weighed by what its frames say; this is told by the sides.
            yield Found(one, _SIGNED, other, signing.status, _SURE, scene.reading, sides[0], "signatories")

    def _sides(self, scene: Scene, start: int) -> Iterator[int]:
        """Yield where each "for the side of" stands behind a signing."""
        for index in range(start + 1, min(start + _REACH, len(scene.nodes))):
            node = scene.nodes[index]
            if node.tag in CLAUSE_ENDS:
                return
            if node.tag is Tag.PREPOSITION and node.length and self._on_behalf in node.preposition.split():
                yield index

    def _signer(self, scene: Scene, start: int) -> str | None:
        """Return who signs for the side behind a word: the person named there, else the side."""
        side: Chunk | None = None
        for index in range(start + 1, min(start + _NEAR, len(scene.nodes))):
            node = scene.nodes[index]
            chunk = node.chunk
            if node.tag in PHRASE_ENDS or node.preposition == self._on_behalf:
                break
            if chunk is None or chunk.start != index or not chunk.entity:
                continue
            if chunk.kind is EntityKind.PERSON and not chunk.preposition:
                return chunk.entity
            side = side or (chunk if chunk.kind in POWERS else None)
        return side.entity if side is not None else None
