"""Reads names that share a head: "the foreign ministers of X and Y", "the American and Iraqi forces"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from ..model import EntityKind, Sentence
from .chunks import Chunk, Reference
from .dual_bodies import DualBodies
from .gazetteer import Gazetteer, Match
from .names import NameGrammar
from .offices import OfficeGrammar
from .words import COMMAS, Cut, Word, stem_text, surface


class Coordination:
    """Gives each of several people or bodies a chunk; `singulars` maps loosened plural titles to their singular."""

    def __init__(
        self,
        gazetteer: Gazetteer,
        names: NameGrammar,
        bodies: DualBodies,
        offices: OfficeGrammar,
        singulars: dict[str, str],
        feminine: str,
    ) -> None:
        self._feminine = feminine
        self._gazetteer = gazetteer
        self._names = names
        self._bodies = bodies
        self._offices = offices
        self._singulars = singulars

    def read(self, sentence: Sentence, words: tuple[Word, ...], position: int) -> list[Chunk]:
        """Return the people or bodies that a plural or dual head at a word names; mostly there are none."""
        return self._holders(sentence, words, position) or self._dual_bodies(sentence, words, position)

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
                formal = end > begin + 1 and self._offices.is_formal(words[begin])
                own = surface(sentence, words, begin, end, None if holder is holders[0] else holder.cut)
                own = surface(sentence, words, begin + 1, end, None) if formal else own
                holder.name = " ".join([single, *rest, own])
                holder.offices = [replace(holder.offices[0], role=holder.name)]
                for held in holder.holds:
                    held.name = surface(sentence, words, held.start, held.end, held.cut)
            return holders
        return []

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
            written = " ".join(filter(None, (single, rest, state)))
            feminine = single.endswith(self._feminine)
            adjective = self._gazetteer.adjective(country, feminine=feminine)
            named = self._gazetteer.nationality(words[end - 1].key) is None and adjective is not None and rest
            # "the ministries of defence in X and Y": each has the adjective of its state in its name.
            name = f"{single} {rest} {adjective}" if named else written
            chunk = Chunk(start, end, EntityKind.ORGANIZATION, name, own_cut)
            chunk.aliases += [written] if named else []
            chunk.country, chunk.head = country, self._bodies.bare(single)
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

    def further_bodies(self, sentence: Sentence, words: tuple[Word, ...], chunk: Chunk) -> Iterator[Chunk]:
        """Yield the bodies that only a further nationality names: "the American and Iraqi forces"."""
        if chunk.kind is not EntityKind.ORGANIZATION:
            return
        last, width = self._gazetteer.nationality(words[chunk.end - 1].key), 1
        if last is None and chunk.end - chunk.start > 2:
            # "South Korean".
            last = self._gazetteer.nationality_of_two(words[chunk.end - 2].key, words[chunk.end - 1].key)
            width = 2
        if last is None or last.country != chunk.country:
            return
        position = chunk.end
        while position < len(words):
            cut = next((c for c in words[position].cuts if c.conjunction and not c.preposition and c.definite), None)
            nationality = self._gazetteer.nationality(cut.key) if cut is not None else None
            if nationality is None or nationality.country == chunk.country:
                return
            head = surface(sentence, words, chunk.start, chunk.end - width, chunk.cut)
            name = f"{head} {surface(sentence, words, position, position + 1, cut)}"
            further = Chunk(position, position + 1, EntityKind.ORGANIZATION, name, cut, head=chunk.head)
            further.country = nationality.country
            further.parents.append(nationality.country)
            yield further
            position += 1

    def with_states(self, chunks: list[Chunk], words: tuple[Word, ...]) -> list[Chunk]:
        """Give "the parliament and the government" each the state that one adjective in the dual names for both."""
        for one, other in pairwise(chunks):
            adjacent = one.end == other.start and other.conjunction and not other.preposition
            if not adjacent or other.kind is not EntityKind.ORGANIZATION or one.kind is not EntityKind.ORGANIZATION:
                continue
            nationality = self._gazetteer.nationality(words[other.end - 1].key)
            shared = nationality is not None and nationality.plural and other.end == other.start + 2
            if nationality is None or not shared or one.reference is not Reference.DEFINITE or one.country:
                continue
            for body in (one, other):
                self._take_state(words, body, nationality.country)
        return chunks

    def _take_state(self, words: tuple[Word, ...], body: Chunk, country: str) -> None:
        head = stem_text(words[body.start], body.cut) if body.cut is not None else body.name.split()[0]
        adjective = self._gazetteer.adjective(country, feminine=head.endswith(self._feminine))
        if adjective is None:
            return
        body.aliases = list(dict.fromkeys([*body.aliases, body.name, head]))
        body.name, body.country, body.reference = f"{head} {adjective}", country, Reference.NAME
        body.parents = [country]

    def with_holders(self, sentence: Sentence, words: tuple[Word, ...], chunks: list[Chunk]) -> Iterator[Chunk]:
        """Read "the two presidents, the American X and the Russian Y" as two people with one office each."""
        skip_until = -1
        for chunk in self._respectively(chunks, words):
            if chunk.start < skip_until:
                continue
            yield chunk
            if not (chunk.plural and chunk.offices and chunk.reference is Reference.NAME):
                continue
            position = self._share_office(words, chunks, chunk)
            while position < len(words):
                further = self._further_holder(sentence, words, position, chunk)
                if further is None:
                    break
                yield further
                position = skip_until = further.end

    def _respectively(self, chunks: list[Chunk], words: tuple[Word, ...]) -> list[Chunk]:
        """Give "the foreign ministers of X and Y, A and B" each the office that is named in the same place."""
        kept: list[Chunk] = []
        index = 0
        while index < len(chunks):
            offices = self._run(chunks, index, Reference.OFFICE)
            people = self._run(chunks, index + len(offices), Reference.NAME) if len(offices) > 1 else []
            if not people or len(people) != len(offices) or not self._adjoin(words, offices[-1], people[0]):
                kept.append(chunks[index])
                index += 1
                continue
            for office, person in zip(offices, people, strict=True):
                person.offices, person.country, person.head = list(office.offices), office.country, office.head
                person.holds = [*person.holds, *office.holds]
                person.aliases.append(office.name)
            people[0].start, people[0].cut = offices[0].start, offices[0].cut
            kept += people
            index += len(offices) + len(people)
        return kept

    def _run(self, chunks: list[Chunk], index: int, reference: Reference) -> list[Chunk]:
        """Return the people from an index on that follow one another, joined by "and"."""
        run: list[Chunk] = []
        for chunk in chunks[index:]:
            follows = not run or (chunk.start == run[-1].end and chunk.conjunction and not chunk.preposition)
            if chunk.kind is not EntityKind.PERSON or chunk.reference is not reference or not follows:
                break
            if chunk.plural or bool(chunk.offices) is not (reference is Reference.OFFICE):
                break
            run.append(chunk)
        return run

    def _adjoin(self, words: tuple[Word, ...], office: Chunk, person: Chunk) -> bool:
        """Tell whether a name stands right behind an office, or behind a comma."""
        gap = words[office.end : person.start]
        return not person.cut or (not person.conjunction and len(gap) <= 1 and all(word.norm in COMMAS for word in gap))

    def _share_office(self, words: tuple[Word, ...], chunks: list[Chunk], first: Chunk) -> int:
        """Give "the two ministers X and Y" one office each; return the index after the last of them."""
        end = first.end
        for other in chunks[chunks.index(first) + 1 :]:
            follows = other.start == end or (other.start == end + 1 and words[end].norm in COMMAS)
            if not follows or not other.conjunction or other.kind is not EntityKind.PERSON or other.offices:
                break
            if other.reference is not Reference.NAME:
                break
            other.offices = [first.offices[0]]
            end = other.end
        return end

    def _further_holder(self, sentence: Sentence, words: tuple[Word, ...], position: int, chunk: Chunk) -> Chunk | None:
        for cut in words[position].cuts:
            nationality = self._gazetteer.nationality(cut.key) if cut.conjunction else None
            behind = position + 1
            if cut.conjunction and nationality is None and behind < len(words):
                nationality = self._gazetteer.nationality_of_two(cut.key, words[behind].key)
                behind += nationality is not None
            field = cut.conjunction and cut.definite and self._offices.is_field(cut)
            state = self._state_at(words, position, cut) if nationality is None and not field else None
            if nationality is None and not field and state is None:
                continue
            first = state.end if state is not None else behind
            end = max(self._names.end_after_title(words, first), self._offices.known_person_end(words, first))
            if end == first:
                return None
            office = chunk.offices[0]
            country = nationality.country if nationality is not None else chunk.country
            country = state.entities[0].key if state is not None else country
            further = Chunk(position, end, EntityKind.PERSON, "", cut, head=chunk.head, country=country)
            further.name = surface(sentence, words, first, end, None)
            further.name_start = first
            further.known = self._offices.known_people(words, first, end)
            further.holds = self._offices.named_states(words, position, first, country or "") if state else []
            for held in further.holds:
                held.name = surface(sentence, words, held.start, held.end, held.cut)
            head = chunk.cut.key if chunk.cut is not None else ""
            plural = surface(sentence, words, chunk.start, chunk.start + 1, chunk.cut)
            role = f"{self._singulars.get(head, plural)} {surface(sentence, words, position, first, cut)}"
            further.offices = [replace(office, role=role, target=None, country=country)]
            return further
        return None

    def _state_at(self, words: tuple[Word, ...], position: int, cut: Cut) -> Match | None:
        """Return the state that a word with a conjunction names: "the presidents of X [who is] A and Y [who is] B"."""
        if not cut.conjunction or cut.preposition:
            return None
        match = self._gazetteer.match(words, position, cut.key)
        if match is None or match.end >= len(words):
            return None
        return match if match.entities[0].kind is EntityKind.COUNTRY else None
