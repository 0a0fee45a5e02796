"""Joins the chunks of a sentence that belong together: titles with names; what belongs to what is read on the way."""

from __future__ import annotations

from dataclasses import replace

from ..model import EntityKind, Sentence
from .belonging import Belonging
from .chunks import Chunk, Office, Reading, Reference, own
from .heads import Heads
from .offices import is_foreign
from .posts import Posts
from .words import PAUSES, Word, surface

# The most words that may say what an office is charged with.
_CHARGE = 11


class ChunkJoiner:
    """Joins neighbours; `copulas` may stand between a name and an apposition, `led` before who leads a body."""

    def __init__(self, heads: Heads, copulas: frozenset[str], led: frozenset[str], posts: Posts) -> None:
        self._posts = posts
        self._heads = heads
        self._morphemes = heads.morphemes
        self._copulas = copulas
        self._belonging = Belonging(heads, copulas, led)

    def join(self, reading: Reading) -> None:
        """Join what belongs together: titles with names, places with what they lie in. Add lone surnames before."""
        sentence, words = reading.sentence, reading.words
        chunks = self._posts.add(words, self._merge_appositions(sentence, words, reading.chunks))
        chunks = self._belonging.add(words, chunks)
        reading.chunks, reading.owner = chunks, own(chunks, len(words))

    def _merge_appositions(self, sentence: Sentence, words: tuple[Word, ...], chunks: list[Chunk]) -> list[Chunk]:
        """Join "X, minister of Y" and "X the minister of Y" into one person who holds the office."""
        merged: list[Chunk] = []
        for chunk in chunks:
            self._skip_charge(words, merged, chunk)
            last = merged[-1] if merged else None
            if last is not None and self._serves(words, last, chunk):
                self._divide(last, chunk)
            if last is not None and self._is_apposition(words, last, chunk):
                last.offices += chunk.offices
                last.apposed, last.feminine = True, last.feminine or chunk.feminine
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

    def _serves(self, words: tuple[Word, ...], person: Chunk, superior: Chunk) -> bool:
        """Tell whether "X, aide to the president Y," is said of X: Y, who is known, is whom he serves."""
        if superior.start - person.end != 1 or person.offices:
            return False
        if any(
            each.kind is not EntityKind.PERSON or each.reference is not Reference.NAME for each in (person, superior)
        ):
            return False
        gap = words[person.end : superior.start]
        if person.plural or len(superior.offices) != 1 or not superior.known or superior.conjunction:
            return False
        head, target = superior.offices[0].head.split(), superior.offices[0].target
        serving = len(head) > 1 and head[0] in self._heads.modifiers
        serving = serving or (
            target is not None and target.country is not None and words[target.start].base in self._heads.bureaus
        )
        return serving and len(gap) == 1 and gap[0].norm in PAUSES

    def _divide(self, person: Chunk, superior: Chunk) -> None:
        """Give an aide his office and the one whom he serves the office within it."""
        office = superior.offices[0]
        person.offices.append(office)
        person.country, person.apposed = person.country or superior.country, True
        if " " not in office.head:
            # "X, head of the office of the president Y": what Y holds is named only as a body.
            superior.offices = []
            return
        head, role = (words.partition(" ")[2] for words in (office.head, office.role))
        superior.offices = [replace(office, head=head, role=role or office.role)]

    def _is_announced(self, words: tuple[Word, ...], title: Chunk, person: Chunk) -> bool:
        """Tell whether an office without a name stands right before a name: "the Algerian president" + "X"."""
        if person.kind is not EntityKind.PERSON or person.reference is not Reference.NAME or person.counterpart:
            return False
        if person.offices and not (self._is_styled(words, title, person) or self._holds_both(title, person)):
            return False
        if title.kind is not EntityKind.PERSON or title.reference is not Reference.OFFICE or title.plural:
            return False
        if any(office.sort == "state" for office in title.offices) and is_foreign(title.country, person.known):
            # "the American president [criticized] X": whoever is of another state holds no office of this one.
            return False
        gap = words[title.end : person.start]
        if person.offices and not gap and person.conjunction == self._morphemes.and_:
            return True
        return not (person.cut and person.cut.offset) and (not gap or (len(gap) == 1 and gap[0].norm in PAUSES))

    def _holds_both(self, title: Chunk, person: Chunk) -> bool:
        """Tell whether "the ambassador of X and chair of Y" is one person: either is said of many, of no two states."""
        if person.conjunction != self._morphemes.and_ or person.preposition or person.start != title.end:
            return False
        if title.reference is not Reference.OFFICE or not title.offices:
            return False
        one, other = title.offices[0], person.offices[0]
        many = self._heads.anonymous | self._heads.envoys
        if title.feminine != person.feminine or not any(each.head.split()[0] in many for each in (one, other)):
            return False
        states = {_state(one), _state(other)} - {None}
        return len(states) < 2 and other.target is not None

    def _is_styled(self, words: tuple[Word, ...], title: Chunk, person: Chunk) -> bool:
        """Tell whether a person behind a comma has but a bare title: "head of the bloc X, the deputy Y"."""
        bare = all(office.target is None and office.country is None for office in person.offices)
        said = person.name_start == person.start + 1 and words[person.start].bears_article
        apart = person.start == title.end + 1 and words[title.end].norm in PAUSES
        # "member of the bloc X the deputy Y": nobody else is a member in between.
        member = any(office.head.split()[0] in self._heads.membership for office in title.offices)
        apart = apart or (member and person.start == title.end)
        return bare and said and apart and any(office.target is not None for office in title.offices)

    def _skip_charge(self, words: tuple[Word, ...], merged: list[Chunk], person: Chunk) -> None:
        """Let a title take in what its holder is charged with: "the envoy for the peace of X, Y" is Y's title."""
        if person.kind is not EntityKind.PERSON or person.reference is not Reference.NAME or person.offices:
            return
        back = next((k for k in range(1, 4) if k <= len(merged) and merged[-k].kind is EntityKind.PERSON), 0)
        title = merged[-back] if back else None
        if title is None or title.reference is not Reference.OFFICE or title.plural or person.preposition:
            return
        gap = words[title.end : person.start]
        if not 1 < len(gap) <= _CHARGE or gap[0].base not in self._heads.charges or person.conjunction:
            return
        if not gap[0].bears_article and title.head not in self._heads.envoys:
            return
        behind = merged[-1].end == person.start if back > 1 else False
        if any(word.is_mark for word in gap[:-1]) or not (behind or gap[-1].norm in PAUSES):
            return
        title.end = person.start - (gap[-1].norm in PAUSES)
        if back > 1:
            del merged[-back + 1 :]

    def _is_apposition(self, words: tuple[Word, ...], person: Chunk, title: Chunk) -> bool:
        if person.kind is not EntityKind.PERSON or person.reference is not Reference.NAME:
            return False
        if title.kind is not EntityKind.PERSON or title.reference is not Reference.OFFICE or title.plural:
            return False
        if title.conjunction and not title.preposition and person.apposed and title.start == person.end:
            return title.conjunction == self._morphemes.and_
        if title.cut is not None and title.cut.offset and title.preposition != self._morphemes.as_:
            return False
        if any(_differ(one, other) for one in person.offices for other in title.offices):
            # "the Japanese minister X the French president": two people, and what is done between them.
            return False
        gap = words[person.end : title.start]
        if title.feminine and person.offices and not person.feminine and not gap:
            # "the minister X [met] the chairwoman of Y": two people, a man and a woman.
            return False
        between = [word for word in gap if word.norm not in self._copulas]
        if len(gap) > 3 or len(between) > 1 or (between and between[0].norm not in PAUSES):
            return False
        return bool(gap) or title.offices[0].target is not None or title.offices[0].country is not None


def _state(office: Office) -> str | None:
    """Return the key of the state at which, or at whose body, an office is held."""
    return office.country or (office.target.country if office.target is not None else None)


def _differ(one: Office, other: Office) -> bool:
    """Tell whether two offices are of two states."""
    return one.country is not None and other.country is not None and one.country != other.country
