"""Reads at what an office is held: a known name, a body by its head noun, a ministry by its field, a bureau."""

from __future__ import annotations

from collections.abc import Callable

from ..model import EntityKind
from .bodies import BodyGrammar
from .chunks import Chunk, Reference, Title
from .gazetteer import Gazetteer, Match, pick
from .groups import GroupGrammar
from .heads import Heads
from .places import PlaceGrammar
from .vocabulary import Vocabulary
from .words import CLOSING, OPENING, Cut, Word

# The fewest words of a known name to which nothing is added.
_WHOLE = 2
Bureau = Callable[[tuple[Word, ...], int, Cut], Chunk | None]


class TargetGrammar:
    """Reads the body, state or place behind the head noun of a title; `bureau` reads the office of an office."""

    def __init__(
        self,
        heads: Heads,
        vocabulary: Vocabulary,
        gazetteer: Gazetteer,
        bodies: BodyGrammar,
        groups: GroupGrammar,
        bureau: Bureau,
    ) -> None:
        self._groups = groups
        self._heads = heads
        self._morphemes = heads.morphemes
        self._vocabulary = vocabulary
        self._gazetteer = gazetteer
        self._bodies = bodies
        self._bureau = bureau
        self._places = PlaceGrammar(heads, vocabulary, gazetteer)

    def read(self, words: tuple[Word, ...], position: int, option: Cut) -> Chunk | None:
        """Return the body, state or place named at `position`."""
        match = self._gazetteer.match(words, position, option.key) or self._bodies.known.outlet(words, position, option)
        body = self._bureau(words, position, option) or self._bodies.read(words, position, option, trusted=True)
        minister = position > 0 and words[position - 1].base in self._heads.ministers
        if (body is None or body.reference is not Reference.NAME) and not minister:
            body = self._bodies.half_named.read_ministry(words, position, option) or body
        longer = body is not None and (match is None or body.end > match.end)
        longer = longer and not (match is not None and self._is_overgrown(words, position, match, body))
        if body is not None and longer and (body.reference is Reference.NAME or match is None):
            body.inner = True
            return body
        if match is None:
            return self._group(words, position, option) or self.place(words, position, option)
        entity = pick(match, as_actor=True)
        if minister and entity.kind is EntityKind.ORGANIZATION:
            return None
        if entity.kind in (EntityKind.PERSON, EntityKind.WEAPON):
            return None
        known = (entity, *(other for other in match.entities if other is not entity))
        chunk = self._bodies.known.chunk(words, position, match.end, known, option)
        chunk.inner = True
        return chunk

    def is_own_body(self, words: tuple[Word, ...], position: int) -> bool:
        """Tell whether a title's last word heads a body of its own: "the head of the government of national unity"."""
        cut = words[position].cuts[0]
        if cut.definite or cut.base not in self._heads.national:
            return False
        body = self._bodies.read(words, position, cut, trusted=True)
        told = body is not None and body.reference is Reference.NAME and not body.common
        return told and body is not None and body.end > position + 2

    def place(self, words: tuple[Word, ...], position: int, option: Cut) -> Chunk | None:
        """Return the place of no list that its head noun announces: "the governor of the province of X"."""
        if option.definite and option.base in self._heads.governed:
            return self._bare_place(words, position, option)
        if option.base not in self._heads.places or option.definite:
            return None
        # The holder's name follows that of his place.
        place = self._places.read_place(words, position, option, longest=1)
        if place is not None:
            place.inner = True
        return place

    def _bare_place(self, words: tuple[Word, ...], position: int, option: Cut) -> Chunk | None:
        """Return the place that a bare noun means, which was named before: "the governor of the province"."""
        after = words[position + 1] if position + 1 < len(words) else None
        if after is not None and after.bears_article and self._describes(after):
            # "the commander of the eastern region" names one.
            return None
        kind, reference = EntityKind.PLACE, Reference.DEFINITE
        return Chunk(position, position + 1, kind, "", option, reference, head=option.base, inner=True)

    def _describes(self, word: Word) -> bool:
        """Tell whether a definite word is an adjective of bodies or places, and no title."""
        adjective = word.base in self._heads.complements or word.base in self._heads.place_qualifiers
        adjective = adjective or word.base + self._heads.feminine in self._heads.place_qualifiers
        return adjective and word.base not in self._heads.qualifiers

    def locate(self, words: tuple[Word, ...], body: Chunk, position: int) -> int:
        """Tell "the police in the province of X" from others of the kind; return the index after it, else 0."""
        if words[position].norm != self._morphemes.in_ or body.reference is not Reference.DEFINITE:
            return 0
        if body.country or body.parents or body.end != position:
            return 0
        place = self.place(words, position + 1, words[position + 1].cuts[0]) or self._known_place(words, position + 1)
        if place is None:
            return 0
        body.aliases.append(str(body.end))
        body.end, body.reference = place.end, Reference.NAME
        body.parents.append(place)
        return place.end

    def is_party(self, body: Chunk) -> bool:
        """Tell whether a body is a party."""
        return body.head in self._heads.parties or any(entity.type == "party" for entity in body.known)

    def _known_place(self, words: tuple[Word, ...], position: int) -> Chunk | None:
        match = self._gazetteer.match(words, position, words[position].key)
        if match is None or pick(match, as_actor=False).kind not in (EntityKind.PLACE, EntityKind.COUNTRY):
            return None
        return self._bodies.known.place(words, position, match)

    def quoted(self, words: tuple[Word, ...], position: int) -> Chunk | None:
        """Return the body whose name stands in quotes: "commander of 'the army of X'"."""
        if words[position].norm[0] not in OPENING or position + 2 >= len(words):
            return None
        body = self.read(words, position + 1, words[position + 1].cuts[0])
        if body is None or body.kind is not EntityKind.ORGANIZATION or body.end >= len(words):
            return None
        return body if words[body.end].norm[0] in CLOSING else None

    def sends(self, head: str, option: Cut) -> bool:
        """Tell whether a word with "for" is whoever sends an envoy."""
        return option.definite and option.preposition == self._morphemes.for_ and head.split()[0] in self._heads.envoys

    def qualifies(self, words: tuple[Word, ...], start: int, position: int) -> bool:
        """Tell whether a word is one that only qualifies a title: "former", "general"."""
        word, heads = words[position], self._heads
        listed = word.base in heads.qualifiers or heads.nominative(word.key) in heads.qualifiers
        return listed and not self._disagrees(words, start, position)

    def _disagrees(self, words: tuple[Word, ...], start: int, position: int) -> bool:
        """Tell whether a word is feminine behind a masculine title: "the American president [offered] help"."""
        nationality = self._gazetteer.nationality(words[position - 1].key)
        if nationality is None or nationality.feminine or nationality.plural:
            return False
        feminine = self._heads.feminine
        return words[position].base.endswith(feminine) and not words[start].base.endswith(feminine)

    def _is_overgrown(self, words: tuple[Word, ...], position: int, match: Match, body: Chunk | None) -> bool:
        """Tell whether a body only adds what a known one is for: "the European commission for foreign affairs"."""
        known = pick(match, as_actor=True)
        if body is None or known.kind is not EntityKind.ORGANIZATION or match.end < position + _WHOLE:
            return False
        added = words[match.end].cuts
        return body.country in (None, known.country) and any(
            cut.preposition == self._morphemes.for_ and not cut.conjunction for cut in added
        )

    def specialty_end(self, words: tuple[Word, ...], start: int) -> int:
        """Return the index after a specialist's field where a name follows: "in political affairs X"; else 0."""
        end = start
        while end < len(words) and self._may_be_field(words, end):
            end += 1
        named = end < len(words) and not words[end].is_mark and not self._vocabulary.is_common(words[end])
        return end if named and end > start and words[end - 1].bears_article else 0

    def _may_be_field(self, words: tuple[Word, ...], index: int) -> bool:
        """Tell whether a word may be one of those that tell somebody's field."""
        word = words[index]
        if word.is_mark or word.is_number or self._vocabulary.is_function(word.norm):
            return False
        return any(
            self._vocabulary.is_noun(cut.key) or self._gazetteer.nationality(cut.key) is not None
            for cut in word.cuts
            if not cut.preposition
            and (cut.conjunction in ("", self._morphemes.and_))
            and (cut.definite or not cut.offset)
        )

    def purpose_end(self, words: tuple[Word, ...], title: Title, position: int) -> int:
        """Pass over what an envoy is for, where a name follows: "the American envoy for peace in the Middle East"."""
        morphemes = self._morphemes
        cut = next((cut for cut in words[position].cuts if cut.preposition == morphemes.for_ and cut.definite), None)
        if cut is None or cut.conjunction or not (title.country or title.target) or title.plural:
            return 0
        end = position + 1
        if not self._vocabulary.is_noun(cut.base):
            match = self._gazetteer.match(words, position, cut.key)
            end = match.end if match is not None else position
        while end < len(words) and words[end].bears_article and self._vocabulary.is_noun(words[end].key):
            end += 1
        if end + 1 < len(words) and words[end].norm in (morphemes.in_, morphemes.to):
            match = self._gazetteer.match(words, end + 1, words[end + 1].key)
            end = match.end if match is not None else end
        named = end < len(words) and not words[end].is_mark and not self._vocabulary.is_common(words[end])
        return end if end > position and named else 0

    def field_end(self, words: tuple[Word, ...], position: int) -> int:
        """Return the index after "affairs of energy", "foreign affairs and African co-operation" and the like."""
        morphemes = self._morphemes
        end = position + 1
        while end < len(words):
            word = words[end]
            base = word.base
            if base != word.key and self._vocabulary.is_noun(base) and not self._gazetteer.nationality(word.key):
                if base in self._heads.qualifiers or self._vocabulary.is_title(base):
                    break
                end += 1
                continue
            listed = any(
                cut.base in self._heads.fields
                and (cut.conjunction == morphemes.and_ or cut.preposition == morphemes.for_ or not cut.offset)
                for cut in word.cuts
            )
            listed = listed or self._is_joined_before_state(words, end)
            if not listed or self._gazetteer.nationality(word.key) or base in self._heads.qualifiers:
                break
            end += 1
        return end

    def _is_joined_before_state(self, words: tuple[Word, ...], index: int) -> bool:
        """Tell whether a word is a field behind "and" that a nationality ends: "of resources and housing, Emirati"."""
        state = self._gazetteer.nationality(words[index + 1].key) if index + 1 < len(words) else None
        if state is None or state.plural or not words[index + 1].bears_article:
            return False
        and_ = self._morphemes.and_
        cuts = (cut for cut in words[index].cuts if cut.conjunction == and_ and not cut.preposition and cut.definite)
        return any(self._vocabulary.is_noun(cut.key) for cut in cuts)

    def _group(self, words: tuple[Word, ...], position: int, option: Cut) -> Chunk | None:
        """Return the group that somebody leads: "the leader of the opposition in X"."""
        group = self._groups.read(words, position, option) if self._groups.may_start(option) else None
        if group is None or group.name_end > group.end:
            return None
        group.inner = True
        return group

    def behind_department(self, words: tuple[Word, ...], position: int) -> Chunk | None:
        """Return the body behind what an official is the head of: "head of research at X"."""
        morphemes, end = self._morphemes, position
        while end < min(position + 3, len(words)) and self._vocabulary.is_noun(words[end].key):
            if not (words[end].bears_article or end == position) or self._heads.is_body(words[end].base):
                break
            end += 1
        if end == position or end + 1 >= len(words) or not words[end - 1].bears_article:
            return None
        if words[end].norm not in (morphemes.in_, morphemes.at):
            cuts = [cut for cut in words[end].cuts if cut.preposition == morphemes.by and not cut.conjunction]
            target = next(filter(None, (self.read(words, end, cut) for cut in cuts)), None)
        else:
            target = self.read(words, end + 1, words[end + 1].cuts[0])
        return target if target is not None and target.kind is EntityKind.ORGANIZATION else None


def take_place(body: Chunk, around: Chunk, position: int) -> bool:
    """Let the body of an office take in the one that it is in: "head of the committee X in the senate".

    Where only a place follows it the longer name is kept as another form, and False returned.
    """
    if body.kind is not EntityKind.ORGANIZATION or body.end != position or body.known:
        return False
    if around.kind is not EntityKind.ORGANIZATION or body.parents or body.country:
        body.aliases.append(str(around.end))
        return False
    body.aliases.append(str(body.end))
    body.end, around.inner = around.end, True
    body.parents.append(around)
    return True
