"""Gives people the posts that verbs tell of: "X holds the post of Y", "took over the leadership of Y", "made X a Y"."""

from __future__ import annotations

from dataclasses import replace

from ..lang.language import Titles
from ..model import EntityKind
from ..text.fold import loosen
from .chunks import Chunk, Office, Reference
from .heads import Heads
from .words import COMMAS, Word

# How far before a post its verb stands, and how far its holder before the verb.
_VERB, _HOLDER, _MADE = 6, 4, 9


class Posts:
    """Finds the holder of a post by the verb between; `passing` are the words that may stand beside such a verb."""

    def __init__(self, heads: Heads, titles: Titles, passing: frozenset[str], negators: frozenset[str]) -> None:
        self._posts = frozenset(map(loosen, titles.posts))
        self._holding = titles.holding
        self._appointing = titles.appointing
        self._leading = frozenset(map(loosen, titles.leading))
        self._passing = passing
        self._negators = negators
        self._accusative = heads.morphemes.accusative
        self._will = heads.morphemes.will

    def add(self, words: tuple[Word, ...], chunks: list[Chunk]) -> list[Chunk]:
        """Return the chunks of a sentence; a post that has a holder is his, and its body stands for itself."""
        kept: list[Chunk] = []
        for chunk in chunks:
            body = self._post(words, chunk)
            holder = self._holder(words, kept, chunk.start) if body is not None else self._made(words, kept, chunk)
            if holder is None:
                kept.append(chunk)
                continue
            holder.offices += self._offices(words, chunk, body)
            if body is not None and body.kind is not EntityKind.PERSON:
                body.inner = False
                kept.append(body)
        return kept

    def _offices(self, words: tuple[Word, ...], chunk: Chunk, body: Chunk | None) -> list[Office]:
        """Return the offices that a post or what somebody is made gives him."""
        if chunk.offices:
            return [replace(office, given=body is None) for office in chunk.offices]
        led = "" if chunk is not body else f"{words[chunk.start - 1].token.text} "
        return [Office(f"{led}{chunk.name}", chunk.head or "", "body", body)]

    def _post(self, words: tuple[Word, ...], chunk: Chunk) -> Chunk | None:
        """Return the body of a chunk that words a post, or itself where it names none; None for any other chunk."""
        before = words[chunk.start - 1] if chunk.start else None
        if chunk.kind is EntityKind.PERSON and chunk.reference is Reference.OFFICE and not chunk.plural:
            named = before is not None and any(cut.base in self._posts for cut in before.cuts)
            return (chunk.offices[0].target or chunk) if named and chunk.offices else None
        if chunk.kind is not EntityKind.ORGANIZATION:
            return None
        if words[chunk.start].base in self._leading:
            body = next((each for each in chunk.parents if isinstance(each, Chunk)), None)
            return body if body is not None and body.kind is EntityKind.ORGANIZATION else None
        led = before is not None and any(cut.base in self._leading for cut in before.cuts) and not chunk.preposition
        return chunk if led else None

    def _holder(self, words: tuple[Word, ...], chunks: list[Chunk], post: int) -> Chunk | None:
        """Return who is said to hold or take over the post that begins at a word."""
        verb = self._verb(words, post, self._holding, _VERB)
        if verb < 0 or (verb and words[verb - 1].norm in self._negators):
            return None
        people = [chunk for chunk in chunks if chunk.kind is EntityKind.PERSON and chunk.reference is Reference.NAME]
        behind = [chunk for chunk in people if chunk.start > verb]
        if behind:
            return behind[0] if len(behind) == 1 else None
        last = people[-1] if people and people[-1] is chunks[-1] else None
        if last is None or verb - last.end > _HOLDER:
            return None
        return last if all(self._may_pass(word) for word in words[last.end : verb]) else None

    def _made(self, words: tuple[Word, ...], chunks: list[Chunk], post: Chunk) -> Chunk | None:
        """Return whom a verb of appointing makes what an indefinite accusative behind his name says."""
        person = chunks[-1] if chunks else None
        if person is None or person.kind is not EntityKind.PERSON or person.reference is not Reference.NAME:
            return None
        if post.kind is not EntityKind.PERSON or post.reference is not Reference.OFFICE or person.end != post.start:
            return None
        text = words[post.start].token.text
        indefinite = post.cut is not None and not post.cut.offset and not post.cut.definite
        if not indefinite or not words[post.start].norm.endswith(self._accusative) or len(text) < _HOLDER:
            return None
        return person if self._verb(words, person.start, self._appointing, _MADE) >= 0 else None

    def _verb(self, words: tuple[Word, ...], before: int, verbs: frozenset[str], reach: int) -> int:
        """Return the nearest of some verbs before a word, in its clause; -1 where none is."""
        for index in range(before - 1, max(-1, before - 1 - reach), -1):
            if any(cut.stem in verbs or cut.stem.removeprefix(self._will) in verbs for cut in words[index].cuts):
                return index
            if words[index].is_mark and words[index].norm not in COMMAS:
                return -1
        return -1

    def _may_pass(self, word: Word) -> bool:
        return word.norm in COMMAS or word.norm in self._passing
