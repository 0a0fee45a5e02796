"""Reads offices that say by a pronoun whose they are: "its secretary-general", "the head of its delegation"."""

from __future__ import annotations

from .chunks import Title
from .heads import Heads
from .words import Cut, Word


class OwnedTitles:
    """Tells which pronoun of a title means the state or body that it is held at."""

    def __init__(self, heads: Heads) -> None:
        self._heads = heads
        self._in_name_of = heads.morphemes.in_name_of

    def unowned(self, cut: Cut) -> tuple[str, ...]:
        """Return the noun of an office without the pronoun on it, where there is one."""
        return (self._heads.unowned(cut.base),) if self._heads.pronoun_of(cut) else ()

    def tail(self, words: tuple[Word, ...], start: int, end: int) -> tuple[str, ...]:
        """Return the words of an office behind its first, the last one without its owner: "head of its council"."""
        tail = tuple(word.base for word in words[start:end])
        last = words[end - 1].cuts[0]
        return (*tail[:-1], self._heads.unowned(last.base)) if self._heads.pronoun_of(last) else tail

    def body(self, words: tuple[Word, ...], title: Title, position: int, option: Cut) -> int:
        """Take in a body with the pronoun of its owner: "the head of its delegation"; return the index after it."""
        heads = self._heads
        if option.offset or title.country or title.target is not None or not heads.pronoun_of(option):
            return 0
        noun = heads.unowned(option.base)
        if not (heads.is_body(noun) or noun in heads.delegated) or noun in heads.places:
            return 0
        end = position + 1
        if noun in heads.bureaus and not (end < len(words) and words[end].bears_article):
            # "the director of his office" serves a person.
            return 0
        while end < len(words) and words[end].bears_article and words[end].base in heads.complements:
            end += 1
        title.head, title.specific = f"{title.head} {noun}", True
        title.sort = "state" if noun in heads.state_bodies or noun in heads.governing else "body"
        return end

    def settle(self, words: tuple[Word, ...], title: Title, cut: Cut) -> None:
        """Give a title the pronoun of its owner, if nothing else in it says whose it is."""
        if title.country or title.target is not None or title.plural:
            return
        for index in range(title.start, title.end):
            word = words[index]
            if (
                index > title.start
                and word.base in self._heads.qualifiers
                and not word.norm.startswith(self._in_name_of)
            ):
                # "whose term ends": the pronoun is the holder's.
                continue
            said = word.norm.removeprefix(self._in_name_of)
            spoken = said != word.norm and said in self._heads.morphemes.owner_pronouns
            owner = said if spoken else self._heads.pronoun_of(cut if index == title.start else word.cuts[0])
            if owner:
                title.owner = owner
                title.specific = title.specific or title.end > title.start + 1
