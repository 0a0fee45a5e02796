"""Reads what seeds/ knows by name: the state that stands in a name or behind it, outlets named by a common word."""

from __future__ import annotations

from ..model import EntityKind
from ..resolve.known import KnownEntity
from .chunks import Chunk
from .gazetteer import Gazetteer, Match, pick
from .heads import Heads
from .words import CLOSING, OPENING, QUOTES, Cut, Word

# A bank or company that bears the name of a state need not be of it.
_TRADES = ("bank", "company", "club")


class KnownNames:
    """Makes chunks of known names."""

    def __init__(self, heads: Heads, gazetteer: Gazetteer) -> None:
        self._heads = heads
        self._morphemes = heads.morphemes
        self._gazetteer = gazetteer

    def chunk(self, words: tuple[Word, ...], start: int, end: int, known: tuple[KnownEntity, ...], cut: Cut) -> Chunk:
        """Return the chunk of a known name, with the state that its words or a nationality behind them name."""
        entity = known[0]
        country = entity.key if entity.kind is EntityKind.COUNTRY else entity.country
        chunk = Chunk(start, end, entity.kind, "", cut, known=known, country=country)
        if entity.kind in (EntityKind.ORGANIZATION, EntityKind.PLACE):
            self.add_states(words, chunk)
        return chunk

    def behind_noun(self, words: tuple[Word, ...], start: int, cut: Cut) -> Chunk | None:
        """Return a known body behind a noun that only says what it is: "network CNN", "movement 'Hamas'"."""
        position = start + 1
        if cut.definite or cut.base not in self._heads.naming_heads or position >= len(words):
            return None
        quoted = words[position].norm[0] in OPENING
        position += quoted
        match = self._gazetteer.match(words, position, words[position].key) if position < len(words) else None
        if quoted:
            whole = self._gazetteer.match((words[start], *words[position:]), 0, cut.key)
            match = Match(start + 1 + whole.end, whole.entities) if whole is not None and whole.end > 1 else match
        if match is None:
            return None
        bodies = tuple(entity for entity in match.entities if entity.kind is EntityKind.ORGANIZATION)
        if not bodies or (quoted and self._is_cut(words, match.end)):
            return None
        end = match.end + (quoted and match.end < len(words) and words[match.end].norm[0] in CLOSING)
        chunk = Chunk(
            start, end, EntityKind.ORGANIZATION, "", cut, known=bodies, country=bodies[0].country, head=cut.base
        )
        self.add_states(words, chunk)
        return chunk

    def _is_cut(self, words: tuple[Word, ...], end: int) -> bool:
        """Tell whether a quote goes on behind a known name with no adjective of it: "the company 'X Y'" is not "X"."""
        word = words[end] if end < len(words) else None
        if word is None or word.is_mark or word.bears_article:
            return False
        return self._gazetteer.nationality(word.key) is None

    def place(self, words: tuple[Word, ...], position: int, match: Match) -> Chunk:
        """Return the chunk of what something is in, or of: a capital is the city."""
        chunk = self.chunk(words, position, match.end, (pick(match, as_actor=False),), words[position].cuts[0])
        chunk.inner = True
        return chunk

    def outlet(self, words: tuple[Word, ...], position: int, cut: Cut) -> Match | None:
        """Return the outlet whose name is also a common word, where who works for it or "said to" stands before."""
        doubtful = self._gazetteer.doubtful(cut.key, EntityKind.ORGANIZATION)
        if doubtful is None:
            return None
        after = words[position + 1] if position + 1 < len(words) else None
        told = cut.preposition == self._morphemes.for_ and (
            after is None or after.is_mark or after.norm == self._morphemes.that
        )
        employed = position > 0 and words[position - 1].base in self._heads.press and not cut.offset
        interviewed = position > 1 and words[position - 2].base in self._heads.interviews
        return Match(position + 1, doubtful.entities) if told or employed or interviewed else None

    def add_states(self, words: tuple[Word, ...], chunk: Chunk) -> None:
        """Make a body part of the state that its name holds, or that the nationality behind it names."""
        if chunk.kind is EntityKind.PLACE and words[chunk.start].base in self._heads.directions:
            return
        inner = self._inner(words, chunk) if chunk.kind is EntityKind.ORGANIZATION else None
        if inner is not None and inner.kind is EntityKind.ORGANIZATION:
            self.add_states(words, inner)
            chunk.parents.append(inner)
            return
        trades = any(entity.type in _TRADES or entity.domains for entity in chunk.known)
        for index in range(chunk.start + 1, chunk.end):
            nationality = self._gazetteer.nationality(words[index].key)
            match = (
                None
                if nationality or (trades and not words[index].bears_article)
                else self._gazetteer.match(words, index, words[index].key)
            )
            if match is not None and self._is_of_city(words[chunk.start], match):
                match = None
            named = nationality.country if nationality else pick(match, as_actor=True).key if match else None
            country = self.two_word_nationality(words[: chunk.end], index) or named
            if country == chunk.country and country is not None and country not in chunk.parents:
                chunk.parents.append(country)
        self._add_parent(words, chunk, inner)
        position = self._after_bracket(words, chunk)
        if chunk.kind is EntityKind.PLACE and not self._names_state(words, position, chunk.country):
            return
        two_word = self.two_word_nationality(words, position)
        if two_word and not chunk.parents and chunk.country in (None, two_word):
            chunk.aliases.append(str(chunk.end))
            chunk.parents.append(two_word)
            chunk.end = position + 2
            return
        behind = self._gazetteer.nationality(words[position].key) if position < len(words) else None
        if chunk.country is not None and behind is not None and behind.country != chunk.country:
            return
        if behind and not behind.plural and words[position].bears_article and not chunk.parents:
            chunk.aliases.append(str(chunk.end))
            chunk.parents.append(behind.country)
            chunk.end = position + 1

    def _is_of_city(self, head: Word, match: Match) -> bool:
        """Tell whether the name of a capital in that of a body is the city: "the university of Cairo"."""
        city = any(entity.kind is EntityKind.PLACE for entity in match.entities)
        return city and not any(cut.base in self._heads.governing for cut in head.cuts)

    def two_word_nationality(self, words: tuple[Word, ...], position: int) -> str | None:
        """Return the country that two words at a position are the nationality of, or None."""
        if position + 1 >= len(words):
            return None
        nationality = self._gazetteer.nationality(f"{words[position].key} {words[position + 1].key}")
        return nationality.country if nationality else None

    def _names_state(self, words: tuple[Word, ...], position: int, country: str | None) -> bool:
        """Tell whether the adjective of a country stands at a position."""
        nationality = self._gazetteer.nationality(words[position].key) if position < len(words) else None
        return nationality is not None and nationality.country == country

    def _add_parent(self, words: tuple[Word, ...], chunk: Chunk, seat: Chunk | None) -> None:
        """Make a known body part of the one that seeds/ puts it in and its name holds; else of its `seat`."""
        parents = {entity.parent for entity in chunk.known if entity.parent}
        if chunk.parents:
            return
        if not parents:
            chunk.parents += [seat] if seat is not None else []
            return
        for index in range(chunk.start + 1, chunk.end):
            for cut in words[index].cuts:
                match = self._gazetteer.match(words[: chunk.end], index, cut.key)
                known = tuple(entity for entity in match.entities if entity.key in parents) if match else ()
                if match is not None and known:
                    parent = Chunk(index, match.end, known[0].kind, "", cut, known=known, inner=True)
                    chunk.parents.append(parent)
                    return

    def _inner(self, words: tuple[Word, ...], chunk: Chunk) -> Chunk | None:
        """Return the known body or place that ends a name after "in": "the ministry of health in X"."""
        by, in_ = self._morphemes.by, self._morphemes.in_
        for index in range(chunk.start + 2, chunk.end):
            for cut in words[index].cuts:
                if cut.preposition != by and (words[index - 1].norm != in_ or cut.offset):
                    continue
                if words[index - 1].base in self._heads.concerning:
                    # "the contact group concerned with X" is not in X.
                    continue
                match = self._gazetteer.match(words[: chunk.end], index, cut.key)
                if match is not None and match.end == chunk.end:
                    known = pick(match, as_actor=False)
                    return Chunk(
                        index, match.end, known.kind, "", cut, known=(known,), country=known.country, inner=True
                    )
        return None

    def as_owner(self, chunk: Chunk) -> Chunk:
        """Let the troops of an organisation stand for it: "the forces of the alliance X"."""
        owner = chunk.parents[0] if len(chunk.parents) == 1 else None
        if chunk.head not in self._heads.troops or not isinstance(owner, Chunk) or owner.end != chunk.end:
            return chunk
        if owner.kind is not EntityKind.ORGANIZATION or owner.preposition:
            # "[the committee of] the armed forces at the senate" are not the senate.
            return chunk
        chunk.name_start, chunk.known, chunk.parents = owner.start, owner.known, owner.parents
        chunk.country, chunk.head = owner.country, owner.head
        return chunk

    def _after_bracket(self, words: tuple[Word, ...], chunk: Chunk) -> int:
        """Return the index after a closing quote and a short bracket, and after one adjective."""
        position = chunk.end
        quoted = chunk.start > 0 and words[chunk.start - 1].norm[0] in QUOTES
        if quoted and position < len(words) and words[position].norm[0] in QUOTES:
            position += 1
        if position < len(words) and words[position].norm == "(":
            for end in range(position + 1, min(position + 6, len(words))):
                if words[end].norm == ")":
                    position = end + 1
                    break
        if position + 1 < len(words) and words[position].key in self._morphemes.body_sorts:
            position += 1
        return position
