"""Finds what a sentence names: known names, titles with their holders, bodies, places, people, weapons, events.

At each word every grammar is tried under every cut of its clitics. The longest reading wins, and of two that
are as long a known name before a guess.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import lru_cache
from itertools import pairwise

from ..lang.language import Language
from ..model import EntityKind, Sentence
from ..text.fold import loosen
from ..text.tokens import tokenize
from .bodies import BodyGrammar
from .chunks import Chunk, Office, Reading, Reference, own
from .gazetteer import Gazetteer, Match, pick
from .heads import Heads
from .names import NameGrammar
from .offices import OfficeGrammar
from .places import PlaceGrammar
from .titles import TitleGrammar
from .vocabulary import Vocabulary
from .words import Cut, Word, WordReader, surface

_COMMA = ("\u060c", ",", "-", "\u2013")
_MOTION_REACH = 9
_OWNED = (EntityKind.ORGANIZATION, EntityKind.PLACE)
_KNOWN, _TITLE, _BODY, _PLACE, _NAME, _EVENT = 5, 4, 3, 3, 2, 1


class MentionFinder:
    """Turns a sentence into a Reading: its words and the chunks that name something."""

    def __init__(
        self, language: Language, vocabulary: Vocabulary, gazetteer: Gazetteer, moves: Callable[[str], bool]
    ) -> None:
        self._moves = moves
        self._morphemes = language.morphemes
        self._words = WordReader(language.morphemes)
        self._copulas = language.copulas
        self._motion_prepositions = language.motion_prepositions
        self._heads = Heads.load(language)
        self._starting = lru_cache(maxsize=100_000)(self._starting_cuts)
        self._vocabulary = vocabulary
        self._gazetteer = gazetteer
        self._singulars = {loosen(plural): single for plural, single in language.titles.plurals.items()}
        self._names = NameGrammar(vocabulary, gazetteer)
        self._bodies = BodyGrammar(self._heads, vocabulary, gazetteer, self._names)
        titles = TitleGrammar(self._heads, vocabulary, gazetteer, self._bodies)
        self._offices = OfficeGrammar(self._heads, gazetteer, self._names, titles)
        self._places = PlaceGrammar(self._heads, vocabulary, gazetteer, self._bodies)

    def read(self, sentence: Sentence) -> Reading:
        """Return the words and chunks of a sentence."""
        words = self._words.read(tokenize(sentence))
        chunks: list[Chunk] = []
        position = 0
        while position < len(words):
            holders = self._holders(sentence, words, position) or self._dual_bodies(sentence, words, position)
            if holders:
                chunks += holders
                position = holders[-1].end
                continue
            chunk = self._best(words, position)
            if chunk is None:
                position += 1
                continue
            self._name(sentence, words, chunk)
            chunks.append(chunk)
            position = chunk.end
            for further in self._further_bodies(sentence, words, chunk):
                chunks.append(further)
                position = further.end
        chunks = list(self._with_coordinated_holders(sentence, words, chunks))
        return Reading(sentence, words, chunks, own(chunks, len(words)))

    def join(self, reading: Reading) -> None:
        """Join what belongs together: titles with names, places with what they lie in. Add lone surnames before."""
        sentence, words = reading.sentence, reading.words
        chunks = self._merge_appositions(sentence, words, reading.chunks)
        self._nest_places(words, chunks)
        self._affiliate(words, chunks)
        reading.chunks, reading.owner = chunks, own(chunks, len(words))

    def _holders(self, sentence: Sentence, words: tuple[Word, ...], position: int) -> list[Chunk]:
        """Return the people of a plural title that names several states, each with an office of its own."""
        word = words[position]
        if word.is_mark or word.is_number:
            return []
        for cut in word.cuts:
            holders = self._offices.holders(words, position, cut)
            if not holders:
                continue
            for holder in holders:
                head, tail = holder.offices[0].role.split("+")
                first, last = map(int, head.split(":"))
                single = self._singulars.get(cut.key) or surface(sentence, words, first, first + 1, cut)
                rest = [surface(sentence, words, first + 1, last, None)] if last > first + 1 else []
                begin, end = map(int, tail.split(":"))
                own = surface(sentence, words, begin, end, None if holder is holders[0] else holder.cut)
                holder.name = " ".join([single, *rest, own])
                holder.offices = [replace(holder.offices[0], role=holder.name)]
            return holders
        return []

    def _further_bodies(self, sentence: Sentence, words: tuple[Word, ...], chunk: Chunk) -> Iterator[Chunk]:
        """Yield the bodies that only a further nationality names: "the American and Iraqi forces"."""
        last = self._gazetteer.nationality(words[chunk.end - 1].key)
        if chunk.kind is not EntityKind.ORGANIZATION or last is None or last.country != chunk.country:
            return
        position = chunk.end
        while position < len(words):
            cut = next((c for c in words[position].cuts if c.conjunction and not c.preposition and c.definite), None)
            nationality = self._gazetteer.nationality(cut.key) if cut is not None else None
            if nationality is None or nationality.country == chunk.country:
                return
            head = surface(sentence, words, chunk.start, chunk.end - 1, chunk.cut)
            name = f"{head} {surface(sentence, words, position, position + 1, cut)}"
            further = Chunk(position, position + 1, EntityKind.ORGANIZATION, name, cut, head=chunk.head)
            further.country = nationality.country
            further.parents.append(nationality.country)
            yield further
            position += 1

    def _dual_bodies(self, sentence: Sentence, words: tuple[Word, ...], position: int) -> list[Chunk]:
        """Return the bodies of a dual or plural head, one for each state it names."""
        word = words[position]
        for cut in () if word.is_mark or word.is_number else word.cuts:
            holders = self._bodies.holders(words, position, cut)
            if not holders:
                continue
            return self._spread(sentence, words, position, cut, holders)
        return []

    def _spread(
        self,
        sentence: Sentence,
        words: tuple[Word, ...],
        position: int,
        cut: Cut,
        holders: list[tuple[str, int, int, str]],
    ) -> list[Chunk]:
        chunks: list[Chunk] = []
        start = position
        for single, first, last, country in holders:
            end = self._end_of_state(words, max(start, last), country)
            own_cut = cut if not chunks else next((c for c in words[start].cuts if c.conjunction), words[start].cuts[0])
            rest = surface(sentence, words, first, last, None) if last > first else ""
            state = surface(sentence, words, end - 1, end, None if not chunks else own_cut)
            chunk = Chunk(start, end, EntityKind.ORGANIZATION, " ".join(filter(None, (single, rest, state))), own_cut)
            chunk.country, chunk.head = country, self._morphemes.bare(loosen(single))
            chunk.parents.append(country)
            chunks.append(chunk)
            start = end
        return chunks

    def _end_of_state(self, words: tuple[Word, ...], start: int, country: str) -> int:
        """Return the index after the words that name a state from `start` on."""
        for index in range(start, min(start + 4, len(words))):
            for cut in words[index].cuts:
                nationality = self._gazetteer.nationality(cut.key)
                if nationality is not None and nationality.country == country:
                    return index + 1
                match = self._gazetteer.match(words, index, cut.key)
                if match is not None and any(entity.key == country for entity in match.entities):
                    return match.end
        return start + 1

    def _best(self, words: tuple[Word, ...], position: int) -> Chunk | None:
        word = words[position]
        if word.is_mark or word.is_number or self._vocabulary.is_function(word.norm):
            return None
        best: Chunk | None = None
        best_score = (0, 0)
        for cut in self._starting(word.norm):
            for rank, chunk in self._candidates(words, position, cut):
                score = (chunk.end, rank)
                if score > best_score:
                    best, best_score = chunk, score
        return best

    def _starting_cuts(self, norm: str) -> tuple[Cut, ...]:
        """Return the cuts of a word under which it may begin a mention: for most words there is none."""
        vocabulary = self._vocabulary
        return tuple(
            cut
            for cut in self._words.cuts_of(norm)
            if not (cut.offset and vocabulary.is_function(cut.stem))
            and (
                self._gazetteer.may_start(cut.key)
                or self._heads.may_start(cut.base, cut.key)
                or cut.key in vocabulary.given
                or (cut.definite and cut.base in vocabulary.given)
            )
        )

    def _candidates(self, words: tuple[Word, ...], position: int, cut: Cut) -> Iterator[tuple[int, Chunk]]:
        known = self._known(words, position, cut)
        if known is not None:
            yield _KNOWN, known
        title = self._offices.read(words, position, cut)
        if title is not None:
            yield _TITLE, title
        body = self._bodies.read(words, position, cut) or self._bodies.read_shorthand(words, position, cut)
        if body is not None and not (known is not None and known.kind is EntityKind.ORGANIZATION and not body.known):
            yield _BODY, body
        place = self._places.read_place(words, position, cut)
        if place is not None:
            yield _PLACE, place
        end = self._names.end_in_text(words, position, cut)
        if end > position:
            yield _NAME, Chunk(position, end, EntityKind.PERSON, "", cut, name_start=position, confidence=0.7)
        event = self._places.read_event(words, position, cut)
        if event is not None:
            yield _EVENT, event

    def _known(self, words: tuple[Word, ...], position: int, cut: Cut) -> Chunk | None:
        match = self._gazetteer.match(words, position, cut.key)
        if match is None and position and words[position - 1].norm in self._vocabulary.prepositions:
            doubtful = self._gazetteer.doubtful(cut.key)
            match = Match(position + 1, doubtful.entities) if doubtful is not None else None
        if match is None:
            return None
        if match.end == position + 1 and self._is_doubtful(words, position, cut):
            return None
        in_place = (
            cut.preposition == self._morphemes.by
            or (position > 0 and words[position - 1].norm == self._morphemes.in_)
            or self._after_motion(words, position)
        )
        entity = pick(match, as_actor=not in_place)
        end = match.end
        if entity.kind is EntityKind.PERSON and end == position + 1:
            end = max(end, self._names.end_in_text(words, position, cut))
        known = (entity, *(other for other in match.entities if other is not entity))
        chunk = self._bodies.known_chunk(words, position, end, known, cut)
        chunk.name_start = position if entity.kind is EntityKind.PERSON else -1
        return chunk

    def _after_motion(self, words: tuple[Word, ...], position: int) -> bool:
        """After a word of going or staying a capital is the city: "arrived in Baghdad", "visit to Moscow"."""
        reach = _MOTION_REACH if position and words[position - 1].norm in self._motion_prepositions else 2
        return any(self._moves(word.norm) for word in words[max(0, position - reach) : position])

    def _is_doubtful(self, words: tuple[Word, ...], position: int, cut: Cut) -> bool:
        """A one-word name that is also a word of the language counts only where it is not cut."""
        key = cut.key
        if self._gazetteer.nationality(key) and not key.startswith(self._morphemes.article):
            return True
        return bool(cut.offset) and (
            self._vocabulary.is_noun(words[position].key) or self._vocabulary.is_verb(words[position].key)
        )

    def _name(self, sentence: Sentence, words: tuple[Word, ...], chunk: Chunk) -> None:
        """Set the chunk's name and aliases from its words as written; the word indices kept so far are resolved."""
        full = surface(sentence, words, chunk.start, chunk.end, chunk.cut)
        ends = [int(alias) for alias in chunk.aliases if alias.isdigit()]
        aliases = [surface(sentence, words, chunk.start, end, chunk.cut) for end in ends]
        if chunk.name_start >= 0 and chunk.name_start > chunk.start:
            bare = surface(sentence, words, chunk.name_start, chunk.end, None)
            if chunk.kind is EntityKind.PERSON:
                chunk.name = bare
                aliases.append(full)
                title_end = min((int(o.role.split(":")[1]) for o in chunk.offices), default=chunk.name_start)
                aliases.append(surface(sentence, words, chunk.start, title_end, chunk.cut).rstrip("\u060c, "))
            else:
                chunk.name = full
                aliases.append(surface(sentence, words, chunk.name_start, ends[-1] if ends else chunk.end, None))
        else:
            chunk.name = full
        chunk.aliases = [alias for alias in dict.fromkeys(aliases) if alias and alias != chunk.name]
        chunk.offices = [self._worded(sentence, words, chunk, office) for office in chunk.offices]
        for inner in self._inner_chunks(chunk):
            self._name(sentence, words, inner)

    def _inner_chunks(self, chunk: Chunk) -> Iterator[Chunk]:
        for parent in chunk.parents:
            if isinstance(parent, Chunk) and not parent.name:
                yield parent
        for office in chunk.offices:
            if office.target is not None and not office.target.name:
                yield office.target

    def _worded(self, sentence: Sentence, words: tuple[Word, ...], chunk: Chunk, office: Office) -> Office:
        start, end = map(int, office.role.split(":"))
        role = surface(sentence, words, start, end, chunk.cut if start == chunk.start else None)
        return replace(office, role=" ".join(role.split()))

    def _merge_appositions(self, sentence: Sentence, words: tuple[Word, ...], chunks: list[Chunk]) -> list[Chunk]:
        """Join "X, minister of Y" and "X the minister of Y" into one person who holds the office."""
        merged: list[Chunk] = []
        for chunk in chunks:
            last = merged[-1] if merged else None
            if last is not None and self._is_apposition(words, last, chunk):
                last.offices += chunk.offices
                last.aliases.append(chunk.name)
                last.country = last.country or chunk.country
                last.end = chunk.end
                continue
            if last is not None and self._is_announced(words, last, chunk):
                chunk.offices = last.offices + chunk.offices
                chunk.aliases += [last.name, surface(sentence, words, last.start, chunk.end, last.cut)]
                chunk.country = chunk.country or last.country
                chunk.start, chunk.cut, chunk.head, chunk.feminine = last.start, last.cut, last.head, last.feminine
                merged[-1] = chunk
                continue
            merged.append(chunk)
        return merged

    def _is_announced(self, words: tuple[Word, ...], title: Chunk, person: Chunk) -> bool:
        """Tell whether an office without a name stands right before a name: "the Algerian president" + "X"."""
        if person.kind is not EntityKind.PERSON or person.reference is not Reference.NAME or person.offices:
            return False
        if title.kind is not EntityKind.PERSON or title.reference is not Reference.OFFICE or title.plural:
            return False
        gap = words[title.end : person.start]
        return not (person.cut and person.cut.offset) and (not gap or (len(gap) == 1 and gap[0].norm in _COMMA))

    def _is_apposition(self, words: tuple[Word, ...], person: Chunk, title: Chunk) -> bool:
        if person.kind is not EntityKind.PERSON or person.reference is not Reference.NAME:
            return False
        if title.kind is not EntityKind.PERSON or title.reference is not Reference.OFFICE or title.plural:
            return False
        if title.cut is not None and title.cut.offset:
            return False
        gap = words[person.end : title.start]
        between = [word for word in gap if word.norm not in self._copulas]
        if len(gap) > 3 or len(between) > 1 or (between and between[0].norm not in _COMMA):
            return False
        return bool(gap) or title.offices[0].target is not None or title.offices[0].country is not None

    def _with_coordinated_holders(
        self, sentence: Sentence, words: tuple[Word, ...], chunks: list[Chunk]
    ) -> Iterator[Chunk]:
        """Read "the two presidents, the American X and the Russian Y" as two people with one office each."""
        skip_until = -1
        for chunk in chunks:
            if chunk.start < skip_until:
                continue
            yield chunk
            if not (chunk.plural and chunk.offices and chunk.reference is Reference.NAME):
                continue
            position = chunk.end
            while position < len(words):
                further = self._further_holder(sentence, words, position, chunk)
                if further is None:
                    break
                yield further
                position = skip_until = further.end

    def _further_holder(self, sentence: Sentence, words: tuple[Word, ...], position: int, chunk: Chunk) -> Chunk | None:
        for cut in words[position].cuts:
            nationality = self._gazetteer.nationality(cut.key) if cut.conjunction else None
            if nationality is None:
                continue
            end = self._names.end_after_title(words, position + 1)
            if end == position + 1:
                return None
            office = chunk.offices[0]
            further = Chunk(position, end, EntityKind.PERSON, "", cut, head=chunk.head, country=nationality.country)
            further.name = surface(sentence, words, position + 1, end, None)
            further.name_start = position + 1
            further.offices = [replace(office, target=None, country=nationality.country)]
            return further
        return None

    def _lies_in(self, place: Chunk, around: Chunk) -> bool:
        """Tell whether seeds/ puts a place into the country that follows it after a comma."""
        return any(entity.country == around.country and around.country is not None for entity in place.known)

    def _affiliate(self, words: tuple[Word, ...], chunks: list[Chunk]) -> None:
        """Read "X, belonging to Y" as X being part of Y."""
        for one, other in pairwise(chunks):
            gap = [word for word in words[one.end : other.start] if word.norm not in _COMMA]
            affiliated = len(gap) == 1 and gap[0].base in self._heads.affiliation
            if not affiliated or other.preposition != self._morphemes.for_ or one.kind not in _OWNED:
                continue
            if other.kind in (*_OWNED, EntityKind.COUNTRY) and other not in one.parents:
                one.parents.append(other)

    def _nest_places(self, words: tuple[Word, ...], chunks: list[Chunk]) -> None:
        """Read "X in the province of Y" as X being part of Y, where nothing stands between."""
        for place, around in pairwise(chunks):
            if place.kind is not EntityKind.PLACE or around.kind not in (EntityKind.PLACE, EntityKind.COUNTRY):
                continue
            gap = words[place.end : around.start]
            joined = not gap and around.preposition == self._morphemes.by and not around.conjunction
            spelled = len(gap) == 1 and gap[0].norm == self._morphemes.in_ and not around.preposition
            directed = len(gap) == 1 and gap[0].base in self._heads.directions
            listed = len(gap) == 1 and gap[0].norm in _COMMA and self._lies_in(place, around)
            if (
                (joined or spelled or directed or listed)
                and not place.parents
                and place.head not in self._heads.directions
            ):
                place.parents.append(around)
