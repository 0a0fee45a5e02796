"""Reads people by their office: a title and the name of whoever holds it, an office alone, "his counterpart"."""

from __future__ import annotations

from ..model import EntityKind
from ..resolve.known import KnownEntity, kind_of
from .chunks import Chunk, Office, Reference, Title
from .gazetteer import Gazetteer
from .heads import Heads
from .names import NameGrammar
from .titles import TitleGrammar
from .words import COMMAS, Cut, Word

_OPENING, _CLOSING = "(", ")"


def is_foreign(country: str | None, people: tuple[KnownEntity, ...]) -> bool:
    """Tell whether known people of one name are all of other states than a country."""
    if country is None or kind_of(country) is not EntityKind.COUNTRY:
        return False
    return bool(people) and all(person.country not in (None, country) for person in people)


class OfficeGrammar:
    """Reads a title at a word, with the name that follows it where there is one."""

    def __init__(self, heads: Heads, gazetteer: Gazetteer, names: NameGrammar, titles: TitleGrammar) -> None:
        self._heads = heads
        self._each_of = heads.morphemes.each_of
        self._feminine_owned = heads.morphemes.construct + heads.feminine
        self._gazetteer = gazetteer
        self._names = names
        self._titles = titles

    def holders(self, words: tuple[Word, ...], start: int, cut: Cut) -> list[Chunk]:
        """Return the people of a plural title, one for each state: "the foreign ministers of Egypt and Jordan"."""
        if not (self._heads.title_plurals.get(cut.key) or self._heads.title_plurals.get(cut.base)):
            return []
        title = self._titles.read(words, start, cut)
        if title is None or len(title.holders) < 2:
            return []
        chunks = []
        for index, (country, first, end, own_cut) in enumerate(title.holders):
            begin = start if index == 0 else first
            chunk = Chunk(begin, end, EntityKind.PERSON, "", cut if index == 0 else own_cut, Reference.OFFICE)
            chunk.country, chunk.head, chunk.confidence = country, title.head, 0.8
            chunk.crowd = title.head in self._heads.anonymous
            last = title.holders[0][1]
            while last > start + 1 and (words[last - 1].norm in self._each_of or self.is_formal(words[last - 1])):
                last -= 1
            role = f"{start}:{last}+{first}:{end}"
            chunk.offices.append(Office(role, title.head, title.sort, None, country, title.former))
            chunk.holds += self.named_states(words, first, end, country)
            chunks.append(chunk)
        return chunks

    def named_states(self, words: tuple[Word, ...], start: int, end: int, country: str) -> list[Chunk]:
        """Return the mention of a state that words name, and do not only mean by an adjective."""
        for cut in words[start].cuts:
            match = self._gazetteer.match(words, start, cut.key)
            state = next((entity for entity in match.entities if entity.key == country), None) if match else None
            if match is not None and state is not None and match.end == end:
                return [Chunk(start, end, state.kind, "", cut, known=(state,), country=country, inner=True)]
        return []

    def is_formal(self, word: Word) -> bool:
        """Tell whether a word, whatever is written onto it, is "republic", "kingdom" or the like."""
        return any(cut.base in self._heads.formal_states and not cut.definite for cut in word.cuts)

    def is_field(self, cut: Cut) -> bool:
        """Tell whether a word is what a minister may be the minister of."""
        return cut.base in self._heads.fields

    def bureau(self, words: tuple[Word, ...], start: int, cut: Cut) -> Chunk | None:
        """Return the office, as a body, of whoever holds one."""
        return self._titles.bureau(words, start, cut)

    def read(self, words: tuple[Word, ...], start: int, cut: Cut) -> Chunk | None:
        """Return a person announced by a title at words[start], or named by an office alone; None where none is."""
        if cut.key in self._heads.kin:
            return self._counterpart(words, start, cut)
        title = self._titles.read(words, start, cut)
        owned = self._heads.pronoun_of(cut) and self._heads.owned_title(cut.base) is not None
        if title is None or (owned and title.end == start + 1):
            return self._after_honorific(words, start, cut)
        return self._person(words, title, cut)

    def _counterpart(self, words: tuple[Word, ...], start: int, cut: Cut) -> Chunk | None:
        """Read "his Ukrainian counterpart [X]": the office is the antecedent's, which the linker finds."""
        position, country = start + 1, None
        while position < len(words):
            nationality = self._gazetteer.nationality(words[position].key)
            pair = words[position].key + " " + words[position + 1].key if position + 1 < len(words) else ""
            if nationality is None and self._gazetteer.nationality(pair):
                nationality, position = self._gazetteer.nationality(pair), position + 1
            if nationality is None and words[position].base not in self._heads.qualifiers:
                break
            country = nationality.country if nationality is not None else country
            position += 1
        name_start = position
        while name_start < len(words) and (
            words[name_start].norm in COMMAS or self._heads.is_honorific(words[name_start])
        ):
            name_start += 1
        end = max(
            self._names.end_after_title(words, name_start, strict=name_start > position),
            self.known_person_end(words, name_start),
        )
        chunk = Chunk(start, position, EntityKind.PERSON, "", cut, Reference.COUNTERPART, country=country)
        chunk.feminine = cut.key.endswith(self._feminine_owned)
        if end > name_start:
            chunk.end, chunk.name_start, chunk.reference, chunk.counterpart = end, name_start, Reference.NAME, True
            chunk.known = self.known_people(words, name_start, end)
        elif country is None:
            return None
        return chunk

    def _person(self, words: tuple[Word, ...], title: Title, cut: Cut) -> Chunk | None:
        name_start = self._skip_between(words, title.end, title)
        end = self._names.end_after_title(words, name_start, strict=name_start > title.end)
        if end == name_start + 1 and self._is_subject(words, title, cut, end):
            return None
        known_end = self.known_person_end(words, name_start)
        whole = known_end > name_start + 1 and known_end < end and not self._names.leads_on(words[known_end])
        end = known_end if whole else max(end, known_end)
        if end > name_start and self._is_foreign(title, self.known_people(words, name_start, end)):
            end = name_start
        chunk = Chunk(title.start, max(end, title.end), EntityKind.PERSON, "", cut, head=title.head)
        chunk.feminine = cut.base.endswith(self._heads.feminine)
        chunk.plural = title.plural
        chunk.country = title.country
        chunk.holds = title.holds
        if end > name_start and self._announces(title, cut, name_start, self._names.is_listed(words[name_start])):
            chunk.name_start = name_start
            chunk.known = self.known_people(words, name_start, end)
            if not self._is_courtesy(title):
                chunk.offices.append(self._office(title))
            if title.owner and title.holds:
                # "recalled its ambassador in X, Y": the host stands for itself.
                chunk.start, chunk.cut = name_start, words[name_start].cuts[0]
            return chunk
        chunk.end = title.end
        if not (cut.definite or title.specific) or self._is_adjective(words, title, cut):
            return None
        if not title.specific and title.end == title.start + 1 and not cut.definite:
            return None
        told = title.specific and (cut.definite or self._is_sole(words, title))
        if title.one or (title.head.split()[0] in self._heads.anonymous and not told):
            chunk.crowd = True
        chunk.reference = Reference.OFFICE
        chunk.confidence = 0.8
        chunk.offices.append(self._office(title))
        return chunk

    def _is_sole(self, words: tuple[Word, ...], title: Title) -> bool:
        """Tell whether an office has one holder at a time: who speaks for a body, or commands an army."""
        if title.target is None:
            return False
        body = words[title.target.start].cuts[-1].base
        commands = title.head in self._heads.chiefs and body in self._heads.commanded
        return title.head in self._heads.speakers or commands

    def _is_foreign(self, title: Title, people: tuple[KnownEntity, ...]) -> bool:
        """Tell whether who is named behind a title of a state is of another: "the American president criticized X"."""
        return title.sort == "state" and is_foreign(title.country, people)

    def _is_subject(self, words: tuple[Word, ...], title: Title, cut: Cut, end: int) -> bool:
        """Tell whether what looks like a name is what a bare title governs: "head of safety of aviation"."""
        bare = not cut.definite and not title.specific and title.end == title.start + 1
        return bare and end < len(words) and words[end].bears_article and self._names.is_noun(words[end])

    def _is_adjective(self, words: tuple[Word, ...], title: Title, cut: Cut) -> bool:
        """Tell whether what looks like an office only describes: "the responsible source", "a new president"."""
        heads = self._heads
        if title.start and cut.definite and not cut.preposition and title.head.split()[0] in heads.adjectival:
            before = words[title.start - 1]
            if not cut.offset and self._may_be_described(before):
                return True
            if cut.conjunction and before.norm in COMMAS and title.target is not None and title.target.preposition:
                # "the opposition, which is also represented by X".
                return title.target.preposition == heads.morphemes.by
        after = words[title.start + 1] if title.start + 1 < title.end else None
        indefinite = after is not None and not cut.definite and not after.bears_article
        return indefinite and after is not None and after.base in heads.tentative

    def _only_describes(self, words: tuple[Word, ...], start: int, position: int) -> bool:
        """Tell whether an honorific is the adjective of a noun and no name follows: "the diplomatic missions of"."""
        adjective = self._names.is_relative(words[start])
        return adjective and self._may_be_described(words[start - 1]) and not self._names.is_listed(words[position])

    def _may_be_described(self, word: Word) -> bool:
        """Tell whether a word is a definite noun, whatever is written onto it, or a name."""
        if any(cut.definite and self._names.is_definite_noun(cut) for cut in word.cuts):
            return True
        return self._names.is_listed(word) and not self._names.is_noun(word)

    def _announces(self, title: Title, cut: Cut, name_start: int, listed: bool) -> bool:
        """An indefinite title without complement announces nobody ("minister said") but whose name is a known one."""
        return cut.definite or title.specific or (name_start == title.end and listed)

    def _office(self, title: Title) -> Office:
        role = f"{title.start}:{title.end}"
        calling = title.target is None and title.head.split()[0] in self._heads.callings
        sort = "none" if calling or self._is_courtesy(title) else title.sort
        loose = title.head in self._heads.officials and title.target is None
        place = title.target, title.country
        return Office(role, title.head, sort, *place, title.former, title.party, title.owner, loose)

    def _is_courtesy(self, title: Title) -> bool:
        """Tell whether a title is one of birth, and no office: "the prince", "the Saudi prince"."""
        return title.target is None and title.head in self._heads.courtesy

    def known_people(self, words: tuple[Word, ...], start: int, end: int) -> tuple[KnownEntity, ...]:
        """Return the known people whose name is exactly these words."""
        match = self._gazetteer.match(words, start, words[start].key)
        if match is None or match.end != end:
            return ()
        return tuple(entity for entity in match.entities if entity.kind is EntityKind.PERSON)

    def known_person_end(self, words: tuple[Word, ...], start: int) -> int:
        """Return the index after the name of a known person at a word, or `start` where there is none."""
        if start >= len(words):
            return start
        match = self._gazetteer.match(words, start, words[start].key)
        if match is None or all(entity.kind is not EntityKind.PERSON for entity in match.entities):
            return start
        return match.end

    def _skip_between(self, words: tuple[Word, ...], position: int, title: Title) -> int:
        """Pass the short bracket, the comma, honorifics and ranks that may stand between a title and the name."""
        if title.target is not None and position < len(words) and words[position].norm == _OPENING:
            closing = next((i for i in range(position, min(position + 5, len(words))) if words[i].norm == _CLOSING), 0)
            position = closing + 1 if closing else position
        if (
            position < len(words)
            and words[position].norm in COMMAS
            and (title.specific or self._is_owned(words, title))
        ):
            position += 1
        if position < len(words) and words[position].key in self._heads.kin:
            # "received the Iraqi premier his Jordanian counterpart X": two people.
            return len(words)
        royal = title.country is not None or words[position - 1].bears_article
        while position < len(words) and (
            self._heads.is_honorific(words[position])
            or self._names.describes(words, position)
            or (royal and words[position].key in self._heads.royal)
        ):
            position += 1
        return position

    def _is_owned(self, words: tuple[Word, ...], title: Title) -> bool:
        """Tell whether a title ends with the pronoun of whose it is: "the spokesman in its name"."""
        last = words[title.end - 1].norm
        return last.startswith(self._heads.morphemes.in_name_of) and last != self._heads.morphemes.in_name_of

    def _after_honorific(self, words: tuple[Word, ...], start: int, cut: Cut) -> Chunk | None:
        """Return a person announced by a rank or an honorific alone."""
        heads = self._heads
        owned = heads.owned_title(cut.base)
        listed = cut.key in heads.honorifics or (cut.base in heads.ranks and cut.definite)
        if not listed and (owned is None or owned[0] in heads.callings):
            return None
        if owned is not None and not heads.pronoun_of(cut):
            # "[the] foundation X" is spelt as "its founder X" is.
            return None
        position = start + 1
        while position < len(words) and (
            self._heads.is_honorific(words[position])
            or self._gazetteer.nationality(words[position].key)
            or self._names.describes(words, position)
        ):
            position += 1
        named = self._names.end_after_title(words, position, strict=not listed)
        end = max(named, self.known_person_end(words, position))
        if end == position or (start and self._only_describes(words, start, position)):
            return None
        chunk = Chunk(start, end, EntityKind.PERSON, "", cut, head=cut.base, name_start=position, confidence=0.8)
        chunk.known = self.known_people(words, position, end)
        if owned is not None:
            owner = heads.pronoun_of(cut)
            chunk.offices.append(Office(f"{start}:{position}", *owned, owner=owner))
        return chunk
