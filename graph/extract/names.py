"""Finds where a personal name ends. After a title unlisted words may be names; elsewhere lists must vouch for them."""

from __future__ import annotations

from ..model import EntityKind
from .gazetteer import Gazetteer, is_hyphen
from .vocabulary import Vocabulary
from .words import Cut, Word

_LONGEST, _FEWEST = 6, 4
# The fewest letters of a surname that is spelt as if it were inflected, less one.
_LETTERS = 3


class NameGrammar:
    """Reads personal names of one to six words."""

    def __init__(self, vocabulary: Vocabulary, gazetteer: Gazetteer) -> None:
        self._vocabulary = vocabulary
        self._morphemes = vocabulary.morphemes
        self._gazetteer = gazetteer

    def end_after_title(self, words: tuple[Word, ...], start: int, *, strict: bool = False) -> int:
        """Return the index after the name that starts at `start`, where a title stood before; `start` if none does.

        `strict` asks that the first word be a listed name: a comma or an honorific stood between.
        """
        position, real = start, 0
        if strict and start < len(words) and self._unlikely(words, start):
            # "with his counterpart X, [he] demanded": what may be a verb is no name alone, though listed as one.
            key = words[start].key
            if not self._vocabulary.is_name(key) or self._vocabulary.is_verb(key):
                return start
        while position < len(words) and self._is_within(words, start, position):
            step = self._accept(words, position, names_so_far=real, titled=True)
            if not step and real and is_hyphen(words, position):
                # "Lai Ching-te": what a hyphen joins is one name.
                position += 2
                continue
            if not step:
                break
            real += step > 0 and not self._is_particle(words[position])
            position += 1
        return self._without_dangling(words, start, position) if real else start

    def _unlikely(self, words: tuple[Word, ...], start: int) -> bool:
        """An unlisted word alone between commas or marks is no name; two in a row may be."""
        return start + 1 >= len(words) or not self._accept(words, start + 1, names_so_far=1, titled=False)

    def end_in_text(self, words: tuple[Word, ...], start: int, first: Cut) -> int:
        """Return the index after a name that no title announces: a listed given name and at least one word more."""
        vocabulary = self._vocabulary
        key = first.key
        if key in vocabulary.kunya:
            return self._kunya_end(words, start, key)
        definite = first.definite and first.base in vocabulary.given
        if not (key in vocabulary.given or definite) or self._gazetteer.nationality(key):
            return start
        if definite and vocabulary.is_verb(key):
            return start
        joined = [cut for cut in words[start].cuts if cut.conjunction and not cut.preposition]
        if any(cut.stem in vocabulary.function for cut in joined):
            return start
        if not first.offset and any(vocabulary.is_verb(cut.key) for cut in joined):
            # "and X replied" is spelt like a given name: before another it is none.
            next_key = words[start + 1].key if start + 1 < len(words) else ""
            if next_key in vocabulary.given:
                return start
        position = start + 1
        while position < len(words) and self._is_within(words, start, position):
            if not self._accept(words, position, names_so_far=position - start, titled=False):
                if not is_hyphen(words, position):
                    break
                position += 1
            position += 1
        position = self._without_dangling(words, start, position)
        following = words[start + 1 : position]
        vouched = [word for word in following if vocabulary.is_name(word.key) or word.key in vocabulary.particles]
        doubtful = (
            definite or key in vocabulary.ambiguous or vocabulary.is_common(words[start]) or vocabulary.is_verb(key)
        )
        if not following or (doubtful and not vouched) or (doubtful and vouched[0] is not following[0]):
            return start
        if doubtful and self._known_surname(words, start + 1, position):
            return start
        noun = vocabulary.is_noun(key) or vocabulary.is_noun(words[start].key)
        if len(following) == 1 and noun and self._is_said_of(following[0]):
            # "a statement was issued", "a military statement": no given name and surname.
            return start
        before = words[start - 1].norm if start else ""
        if doubtful and (before == self._morphemes.in_ or before in self._morphemes.past_particles):
            # "in a statement that was issued": what is in something is seldom a person; "had asked" is a verb.
            return start
        return position

    def _is_within(self, words: tuple[Word, ...], start: int, position: int) -> bool:
        """Tell whether a name may be as long: "X, son of Y, son of Z, of the house of W" counts as four words."""
        length = position - start
        return length < _LONGEST or length - sum(map(self._is_particle, words[start:position])) < _FEWEST

    def _is_said_of(self, word: Word) -> bool:
        """Tell whether a word that is a name, too, is a verb or an adjective behind a noun."""
        vocabulary, key = self._vocabulary, word.key
        return key in vocabulary.verbs or (word.base in vocabulary.adjectives and word.base not in vocabulary.given)

    def _accept(self, words: tuple[Word, ...], position: int, *, names_so_far: int, titled: bool) -> int:
        """Return 1 for a listed word, 2 for one taken on trust, 0 for a word that ends the name."""
        word, vocabulary = words[position], self._vocabulary
        if word.is_mark or word.is_number:
            return 0
        key = word.key
        if names_so_far and position + 1 < len(words) and (key, words[position + 1].base) in vocabulary.title_pairs:
            # "X, crown prince of": the office of the next begins.
            return 0
        if self._is_particle(word):
            return int(position + 1 < len(words) and not words[position + 1].is_mark)
        if word.is_latin:
            return 0
        if not names_so_far and titled and self._addresses(words, position):
            return 0
        if self._is_joined_particle(word):
            return 0
        if names_so_far and key in vocabulary.tails:
            # "Ata Allah": but behind a pronoun it is a wish ("may Allah keep him").
            return int(not words[position - 1].norm.endswith(self._morphemes.owner_pronouns))
        if (
            key in vocabulary.function_forms
            and word.norm not in vocabulary.function
            and not self._stands_alone(words, position)
        ):
            # "Ali" is also how some newsrooms spell "on": it counts before another name or at the end.
            return int(self._goes_on(words, position))
        first_name = titled and not names_so_far and key in vocabulary.given and self._goes_on(words, position)
        if self._gazetteer.nationality(key) and not (first_name or (names_so_far and key in vocabulary.family)):
            return 0
        if word.norm in vocabulary.function and titled and vocabulary.is_name(key) and self._goes_on(words, position):
            return 1
        within = names_so_far > 0 and self._is_particle(words[position - 1])
        if (
            word.norm in vocabulary.function
            or key in vocabulary.calendar
            or (
                names_so_far
                and not within
                and vocabulary.is_title(key)
                and not self._is_middle(words, position, names_so_far)
            )
        ):
            return 0
        if names_so_far > 1 and self._begins_another(words, position):
            return 0
        if names_so_far == 1 and key in vocabulary.verbs and self._governs_more(words, position):
            return 0
        if not names_so_far and vocabulary.is_title(key) and self._governs(words, position):
            return 0
        if within:
            return 0 if vocabulary.is_verb(key) or self.is_joined(word) else 1
        if titled and not names_so_far and word.bears_article and self._is_only_noun(word):
            return 0
        alone = titled and not names_so_far and key not in vocabulary.given and not self._goes_on(words, position)
        if alone and self._names_place(words, position):
            # "the chancellor left Berlin": a surname that is a city, too, needs more than a title before it.
            return 0
        if vocabulary.is_name(key):
            common = vocabulary.is_noun(key) or key in vocabulary.verbs
            ends = names_so_far > 1 and word.bears_article and key not in vocabulary.family
            if common and names_so_far == 1 and self._completes(words, position):
                return 1
            return 0 if common and (ends or (names_so_far >= 2 - (key in vocabulary.ambiguous) and not titled)) else 1
        if self._names_place(words, position):
            return 0
        if titled and names_so_far == 1 and self._ends_foreign(words, position):
            return 2
        if vocabulary.is_common(word) or vocabulary.looks_like_verb(word) or self.is_inflected(word):
            return 0
        definite = word.bears_article and word.token.text[0] not in self._morphemes.hamza_seats
        longest = 3 if definite or self._closes(words, position) else 1
        if len(key) < 2 or names_so_far > longest or self.is_joined(word):
            return 0
        if definite:
            return 2 if names_so_far else 0
        return 2 if titled or names_so_far else 0

    def _governs_more(self, words: tuple[Word, ...], position: int) -> bool:
        """Tell whether a word behind a surname is the verb of what follows: "President X approved of"."""
        if position + 1 >= len(words) or words[position - 1].key in self._vocabulary.given:
            return False
        return words[position + 1].norm in self._vocabulary.prepositions

    def _completes(self, words: tuple[Word, ...], position: int) -> bool:
        """Tell whether a given name that is an adjective, too, ends a name behind one that is nothing else."""
        vocabulary, first = self._vocabulary, words[position - 1]
        key = words[position].key
        if key not in vocabulary.given or key in vocabulary.verbs or words[position].bears_article:
            return False
        sure = first.key in vocabulary.given and first.key not in vocabulary.ambiguous
        return sure and not vocabulary.is_common(first) and self._closes(words, position)

    def _ends_foreign(self, words: tuple[Word, ...], position: int) -> bool:
        """Tell whether a word ends a name behind a given name, though it is spelt as if inflected or joined."""
        word, first, vocabulary = words[position], words[position - 1], self._vocabulary
        after = words[position + 1] if position + 1 < len(words) else None
        listed = first.key in vocabulary.given and (after is None or after.is_mark)
        if not listed and (after is None or after.norm not in vocabulary.clausal):
            return False
        if vocabulary.is_common(first) or vocabulary.is_common(word) or word.bears_article:
            return False
        taken = {self._morphemes.by, self._morphemes.for_}
        if len(word.key) <= _LETTERS or word.token.text.endswith(self._morphemes.nunation):
            return False
        return not any(
            cut.definite
            or (cut.preposition in taken and vocabulary.is_name(cut.key))
            or self._gazetteer.nationality(cut.key)
            for cut in word.cuts[1:]
        )

    def _is_particle(self, word: Word) -> bool:
        """Tell whether a word is a particle of names: "fa-inna" is spelt as "van" is, but for its hamza."""
        if word.key not in self._vocabulary.particles:
            return False
        return word.token.text.find(self._morphemes.hamza_below, 1) < 0

    def _is_joined_particle(self, word: Word) -> bool:
        """Tell whether a word is "fa-inna" or the like, which the hamza tells from a name."""
        if word.token.text.find(self._morphemes.hamza_below, 1) < 0:
            return False
        return any(cut.conjunction and cut.stem in self._vocabulary.function for cut in word.cuts[1:])

    def _is_middle(self, words: tuple[Word, ...], position: int, names_so_far: int) -> bool:
        """Tell whether a title is the second of three names, as in "Muhammad al-Sayyid Habib"."""
        vocabulary, first = self._vocabulary, words[position - 1]
        if names_so_far != 1 or vocabulary.is_verb(first.key) or vocabulary.is_common(first):
            # "promised President X" is spelt like a name.
            return False
        return words[position].key in vocabulary.family and self._goes_on(words, position)

    def _known_surname(self, words: tuple[Word, ...], position: int, end: int) -> bool:
        """Tell whether the words up to `end` are by themselves the name of a known person: "blamed" + X is no name.

        Nor is one that ends within the name of anything known: "asked" + "South", of "South Korea".
        """
        match = self._gazetteer.match(words, position, words[position].key)
        return match is not None and (match.end > end or (match.end == end and self._gazetteer.is_person(match)))

    def surname_end(self, words: tuple[Word, ...], start: int, first: Cut) -> int:
        """Return the index after a known surname and what continues it, words of the language left out."""
        end = self.end_in_text(words, start, first)
        while end > start + 1 and self._vocabulary.is_common(words[end - 1]):
            end -= 1
        return end

    def _kunya_end(self, words: tuple[Word, ...], start: int, key: str) -> int:
        """Return the index after a name that begins with "father of" or "mother of"; `start` if it is a place's."""
        match = self._gazetteer.match(words, start, key)
        if match is not None and not self._gazetteer.is_person(match):
            return start
        position = start + 1
        while position < len(words) and position - start < _LONGEST:
            if not self._accept(words, position, names_so_far=position - start, titled=True):
                break
            position += 1
        position = self._without_dangling(words, start, position)
        return position if position > start + 1 else start

    def _stands_alone(self, words: tuple[Word, ...], position: int) -> bool:
        """Tell whether a mark or the end of the sentence follows a word."""
        return position + 1 >= len(words) or words[position + 1].is_mark

    def _is_only_noun(self, word: Word) -> bool:
        """Tell whether a definite word is a noun and no given name: no name begins with it."""
        hamza = word.token.text[0] in self._morphemes.hamza_seats
        return not hamza and word.key not in self._vocabulary.given and self._vocabulary.is_noun(word.key)

    def _begins_another(self, words: tuple[Word, ...], position: int) -> bool:
        """After two words of a name, a known name of two words or a known country begins another mention."""
        match = self._gazetteer.match(words, position, words[position].key)
        if match is None:
            return False
        kinds = {entity.kind for entity in match.entities}
        return EntityKind.COUNTRY in kinds or (EntityKind.PERSON in kinds and match.end > position + 1)

    def _governs(self, words: tuple[Word, ...], position: int) -> bool:
        """Tell whether a word that is a name and a title governs the next: "the emir of Kuwait", not a Mr Amir."""
        if position + 1 >= len(words):
            return False
        word, vocabulary = words[position + 1], self._vocabulary
        if self._gazetteer.nationality(word.key) is not None or self._names_place(words, position + 1):
            return True
        return vocabulary.is_noun(word.key) and (vocabulary.is_title(word.key) or not vocabulary.is_name(word.key))

    def _names_place(self, words: tuple[Word, ...], position: int) -> bool:
        """Tell whether an unlisted word begins the name of a known country, place or body."""
        match = self._gazetteer.match(words, position, words[position].key)
        return match is not None and all(entity.kind is not EntityKind.PERSON for entity in match.entities)

    def _closes(self, words: tuple[Word, ...], position: int) -> bool:
        """Tell whether an unlisted word is the last before a mark or a word of the language: a name's end."""
        if position + 1 >= len(words):
            return True
        after = words[position + 1]
        return after.is_mark or self._vocabulary.is_common(after) or self.is_joined(after)

    def _goes_on(self, words: tuple[Word, ...], position: int) -> bool:
        """A name that is also a function word counts only before another name: "Sabah al-Ahmad"."""
        if position + 1 >= len(words):
            return False
        key = words[position + 1].key
        return self._vocabulary.is_name(key) and not self._vocabulary.is_title(key)

    def is_listed(self, word: Word) -> bool:
        """Tell whether a word is a listed name or begins the name of somebody known."""
        return self._vocabulary.is_name(word.key) or self._gazetteer.may_start(word.key)

    def is_noun(self, word: Word) -> bool:
        """Tell whether a word is a common noun of the language."""
        return self._vocabulary.is_noun(word.key) and word.norm not in self._vocabulary.function

    def is_definite_noun(self, cut: Cut) -> bool:
        """Tell whether a cut leaves a common noun with its article."""
        return cut.definite and self._vocabulary.is_noun(cut.key) and cut.stem not in self._vocabulary.function

    def _addresses(self, words: tuple[Word, ...], position: int) -> bool:
        """Tell whether a known name with a preposition stands behind a title: "an official [told] Sky News"."""
        for cut in words[position].cuts[1:]:
            match = self._gazetteer.match(words, position, cut.key) if cut.preposition and not cut.conjunction else None
            if match is not None and match.end > position + 1:
                return True
        return False

    def leads_on(self, word: Word) -> bool:
        """Tell whether a word may stand inside a name but begin nothing else: "son of", a hyphen."""
        return self._is_particle(word) or word.is_mark

    def is_relative(self, word: Word) -> bool:
        """Tell whether a word ends as adjectives of belonging do: "diplomatic"."""
        return word.base.removesuffix(self._vocabulary.feminine).endswith(self._vocabulary.relative)

    def describes(self, words: tuple[Word, ...], index: int) -> bool:
        """Tell whether a word is a definite adjective before a listed name: "the Amazigh X", "the hard-line Y"."""
        word, vocabulary = words[index], self._vocabulary
        if not word.bears_article or vocabulary.is_name(word.key) or index + 1 >= len(words):
            return False
        stem = word.base.removesuffix(vocabulary.feminine)
        relative = len(stem) > 3 and stem.endswith(vocabulary.relative)
        adjective = relative or vocabulary.is_adjective(word.base)
        following = words[index + 1]
        return adjective and (following.key in vocabulary.given or self.describes(words, index + 1))

    def is_inflected(self, word: Word) -> bool:
        """Tell whether an unlisted word ends as nouns and adjectives do and names seldom: plural, tanwin, a pronoun."""
        morphemes = self._morphemes
        return word.token.text.endswith(morphemes.nunation) or word.key.endswith(morphemes.inflections)

    def is_joined(self, word: Word) -> bool:
        """Tell whether the word is a name or country with a clitic before it: "wa-Biden", "li-Faransa"."""
        for cut in word.cuts[1:]:
            stem = cut.key
            if cut.preposition == self._morphemes.as_ and not cut.definite:
                # A surname that begins as "like" does: nobody is like somebody behind a name.
                continue
            if len(stem) > 2 and (self._vocabulary.is_name(stem) or self._gazetteer.match((word,), 0, stem)):
                return True
            if cut.preposition and cut.definite:
                return True
            if cut.conjunction and (self._gazetteer.nationality(stem) or stem in self._gazetteer.first_words):
                return True
        return False

    def _without_dangling(self, words: tuple[Word, ...], start: int, end: int) -> int:
        while end > start and self._is_particle(words[end - 1]):
            end -= 1
        return end
