"""Turns the triggers of a sentence into facts: pairs of actors weighed by the learned weights, the sure ones kept."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from ..errors import LanguageDataError
from ..resolve.actors import Actor
from .candidates import Trigger, actors_of, states_of, tied_to
from .chunks import Reading
from .clauses import Node
from .found import Found
from .scoring import PairScorer, Scored

# What the frames proposed needs less to be believed than a pair that only stands about the trigger.
# Where the frames have told surely who did what, a further pair about the same trigger needs more still.
# A frame that is filled as plainly as it can be needs least.
PLAIN_FLOOR, PROPOSED_FLOOR, UNPROPOSED_FLOOR, BESIDE_FLOOR = 0.25, 0.3, 0.6, 0.75
PLAIN, SURE = 0.9, 0.6


@dataclass(frozen=True, slots=True)
class Weigher:
    """Keeps the pairs that are likely enough; their probability is the fact's confidence."""

    scorer: PairScorer

    @classmethod
    def load(cls, path: Path) -> Weigher:
        """Read weights.json: a map from features to numbers; raise LanguageDataError where it is none."""
        try:
            weights = json.loads(path.read_text(encoding="utf-8"))
        except OSError as error:
            raise LanguageDataError(f"{path}: cannot be read ({error.strerror}): reinstall Rawabit.") from error
        except ValueError as error:
            raise LanguageDataError(f"{path}: is no JSON ({error}): train it anew or reinstall Rawabit.") from error
        if not isinstance(weights, dict) or not all(isinstance(value, int | float) for value in weights.values()):
            raise LanguageDataError(f"{path}: must map features to numbers: train it anew or reinstall Rawabit.")
        return cls(PairScorer(weights))

    def weigh(
        self,
        reading: Reading,
        nodes: Sequence[Node],
        triggers: Sequence[Trigger],
        actors: Mapping[str, Actor],
        country_of: Callable[[str], str],
    ) -> Iterator[Found]:
        """Yield the facts of a sentence that are likely enough."""
        yield from self.choose(reading, list(self.pairs(nodes, triggers, actors, country_of, UNPROPOSED_FLOOR)))

    def choose(self, reading: Reading, weighed: Sequence[Scored]) -> Iterator[Found]:
        """Yield those of a sentence's weighed pairs that are likely enough as facts."""
        told = {
            (scored.trigger.index, scored.frame.relation)
            for scored in weighed
            if scored.filling is not None and scored.probability >= SURE
        }
        for scored in weighed:
            plain = scored.filling is not None and scored.filling.confidence >= PLAIN
            floor = PLAIN_FLOOR if plain else PROPOSED_FLOOR
            if scored.filling is None:
                floor = BESIDE_FLOOR if (scored.trigger.index, scored.frame.relation) in told else UNPROPOSED_FLOOR
            if scored.probability >= floor:
                yield _found(reading, scored)

    def pairs(
        self,
        nodes: Sequence[Node],
        triggers: Sequence[Trigger],
        actors: Mapping[str, Actor],
        country_of: Callable[[str], str],
        floor: float = 0.0,
    ) -> Iterator[Scored]:
        """Yield every pair around the triggers with its probability; see PairScorer.score for `floor`."""
        if not triggers:
            return
        states = states_of(nodes, country_of)
        near = {node.chunk.entity for node in nodes if node.chunk is not None} | set(states.values())
        near.update(entity for node in nodes if node.pair for entity, _ in node.pair)
        near.update(tied.entity for index, node in enumerate(nodes) if (tied := tied_to(index, node)) is not None)
        for trigger in triggers:
            near.update(trigger.agents, trigger.subjects, (trigger.speaker,))
            near.update(argument.entity for argument in trigger.pronouns)
        kinds = {key: actors[key].kind for key in near if key is not None and key in actors}
        yield from self.scorer.score(nodes, triggers, actors_of(nodes, states, kinds), kinds, floor)


def _found(reading: Reading, scored: Scored) -> Found:
    trigger = scored.trigger
    # A pair that only stands beside a word has the status that the word itself decides: joining is still to come.
    decided = scored.filling.status if scored.filling is not None else scored.frame.status
    return Found(
        scored.subject.entity,
        scored.relation,
        scored.object.entity,
        decided or trigger.status,
        round(scored.probability, 3),
        reading,
        trigger.index,
        trigger.rule,
        scored.frame,
        trigger.source,
        trigger.item,
    )
