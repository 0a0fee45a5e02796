"""Finds groups of people by a common noun: "the X people", "the opposition in X", "separatists loyal to X".

Such a group is no entity by itself: it is listed where a fact has it.
"""

from __future__ import annotations

from ..lang.language import Language
from ..model import EntityKind
from ..text.fold import loosen
from .chunks import Chunk, Reference
from .gazetteer import Gazetteer, pick
from .relations import LANDS
from .vocabulary import Vocabulary
from .words import Cut, Word, stem_text

_LONGEST = 4


class GroupGrammar:
    """Reads groups; a name is in the nominative, whatever the case in the text."""

    def __init__(self, language: Language, vocabulary: Vocabulary, gazetteer: Gazetteer) -> None:
        groups = language.groups
        self._morphemes = language.morphemes
        self._vocabulary = vocabulary
        self._gazetteer = gazetteer
        self._nominative, self._oblique = language.morphemes.people_endings[:2]
        self._relative = loosen(groups.relative)
        self._collectives = frozenset(map(loosen, groups.collectives))
        self._lone = frozenset(map(loosen, groups.lone))
        self._parts = frozenset(map(loosen, groups.parts))
        self._kinship = frozenset(map(loosen, groups.kinship))
        self._families = frozenset(map(loosen, groups.families))
        self._loyal = frozenset(map(loosen, groups.loyal))
        self._leagues = frozenset(map(loosen, groups.leagues))
        self._joint = frozenset(map(loosen, groups.joint))
        self._heads = {loosen(noun): loosen(noun) for noun in groups.plurals}
        for noun in groups.people:
            stem = loosen(noun)
            self._heads |= {stem + ending: stem + self._nominative for ending in (self._nominative, self._oblique)}

    def may_start(self, cut: Cut) -> bool:
        """Tell whether a word may head the name of a group."""
        nouns = (self._heads, self._collectives, self._parts, self._families, self._kinship)
        return any(cut.base in each for each in nouns) or (cut.base in self._leagues and not cut.definite)

    def read(self, words: tuple[Word, ...], start: int, cut: Cut) -> Chunk | None:
        """Return the group whose head is words[start], or None."""
        if cut.base in self._parts:
            return self._part(words, start, cut)
        if cut.base in self._kinship:
            return self._kinsman(words, start, cut)
        if cut.base in self._families:
            return self._family(words, start, cut)
        if cut.base in self._collectives:
            return self._collective(words, start, cut)
        if cut.base in self._leagues:
            return self._league(words, start, cut)
        return self._people(words, start, cut)

    def _part(self, words: tuple[Word, ...], start: int, cut: Cut) -> Chunk | None:
        """Read "the parties of the opposition" as the opposition."""
        inner = words[start + 1].cuts[0] if start + 1 < len(words) else None
        if cut.definite or inner is None or not inner.definite or inner.base not in self._lone:
            return None
        chunk = self._collective(words, start + 1, inner)
        if chunk is not None:
            chunk.aliases.append(" ".join(word.token.text for word in words[start + 1 : chunk.end]))
            chunk.start, chunk.cut = start, cut
        return chunk

    def _family(self, words: tuple[Word, ...], start: int, cut: Cut) -> Chunk | None:
        """Read "the family of X", which leaves X a mention of its own."""
        end = self._person_end(words, start, start + 1, cut)
        if end == start + 1:
            return None
        return Chunk(
            start, start + 1, EntityKind.ORGANIZATION, "", cut, head=cut.base, name_end=end, common=True, confidence=0.5
        )

    def _kinsman(self, words: tuple[Word, ...], start: int, cut: Cut) -> Chunk | None:
        """Read "the father of the hostage X", who is X's father and not X, as one mention."""
        begin = start + 1 + self._is_described(words, start + 1)
        end = self._person_end(words, start, begin, cut)
        if end == begin or self._vocabulary.is_title(words[begin].key):
            return None
        if end < len(words) and self._vocabulary.is_name(words[end].key):
            # "the son of X, Y": he has a name.
            return None
        return Chunk(start, end, EntityKind.PERSON, "", cut, head=cut.base, common=True, confidence=0.5)

    def _person_end(self, words: tuple[Word, ...], start: int, begin: int, cut: Cut) -> int:
        """Return where the name of a person ends that begins at a word behind a noun; `begin` where none does."""
        if begin >= len(words) or cut.definite:
            return begin
        match = self._gazetteer.match(words, begin, words[begin].key)
        if match is not None:
            return match.end if self._gazetteer.is_person(match) else begin
        end = begin
        while end < min(len(words), start + _LONGEST) and self._vocabulary.is_name(words[end].key):
            end += 1
        return end

    def _is_described(self, words: tuple[Word, ...], index: int) -> bool:
        """Tell whether a noun with the article, and no title, stands at a word before a name: "the hostage X"."""
        if index + 1 >= len(words) or not words[index].bears_article or self._vocabulary.is_title(words[index].key):
            return False
        return self._vocabulary.is_noun(words[index].key) and self._vocabulary.is_name(words[index + 1].key)

    def _league(self, words: tuple[Word, ...], start: int, cut: Cut) -> Chunk | None:
        """Read what states form together and an adjective tells of: "a European force", "an armed coalition"."""
        end = start + 1
        while end < min(len(words), start + _LONGEST) and words[end].key in self._joint:
            end += 1
        if cut.definite or end == start + 1:
            return None
        return Chunk(start, end, EntityKind.ORGANIZATION, "", cut, head=cut.base, common=True, confidence=0.6)

    def _collective(self, words: tuple[Word, ...], start: int, cut: Cut) -> Chunk | None:
        if not cut.offset and start > 0 and words[start - 1].bears_article:
            # "the groups opposed to X": here it is an adjective.
            return None
        end = start + 1
        chunk = Chunk(start, end, EntityKind.ORGANIZATION, "", cut, head=cut.base, common=True, confidence=0.6)
        nationality = self._gazetteer.nationality(words[end].key) if end < len(words) else None
        if cut.definite and nationality is not None and not nationality.plural and words[end].bears_article:
            chunk.end, chunk.country = end + 1, nationality.country
            self._add_place(words, chunk)
            return chunk
        if not cut.definite:
            return None
        if cut.base not in self._lone or not self._add_place(words, chunk):
            chunk.reference = Reference.DEFINITE
        return chunk

    def _people(self, words: tuple[Word, ...], start: int, cut: Cut) -> Chunk | None:
        head = self._heads[cut.base]
        end, country, told = start + 1, None, False
        while end < len(words) and end - start < _LONGEST:
            word = words[end]
            nationality = self._gazetteer.nationality(word.key)
            if nationality is not None and word.bears_article == cut.definite:
                country = nationality.country
            elif word.base in self._loyal or word.bears_article != cut.definite or not self._agrees(word):
                break
            told, end = True, end + 1
        chunk = Chunk(
            start, end, EntityKind.ORGANIZATION, "", cut, country=country, head=head, common=True, plural=True,
            confidence=0.6,
        )  # fmt: skip
        if country is None and not cut.definite:
            return None
        told = self._add_loyalty(words, chunk) or self._add_place(words, chunk) or told
        if not told:
            chunk.reference = Reference.DEFINITE
        return chunk

    def _agrees(self, word: Word) -> bool:
        """Tell whether a word is an adjective of people in the plural."""
        stem = word.base.removesuffix(self._nominative).removesuffix(self._oblique)
        return stem != word.base and stem.endswith(self._relative) and stem in self._vocabulary.adjectives

    def _add_loyalty(self, words: tuple[Word, ...], chunk: Chunk) -> bool:
        """Let those whose side a group is on be told with it: "the separatists loyal to X"."""
        end = chunk.end
        if end + 1 >= len(words) or words[end].base not in self._loyal:
            return False
        first = end + 1
        if words[first].norm == self._morphemes.from_:
            first += 1
        if first >= len(words):
            return False
        for cut in words[first].cuts:
            if cut.preposition not in ("", self._morphemes.for_) or cut.conjunction:
                continue
            match = self._gazetteer.match(words, first, cut.key)
            if match is not None:
                chunk.aliases.append(str(match.end))
                return True
        return False

    def _add_place(self, words: tuple[Word, ...], chunk: Chunk) -> bool:
        """Let the place where a group is be told with it: "the opposition in X"."""
        position = chunk.end
        if position + 1 >= len(words) or words[position].norm != self._morphemes.in_:
            return False
        match = self._gazetteer.match(words, position + 1, words[position + 1].key)
        place = pick(match, as_actor=True) if match is not None else None
        if match is None or place is None or place.kind not in LANDS:
            return False
        if chunk.end == chunk.start + 1:
            chunk.name_end = match.end
            chunk.aliases.append(str(chunk.end))
        else:
            chunk.aliases.append(str(match.end))
        chunk.country = chunk.country or place.country or (place.key if place.kind is EntityKind.COUNTRY else None)
        return True

    def nominative(self, words: tuple[Word, ...], chunk: Chunk) -> str | None:
        """Return the name of people with the endings of the nominative; None where it has them."""
        if chunk.cut is None or chunk.cut.base not in self._heads:
            return None
        parts = [stem_text(words[chunk.start], chunk.cut)]
        parts += [word.token.text for word in words[chunk.start + 1 : chunk.end]]
        turned = [self._turned(part) for part in parts]
        return " ".join(turned) if turned != parts else None

    def _turned(self, word: str) -> str:
        oblique = word.endswith(self._oblique)
        return word.removesuffix(self._oblique) + self._nominative if oblique else word
