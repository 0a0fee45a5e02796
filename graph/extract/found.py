"""What the rules find in a sentence, before it is weighed and put together."""

from __future__ import annotations

from dataclasses import dataclass

from ..lang.predicates import Frame
from ..model import Status
from .chunks import GRAMMAR, Reading


# Never changed; like Argument not frozen, since many are made.
@dataclass(slots=True, unsafe_hash=True)
class Found:
    """A fact as it is found: entity ids, the relation, where its trigger stands, how sure it is and who found it."""

    subject: str
    relation: str
    object: str
    status: Status
    confidence: float
    reading: Reading
    trigger: int
    rule: str
    frame: Frame | None = None
    speaker: str | None = None
    item: str | None = None
    readers: tuple[str, ...] = (GRAMMAR,)
