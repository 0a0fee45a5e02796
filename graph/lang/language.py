"""Loads lang/ar/*.yaml into one frozen Language: all that the reader knows of Arabic that is data.

Words stand there in normalised spelling (graph/text/fold.py), so the reader looks tokens up by their `norm`.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from ..resources import package_folder
from .calendar import Calendar
from .doubtful import DoubtfulState
from .groups import Groups
from .morphemes import Morphemes
from .occasions import Occasions
from .pair_words import PairWords
from .places import Places
from .sites import Sites
from .stances import Stances
from .structure import Structure
from .tables import Table
from .units import UnitWords


@dataclass(frozen=True, slots=True)
class FunctionWords:
    """Closed classes: prepositions, subordinators, relatives, negators and the rest."""

    prepositions: frozenset[str]
    subordinators: frozenset[str]
    relatives: frozenset[str]
    conjunctions: frozenset[str]
    negators: frozenset[str]
    pronouns: frozenset[str]
    demonstratives: frozenset[str]
    others: frozenset[str]
    days: frozenset[str]

    @property
    def all(self) -> frozenset[str]:
        """Every function word: none of them is ever part of a name."""
        return (
            self.prepositions | self.subordinators | self.relatives | self.conjunctions | self.negators
            | self.pronouns | self.demonstratives | self.others | self.days
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Titles:
    """Offices, ranks and honorifics. `state` and `body` are heads; `phrases` maps several words to their target."""

    state: frozenset[str]
    body: frozenset[str]
    modifiers: frozenset[str]
    phrases: dict[tuple[str, ...], str]
    fields: frozenset[str]
    qualifiers: frozenset[str]
    former: frozenset[str]
    honorifics: frozenset[str]
    honours: dict[str, str]
    highness: frozenset[str]
    escorting: frozenset[str]
    royal: frozenset[str]
    ranks: frozenset[str]
    kin: dict[str, str]
    plurals: dict[str, str]
    crowd: frozenset[str]
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
    chambers: dict[str, str]
    speakers: frozenset[str]
    commanders: dict[str, frozenset[str]]
    specialists: frozenset[str]
    officials: frozenset[str]
    synonyms: dict[str, str]
    courtesy: frozenset[str]
    press: frozenset[str]
    interviews: frozenset[str]
    membership: frozenset[str]
    adjectival: frozenset[str]
    tentative: frozenset[str]
    formal_states: frozenset[str]
    posts: frozenset[str]
    leading: frozenset[str]
    holding: frozenset[str]
    appointing: frozenset[str]
    delegated: frozenset[str]
    serving: frozenset[str]
    local: frozenset[str]
    national: frozenset[str]


@dataclass(frozen=True, slots=True)
class Organisations:
    """Head nouns of organisations by sort, and what may complete them."""

    units: UnitWords
    state: frozenset[str]
    group: frozenset[str]
    firm: frozenset[str]
    complements: frozenset[str]
    bare_definite: frozenset[str]
    ministry_shorthand: frozenset[str]
    affiliation: frozenset[str]
    parties: frozenset[str]
    governing: frozenset[str]
    qualities: frozenset[str]
    purposes: frozenset[str]
    headless: frozenset[str]
    housed: frozenset[str]
    generic: frozenset[str]
    concerns: dict[str, str]
    wings: frozenset[str]
    announcers: frozenset[str]
    metonyms: frozenset[str]
    needy_heads: frozenset[str]
    concerning: frozenset[str]
    stateless: frozenset[str]
    described: dict[str, str]
    bureaus: frozenset[str]
    owned: frozenset[str]
    outlets: frozenset[str]
    plain_fields: frozenset[str]
    likely_outlets: frozenset[str]
    seats: frozenset[str]
    abroad: frozenset[str]
    troops: frozenset[str]
    national: frozenset[str]
    topical: frozenset[str]
    common_bodies: frozenset[str]
    plurals: dict[str, str]
    naming_heads: frozenset[str]
    weak_heads: frozenset[str]

    @property
    def heads(self) -> frozenset[str]:
        """Every head noun."""
        return self.state | self.group | self.firm


@dataclass(frozen=True, slots=True)
class Numbers:
    """Number words, money, counted things and bounds."""

    values: dict[str, float]
    multipliers: dict[str, float]
    vague: dict[str, float]
    money: frozenset[str]
    money_marks: frozenset[str]
    counted: frozenset[str]
    bounds: dict[str, str]


@dataclass(frozen=True, slots=True)
class Names:
    """What personal names are made of; keys are normalised and loosened by whoever looks them up."""

    given: frozenset[str]
    ambiguous: frozenset[str]
    family: frozenset[str]
    particles: frozenset[str]
    kunya: frozenset[str]
    surname_endings: frozenset[str]
    tails: frozenset[str]


@dataclass(frozen=True, slots=True)
class Language:
    """All tables of one language."""

    code: str
    structure: Structure
    morphemes: Morphemes
    function: FunctionWords
    titles: Titles
    organisations: Organisations
    places: Places
    occasions: Occasions
    groups: Groups
    calendar: Calendar
    numbers: Numbers
    names: Names
    common: frozenset[str]
    adjectives: frozenset[str]
    plain_verbs: frozenset[str]
    transparent: frozenset[str]
    sites: Sites
    masculine_countries: frozenset[str]
    ambiguous_names: frozenset[str]
    doubtful_states: tuple[DoubtfulState, ...]
    idioms: dict[str, str]
    homeland: frozenset[str]
    naming: frozenset[str]
    ages: frozenset[str]
    aged: frozenset[str]
    continuing: frozenset[str]
    gathering_verbs: frozenset[str]
    pair_words: PairWords
    copulas: frozenset[str]
    occasion_prepositions: frozenset[str]
    motion_prepositions: frozenset[str]
    planned_adjectives: frozenset[str]
    decrees: frozenset[str]
    issued: frozenset[str]
    possible_adjectives: frozenset[str]
    stances: Stances

    @classmethod
    def load(cls, code: str = "ar", folder: Path | None = None) -> Language:
        """Read a language's tables; raise LanguageDataError naming the file and entry that is wrong."""
        home = folder or package_folder("lang") / code
        common = Table(home / "common_words.yaml")
        vocabulary = Table(home / "vocabulary.yaml")
        morphemes = Morphemes.load(Table(home / "grammar.yaml"))
        return cls(
            code=code,
            structure=Structure.load(Table(home / "structure.yaml")),
            morphemes=morphemes,
            function=_function_words(Table(home / "function_words.yaml")),
            titles=_titles(Table(home / "titles.yaml")),
            organisations=_organisations(Table(home / "organisations.yaml")),
            places=Places.load(Table(home / "places.yaml")),
            groups=Groups.load(Table(home / "groups.yaml")),
            occasions=Occasions.load(Table(home / "events.yaml")),
            calendar=Calendar.load(Table(home / "dates.yaml")),
            numbers=_numbers(Table(home / "numbers.yaml")),
            names=_names(Table(home / "names.yaml"), common.words("name_particles")),
            adjectives=common.words("adjectives") | vocabulary.words("adjectives"),
            plain_verbs=Table(home / "plain_verbs.yaml").words("forms"),
            common=common.words("nouns").union(
                common.words("adjectives"), *map(vocabulary.words, ("nouns", "adjectives", "adverbs"))
            ),
            transparent=common.words("transparent"),
            sites=Sites.load(common),
            masculine_countries=frozenset(f"country:{code}" for code in common.word_list("masculine_countries")),
            ambiguous_names=common.words("ambiguous_names"),
            doubtful_states=DoubtfulState.load(common),
            idioms=common.strings("idioms"),
            homeland=common.words("homeland"),
            naming=common.words("naming"),
            ages=common.words("ages"),
            aged=common.words("aged"),
            continuing=common.words("continuing"),
            motion_prepositions=common.words("motion_prepositions"),
            occasion_prepositions=common.words("occasion_prepositions"),
            copulas=common.words("copulas"),
            gathering_verbs=common.words("gathering_verbs"),
            pair_words=PairWords.load(common, morphemes),
            planned_adjectives=common.words("planned_adjectives"),
            decrees=common.words("decrees"),
            issued=common.words("issued"),
            possible_adjectives=common.words("possible_adjectives"),
            stances=Stances.load(Table(home / "stances.yaml")),
        )


def _function_words(table: Table) -> FunctionWords:
    return FunctionWords(
        prepositions=table.words("prepositions"),
        subordinators=table.words("subordinators"),
        relatives=table.words("relatives"),
        conjunctions=table.words("conjunctions"),
        negators=table.words("negators"),
        pronouns=table.words("pronouns"),
        demonstratives=table.words("demonstratives"),
        others=table.words("others"),
        days=table.words("adverbial_days"),
    )


def _titles(table: Table) -> Titles:
    heads = table.sorts("office_heads", ("state", "body"))
    return Titles(
        state=heads["state"],
        body=heads["body"],
        modifiers=table.words("modifiers"),
        phrases={tuple(record["words"].split()): record["target"] for record in table.records("phrases")},
        fields=table.words("fields"),
        qualifiers=table.words("qualifiers"),
        former=table.words("former"),
        honorifics=table.words("honorifics"),
        honours=table.strings("honours"),
        highness=table.words("highness"),
        escorting=table.words("escorting"),
        royal=table.words("royal"),
        ranks=table.words("ranks"),
        kin=table.strings("gendered_kin"),
        plurals=table.strings("plurals"),
        crowd=table.words("crowd"),
        anonymous=table.words("anonymous"),
        ministers=table.words("ministers"),
        one_of=table.words("one_of"),
        foremost=table.words("foremost"),
        charges=table.words("charges"),
        envoys=table.words("envoys"),
        deputies=table.words("deputies"),
        department_heads=table.words("department_heads"),
        aides=table.words("aides"),
        callings=table.words("callings"),
        chambers=table.strings("chambers"),
        speakers=table.words("speakers"),
        commanders=table.sorts("commanders", ("titles", "bodies")),
        specialists=table.words("specialists"),
        officials=table.words("officials"),
        synonyms=table.strings("synonyms"),
        courtesy=table.words("courtesy"),
        press=table.words("press"),
        interviews=table.words("interviews"),
        membership=table.words("membership"),
        adjectival=table.words("adjectival"),
        tentative=table.words("tentative"),
        formal_states=table.words("formal_states"),
        posts=table.words("posts"),
        leading=table.words("leading"),
        holding=table.words("holding"),
        appointing=table.words("appointing"),
        delegated=table.words("delegated"),
        serving=table.words("serving"),
        local=table.words("local"),
        national=table.words("national"),
    )


def _organisations(table: Table) -> Organisations:
    heads = table.sorts("heads", ("state", "group", "firm"))
    return Organisations(
        units=UnitWords.load(table),
        state=heads["state"],
        group=heads["group"],
        firm=heads["firm"],
        complements=table.words("complements"),
        bare_definite=table.words("bare_definite"),
        ministry_shorthand=table.words("ministry_shorthand"),
        affiliation=table.words("affiliation"),
        parties=table.words("parties"),
        purposes=table.words("purposes"),
        headless=table.words("headless"),
        housed=table.words("housed"),
        generic=table.words("generic"),
        concerns=table.strings("concerns"),
        qualities=table.words("qualities"),
        governing=table.words("governing"),
        wings=table.words("wings"),
        announcers=table.words("announcers"),
        metonyms=table.words("metonyms"),
        needy_heads=table.words("needy_heads"),
        concerning=table.words("concerning"),
        stateless=table.words("stateless"),
        described=table.strings("described"),
        bureaus=table.words("bureaus"),
        owned=table.words("owned"),
        outlets=table.words("outlets"),
        plain_fields=table.words("plain_fields"),
        likely_outlets=table.words("likely_outlets"),
        seats=table.words("seats"),
        abroad=table.words("abroad"),
        troops=table.words("troops"),
        national=table.words("national"),
        topical=table.words("topical"),
        common_bodies=table.words("common_bodies"),
        plurals=table.strings("plurals"),
        naming_heads=table.words("naming_heads"),
        weak_heads=table.words("weak_heads"),
    )


def _numbers(table: Table) -> Numbers:
    texts = table.mapping("bounds").items()
    bounds = {each.replace("_", " "): bound for bound, text in texts for each in str(text).split()}
    return Numbers(
        values=table.numbers("values"),
        multipliers=table.numbers("multipliers"),
        vague=table.numbers("vague"),
        money=table.words("money"),
        money_marks=table.words("money_marks"),
        counted=table.words("counted"),
        bounds=bounds,
    )


def _names(table: Table, further: frozenset[str]) -> Names:
    return Names(
        given=table.words("given_names"),
        ambiguous=table.words("ambiguous_given_names"),
        family=table.words("family_names"),
        particles=table.words("particles") | table.words("kunya_heads") | further,
        kunya=table.words("kunya_heads"),
        surname_endings=table.words("surname_endings"),
        tails=table.words("compound_tails"),
    )
