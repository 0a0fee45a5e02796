"""The head nouns of titles, bodies, places and events, loosened once for look-ups by `Cut.base`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ..lang.language import Language
from ..lang.morphemes import Morphemes
from ..text.fold import loosen
from .words import Cut, Word


@dataclass(frozen=True, slots=True)
class Heads:
    """Loosened sets of language data; membership of a noun is asked with and without its feminine ending."""

    morphemes: Morphemes
    feminine: str
    state_titles: frozenset[str]
    body_titles: frozenset[str]
    modifiers: frozenset[str]
    title_phrases: dict[tuple[str, ...], str]
    title_firsts: frozenset[str]
    title_plurals: dict[str, str]
    fields: frozenset[str]
    qualifiers: frozenset[str]
    former: frozenset[str]
    honorifics: frozenset[str]
    royal: frozenset[str]
    ranks: frozenset[str]
    kin: dict[str, str]
    anonymous: frozenset[str]
    ministers: frozenset[str]
    one_of: frozenset[str]
    foremost: frozenset[str]
    charges: frozenset[str]
    envoys: frozenset[str]
    deputies: frozenset[str]
    department_heads: frozenset[str]
    aides: frozenset[str]
    callings: frozenset[str]
    speakers: frozenset[str]
    chiefs: frozenset[str]
    commanded: frozenset[str]
    specialists: frozenset[str]
    officials: frozenset[str]
    synonyms: dict[str, str]
    courtesy: frozenset[str]
    press: frozenset[str]
    plain_fields: frozenset[str]
    interviews: frozenset[str]
    membership: frozenset[str]
    adjectival: frozenset[str]
    tentative: frozenset[str]
    formal_states: frozenset[str]
    bureaus: frozenset[str]
    owned: dict[str, str]
    parties: frozenset[str]
    purposes: frozenset[str]
    generic: frozenset[str]
    concerns: dict[str, str]
    housed: frozenset[str]
    headless: frozenset[tuple[str, ...]]
    headless_firsts: frozenset[str]
    qualities: frozenset[str]
    governing: frozenset[str]
    state_bodies: frozenset[str]
    groups: frozenset[str]
    firms: frozenset[str]
    complements: frozenset[str]
    bare_definite: frozenset[str]
    ministry_shorthand: frozenset[str]
    affiliation: frozenset[str]
    wings: frozenset[str]
    metonyms: frozenset[str]
    needy_heads: frozenset[str]
    concerning: frozenset[str]
    stateless: frozenset[str]
    described: dict[str, frozenset[str]]
    seats: frozenset[str]
    topical: frozenset[str]
    common_bodies: frozenset[str]
    delegated: frozenset[str]
    units: frozenset[str]
    ordinals: frozenset[str]
    arms: frozenset[str]
    military_regions: frozenset[str]
    military: frozenset[str]
    body_plurals: dict[str, str]
    naming_heads: frozenset[str]
    weak_heads: frozenset[str]
    places: frozenset[str]
    capital_words: frozenset[str]
    directions: frozenset[str]
    middles: frozenset[str]
    nearness: frozenset[str]
    homes: frozenset[str]
    abroad: frozenset[str]
    troops: frozenset[str]
    national: frozenset[str]
    links: frozenset[str]
    capital_links: frozenset[str]
    settlements: frozenset[str]
    clocks: frozenset[str]
    governed: frozenset[str]
    place_qualifiers: frozenset[str]
    place_plurals: dict[str, str]

    @classmethod
    def load(cls, language: Language) -> Heads:
        """Loosen the tables of a language."""
        titles, bodies, places = language.titles, language.organisations, language.places
        morphemes = language.morphemes
        base_of = morphemes.bare
        return cls(
            morphemes=morphemes,
            feminine=loosen(morphemes.feminine),
            state_titles=_loose(titles.state),
            body_titles=_loose(titles.body),
            modifiers=_loose(titles.modifiers),
            title_phrases={
                tuple(base_of(loosen(word)) for word in words): sort for words, sort in titles.phrases.items()
            },
            title_firsts=frozenset(base_of(loosen(words[0])) for words in titles.phrases),
            title_plurals={loosen(plural): base_of(loosen(single)) for plural, single in titles.plurals.items()},
            fields=frozenset(base_of(word) for word in _loose(titles.fields)),
            qualifiers=frozenset(base_of(word) for word in _loose(titles.qualifiers)),
            former=frozenset(base_of(word) for word in _loose(titles.former)),
            honorifics=_loose(titles.honorifics),
            royal=_loose(titles.royal),
            ranks=frozenset(base_of(word) for word in _loose(titles.ranks)),
            kin={loosen(word): sort for word, sort in titles.kin.items()},
            anonymous=_loose(titles.anonymous),
            ministers=_loose(titles.ministers),
            one_of=_loose(titles.one_of),
            foremost=_loose(titles.foremost),
            charges=frozenset(base_of(word) for word in _loose(titles.charges)),
            envoys=_loose(titles.envoys),
            deputies=_loose(titles.deputies),
            department_heads=_loose(titles.department_heads),
            aides=_loose(titles.aides),
            callings=_loose(titles.callings),
            speakers=_loose(titles.speakers),
            chiefs=_loose(titles.commanders["titles"]),
            commanded=_loose(titles.commanders["bodies"]),
            specialists=_loose(titles.specialists),
            officials=_loose(titles.officials),
            synonyms={_title_key(one, morphemes): _title_key(kept, morphemes) for one, kept in titles.synonyms.items()},
            courtesy=_loose(titles.courtesy),
            press=_loose(titles.press),
            plain_fields=frozenset(base_of(word) for word in _loose(bodies.plain_fields)),
            interviews=_loose(titles.interviews),
            membership=_loose(titles.membership),
            adjectival=_loose(titles.adjectival),
            tentative=_loose(titles.tentative),
            formal_states=_loose(titles.formal_states),
            bureaus=_loose(bodies.bureaus),
            owned={form: loosen(noun) for noun in bodies.owned for form in _owned_forms(noun, morphemes)},
            parties=_loose(bodies.parties),
            purposes=_loose(bodies.purposes),
            generic=_loose(bodies.generic),
            concerns={base_of(loosen(noun)): preposition for noun, preposition in bodies.concerns.items()},
            housed=_loose(bodies.housed),
            headless=frozenset(tuple(loosen(phrase).split()) for phrase in bodies.headless),
            headless_firsts=frozenset(loosen(phrase).split()[0] for phrase in bodies.headless),
            qualities=_loose(bodies.qualities),
            governing=_loose(bodies.governing),
            state_bodies=_loose(bodies.state),
            groups=_loose(bodies.group),
            firms=_loose(bodies.firm),
            complements=frozenset(base_of(word) for word in _loose(bodies.complements)),
            bare_definite=_loose(bodies.bare_definite),
            ministry_shorthand=frozenset(base_of(word) for word in _loose(bodies.ministry_shorthand)),
            affiliation=frozenset(base_of(word) for word in _loose(bodies.affiliation)),
            wings=frozenset(base_of(word) for word in _loose(bodies.wings | bodies.affiliation)),
            seats=_loose(bodies.seats),
            metonyms=_loose(bodies.metonyms),
            needy_heads=_loose(bodies.needy_heads),
            concerning=frozenset(base_of(word) for word in _loose(bodies.concerning)),
            stateless=_loose(bodies.stateless),
            described={loosen(head): _loose(words.split()) for head, words in bodies.described.items()},
            topical=_loose(bodies.topical),
            common_bodies=_loose(bodies.common_bodies),
            delegated=_loose(titles.delegated),
            units=_loose(bodies.units.heads),
            ordinals=frozenset(base_of(word) for word in _loose(bodies.units.ordinals)),
            arms=_loose(bodies.units.arms),
            military_regions=_loose(bodies.units.regions),
            military=frozenset(base_of(word) for word in _loose(bodies.units.military)),
            body_plurals={loosen(plural): single for plural, single in bodies.plurals.items()},
            naming_heads=_loose(bodies.naming_heads),
            weak_heads=_loose(bodies.weak_heads),
            places=_loose(places.heads),
            capital_words=_loose(places.capital_words),
            directions=_loose(places.directions),
            middles=frozenset(word for word in _loose(places.middles)),
            nearness=_loose(places.nearness),
            homes=places.homes,
            abroad=_loose(bodies.abroad),
            troops=_loose(bodies.troops),
            national=_loose(bodies.national),
            links=frozenset(base_of(word) for word in _loose(places.links | places.capital_links)),
            capital_links=frozenset(base_of(word) for word in _loose(places.capital_links)),
            settlements=_loose(places.settlements),
            governed=frozenset(loosen(noun) for nouns in places.governed.values() for noun in nouns),
            clocks=frozenset(base_of(word) for word in _loose(places.clocks)),
            place_qualifiers=frozenset(base_of(word) for word in _loose(places.qualifiers)),
            place_plurals={loosen(plural): loosen(single) for plural, single in places.plurals.items()},
        )

    def title_sort(self, base: str) -> str | None:
        """Return "state" or "body" for the head noun of an office (loosened, no article), None for other words."""
        short = self.masculine(base)
        if base in self.state_titles or short in self.state_titles:
            return "state"
        if base in self.body_titles or short in self.body_titles:
            return "body"
        return None

    def unowned(self, base: str) -> str:
        """Return a noun without the pronoun of its owner written onto it: "his foreign [ministry]"."""
        construct, seat, hamza = self.morphemes.construct, *self.morphemes.owned_hamza
        for pronoun in self.morphemes.owner_pronouns:
            if base.endswith(construct + pronoun) and not base.endswith(self.morphemes.feminine_plural + pronoun):
                return base[: -len(pronoun) - 1] + self.feminine
            if base.endswith(pronoun) and len(base) - len(pronoun) > 3:
                stem = base[: -len(pronoun)]
                return stem.removesuffix(seat) + hamza if stem.endswith(seat) else stem
        return base

    def pronoun_of(self, cut: Cut) -> str:
        """Return the pronoun of its owner that is written onto a noun; the feminine ending is none."""
        if cut.definite or self.unowned(cut.base) == cut.base:
            return ""
        return next((each for each in self.morphemes.owner_pronouns if cut.stem.endswith(each)), "")

    def owned_title(self, base: str) -> tuple[str, str] | None:
        """Return head and sort of a title that bears its owner's pronoun: "its director", "his lawyer"."""
        stem = self.unowned(base)
        sort = self.title_sort(stem) if stem != base else None
        return (self.masculine(stem), sort) if sort is not None else None

    def heads_office(self, cut: Cut) -> bool:
        """Tell whether a word may be the first of an office, a rank, an honorific or "counterpart"."""
        key, base = cut.key, cut.base
        forms = (self.masculine(base), base, self.nominative(base), self.unowned(base))
        return (
            key in self.title_plurals or base in self.title_plurals
            or key in self.kin or key in self.honorifics or base in self.ranks
            or base in self.one_of or any(form in self.title_firsts or self.title_sort(form) for form in forms)
        )  # fmt: skip

    def is_plural(self, cut: Cut) -> bool:
        """Tell whether a word may head the offices or bodies of several states."""
        return (
            cut.key in self.title_plurals or cut.base in self.title_plurals
            or cut.key in self.body_plurals or cut.key in self.place_plurals
        )  # fmt: skip

    def masculine(self, base: str) -> str:
        """Return a loosened noun or adjective without the feminine ending."""
        return base[:-1] if base.endswith(self.feminine) and len(base) > 3 else base

    def nominative(self, base: str) -> str:
        """Return an indefinite accusative without its alif."""
        return base[:-1] if base.endswith(self.morphemes.accusative) and len(base) > 4 else base

    def is_honorific(self, word: Word) -> bool:
        """Tell whether a word is an honorific or a rank, which stand between a title and a name."""
        return word.key in self.honorifics or word.base in self.ranks

    def is_feminine_state(self, base: str) -> bool:
        """Tell whether a loosened noun heads the name of a body of a state and takes adjectives in the feminine."""
        return base in self.state_bodies and base.endswith((self.feminine, self.morphemes.feminine_plural))

    def is_body(self, base: str) -> bool:
        """Tell whether a loosened noun heads the name of an organisation."""
        return base in self.state_bodies or base in self.groups or base in self.firms


def _owned_forms(noun: str, morphemes: Morphemes) -> list[str]:
    """Return a noun with each pronoun of an owner, loosened."""
    stem = noun[:-1] + morphemes.construct if noun.endswith(morphemes.feminine) else noun
    return [loosen(stem + pronoun) for pronoun in morphemes.owner_pronouns]


def _title_key(title: str, morphemes: Morphemes) -> str:
    """Return a title as titles are keyed: loosened, without articles and feminine endings."""
    words = (morphemes.bare(loosen(word)) for word in title.split())
    feminine = loosen(morphemes.feminine)
    return " ".join(word.removesuffix(feminine) if len(word) > 3 else word for word in words)


def _loose(words: Iterable[str]) -> frozenset[str]:
    return frozenset(loosen(word) for word in words)
