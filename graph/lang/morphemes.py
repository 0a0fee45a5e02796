"""The small words and endings that rules speak of by their meaning, as grammar.yaml spells them for one language."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from ..errors import LanguageDataError
from .tables import Table


@dataclass(frozen=True, slots=True)
class Morphemes:
    """Particles, clitics and endings in normalised spelling; grammar.yaml says of each what it is for.

    Strings named after letters (`joined_conjunctions`, `hamza_seats`) are sets of letters: ask with `in`.
    """

    article: str
    and_: str
    for_: str
    by: str
    as_: str
    will: str
    in_: str
    from_: str
    about: str
    to: str
    on: str
    at: str
    on_behalf: str
    in_name_of: str
    between: str
    both: str
    with_: str
    that: str
    what: str
    before_what: dict[str, str]
    namings: frozenset[str]
    as_what: frozenset[str]
    moments: frozenset[str]
    belonging: frozenset[str]
    concerning: frozenset[str]
    companions: frozenset[str]
    causes: frozenset[str]
    replies: frozenset[str]
    resumptions: frozenset[str]
    whom_verbs: frozenset[str]
    asking_verbs: frozenset[str]
    except_: str
    quantifiers: frozenset[str]
    shares: frozenset[str]
    aims: frozenset[str]
    elatives: frozenset[str]
    goods: frozenset[str]
    armament: frozenset[str]
    models: frozenset[str]
    impersonal_verbs: frozenset[str]
    exemplifiers: frozenset[str]
    instead: frozenset[str]
    inclusion: tuple[str, ...]
    auxiliaries: frozenset[str]
    being: frozenset[str]
    verb_openers: frozenset[str]
    conditionals: frozenset[str]
    circumstances: frozenset[str]
    statements: frozenset[str]
    any_of: frozenset[str]
    ahead: frozenset[str]
    where: frozenset[str]
    latter: frozenset[str]
    owned_kinship: frozenset[str]
    feminine_latter: frozenset[str]
    former: frozenset[str]
    feminine_former: frozenset[str]
    second: frozenset[str]
    feminine_second: frozenset[str]
    before_pronouns: dict[str, str]
    affairs: str
    replacing: frozenset[str]
    place_of: frozenset[str]
    each: frozenset[str]
    each_of: frozenset[str]
    joined_conjunctions: str
    joined_prepositions: str
    during: frozenset[str]
    strengthening: frozenset[str]
    reaching: frozenset[str]
    returns: frozenset[str]
    departures: frozenset[str]
    past_particles: frozenset[str]
    calling: frozenset[str]
    noun_prepositions: str
    genitive_joiners: str
    date_clitics: tuple[str, ...]
    quantity_clitics: str
    attached_pronouns: dict[str, tuple[int, str | None, str]]
    bearer: str
    clause_pronouns: tuple[str, ...]
    owner_pronouns: tuple[str, ...]
    owned_hamza: tuple[str, ...]
    accusative: str
    adverbial: str
    feminine: str
    construct: str
    feminine_plural: str
    broken_plurals: frozenset[str]
    people_endings: tuple[str, ...]
    dual_endings: tuple[str, ...]
    number_endings: tuple[str, ...]
    feminine_number_endings: tuple[str, ...]
    call_words: frozenset[str]
    hamza_seats: str
    hamza_below: str
    nunation: tuple[str, ...]
    inflections: tuple[str, ...]
    present_starts: tuple[str, ...]
    receiver_prepositions: tuple[str, ...]
    where_struck: tuple[str, ...]
    forcing: frozenset[str]
    parted: frozenset[str]
    item_ends: frozenset[str]
    blame: frozenset[str]
    existing: frozenset[str]
    endings: frozenset[str]
    origins: frozenset[str]
    body_sorts: frozenset[str]
    year_joiners: frozenset[str]
    money_origins: tuple[str, ...]
    name_joiners: frozenset[str]
    weak_letters: str
    spelling_twins: dict[str, str]

    @classmethod
    def load(cls, table: Table) -> Morphemes:
        """Read grammar.yaml; raise LanguageDataError naming the entry that is wrong."""
        return cls(
            article=table.word("article"),
            and_=table.word("and"),
            for_=table.word("for"),
            by=table.word("by"),
            as_=table.word("as"),
            will=table.word("will"),
            in_=table.word("in"),
            from_=table.word("from"),
            about=table.word("about"),
            to=table.word("to"),
            on=table.word("on"),
            at=table.word("at"),
            on_behalf=table.word("on_behalf"),
            in_name_of=table.word("in_name_of"),
            between=table.word("between"),
            both=table.word("both"),
            with_=table.word("with"),
            that=table.word("that"),
            what=table.word("what"),
            before_what=table.strings("before_what"),
            namings=table.words("namings"),
            as_what=table.words("as_what"),
            moments=table.words("moments"),
            belonging=table.words("belonging"),
            concerning=table.words("concerning"),
            companions=table.words("companions"),
            causes=table.words("causes"),
            replies=table.words("replies"),
            resumptions=table.words("resumptions"),
            whom_verbs=table.words("whom_verbs"),
            asking_verbs=table.words("asking_verbs"),
            except_=table.word("except"),
            quantifiers=table.words("quantifiers"),
            shares=table.words("shares"),
            aims=table.words("aims"),
            elatives=table.words("elatives"),
            goods=table.words("goods"),
            armament=table.words("armament"),
            models=table.words("models"),
            impersonal_verbs=table.words("impersonal_verbs"),
            exemplifiers=table.words("exemplifiers"),
            instead=table.words("instead"),
            inclusion=tuple(table.word_list("inclusion")),
            auxiliaries=table.words("auxiliaries"),
            being=table.words("being"),
            verb_openers=table.words("verb_openers"),
            conditionals=table.words("conditionals"),
            circumstances=table.words("circumstances"),
            statements=table.words("statements"),
            any_of=table.words("any_of"),
            ahead=table.words("ahead"),
            where=table.words("where"),
            latter=table.words("latter"),
            owned_kinship=table.words("owned_kinship"),
            feminine_latter=table.words("feminine_latter"),
            former=table.words("former"),
            feminine_former=table.words("feminine_former"),
            second=table.words("second"),
            feminine_second=table.words("feminine_second"),
            before_pronouns=table.strings("before_pronouns"),
            affairs=table.word("affairs"),
            replacing=table.words("replacing"),
            place_of=table.words("place_of"),
            each=table.words("each"),
            each_of=table.words("each_of"),
            joined_conjunctions=_letters(table, "joined_conjunctions"),
            joined_prepositions=_letters(table, "joined_prepositions"),
            during=table.words("during"),
            strengthening=table.words("strengthening"),
            reaching=table.words("reaching"),
            returns=table.words("returns"),
            departures=table.words("departures"),
            past_particles=table.words("past_particles"),
            calling=table.words("calling"),
            noun_prepositions=_letters(table, "noun_prepositions"),
            genitive_joiners=_letters(table, "genitive_joiners"),
            date_clitics=table.word_list("date_clitics"),
            quantity_clitics=_letters(table, "quantity_clitics"),
            attached_pronouns=_pronouns(table),
            bearer=table.word("bearer"),
            clause_pronouns=table.word_list("clause_pronouns"),
            owner_pronouns=table.word_list("owner_pronouns"),
            owned_hamza=table.word_list("owned_hamza"),
            accusative=table.word("accusative"),
            adverbial=table.word("adverbial"),
            feminine=table.word("feminine"),
            construct=table.word("construct"),
            feminine_plural=table.word("feminine_plural"),
            broken_plurals=table.words("broken_plurals"),
            people_endings=table.word_list("people_endings"),
            dual_endings=table.word_list("dual_endings"),
            number_endings=table.word_list("number_endings"),
            feminine_number_endings=table.word_list("feminine_number_endings"),
            call_words=table.words("call_words"),
            hamza_seats=_letters(table, "hamza_seats"),
            hamza_below=_letters(table, "hamza_below"),
            nunation=table.word_list("nunation"),
            inflections=table.word_list("inflections"),
            present_starts=table.word_list("present_starts"),
            receiver_prepositions=table.word_list("receiver_prepositions"),
            where_struck=table.word_list("where_struck"),
            forcing=table.words("forcing"),
            parted=table.words("parted"),
            item_ends=table.words("item_ends"),
            blame=table.words("blame"),
            existing=table.words("existing"),
            endings=table.words("endings"),
            origins=table.words("origins"),
            body_sorts=table.words("body_sorts"),
            year_joiners=table.words("year_joiners"),
            money_origins=table.word_list("money_origins"),
            name_joiners=table.words("name_joiners"),
            weak_letters=_letters(table, "weak_letters"),
            spelling_twins=table.strings("spelling_twins"),
        )

    def construct_of(self, words: str) -> str:
        """Return the first of some words without the pronoun of its owner: "its embassy in Oslo" gives "embassy"."""
        noun = words.split()[0]
        pronoun = next((pronoun for pronoun in self.owner_pronouns if noun.endswith(pronoun)), "")
        stem = noun.removesuffix(pronoun)
        return stem.removesuffix(self.construct) + self.feminine if self._is_feminine(stem) else stem

    def _is_feminine(self, stem: str) -> bool:
        return stem.endswith(self.construct) and not stem.endswith(self.feminine_plural)

    def is_among(self, norm: str, words: Collection[str]) -> bool:
        """Tell whether a normalised word is one of some, as it stands or behind the conjunction written onto it."""
        return norm in words or (norm[:1] in self.joined_conjunctions and norm[1:] in words)

    def bare(self, word: str) -> str:
        """Return a word without its article; a word of three letters keeps what only looks like one."""
        return word[len(self.article) :] if word.startswith(self.article) and len(word) > 3 else word


def _letters(table: Table, name: str) -> str:
    return "".join(table.word_list(name))


def _pronouns(table: Table) -> dict[str, tuple[int, str | None, str]]:
    """Return each attached pronoun's person, gender (None for either) and number."""
    pronouns: dict[str, tuple[int, str | None, str]] = {}
    for ending, described in table.strings("attached_pronouns").items():
        try:
            person, gender, number = described.split()
            pronouns[ending] = int(person), None if gender == "-" else gender, number
        except ValueError:
            message = f"{table.path}: attached_pronouns: {ending!r}: write person, gender and number, such as '3 f s'."
            raise LanguageDataError(message) from None
    return pronouns
