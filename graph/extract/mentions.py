"""Finds what a sentence names: known names, titles with their holders, bodies, places, people, weapons, events.

At each word every grammar is tried under every cut of its clitics. The longest reading wins, and of two that
are as long a known name before a guess.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Protocol

from ..lang.language import Language
from ..model import EntityKind, Sentence
from ..text.fold import loosen
from ..text.tokens import tokenize
from .armament import ArmamentGrammar
from .bodies import BodyGrammar
from .chunks import Chunk, Office, Reading, own
from .coordination import Coordination
from .doubtful_states import DoubtfulStates
from .dual_bodies import DualBodies
from .gazetteer import Gazetteer, Match, pick
from .groups import GroupGrammar
from .heads import Heads
from .joining import ChunkJoiner
from .listed_places import ListedPlaces
from .names import NameGrammar
from .occasions import OccasionGrammar
from .offices import OfficeGrammar
from .places import PlaceGrammar
from .posts import Posts
from .titles import TitleGrammar
from .unlisted import UnlistedNames
from .vocabulary import Vocabulary
from .words import Cut, Word, WordReader, surface

_MOTION_REACH = 9
_WHOLE_NAME = 3
_QUOTES = '"\u201c\u201d\u00ab\u00bb'
_HELD, _KNOWN, _TITLE, _BODY, _PLACE, _NAME, _EVENT, _GROUP, _ARMS = 6, 5, 4, 3, 3, 2, 1, 1, 1


class Mentions(Protocol):
    """Whoever finds what sentences name; a MentionFinder, or one that adds to it."""

    @property
    def membership(self) -> frozenset[str]:
        """The nouns that say who is a member of what."""

    def read_all(self, sentences: Sequence[Sentence]) -> list[Reading]:
        """Return the words and chunks of the sentences of a document."""

    def join(self, reading: Reading) -> None:
        """Join what belongs together, once all of a document is found."""


@dataclass(frozen=True, slots=True)
class _Start:
    """A cut of a word under which a mention may begin with it, and the grammars that may find one."""

    cut: Cut
    known: bool
    office: bool
    body: bool
    place: bool
    name: bool
    event: bool
    group: bool
    arms: bool


@dataclass(frozen=True, slots=True)
class _Opening:
    """How mentions may begin with a word: as a head of several, under some cuts, as a particle that is a name."""

    shared: bool
    starts: tuple[_Start, ...]
    particle: bool


class MentionFinder:
    """Turns a sentence into a Reading: its words and the chunks that name something."""

    def __init__(
        self,
        language: Language,
        vocabulary: Vocabulary,
        gazetteer: Gazetteer,
        moves: Callable[[str, bool], bool],
        says: Callable[[str], bool],
    ) -> None:
        self._moves = moves
        self._morphemes = language.morphemes
        self._relatives = language.function.relatives
        self._words = WordReader(language.morphemes)
        self._motion_prepositions = language.motion_prepositions
        self._heads = Heads.load(language)
        self.membership = self._heads.membership
        self._opening = lru_cache(maxsize=20_000)(self._opening_of)
        self._vocabulary = vocabulary
        self._gazetteer = gazetteer
        self._doubtful_states = DoubtfulStates(language, gazetteer)
        self._names = NameGrammar(vocabulary, gazetteer)
        self._bodies = BodyGrammar(self._heads, vocabulary, gazetteer)
        self._groups = GroupGrammar(language, vocabulary, gazetteer)
        titles = TitleGrammar(self._heads, vocabulary, gazetteer, self._bodies, self._groups)
        self._offices = OfficeGrammar(self._heads, gazetteer, self._names, titles)
        singulars = {loosen(plural): single for plural, single in language.titles.plurals.items()}
        bodies = DualBodies(self._heads, gazetteer)
        self._coordination = Coordination(
            gazetteer, self._names, bodies, self._offices, singulars, language.morphemes.feminine
        )
        self._unlisted = UnlistedNames(
            vocabulary, gazetteer, self._names, says, language.naming, language.ages, language.aged
        )
        function = language.function
        passing = language.copulas | function.relatives | function.all
        posts = Posts(self._heads, language.titles, passing, function.negators)
        self._joiner = ChunkJoiner(self._heads, language.copulas, language.groups.led, posts)
        self._places = PlaceGrammar(self._heads, vocabulary, gazetteer)
        self._listed_places = ListedPlaces(self._heads, vocabulary, gazetteer, self._places)
        self._occasions = OccasionGrammar(language, self._heads, vocabulary, gazetteer)
        self._armament = ArmamentGrammar(self._heads, vocabulary, gazetteer)

    def _read(self, sentence: Sentence, words: tuple[Word, ...]) -> Reading:
        """Return the chunks of a sentence with its words."""
        chunks: list[Chunk] = []
        position = 0
        opening_of = self._opening
        for index, word in enumerate(words):
            if index < position:
                continue
            opening = opening_of(word.norm)
            if opening is None:
                continue
            holders = self._sharers(sentence, words, index) if opening.shared else []
            if holders:
                chunks += holders
                position = holders[-1].end
                continue
            chunk = self._name_of_particles(words, index) if opening.particle else None
            chunk = chunk or self._best(words, index, opening.starts)
            if chunk is None:
                continue
            self._name(sentence, words, chunk)
            if chunk.start > index:
                chunks += chunk.holds
                chunk.holds = []
            chunks.append(chunk)
            position = chunk.end
            for further in self._coordination.further_bodies(sentence, words, chunk):
                chunks.append(further)
                position = further.end
        chunks = list(self._coordination.with_holders(sentence, words, chunks))
        chunks = self._coordination.with_states(chunks, words)
        chunks = self._unlisted.add(sentence, words, chunks)
        return Reading(sentence, words, chunks, own(chunks, len(words)))

    def read_all(self, sentences: Sequence[Sentence]) -> list[Reading]:
        """Return the words and chunks of the sentences of a document."""
        words = [self._words.read(tokenize(sentence)) for sentence in sentences]
        self._doubtful_states.mark(words)
        return list(map(self._read, sentences, words))

    def join(self, reading: Reading) -> None:
        """Join what belongs together: titles with names, places with what they lie in. Add lone surnames before."""
        self._joiner.join(reading)

    def _sharers(self, sentence: Sentence, words: tuple[Word, ...], index: int) -> list[Chunk]:
        """Return the people, bodies or places that share a head at a word."""
        return self._coordination.read(sentence, words, index) or self._listed_places.read(sentence, words, index)

    def _best(self, words: tuple[Word, ...], position: int, starts: tuple[_Start, ...]) -> Chunk | None:
        """Return the longest, then the surest mention that begins at a word under one of its cuts."""
        best: Chunk | None = None
        best_score = (0, 0)
        for start in starts:
            for rank, chunk in self._candidates(words, position, start):
                score = (chunk.end, rank)
                if score > best_score:
                    best, best_score = chunk, score
        return best

    def _name_of_particles(self, words: tuple[Word, ...], position: int) -> Chunk | None:
        """Return whom or what a known name means that begins with a word of a closed class, as in "Ban Ki-moon"."""
        word = words[position]
        match = self._gazetteer.match(words, position, word.key)
        if match is None:
            return None
        place = match.end > position + 1 and all(entity.kind is EntityKind.PLACE for entity in match.entities)
        if not place and (match.end < position + _WHOLE_NAME or not self._gazetteer.is_person(match)):
            return None
        chunk = self._bodies.known.chunk(words, position, match.end, match.entities, word.cuts[0])
        chunk.name_start = position
        return chunk

    def _opening_of(self, norm: str) -> _Opening | None:
        """Return how mentions may begin with a word; for most words they cannot."""
        cuts, function = self._words.cuts_of(norm), self._vocabulary.is_function
        shared = any(self._heads.is_plural(cut) for cut in cuts)
        if function(norm):
            particle = self._gazetteer.may_start(cuts[0].key)
            return _Opening(shared, (), particle) if shared or particle else None
        starts: list[_Start] = []
        if norm[0].isalnum() and not norm[0].isdigit():
            starts = [self._start(cut) for cut in cuts if not (cut.offset and function(cut.stem))]
        kept = tuple(
            s for s in starts if s.known or s.office or s.body or s.place or s.name or s.event or s.group or s.arms
        )
        return _Opening(shared, kept, particle=False) if shared or kept else None

    def _start(self, cut: Cut) -> _Start:
        heads, given, base = self._heads, self._vocabulary.given, cut.base
        return _Start(
            cut,
            known=self._gazetteer.may_start(cut.key),
            office=heads.heads_office(cut),
            body=heads.is_body(base)
            or cut.key in heads.headless_firsts
            or base in heads.ministry_shorthand | heads.bureaus
            or base in heads.owned
            or base in heads.military_regions,
            place=base in heads.capital_words or base in heads.places,
            name=cut.key in given or cut.key in self._vocabulary.kunya or (cut.definite and base in given),
            event=self._occasions.may_start(cut),
            group=self._groups.may_start(cut),
            arms=self._armament.may_start(cut),
        )

    def _candidates(self, words: tuple[Word, ...], position: int, start: _Start) -> Iterator[tuple[int, Chunk]]:
        cut = start.cut
        known = self._known(words, position, cut) if start.known else None
        if known is not None:
            yield _KNOWN, known
        title = self._offices.read(words, position, cut) if start.office else None
        if title is not None:
            yield _HELD if title.known and title.offices else _TITLE, title
        body = self._body(words, position, cut) if start.body else None
        if body is not None and not self._is_overgrown(known, body):
            yield _BODY, body
        place = self._places.read_place(words, position, cut) if start.place else None
        if place is not None:
            yield _PLACE, place
        end = self._names.end_in_text(words, position, cut) if start.name else position
        if end > position:
            yield _NAME, Chunk(position, end, EntityKind.PERSON, "", cut, name_start=position, confidence=0.7)
        event = self._occasions.read(words, position, cut) if start.event else None
        if event is not None:
            yield _EVENT, event
        group = self._groups.read(words, position, cut) if start.group else None
        if group is not None:
            yield _GROUP, group
        arms = self._armament.read(words, position, cut) if start.arms else None
        if arms is not None:
            yield _ARMS, arms

    def _body(self, words: tuple[Word, ...], position: int, cut: Cut) -> Chunk | None:
        """Return the body that a word heads, stands for or bears the owner of."""
        if not cut.offset and position and words[position - 1].norm in self._relatives and self._is_verb(cut):
            return None
        return (
            self._offices.bureau(words, position, cut)
            or self._bodies.read(words, position, cut)
            or self._bodies.half_named.read_ministry(words, position, cut)
            or self._bodies.half_named.read_owned(words, position, cut)
        )

    def _is_verb(self, cut: Cut) -> bool:
        """Tell whether a noun is a verb, too: behind a relative pronoun it is one ("which gathers X")."""
        return not cut.definite and self._vocabulary.is_verb(cut.key)

    def _is_overgrown(self, known: Chunk | None, body: Chunk) -> bool:
        """Tell whether a guessed body only adds words to a known one; another state makes it another body."""
        if known is None or known.kind is not EntityKind.ORGANIZATION or body.known:
            return False
        return body.country is None or body.end == known.end or body.country == known.country

    def _known(self, words: tuple[Word, ...], position: int, cut: Cut) -> Chunk | None:
        match = self._gazetteer.match(words, position, cut.key)
        led = position > 0 and words[position - 1].norm in self._vocabulary.prepositions
        if match is None and (led or self._stands_among_states(words, position, cut)):
            doubtful = self._gazetteer.doubtful(cut.key)
            match = Match(position + 1, doubtful.entities) if doubtful is not None else None
        match = match or self._bodies.known.outlet(words, position, cut)
        if match is None:
            return None
        if match.end == position + 1 and self._is_doubtful(words, position, cut):
            return None
        in_place = (
            cut.preposition == self._morphemes.by
            or (position > 0 and self._is_inside(words[position - 1]) and not self._hosts(words, position))
            or self._after_motion(words, position)
        )
        entity = pick(match, as_actor=not in_place)
        end = match.end
        if entity.kind is EntityKind.PERSON and end == position + 1:
            end = max(end, self._names.surname_end(words, position, cut))
        known = (entity, *(other for other in match.entities if other is not entity))
        chunk = self._bodies.known.chunk(words, position, end, known, cut)
        chunk.name_start = position if entity.kind is EntityKind.PERSON else -1
        return chunk

    def _stands_among_states(self, words: tuple[Word, ...], position: int, cut: Cut) -> bool:
        """Tell whether "and" joins a word to the name of a state, before or behind it: "Mali and Niger"."""
        behind = words[position + 1] if position + 1 < len(words) else None
        and_ = self._morphemes.and_
        if behind is not None and behind.norm.startswith(and_):
            joined = [each for each in behind.cuts if each.conjunction == and_ and not each.preposition]
            if any(self._is_state(words, position + 1, each) for each in joined):
                return True
        return (
            cut.conjunction == and_
            and position > 0
            and self._is_state(words, position - 1, words[position - 1].cuts[0])
        )

    def _is_state(self, words: tuple[Word, ...], position: int, cut: Cut) -> bool:
        match = self._gazetteer.match(words, position, cut.key)
        return match is not None and match.entities[0].kind is EntityKind.COUNTRY

    def _is_inside(self, word: Word) -> bool:
        """Tell whether a word says that the next is a place: "in", "and in", "by the clock of"."""
        in_ = self._morphemes.in_
        return word.norm in (in_, self._morphemes.and_ + in_) or word.base in self._heads.clocks

    def _hosts(self, words: tuple[Word, ...], position: int) -> bool:
        """Tell whether a state is where another has an envoy: "its ambassador in X"."""
        cuts = words[position - 2].cuts if position > 1 else ()
        return any(self._heads.pronoun_of(cut) and self._heads.unowned(cut.base) in self._heads.envoys for cut in cuts)

    def _after_motion(self, words: tuple[Word, ...], position: int) -> bool:
        """After a word of going or staying a capital is the city: "arrived in Baghdad", "visit to Moscow"."""
        led = position > 0 and words[position - 1].norm in self._motion_prepositions
        reach = _MOTION_REACH if led else 2
        return any(self._moves(word.norm, not led) for word in words[max(0, position - reach) : position])

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
        full = surface(sentence, words, chunk.start, chunk.name_end or chunk.end, chunk.cut)
        ends = [int(alias) for alias in chunk.aliases if alias.isdigit()]
        aliases = [surface(sentence, words, chunk.start, end, chunk.cut) for end in ends]
        aliases += [alias for alias in chunk.aliases if not alias.isdigit()]
        if chunk.name_start >= 0 and chunk.name_start > chunk.start:
            bare = surface(sentence, words, chunk.name_start, chunk.end, None)
            if chunk.kind is EntityKind.WEAPON:
                chunk.name = "".join(letter for letter in bare if letter not in _QUOTES)
                aliases.append(full)
            elif chunk.kind is EntityKind.PERSON:
                chunk.name = bare
                aliases.append(full)
                title_end = min((int(o.role.split(":")[1]) for o in chunk.offices), default=chunk.name_start)
                aliases.append(surface(sentence, words, chunk.start, title_end, chunk.cut).rstrip("\u060c, "))
            else:
                chunk.name = full
                bare = surface(sentence, words, chunk.name_start, ends[-1] if ends else chunk.end, None)
                aliases.append("".join(letter for letter in bare if letter not in _QUOTES))
        else:
            chunk.name = full
        if sum(letter in _QUOTES for letter in chunk.name) == 1:
            chunk.name = "".join(letter for letter in chunk.name if letter not in _QUOTES)
        nominative = self._groups.nominative(words, chunk) if chunk.common else None
        if nominative is not None:
            aliases.append(chunk.name)
            chunk.name = nominative
        chunk.aliases = [alias for alias in dict.fromkeys(aliases) if alias and alias != chunk.name]
        chunk.offices = [self._worded(sentence, words, chunk, office) for office in chunk.offices]
        for inner in self._inner_chunks(chunk):
            self._name(sentence, words, inner)

    def _inner_chunks(self, chunk: Chunk) -> Iterator[Chunk]:
        for parent in chunk.parents:
            if isinstance(parent, Chunk) and not parent.name:
                yield parent
        yield from (held for held in chunk.holds if not held.name)
        for office in chunk.offices:
            yield from (part for part in (office.target, office.party) if part is not None and not part.name)

    def _worded(self, sentence: Sentence, words: tuple[Word, ...], chunk: Chunk, office: Office) -> Office:
        start, end = map(int, office.role.split(":"))
        role = surface(sentence, words, start, end, chunk.cut if start == chunk.start else None)
        return replace(office, role=" ".join(role.split()))
