"""Finds organisations by their head noun and what completes it: "the ministry of defence of Ukraine", "the party X".

The longest stretch that still reads as one name is taken; a nationality or state in it makes the body part of it.
"""

from __future__ import annotations

from ..model import EntityKind
from .chunks import Chunk, Reference
from .gazetteer import Gazetteer, pick
from .growth import Growth
from .half_named import HalfNamedBodies
from .heads import Heads
from .joined_fields import JoinedFields
from .known_names import KnownNames
from .purposes import Purposes
from .units import Units
from .vocabulary import Vocabulary
from .words import CLOSING, OPENING, Cut, Word

_LONGEST = 9
_DEEPEST = 2
_PROPER_WORDS = 3
_PARENTS = (EntityKind.ORGANIZATION, EntityKind.PLACE)


class BodyGrammar:
    """Reads names of organisations; places reuse its complements."""

    def __init__(self, heads: Heads, vocabulary: Vocabulary, gazetteer: Gazetteer) -> None:
        self._heads = heads
        self._morphemes = heads.morphemes
        self._feminine = heads.feminine
        self._vocabulary = vocabulary
        self._gazetteer = gazetteer
        self._purposes = Purposes(heads, vocabulary)
        self._joined = JoinedFields(heads)
        self._units = Units(heads, vocabulary.is_noun)
        self.known = KnownNames(heads, gazetteer)
        self.half_named = HalfNamedBodies(heads, vocabulary, gazetteer, self.known)

    def read(
        self, words: tuple[Word, ...], start: int, cut: Cut, *, depth: int = 0, trusted: bool = False
    ) -> Chunk | None:
        """Return the organisation whose head is words[start] read as `cut`, or None.

        `trusted` says that a title stands before: whoever is director of something is so of a body.
        """
        heads = self._heads
        base = cut.base
        length = 1 if heads.is_body(base) else self._units.length(words, start, cut)
        if not length:
            return None
        named = self.known.behind_noun(words, start, cut)
        if named is not None:
            return named
        growth = Growth(words, start, cut, start + length, depth, trusted)
        growth.completed = length > 1
        self._grow(growth)
        affiliated = None if growth.completed or depth else self._affiliated(growth)
        if affiliated is not None:
            return affiliated
        if not growth.completed:
            if not (cut.definite and cut.key in heads.bare_definite):
                return None
            return self._chunk(growth, Reference.DEFINITE)
        if growth.end == start + 1 or self._is_described(growth) or self._is_generic(growth):
            return None
        stands_for = self._metonym(growth)
        if stands_for is not None:
            return stands_for
        if growth.country and growth.parent is None and growth.end == start + 2 and base in heads.common_bodies:
            # "the American company", "an Egyptian newspaper": told apart by its state, and no name.
            return self._chunk(growth, Reference.DEFINITE) if cut.definite else None
        chunk = self._chunk(growth, Reference.NAME)
        chunk.common = depth == 0 and not trusted and self._is_common(growth)
        if not chunk.parents and words[chunk.end - 1].norm[0] in CLOSING:
            self.known.add_states(words, chunk)
        return self.known.as_owner(chunk)

    def _is_generic(self, growth: Growth) -> bool:
        """Tell whether a definite plural names none: "the big companies"."""
        named = growth.country or growth.parent is not None or growth.quoted >= 0
        return growth.cut.definite and not named and growth.cut.base in self._heads.generic

    def _is_common(self, growth: Growth) -> bool:
        """Tell whether nothing in a name is one: "a government of national unity", "an electoral district"."""
        if growth.cut.definite or growth.country or growth.parent or growth.quoted >= 0:
            return False
        rest = growth.words[growth.start + 1 : growth.end]
        return all(not word.bears_article and self._vocabulary.is_noun(word.key) for word in rest)

    def _affiliated(self, growth: Growth) -> Chunk | None:
        """Return a body without a name of its own that is told by whose it is: "a force belonging to X"."""
        words, end = growth.words, growth.end
        while end < len(words) and not growth.cut.definite and self._vocabulary.is_adjective(words[end].key):
            end += 1
        if end + 1 >= len(words) or words[end].base not in self._heads.affiliation:
            return None
        for cut in words[end + 1].cuts:
            if cut.preposition != self._morphemes.for_ or cut.conjunction:
                continue
            match = self._gazetteer.match(words, end + 1, cut.key)
            owner = self._inner(growth, end + 1, cut) if match is None else None
            if match is not None or owner is not None:
                chunk = Chunk(
                    growth.start, end, EntityKind.ORGANIZATION, "", growth.cut, head=growth.cut.base, confidence=0.7
                )
                chunk.name_end = match.end if match is not None else owner.end if owner is not None else end
                return chunk
        return None

    def _is_described(self, growth: Growth) -> bool:
        """Tell whether an adjective only describes a body without a state: "the eastern front", "the high command"."""
        described = self._heads.described.get(growth.cut.base)
        stated = growth.country is not None and growth.cut.base not in self._heads.qualities
        if described is None or stated or growth.words[growth.start + 1].key not in described:
            return False
        return growth.parent is None or growth.parent.kind is EntityKind.PLACE

    def _metonym(self, growth: Growth) -> Chunk | None:
        """Return the state that "the X regime" or "the X leadership" stands for."""
        plain = growth.cut.definite and growth.end == growth.start + 2 and growth.parent is None
        if not (plain and growth.country and growth.cut.base in self._heads.metonyms):
            return None
        state = self._gazetteer.country(growth.country)
        if state is None:
            return None
        return Chunk(growth.start, growth.end, state.kind, "", growth.cut, known=(state,), country=growth.country)

    def _grow(self, growth: Growth) -> None:
        words, position = growth.words, growth.end
        while position < len(words) and position - growth.start < _LONGEST:
            step = self._step(growth, position)
            if not step:
                break
            position = growth.end = step
        if growth.completed and position < len(words) - 1 and growth.parent is None:
            self._locate(growth, position)

    def _step(self, growth: Growth, position: int) -> int:
        """Return the index after the complement at `position`, or 0."""
        words, word = growth.words, growth.words[position]
        if word.norm[0] in OPENING:
            beside = position == growth.start + 2 and growth.cut.base in self._heads.common_bodies
            told = beside and growth.nationality_end == position
            return self._quoted(growth, position) if position == growth.start + 1 or told else 0
        unit = self._units.end_of_number(words, growth.cut, position) if position == growth.start + 1 else 0
        if unit:
            growth.completed = True
            return unit
        if word.is_mark or word.is_number or word.base in self._heads.affiliation:
            return 0
        nationality = self._gazetteer.state_of_body(words, position, self._heads.is_feminine_state(growth.cut.base))
        fits = nationality is not None and (not nationality.plural or word.bears_article)
        if nationality is not None and fits and growth.agrees(position):
            if growth.country and growth.country != nationality.country:
                return 0
            growth.country, growth.completed = nationality.country, True
            growth.alias_end = growth.alias_end or position
            growth.nationality_end = position + 1
            return position + 1
        two_word = self.known.two_word_nationality(words, position)
        if two_word:
            growth.country, growth.completed = two_word, True
            return position + 2
        return (
            self._purposes.end_of_concern(growth, position)
            or self._nested(growth, position)
            or self._purpose(growth, position)
            or self._complement(growth, position)
            or self._purposes.end_of_description(growth, position)
        )

    def _purpose(self, growth: Growth, position: int) -> int:
        heads = self._heads
        acts = growth.cut.base in heads.troops | heads.national | heads.governing
        if acts or growth.parent is not None:
            return 0
        if position == growth.start + 1:
            named = growth.cut.base in heads.topical | heads.naming_heads and not growth.cut.definite
            end = self._purposes.end_of_task(growth.words, position) if named else 0
        else:
            end = self._purposes.end_for_body(growth.words, position)
        growth.completed = growth.completed or end > 0
        return end

    def _nested(self, growth: Growth, position: int) -> int:
        """Take in a known name or a body of its own: "office of the UN", "committee in the senate"."""
        words, word, morphemes = growth.words, growth.words[position], self._morphemes
        for cut in word.cuts:
            if cut.conjunction or (cut.preposition and cut.preposition not in (morphemes.for_, morphemes.by)):
                continue
            if cut.preposition and (growth.country or growth.parent or growth.cut.base in self._heads.metonyms):
                # "told agency X": a name that tells where it belongs is whole; "a command [post] of X" is none.
                continue
            apart = position - growth.start - self._joined.count(growth, position)
            chained = apart == 2 and not self._is_defined(words, position - 1)
            if not growth.governs(position) and not cut.preposition and not chained:
                continue
            match = self._gazetteer.match(words, position, cut.key)
            entity = pick(match, as_actor=True) if match is not None else None
            whole = self._gazetteer.ends_at(words, growth.start, growth.cut.key, position)
            quality = growth.cut.base in self._heads.qualities
            if match is not None and (quality or (whole and cut.preposition == morphemes.for_)):
                return 0
            city = match is not None and any(each.kind is EntityKind.PLACE for each in match.entities)
            capital = city and entity is not None and entity.kind is EntityKind.COUNTRY and not cut.preposition
            if match is not None and capital and growth.cut.base not in self._heads.governing:
                # "the university of Cairo": in the city, whatever else its name may stand for.
                growth.completed = True
                return match.end
            if match is not None and entity is not None and entity.kind is EntityKind.COUNTRY:
                if growth.words[position - 1].base == morphemes.affairs:
                    # "the office of the affairs of X": of what it is about.
                    growth.completed = True
                    return match.end
                if growth.country or (cut.preposition == morphemes.by and not self._abroad(growth, position)):
                    return 0
                growth.country, growth.completed = entity.key, True
                return match.end
            if match is not None and entity is not None and entity.kind in _PARENTS:
                if entity.kind is EntityKind.PLACE and cut.preposition == morphemes.by and growth.completed:
                    # "the ministry in the city of X": where it is now, and no part of its name.
                    return 0
                parent = self.known.chunk(words, position, match.end, (entity,), cut)
                parent.inner = growth.completed = True
                owned = entity.kind is not EntityKind.PLACE or growth.cut.base in self._heads.state_bodies
                growth.parent = parent if owned or cut.preposition else None
                return parent.end
            inner = self._inner(growth, position, cut)
            if inner is not None and not cut.preposition and growth.cut.base in self._heads.topical:
                # "the committee of the armed forces at X": what it is about is no body that it belongs to.
                growth.completed, growth.country = True, inner.country
                growth.parent = next((parent for parent in inner.parents if isinstance(parent, Chunk)), None)
                return inner.end
            if inner is not None and quality:
                return 0
            if inner is not None:
                inner.inner = True
                growth.completed = growth.trusted or growth.cut.base not in self._heads.needy_heads
                own = not cut.preposition and position == growth.start + 1 and growth.cut.base in self._heads.parties
                if own:
                    # "the party 'List of X'": the list is the party.
                    growth.country = growth.country or inner.country
                elif cut.preposition or inner.parents or inner.known:
                    growth.parent = inner
                if cut.preposition == morphemes.by and position > growth.start + 1:
                    growth.alias_end = growth.alias_end or position
                return inner.end
        return 0

    def _inner(self, growth: Growth, position: int, cut: Cut) -> Chunk | None:
        """Return the body named inside the name of another, two deep at most."""
        if growth.depth >= _DEEPEST or not self._heads.is_body(cut.base):
            return None
        if self._vocabulary.is_function(growth.words[position].norm):
            return None
        inner = self.read(growth.words, position, cut, depth=growth.depth + 1)
        return inner if inner is not None and inner.reference is Reference.NAME else None

    def _is_defined(self, words: tuple[Word, ...], index: int) -> bool:
        return words[index].bears_article or self._gazetteer.nationality(words[index].key) is not None

    def _abroad(self, growth: Growth, position: int) -> bool:
        """Only bodies of a state, in the plural or with an adjective, name it with "bi-"."""
        state = growth.cut.base in self._heads.state_bodies
        return state and growth.words[position - 1].base in self._heads.complements

    def _complement(self, growth: Growth, position: int) -> int:
        """Take in a word that completes names of bodies, or after a head without article a definite or unknown one."""
        words, word, heads, vocabulary = growth.words, growth.words[position], self._heads, self._vocabulary
        listed = self._listed_complement(growth, position)
        if listed is not None:
            needy = growth.cut.base in heads.needy_heads and not growth.trusted
            growth.completed = growth.completed or (listed and not needy)
            return position + 1
        if vocabulary.is_function(word.norm) or vocabulary.is_verb(word.key) or not growth.governs(position):
            return 0
        if word.norm in vocabulary.pairs:
            # "the forces of the two countries": whose they are, and no name.
            return 0
        titled = word.bears_article and heads.title_sort(word.base) == "state"
        if titled and growth.cut.base in heads.governing:  # "the government of president X" is his, and no name
            return 0
        weak = growth.cut.base in heads.weak_heads and not growth.trusted
        if word.bears_article and not weak and word.key not in vocabulary.calendar:
            growth.completed = True
            return position + 1
        if not self._is_proper(word) or (weak and not (word.is_latin or vocabulary.is_name(word.key))):
            return 0
        growth.completed = True
        end = position + 1
        while end < len(words) and end - position < _PROPER_WORDS and self._is_proper(words[end]):
            if self._known_at(words, end) or self._is_full_name(words, end):
                break
            end += 1
        return end

    def _listed_complement(self, growth: Growth, position: int) -> bool | None:
        """Tell whether a listed complement at a word completes the name; None where there is none."""
        morphemes = self._morphemes
        heads, later, governed = self._heads, position - growth.start > 1, growth.governs(position)
        for cut in growth.words[position].cuts:
            if self._joined.goes_on(growth, position, cut):
                return False
            if cut.conjunction or (cut.preposition and cut.preposition != self._morphemes.for_):
                continue
            if cut.preposition and cut.definite and later and not growth.country and not growth.parent:
                if cut.base in heads.complements or self._may_be_for(growth, cut):
                    return True
                continue
            if not governed and not cut.preposition and not later and heads.is_body(cut.base):
                continue
            if (
                governed
                and not later
                and not cut.offset
                and not cut.definite
                and self._only_describes(growth, position)
            ):
                continue
            # Behind a nationality another phrase begins: "the Polish firm X [the] making of tanks".
            # Nor does a word without article go on with one that bears it: "the Liberal Party [in the] year of".
            chained = later and (not growth.words[position - 1].bears_article or cut.stem.startswith(morphemes.and_))
            goes_on = chained and self._gazetteer.nationality(growth.words[position - 1].key) is None
            if cut.base in heads.complements and (cut.definite or cut.preposition or governed or goes_on):
                return True
        return None

    def _may_be_for(self, growth: Growth, cut: Cut) -> bool:
        """Tell whether a body may be one for a thing: troops are for what is listed, and nothing is for a place."""
        if growth.cut.base in self._heads.troops or cut.base in self._heads.places:
            return False
        return not (cut.key.endswith(self._morphemes.people_endings) and not self._vocabulary.is_noun(cut.key))

    def _only_describes(self, growth: Growth, position: int) -> bool:
        """An indefinite adjective counts only where a nationality follows: "an international body" is no name."""
        words = growth.words
        if words[position].key not in self._vocabulary.adjectives:
            return False
        return not any(self._gazetteer.nationality(word.key) for word in words[position + 1 : position + 3])

    def _is_full_name(self, words: tuple[Word, ...], position: int) -> bool:
        """Tell whether two listed names stand at a word: whoever is at the body."""
        vocabulary, key = self._vocabulary, words[position].key
        if position + 1 >= len(words) or key not in vocabulary.given:
            return False
        after = words[position + 1].key
        return vocabulary.is_name(after) and not (key in vocabulary.ambiguous and vocabulary.is_noun(after))

    def _known_at(self, words: tuple[Word, ...], position: int) -> bool:
        return self._gazetteer.match(words, position, words[position].key) is not None

    def _is_proper(self, word: Word) -> bool:
        if word.is_latin:
            return True
        if word.key.endswith(self._feminine) and not self._vocabulary.is_name(word.key):
            return False
        return len(word.key) > 2 and not word.is_mark and not word.is_number and not self._vocabulary.is_common(word)

    def _quoted(self, growth: Growth, position: int) -> int:
        words = growth.words
        for end in range(position + 1, min(position + 6, len(words))):
            if words[end].norm[0] in CLOSING and end > position + 1:
                growth.completed, growth.quoted = True, position
                return end + 1
            if self._vocabulary.is_function(words[end].norm) or words[end].norm[0] in "\u060c:.":
                break
        return 0

    def _locate(self, growth: Growth, position: int) -> None:
        """Give a body without a state the country that follows it: "the aviation authority in Jordan"."""
        words = growth.words
        if growth.country or words[position].norm != self._morphemes.in_:
            return
        match = self._gazetteer.match(words, position + 1, words[position + 1].key)
        if match is None or growth.cut.base not in self._heads.state_bodies:
            return
        entity = pick(match, as_actor=True)
        if entity.kind is EntityKind.COUNTRY:
            growth.alias_end = position
            growth.country, growth.end = entity.key, match.end

    def _chunk(self, growth: Growth, reference: Reference) -> Chunk:
        cut, country = growth.cut, growth.country
        chunk = Chunk(
            growth.start, growth.end, EntityKind.ORGANIZATION, "", cut, reference, country=country, head=cut.base
        )
        if growth.parent is not None:
            chunk.parents.append(growth.parent)
        elif country and cut.base not in self._heads.stateless:
            chunk.parents.append(country)
        if growth.start + 1 < growth.alias_end < growth.end:
            chunk.aliases.append(str(growth.alias_end))
        if growth.quoted >= 0 and growth.country is None and growth.parent is None:
            # "the network 'X'" is X, too.
            chunk.name_start = growth.quoted + 1
        return chunk
