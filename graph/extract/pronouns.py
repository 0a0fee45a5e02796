"""Finds whom a pronoun written onto a verb or noun stands for: by gender and number, the last spoken of first."""

from __future__ import annotations

from collections.abc import Mapping

from ..model import EntityKind
from ..morphology.forms import Pronoun, VerbAnalysis
from ..resolve.actors import Actor
from .arguments import BARE, Argument
from .clauses import Node, Tag
from .relations import ACTORS
from .scene import Scene
from .subjects import Discourse, Subject, SubjectFinder

_FIRST_WORDS = 4


class PronounFinder:
    """Resolves pronouns against the actors of a document."""

    def __init__(self, actors: Mapping[str, Actor], subjects: SubjectFinder) -> None:
        self._actors = actors
        self._subjects = subjects

    def attached(self, analyses: tuple[VerbAnalysis, ...], scene: Scene, agent: Subject | None) -> list[list[Argument]]:
        """Return the object that a pronoun on a verb stands for, as the only group, or nothing."""
        pronoun = next((analysis.pronoun for analysis in analyses if analysis.pronoun is not None), None)
        if pronoun is None or pronoun.person != 3:
            return []
        taken = set(agent.entities) if agent is not None else set()
        entity = self._antecedent(pronoun, scene.discourse, taken) or self._later(pronoun, scene.nodes, taken)
        if entity is None:
            return []
        return [[Argument(BARE, entity, self._actors[entity].kind, -1, -1, 99, commas=2)]]

    def owner(self, pronoun: Pronoun, scene: Scene, index: int) -> Argument | None:
        """Return whose a noun with a pronoun is: "his visit"."""
        for subject in scene.discourse.subjects:
            if self._agrees(pronoun, subject):
                return Argument("of", subject, self._actors[subject].kind, -3, -3, 97, commas=1)
        if index <= _FIRST_WORDS:
            chunks = (node.chunk for node in scene.nodes[index:] if node.chunk is not None)
            later = next((chunk for chunk in chunks if chunk.kind is EntityKind.PERSON), None)
            if later is not None and later.entity and not later.preposition:
                return Argument("of", later.entity, later.kind, -3, -3, 97, commas=1)
        entity = self._antecedent(pronoun, scene.discourse, set())
        return Argument("of", entity, self._actors[entity].kind, -3, -3, 97, commas=2) if entity else None

    def speaker(self, scene: Scene) -> Argument | None:
        """Return whose a noun with a pronoun of the first person is: "our support"."""
        speaker = scene.discourse.speaker
        return Argument("of", speaker, self._actors[speaker].kind, -3, -3, 97, commas=1) if speaker else None

    def _later(self, pronoun: Pronoun, nodes: list[Node], taken: set[str]) -> str | None:
        """Return the first actor of the main clause, for a pronoun in the clause before it."""
        comma = next((i for i, node in enumerate(nodes) if node.tag is Tag.COMMA), len(nodes))
        for node in nodes[comma:]:
            chunk = node.chunk
            if chunk is None or not chunk.entity or chunk.preposition or chunk.entity in taken:
                continue
            if self._agrees(pronoun, chunk.entity):
                return chunk.entity
        return None

    def _antecedent(self, pronoun: Pronoun, discourse: Discourse, taken: set[str]) -> str | None:
        for entity in reversed(discourse.seen):
            if entity in taken or self._actors[entity].kind not in ACTORS:
                continue
            _, plural = self._subjects.gender(entity)
            if (plural or pronoun.number != "p") and self._agrees(pronoun, entity):
                return entity
        return None

    def _agrees(self, pronoun: Pronoun, entity: str) -> bool:
        gender, _ = self._subjects.gender(entity)
        return pronoun.gender is None or gender is None or gender == pronoun.gender
