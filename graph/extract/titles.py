"""Reads the wording of an office: head noun, field or body, nationality and qualifiers, without any name.

"رئيس", "وزير" and their like stand in lang/ar/titles.yaml; this module knows only how they combine.
"""

from __future__ import annotations

from dataclasses import replace

from ..model import EntityKind
from .bodies import BodyGrammar
from .chunks import Chunk, Title
from .gazetteer import Gazetteer, pick
from .groups import GroupGrammar
from .heads import Heads
from .owned_titles import OwnedTitles
from .targets import TargetGrammar, take_place
from .vocabulary import Vocabulary
from .words import COMMAS, Cut, Word

# The most offices within offices: "aide to the deputy of the head of ...".
_DEEPEST = 4
_LONGEST = 14


class TitleGrammar:
    """Reads the office worded at a word."""

    def __init__(
        self, heads: Heads, vocabulary: Vocabulary, gazetteer: Gazetteer, bodies: BodyGrammar, groups: GroupGrammar
    ) -> None:
        self._heads = heads
        self._morphemes = morphemes = heads.morphemes
        self._before_target = frozenset({morphemes.in_name_of, morphemes.on_behalf, morphemes.in_, morphemes.at})
        self._prepositions = vocabulary.prepositions
        self._vocabulary = vocabulary
        self._gazetteer = gazetteer
        self._bodies = bodies
        self._owned = OwnedTitles(heads)
        self._targets = TargetGrammar(heads, vocabulary, gazetteer, bodies, groups, self.bureau)

    def bureau(self, words: tuple[Word, ...], start: int, cut: Cut) -> Chunk | None:
        """Return the office, as a body, of whoever holds one: "the office of the prime minister of Nepal"."""
        if cut.base not in self._heads.bureaus or cut.definite or start + 1 >= len(words):
            return None
        head = words[start + 1].cuts[0]
        title = self.read(words, start + 1, head) if self._heads.title_sort(head.base) else None
        if title is None or title.plural or not (title.country or title.target):
            return None
        if self._name_follows(words, title.end):
            # "the office of governor X": he is named, and the office is his.
            return None
        chunk = Chunk(start, title.end, EntityKind.ORGANIZATION, "", cut, head=cut.base, country=title.country)
        chunk.parents.append(title.target if title.target is not None else title.country or "")
        return chunk

    def read(self, words: tuple[Word, ...], start: int, cut: Cut) -> Title | None:
        """Return the office worded at words[start], without any name."""
        head = self._head(words, start, cut)
        if head is None:
            return None
        title = head
        position = title.end
        while position < len(words) and position - start < _LONGEST:
            if title.plural and words[position].norm in self._morphemes.each_of and position + 1 < len(words):
                position += 1
                continue
            step = self._step(words, title, position, cut)
            if not step:
                break
            position = step
            title.end = position
        title.head = self._heads.synonyms.get(title.head, title.head)
        self._owned.settle(words, title, cut)
        return None if title.head in self._heads.aides and cut.base.endswith(self._heads.feminine) else title

    def _head(self, words: tuple[Word, ...], start: int, cut: Cut) -> Title | None:
        if cut.base in self._heads.places or self._heads.is_body(cut.base):
            return None
        if self._is_preposition(words[start]):
            return None
        if cut.base in self._heads.one_of and not cut.definite:
            return self._one_of(words, start)
        masculine, nominative = self._heads.masculine, self._heads.nominative
        bases = tuple(dict.fromkeys((masculine(cut.base), cut.base, nominative(cut.base), *self._owned.unowned(cut))))
        for length in (4, 3, 2) if any(base in self._heads.title_firsts for base in bases) else ():
            if start + length > len(words):
                continue
            tail = tuple(word.base for word in words[start + 1 : start + length])
            owned = self._owned.tail(words, start + 1, start + length)
            tails = (tail, tuple(map(masculine, tail)), tuple(map(nominative, tail)), owned)
            for base in bases:
                for rest in tails:
                    sort = self._heads.title_phrases.get((base, *rest))
                    if sort and not self._targets.is_own_body(words, start + length - 1):
                        key = " ".join((base, *map(masculine, rest)))
                        return Title(start, start + length, key, sort, specific=True)
        plural = self._heads.title_plurals.get(cut.key) or self._heads.title_plurals.get(cut.base)
        if plural:
            sort = self._heads.title_sort(plural)
            return Title(start, start + 1, plural, sort or "body", plural=True)
        for base in bases:
            sort = self._heads.title_sort(base)
            if sort is not None:
                return Title(start, start + 1, masculine(base), sort)
        return None

    def _is_preposition(self, word: Word) -> bool:
        """Tell whether a word is "and to", which is spelled as "governor" but for the dots."""
        norm = word.norm
        return norm != word.key and norm[:1] in self._morphemes.joined_conjunctions and norm[1:] in self._prepositions

    def _one_of(self, words: tuple[Word, ...], start: int) -> Title | None:
        """Read "one of the foremost commanders" as an office of one person."""
        position = start + 1 + (start + 1 < len(words) and words[start + 1].base in self._heads.foremost)
        if position >= len(words) or words[position].is_mark or words[position].base in self._heads.one_of:
            return None
        title = self._head(words, position, words[position].cuts[0])
        if title is None or not title.plural:
            return None
        return replace(title, start=start, plural=False, one=True)

    def _step(self, words: tuple[Word, ...], title: Title, position: int, cut: Cut) -> int:
        """Return the index after the complement at `position`, or 0 where the title ends."""
        word, heads = words[position], self._heads
        if word.is_mark or word.is_number:
            body = self._targets.quoted(words, position) if position == title.start + 1 else None
            title.target, title.specific = body or title.target, title.specific or body is not None
            return body.end + 1 if body is not None else 0
        union = self._gazetteer.body_of(word.base) if word.bears_article else None
        if union is not None and title.country is None and title.target is None:  # "the UN envoy": as of a state
            title.country, title.specific = union, True
            return position + 1
        if self._targets.qualifies(words, title.start, position):
            title.former = title.former or word.base in heads.former
            return position + 1
        nationality = self._gazetteer.nationality(word.key)
        of_many = position > title.start + 1 and words[position - 1].bears_article and word.bears_article
        if nationality and (not nationality.plural or of_many is not title.plural):
            return self._national(words, title, position, nationality.country)
        if position + 1 < len(words):
            pair = self._gazetteer.nationality(f"{word.key} {words[position + 1].key}")
            if pair:
                title.country = title.country or pair.country
                return position + 2
        if word.norm in self._before_target:
            return self._prepositional(words, title, position)
        return self._idafa(words, title, position, cut) or self._targets.purpose_end(words, title, position)

    def _national(self, words: tuple[Word, ...], title: Title, position: int, country: str) -> int:
        if title.target is not None and title.target.kind is EntityKind.ORGANIZATION and title.target.country:
            return 0
        title.country = title.country or country
        title.specific = True
        target = title.target
        if target is not None and target.kind is EntityKind.ORGANIZATION and not target.known and not target.parents:
            # "head of the joint staff, American": the adjective is the head's, the state is that of both.
            target.country = country
            target.parents.append(country)
        title.holders.append((country, position, position + 1, None))
        end = position + 1
        # "the foreign ministers Russian and Chinese": each further nationality with a conjunction is another holder.
        while title.plural and end < len(words):
            further = next((c for c in words[end].cuts if c.conjunction and self._gazetteer.nationality(c.key)), None)
            if further is None:
                break
            nationality = self._gazetteer.nationality(further.key)
            if nationality:
                title.holders.append((nationality.country, end, end + 1, further))
            end += 1
        return end

    def _prepositional(self, words: tuple[Word, ...], title: Title, position: int) -> int:
        """Take in "in the name of X", "member in X", "ambassador at X" (the host is kept in the role only)."""
        if position + 1 >= len(words):
            return 0
        preposition, morphemes = words[position].norm, self._morphemes
        located = self._targets.locate(words, title.target, position) if title.target is not None else 0
        if located:
            return located
        target = self._targets.read(words, position + 1, words[position + 1].cuts[0])
        if target is None and preposition == morphemes.in_name_of:
            target = self._bodies.half_named.read_field(position + 1, words[position + 1].cuts[0])
        if target is None:
            special = preposition == morphemes.in_ and title.head.split()[0] in self._heads.specialists
            return self._targets.specialty_end(words, position + 1) if special else 0
        host = preposition == morphemes.at and title.head.split()[0] in self._heads.envoys
        sits = title.head.split()[0] in self._heads.deputies
        if sits and (
            preposition == morphemes.on_behalf or (preposition == morphemes.in_ and self._targets.is_party(target))
        ):
            return self._represented(title, target)
        learned = preposition == morphemes.in_ and title.head.split()[0] in self._heads.specialists
        if learned and target.kind is EntityKind.ORGANIZATION:
            # "the expert in Iranian affairs at the centre X" is at no office of Iran.
            title.country = None
        if title.target is None and not title.country and target.kind is EntityKind.ORGANIZATION and not host:
            title.target, title.specific = target, True
            return target.end
        owned = any(self._heads.pronoun_of(words[index].cuts[0]) for index in range(title.start, position))
        if owned and not (host and self._name_follows(words, target.end)):
            # "recalled its ambassador in X": the host is part of no name.
            return 0
        if preposition in (morphemes.at, morphemes.in_) and (title.country or title.target is not None or owned):
            if not host and title.target is not None and take_place(title.target, target, position):
                return target.end
            # The host of an ambassador or the post of a correspondent: kept in the role, no place of the office.
            if owned:
                title.holds.append(target)
            return target.end if host or self._name_follows(words, target.end) else 0
        if target.kind is EntityKind.COUNTRY and title.specific and self._name_follows(words, target.end):
            title.country = target.country
            return target.end
        unspecific = preposition == morphemes.in_ and not title.specific and title.target is None
        if preposition == morphemes.in_name_of or unspecific:
            title.target, title.specific = target, True
            return target.end
        return 0

    def _represented(self, title: Title, target: Chunk) -> int:
        """Take in whom a member of parliament sits for: a party is no place of the office, a constituency is."""
        if target.kind is EntityKind.ORGANIZATION:
            title.party = target
        elif title.target is None and title.country is None:
            title.target = target
        title.specific = True
        return target.end

    def _name_follows(self, words: tuple[Word, ...], position: int) -> bool:
        position += position < len(words) and words[position].norm in COMMAS
        while position < len(words) and (
            self._heads.is_honorific(words[position])
            or (words[position].bears_article and words[position].base in self._heads.deputies)
        ):
            position += 1
        named = position < len(words) and not self._vocabulary.is_function(words[position].norm)
        return named and self._vocabulary.is_name(words[position].key)

    def _idafa(self, words: tuple[Word, ...], title: Title, position: int, cut: Cut) -> int:
        """Take in a field, a nested office, a body, a state or a place that the head noun governs."""
        word, heads = words[position], self._heads
        direct = position == title.start + 1
        morphemes, before = self._morphemes, words[position - 1].base
        for option in word.cuts:
            joined = option.conjunction == morphemes.and_ and not direct and not option.preposition
            if option.conjunction and not joined:
                continue
            if option.preposition and option.preposition not in (morphemes.for_, morphemes.by):
                continue
            if option.conjunction:
                if option.base in heads.fields and (before in heads.fields or before == morphemes.affairs):
                    return position + 1
                continue
            if (
                option.preposition == morphemes.by
                and title.head.split()[0] in heads.envoys
                and title.country
                and not direct
            ):
                host = self._targets.read(words, position, option)
                if host is not None and host.kind in (EntityKind.COUNTRY, EntityKind.PLACE):
                    return host.end
            if option.preposition == morphemes.for_ and direct and cut.definite and title.sort == "state":
                # "the main link for Afghanistan" words no office.
                continue
            if option.preposition == morphemes.by and title.target is not None and not direct:
                post = self._targets.read(words, position, option)
                places = (EntityKind.COUNTRY, EntityKind.PLACE)
                if post is not None and post.kind in places and self._name_follows(words, post.end):
                    return post.end
            if (
                option.preposition == morphemes.by
                and option.base not in heads.fields
                and not heads.is_body(option.base)
            ):
                continue
            if option.preposition == morphemes.for_ and (title.country or title.target):
                told = self._gazetteer.match(words, position, option.key)
                told = told or self._bodies.known.outlet(words, position, option)
                if told is not None and told.entities[0].domains:
                    # "the Qatari minister [told] X".
                    return 0
            if title.target is None:
                nested = self._nested_office(words, title, position, option)
                nested = nested or self._owned.body(words, title, position, option)
                if nested:
                    return nested
                target = self._targets.read(words, position, option)
                if target is not None and before.lstrip(morphemes.for_) == morphemes.affairs:
                    return target.end
                if target is not None and self._governs(title, target, option, direct, cut):
                    self._attach(title, target)
                    return self._further_states(words, title, target)
            if (
                option.base not in heads.fields
                and not option.offset
                and self._heads.unowned(option.base) in heads.fields
                and not cut.definite
            ):
                title.specific = True
                title.head = f"{title.head} {self._heads.unowned(option.base)}"
                return position + 1
            if title.country is not None and not option.preposition:
                continue
            if cut.definite and direct and not option.definite and not option.preposition:
                # "the president Jo": what a definite noun governs bears the article or a preposition.
                continue
            if not (direct or option.definite or option.preposition) and words[position - 1].bears_article:
                # "the former prime minister Umran": a bare noun completes no definite one.
                continue
            if option.base in heads.fields and (
                direct or option.preposition or not cut.definite or title.sort == "state"
            ):
                title.specific = True
                end = self._targets.field_end(words, position)
                title.head = " ".join((title.head, *(word.base for word in words[position:end])))
                return end
        if not direct or cut.definite or title.plural or title.head not in self._heads.department_heads:
            return 0
        body = self._targets.behind_department(words, position)
        if body is None:
            return 0
        title.target, title.specific = body, True
        return body.end

    def _governs(self, title: Title, target: Chunk, option: Cut, direct: bool, cut: Cut) -> bool:
        if title.country is not None and not option.preposition:
            # After a nationality the title is complete: a state or body that follows is the next word of the clause.
            return False
        if option.preposition:
            return target.kind is not EntityKind.PLACE or option.preposition == self._morphemes.for_
        return not cut.definite or not direct

    def _attach(self, title: Title, target: Chunk) -> None:
        title.specific = True
        if title.head in self._heads.ministers and target.kind is EntityKind.ORGANIZATION:
            # "minister of the royal court": held at the state, as every minister's office is.
            title.country = target.country
            return
        sent = title.head.split()[0] in self._heads.envoys and target.preposition == self._morphemes.for_
        if sent and (title.country or target.kind is EntityKind.PLACE):
            # "the American envoy to the Middle East": where he is sent he holds no office.
            title.holds.append(target)
            return
        title.target = target
        if target.kind is EntityKind.COUNTRY and target.known:
            title.country = target.known[0].key

    def _further_states(self, words: tuple[Word, ...], title: Title, target: Chunk) -> int:
        """Read on over "ministers of X and Y and Z"; each state is another holder."""
        if not title.plural or title.country is None:
            return target.end
        title.holders.append((title.country, target.start, target.end, None))
        end = target.end
        while end < len(words):
            and_ = self._morphemes.and_
            cut = next((cut for cut in words[end].cuts if cut.conjunction == and_ and not cut.preposition), None)
            match = self._gazetteer.match(words, end, cut.key) if cut is not None else None
            if match is None and cut is not None and cut.base in self._heads.formal_states and end + 1 < len(words):
                match = self._gazetteer.match(words, end + 1, words[end + 1].key)
            entity = pick(match, as_actor=True) if match is not None else None
            if match is None or entity is None or entity.kind is not EntityKind.COUNTRY:
                break
            title.holders.append((entity.key, end, match.end, cut))
            end = match.end
        return end

    def _nested_office(self, words: tuple[Word, ...], title: Title, position: int, option: Cut) -> int:
        modifiers = self._heads.modifiers
        # "the personal envoy of the secretary-general of X": the article keeps the two apart.
        envoy = title.country is None and self._targets.sends(title.head, option)
        # "the first deputy of the prime minister": a definite noun with an adjective governs by a preposition.
        to = option.preposition == self._morphemes.for_ and position == title.start + 2 and not title.country
        if not envoy and ((option.preposition and not to) or title.head.split()[-1] not in modifiers):
            return 0
        if position >= _DEEPEST and all(word.base in modifiers for word in words[position - _DEEPEST : position]):
            return 0
        if not (envoy or to) and words[position - 1].bears_article and not option.definite:
            # "the president [met] the minister of X": a definite noun governs nothing.
            return 0
        inner = self.read(words, position, option)
        if inner is None or inner.plural:
            return 0
        title.target, title.country, title.sort = inner.target, inner.country, inner.sort
        title.head, title.specific = f"{title.head} {inner.head}", inner.specific
        title.former, title.holders = title.former or inner.former, inner.holders
        return inner.end
