"""Finds events and agreements by their head noun: "the Paris summit", "a meeting of the allies", "talks in Doha".

What follows such a noun ends its name where it may be an actor or a place of its own: the name then reaches over words
that other mentions keep ("a summit in [Paris]").
"""

from __future__ import annotations

from ..lang.language import Language
from ..model import EntityKind
from ..text.fold import loosen
from .chunks import Chunk, Reference
from .gazetteer import Gazetteer, pick
from .heads import Heads
from .relations import LANDS
from .vocabulary import Vocabulary
from .words import DOUBLE_CLOSING, DOUBLE_OPENING, Cut, Word, quoted_end, stem_text

_NAME_WORDS = 5
_TOPIC_WORDS = 6
_LATER_WORDS = 2
_SIDES = 2


class OccasionGrammar:
    """Reads events and agreements announced by a common noun."""

    def __init__(self, language: Language, heads: Heads, vocabulary: Vocabulary, gazetteer: Gazetteer) -> None:
        self._data = language.occasions.spelled(loosen)
        self._unlike = self._data.heights | self._data.press
        self._pointers = language.function.demonstratives
        self._heads = heads
        self._morphemes = heads.morphemes
        self._vocabulary = vocabulary
        self._gazetteer = gazetteer

    def read(self, words: tuple[Word, ...], start: int, cut: Cut) -> Chunk | None:
        """Return the event or agreement whose head noun is words[start], with up to four words that complete it."""
        if cut.definite and cut.base in self._data.anything:
            pointed = start > 0 and words[start - 1].norm in self._pointers
            return Chunk(start, start + 1, EntityKind.EVENT, "", cut, Reference.DEFINITE) if pointed else None
        head = self._event_head(cut.base)
        if head is not None:
            return self._event(words, start, cut, head)
        if not self.may_start(cut):
            return None
        end = self._core_end(words, start, EntityKind.AGREEMENT, definite=cut.definite)
        if end == start + 1:
            return None
        return Chunk(start, end, EntityKind.AGREEMENT, "", cut, head=cut.base, confidence=0.6)

    def may_start(self, cut: Cut) -> bool:
        """Tell whether a word may head the name of an event or agreement, or stand for any event."""
        base, data = cut.base, self._data
        if base in data.agreements:
            return base not in self._heads.fields
        return self._event_head(base) is not None or (cut.definite and base in data.anything)

    def _event_head(self, base: str) -> str | None:
        """Return the noun that heads the name of an event, without the alif of an accusative; None for other words."""
        if base in self._heads.fields:
            return None
        if base in self._data.events:
            return base
        short = self._heads.nominative(base)
        return short if short in self._data.events else None

    def _event(self, words: tuple[Word, ...], start: int, cut: Cut, head: str) -> Chunk | None:
        if head in self._data.rounds:
            return self._round(words, start, cut, head)
        if start + 1 < len(words) and words[start + 1].base in self._unlike:
            return None
        end = self._core_end(words, start, EntityKind.EVENT, definite=cut.definite)
        bare = end == start + 1
        chunk = Chunk(start, end, EntityKind.EVENT, "", cut, head=head, confidence=0.6)
        if head in self._data.sessions and self._add_whole(words, chunk):
            return chunk
        if bare and cut.definite:
            chunk.reference, chunk.confidence = Reference.DEFINITE, 0.5
            self._add_topic(words, chunk)
            return chunk
        if bare and head not in self._data.gatherings:
            return None
        self._add_forms(words, chunk)
        told = self._add_place(words, chunk) or self._add_members(words, chunk) or self._add_topic(words, chunk)
        return chunk if told or not bare or self._is_described(words, chunk.end) else None

    def _add_whole(self, words: tuple[Word, ...], session: Chunk) -> bool:
        """Let what a session is one of be told with it: "the third session of the X forum" is the X forum, too."""
        position = session.end
        while (
            position < len(words) and position - session.end < _LATER_WORDS and words[position].norm in self._data.ends
        ):
            position += 1
        if position + 1 >= len(words):
            return False
        of = words[position].norm == self._morphemes.from_
        cuts = words[position + of].cuts
        cut = next((c for c in cuts if of or (c.preposition == self._morphemes.for_ and not c.conjunction)), None)
        if cut is None or not (self._event_head(cut.base) or self._heads.is_body(cut.base)):
            return False
        first = position + of
        end = self._core_end(words, first, EntityKind.EVENT, definite=cut.definite)
        parts = [stem_text(words[first], cut), *(word.token.text for word in words[first + 1 : end])]
        self._extend(session, end)
        session.aliases.append(" ".join(parts))
        return True

    def _is_described(self, words: tuple[Word, ...], position: int) -> bool:
        """Tell whether a clause says at a word which event is meant: "a summit [that] X hosted", "in which X was"."""
        if position >= len(words):
            return False
        word, data = words[position], self._data
        inside = position + 1 < len(words) and words[position + 1].norm in data.inside
        verb = inside and self._vocabulary.is_verb(word.key)
        return word.norm in data.holdings or verb or self._bears_pronoun(word)

    def _round(self, words: tuple[Word, ...], start: int, cut: Cut, head: str) -> Chunk | None:
        """Return the rounds of talks: the talks themselves tell who holds them, and stay outside of the mention."""
        end = start + 1
        if cut.definite or end == len(words) or words[end].base not in self._data.talks:
            return None
        while end < len(words) and (end == start + 1 or words[end].key in self._vocabulary.adjectives):
            end += 1
        return Chunk(start, start + 1, EntityKind.EVENT, "", cut, head=head, name_end=end, confidence=0.6)

    def _core_end(self, words: tuple[Word, ...], start: int, kind: EntityKind, *, definite: bool) -> int:
        """Return the index behind the words that complete a head noun: adjectives, genitives, quoted names.

        What is `definite` has no genitive: "attended the ceremony deputies".
        """
        heads, position = self._heads, start + 1
        if kind is EntityKind.EVENT and self._is_day(words, position):
            position += 2
        while position < len(words) and position - start < _NAME_WORDS:
            word = words[position]
            if word.norm[0] in DOUBLE_OPENING:
                return quoted_end(words, position)
            if word.is_mark or word.norm == self._morphemes.between or self._vocabulary.is_function(word.norm):
                break
            if (self._vocabulary.is_verb(word.key) or self._bears_pronoun(word)) and not word.bears_article:
                break
            later = position > start + 1
            if kind is EntityKind.EVENT and (word.norm in self._data.ends or (later and word.base in self._data.times)):
                break
            match = self._gazetteer.match(words, position, word.key)
            titled = heads.title_sort(word.base) or word.key in heads.honorifics or word.key in heads.title_plurals
            if match is None and titled:
                break
            if match is None and heads.is_body(word.base) and not word.bears_article:
                break
            if match and pick(match, as_actor=True).kind is EntityKind.PERSON:
                break
            if definite and not (word.bears_article or word.is_number):
                break
            joins = word.bears_article or self._vocabulary.is_noun(word.key) or word.is_number
            if not match and not joins and not self._gazetteer.nationality(word.key):
                break
            position = match.end if match else position + 1
        return position

    def _bears_pronoun(self, word: Word) -> bool:
        """Tell whether a word is a verb with a pronoun written onto it: "a session [that] X held [it]"."""
        # Not loosened, since the feminine ending of a noun is the pronoun then.
        stems = (word.norm.removesuffix(pronoun) for pronoun in self._morphemes.owner_pronouns)
        return any(stem != word.norm and self._vocabulary.is_verb(loosen(stem)) for stem in stems)

    def _is_day(self, words: tuple[Word, ...], position: int) -> bool:
        """Tell whether a day with a name stands at a word: "the parade of [the] Day of Victory"."""
        if position + 1 >= len(words) or words[position].norm not in self._data.days:
            return False
        name = words[position + 1]
        return name.bears_article and name.key not in self._vocabulary.calendar and name.base not in self._data.times

    def _add_forms(self, words: tuple[Word, ...], event: Chunk) -> None:
        """Add the forms of a name without its last adjectives: "the ministerial meeting", "the Davos conference"."""
        opening = next((i for i in range(event.start + 1, event.end) if words[i].norm[0] in DOUBLE_OPENING), event.end)
        if opening < event.end - 2 and words[event.end - 1].norm[0] in DOUBLE_CLOSING:
            # "the exercise 'X'" is X, too.
            event.aliases.append(" ".join(word.token.text for word in words[opening + 1 : event.end - 1]))
        for end in range(event.start + 2, event.end):
            last = words[end]
            adjective = last.bears_article or last.key in self._vocabulary.adjectives
            adjective = adjective or self._gazetteer.nationality(last.key) is not None
            first = end == event.start + 2 and words[end - 1].bears_article
            if first or (adjective and not self._vocabulary.is_governed(words, end)):
                event.aliases.append(str(end))

    def _add_place(self, words: tuple[Word, ...], event: Chunk) -> bool:
        """Let the place where it is held be told with an event: "a summit in Paris" is the summit of Paris, too."""
        position = event.end
        while position < len(words) and position - event.end < _LATER_WORDS and self._is_said_of(words[position]):
            position += 1
        found = self._place_at(words, position)
        if found is None:
            return False
        first, cut, end = found
        while end < len(words) and self._gazetteer.nationality(words[end].key) is not None:
            end += 1
        self._extend(event, end)
        if event.end == event.start + 1:
            event.aliases.append(self._joined(words, event, first, cut, end))
        return True

    def _is_said_of(self, word: Word) -> bool:
        return word.norm in self._data.ends or word.norm in self._data.holdings

    def _place_at(self, words: tuple[Word, ...], position: int) -> tuple[int, Cut, int] | None:
        """Return first word, its cut and the end of a place behind "in"."""
        if position + 1 < len(words) and words[position].norm == self._morphemes.in_:
            first, cuts = position + 1, words[position + 1].cuts[:1]
        elif position < len(words):
            first, cuts = position, tuple(c for c in words[position].cuts if c.preposition == self._morphemes.by)
            cuts = tuple(c for c in cuts if not c.conjunction)
        else:
            return None
        for cut in cuts:
            headed = cut.base in self._heads.places or cut.base in self._heads.capital_words
            at = self._named_from(words, first) if headed else first
            match = self._gazetteer.match(words, at, words[at].key if headed else cut.key)
            if match is not None and pick(match, as_actor=False).kind in LANDS:
                return first, cut, match.end
        return None

    def _named_from(self, words: tuple[Word, ...], head: int) -> int:
        """Return where the name stands behind "the city", "the capital" and its adjective of nationality."""
        at = head + 1
        while at + 1 < len(words) and words[at].bears_article and self._gazetteer.nationality(words[at].key):
            at += 1
        return at if at < len(words) else head

    def _add_members(self, words: tuple[Word, ...], event: Chunk) -> bool:
        """Let those whose event it is be told with it: "a meeting of allies", "talks between X and Y"."""
        position = event.end
        if position >= len(words):
            return False
        if words[position].norm == self._morphemes.between:
            return self._add_sides(words, event)
        whose = words[position].cuts[0]
        if event.end == event.start + 1 and not whose.definite and self._are_members(words, position, whose):
            self._extend(event, self._members_end(words, position, whose))
            return True
        for cut in words[position].cuts:
            if (
                cut.preposition != self._morphemes.for_
                or cut.conjunction
                or not self._are_members(words, position, cut)
            ):
                continue
            end = self._members_end(words, position, cut)
            self._extend(event, end)
            event.aliases.append(self._joined(words, event, position, cut, end))
            return True
        return False

    def _add_sides(self, words: tuple[Word, ...], event: Chunk) -> bool:
        """Read "talks between X and Y" as a name, where both are known."""
        end, sides = event.end + 1, 0
        while end < len(words):
            joined = (cut for cut in words[end].cuts if not cut.preposition and bool(cut.conjunction) is bool(sides))
            matches = (self._gazetteer.match(words, end, cut.key) for cut in joined)
            match = next((match for match in matches if match is not None), None)
            if match is None:
                break
            end, sides = match.end, sides + 1
        if sides < _SIDES:
            return False
        self._extend(event, end)
        return True

    def _are_members(self, words: tuple[Word, ...], position: int, cut: Cut) -> bool:
        heads = self._heads
        if cut.base in self._data.members or heads.is_body(cut.base) or cut.key in heads.title_plurals:
            return True
        match = self._gazetteer.match(words, position, cut.key)
        return match is not None and pick(match, as_actor=True).kind is EntityKind.ORGANIZATION

    def _members_end(self, words: tuple[Word, ...], position: int, cut: Cut) -> int:
        match = self._gazetteer.match(words, position, cut.key)
        end = match.end if match is not None else position + 1
        while end < len(words) and end - position < _TOPIC_WORDS and self._completes(words, end):
            match = self._gazetteer.match(words, end, words[end].key)
            end = match.end if match is not None else end + 1
        return end

    def _completes(self, words: tuple[Word, ...], index: int) -> bool:
        """Tell whether a word goes on with whose an event is: what has the article, nouns, known names."""
        word = words[index]
        if not self._goes_on(word):
            return False
        known = self._gazetteer.match(words, index, word.key) is not None
        return known or word.bears_article or self._vocabulary.is_noun(word.key) or word.norm[0] in DOUBLE_OPENING

    def _add_topic(self, words: tuple[Word, ...], event: Chunk) -> bool:
        """Let what it is about be told with an event."""
        end = event.end
        if end >= len(words) or not (words[end].norm in self._data.topics or self._is_purpose(words[end])):
            return end < len(words) and self._add_field(words, event)
        end += 1
        while end < len(words) and end - event.end < _TOPIC_WORDS and self._goes_on(words[end]):
            end += 1
        if end == event.end + 1:
            return False
        self._extend(event, end)
        return True

    def _add_field(self, words: tuple[Word, ...], event: Chunk) -> bool:
        """Let the field of an event with a name be told with it: "the conference of X for [the] security"."""
        position, word = event.end, words[event.end]
        bare = event.end == event.start + 1
        if self._gazetteer.match(words, position, word.key) is not None:
            return False
        for_ = [cut for cut in word.cuts if cut.preposition == self._morphemes.for_ and not cut.conjunction]
        if not any(c.definite and self._is_field(c) for c in for_):
            return False
        end = position + 1
        while end < len(words) and self._is_of_field(words[end]) and self._goes_on(words[end]):
            end += 1
        if bare:
            self._extend(event, end)
        else:
            event.aliases.append(str(end))
        return True

    def _is_of_field(self, word: Word) -> bool:
        """Tell whether a word goes on with the field of an event: an adjective, or "and [the] development"."""
        joined = (cut for cut in word.cuts if cut.conjunction == self._morphemes.and_ and not cut.preposition)
        return word.bears_article or any(cut.definite and self._is_field(cut) for cut in joined)

    def _is_field(self, cut: Cut) -> bool:
        """Tell whether a noun is one of things and not of people: "for [the] climate", and not "for [the] leaders"."""
        heads = self._heads
        people = (
            heads.title_sort(cut.base) is not None or cut.key in heads.title_plurals or cut.base in self._data.members
        )
        return not people and self._vocabulary.is_noun(cut.key)

    def _is_purpose(self, word: Word) -> bool:
        """Tell whether a word says what an event is for: "a conference for [the] support of X"."""
        for_ = (cut for cut in word.cuts if cut.preposition == self._morphemes.for_ and not cut.conjunction)
        return any(not cut.definite and self._vocabulary.is_noun(cut.key) for cut in for_)

    def _extend(self, event: Chunk, end: int) -> None:
        """Let a name reach over words that the mention leaves to others; a whole name only gets another form."""
        if event.end == event.start + 1 and event.reference is Reference.NAME:
            event.name_end = end
        else:
            event.aliases.append(str(end))

    def _joined(self, words: tuple[Word, ...], event: Chunk, first: int, cut: Cut, end: int) -> str:
        """Return a name without the preposition in it: "the summit of Paris" for "a summit in Paris"."""
        head = event.cut or words[event.start].cuts[0]
        parts = [stem_text(words[event.start], head), *(w.token.text for w in words[event.start + 1 : event.end])]
        parts += [stem_text(words[first], cut), *(word.token.text for word in words[first + 1 : end])]
        return " ".join(parts)

    def _goes_on(self, word: Word) -> bool:
        """Tell whether a word may be of what an event is about."""
        if word.norm[0] in DOUBLE_OPENING:
            return True
        if word.norm in self._data.ends or word.base in self._data.times:
            return False
        return not (word.is_mark or self._vocabulary.is_function(word.norm) or self._vocabulary.is_verb(word.key))
