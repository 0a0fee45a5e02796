"""Reads seeds/*.csv into what the graph knows before it reads news: entities, countries' adjectives, dated offices.

Every row is checked; one LanguageDataError names the file and line of all that is wrong. A reference from one entity
to another is a whole entity key ("country:ua"), and is checked only where the file it points into is there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from ..config import Settings
from ..errors import LanguageDataError
from ..model import EntityKind
from ..resources import data_folder
from ..text.fold import loosen, normalize
from .demonyms import DemonymForm, Inflection
from .seed_table import COLUMNS, Problems, SeedRow, read_table

SINGULAR: Mapping[str, str] = {
    "countries": "country",
    "places": "place",
    "organisations": "organisation",
    "people": "person",
    "weapons": "weapon",
    "outlets": "outlet",
}
_KINDS: Mapping[str, EntityKind] = {
    "countries": EntityKind.COUNTRY,
    "places": EntityKind.PLACE,
    "organisations": EntityKind.ORGANIZATION,
    "people": EntityKind.PERSON,
    "weapons": EntityKind.WEAPON,
    "outlets": EntityKind.ORGANIZATION,
}
_KIND_BY_PREFIX = {SINGULAR[stem]: kind for stem, kind in _KINDS.items()}
_ISO_DATE_LENGTHS = {4: "-01-01", 7: "-01", 10: ""}


@dataclass(frozen=True, slots=True)
class KnownEntity:
    """An actor or thing of seeds/. `aliases` are its other names; `country`, `parent` and `made_by` are entity keys.

    `type` is the row's type or class ("city", "armed_group", "tank"); for countries, people and outlets it is None.
    Two entities may share a name: who links a mention chooses.
    """

    key: str
    kind: EntityKind
    name: str
    english: str
    wikidata: str | None = None
    aliases: tuple[str, ...] = ()
    country: str | None = None
    type: str | None = None
    parent: str | None = None
    made_by: tuple[str, ...] = ()
    domains: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Country:
    """What only countries have; `key` is that of their entity.

    `demonyms` are adjectives in the masculine singular without article, `plurals` irregular names of the people,
    `seats` further cities and names that stand for the government besides the `capital`, `adjective` the English one.
    """

    key: str
    iso2: str
    iso3: str
    demonyms: tuple[str, ...] = ()
    plurals: tuple[str, ...] = ()
    capital: str | None = None
    seats: tuple[str, ...] = ()
    adjective: str | None = None


@dataclass(frozen=True, slots=True)
class Office:
    """Somebody's office at a country or organisation (`person` and `body` are entity keys).

    Dates are YYYY, YYYY-MM or YYYY-MM-DD; `until` is None while the office runs or when its end is not known.
    """

    person: str
    ar: str
    en: str
    body: str
    since: str | None = None
    until: str | None = None


@dataclass(frozen=True, slots=True)
class Known:
    """All that seeds/ holds; `demonyms` are the inflected adjectives and plurals of all countries.

    `body_adjectives` are those of bodies that act like states: "European", "of the UN".
    """

    entities: tuple[KnownEntity, ...]
    countries: tuple[Country, ...]
    offices: tuple[Office, ...]
    demonyms: tuple[DemonymForm, ...]
    body_adjectives: tuple[DemonymForm, ...]
    _entity_by_key: Mapping[str, KnownEntity] = field(repr=False, compare=False)
    _country_by_key: Mapping[str, Country] = field(repr=False, compare=False)

    @classmethod
    def load(cls, folder: Path, *, extra: Path | None = None, language: str = "ar") -> Known:
        """Read a folder of seeds, then a user's `extra` folder whose rows are added or replace those of the same key.

        A file that is not there is taken as empty. Raises LanguageDataError with up to 20 problems.
        """
        problems = Problems()
        tables = {stem: _read_rows(stem, folder, extra, problems) for stem in COLUMNS}
        for home in (folder, extra):
            if home is not None:
                _check_folder(home, problems)
        inflection = Inflection.load(language)
        references = _References(tables, problems)
        entities = tuple(_read_entity(stem, row, references) for stem in SINGULAR for row in tables[stem] if row["key"])
        _check_wikidata(tables, problems)
        countries = tuple(_read_country(row, inflection, problems) for row in tables["countries"])
        offices = tuple(_read_office(row, references, problems) for row in tables["offices"])
        problems.raise_if_any()
        by_key = {entity.key: entity for entity in entities}
        demonyms = tuple(form for country in countries for form in _inflect(country, by_key[country.key], inflection))
        regions = [(base, key) for base, key in inflection.regions if key in by_key]
        demonyms += tuple(form for base, key in regions for form in inflection.forms(base, key))
        known_bodies = [(base, key) for base, key in inflection.bodies if key in by_key]
        adjectives = tuple(form for base, key in known_bodies for form in inflection.forms(base, key))
        states = {country.key: country for country in countries}
        return cls(entities, countries, offices, demonyms, adjectives, by_key, states)

    def by_key(self, key: str) -> KnownEntity | None:
        """Return the entity with a key such as "country:ua" or "person:zelensky"."""
        return self._entity_by_key.get(key)

    def country(self, key: str) -> Country | None:
        """Return the country data that belong to an entity key."""
        return self._country_by_key.get(key)


def kind_of(key: str) -> EntityKind:
    """Return the kind of the entity with a key such as "country:ua"."""
    return _KIND_BY_PREFIX[key.split(":", 1)[0]]


def load_known(settings: Settings) -> Known:
    """Read the seeds that ship with Rawabit, and over them the rows of the user's own folder of seeds."""
    return Known.load(data_folder("seeds"), extra=settings.seeds, language=settings.language)


class _References:
    """Turns the short keys that rows use for one another into entity keys, and notes those that lead nowhere."""

    def __init__(self, tables: Mapping[str, Iterable[SeedRow]], problems: Problems) -> None:
        self._keys = {stem: {row["key"] for row in rows} for stem, rows in tables.items() if stem in SINGULAR}
        self._problems = problems
        for row in tables["organisations"]:
            if row["key"] in self._keys["countries"]:
                problems.in_row(row, f"key {row['key']!r} is that of a country: choose a longer one.")

    def resolve(self, row: SeedRow, column: str, reference: str, *stems: str) -> str | None:
        """Return the entity key of the first file that has the reference; None, and a problem, when none has."""
        if not reference:
            return None
        for stem in stems:
            if reference in self._keys[stem]:
                return f"{SINGULAR[stem]}:{reference}"
        unread = next((stem for stem in stems if not self._keys[stem]), None)
        if unread is not None:
            return f"{SINGULAR[unread]}:{reference}"
        files = " or ".join(f"{stem}.csv" for stem in stems)
        self._problems.in_row(row, f"{column} {reference!r} is not in {files}: add it there or mend the spelling.")
        return None


def _check_folder(home: Path, problems: Problems) -> None:
    if not home.is_dir():
        raise LanguageDataError(f"{home}: no such folder of seeds: give an existing folder.")
    for path in sorted(home.glob("*.csv")):
        if path.stem not in COLUMNS:
            names = ", ".join(f"{stem}.csv" for stem in COLUMNS)
            problems.add(path, 1, f"is not a file of seeds: name it one of {names}.")


def _read_rows(stem: str, folder: Path, extra: Path | None, problems: Problems) -> list[SeedRow]:
    rows: dict[tuple[str, ...], SeedRow] = {}
    for home in (folder, extra):
        if home is not None and (path := home / f"{stem}.csv").exists():
            # A user's own file may stand in any order.
            for row in read_table(path, problems, in_order=home is folder):
                rows[_identity(stem, row)] = row
    return list(rows.values())


def _identity(stem: str, row: SeedRow) -> tuple[str, ...]:
    if stem == "offices":
        return row["person"], row["body"], row["ar"], row["since"]
    return (row["key"],)


def _read_entity(stem: str, row: SeedRow, references: _References) -> KnownEntity:
    values = row.values
    country, parent = values.get("country", ""), values.get("parent", "")
    makers = row.parts("made_by") if "made_by" in values else ()
    aliases = row.parts("spellings", "acronyms") if "acronyms" in values else row.parts("spellings")
    made_by = (references.resolve(row, "made_by", maker, "countries", "organisations") for maker in makers)
    return KnownEntity(
        key=f"{SINGULAR[stem]}:{row['key']}",
        kind=_KINDS[stem],
        name=row["ar"],
        english=row["en"],
        wikidata=row["wikidata"] or None,
        aliases=tuple(alias for alias in aliases if alias != row["ar"]),
        country=references.resolve(row, "country", country, "countries"),
        type=values.get("type") or values.get("class"),
        parent=references.resolve(row, "parent", parent, "organisations"),
        made_by=tuple(maker for maker in made_by if maker is not None),
        domains=row.parts("domain") if "domain" in values else (),
    )


def _read_country(row: SeedRow, inflection: Inflection, problems: Problems) -> Country:
    if row["key"].upper() != row["iso2"]:
        problems.in_row(
            row, f"iso2 {row['iso2']!r} does not belong to key {row['key']!r}: the key is iso2 in lower case."
        )
    for base in row.parts("demonyms"):
        if not inflection.fits(base):
            problems.in_row(row, f"demonym {base!r} must end in {inflection.base!r}: give the masculine singular.")
    return Country(
        key=f"country:{row['key']}",
        iso2=row["iso2"],
        iso3=row["iso3"],
        demonyms=row.parts("demonyms"),
        plurals=row.parts("demonym_plurals"),
        capital=row["capital"] or None,
        seats=row.parts("seats"),
        adjective=row["people"] or None,
    )


def _read_office(row: SeedRow, references: _References, problems: Problems) -> Office:
    since, until = row["since"], row["until"]
    for column in ("since", "until"):
        if row[column] and not _is_date(row[column]):
            problems.in_row(row, f"{column} {row[column]!r} is no date: write YYYY, YYYY-MM or YYYY-MM-DD.")
    precision = min(len(since), len(until))
    if since and until and since[:precision] > until[:precision]:
        problems.in_row(row, f"since {since!r} is later than until {until!r}: swap them or mend one.")
    return Office(
        person=references.resolve(row, "person", row["person"], "people") or "",
        ar=row["ar"],
        en=row["en"],
        body=references.resolve(row, "body", row["body"], "countries", "organisations") or "",
        since=since or None,
        until=until or None,
    )


def _is_date(text: str) -> bool:
    try:
        date.fromisoformat(text + _ISO_DATE_LENGTHS[len(text)])
    except (KeyError, ValueError):
        return False
    return True


def _check_wikidata(tables: Mapping[str, Iterable[SeedRow]], problems: Problems) -> None:
    """Two kinds of thing cannot be one: the same Wikidata id would give them one IRI."""
    first: dict[str, tuple[EntityKind, SeedRow]] = {}
    for stem, kind in _KINDS.items():
        for row in tables[stem]:
            if not row["wikidata"]:
                continue
            other_kind, other = first.setdefault(row["wikidata"], (kind, row))
            if other_kind is not kind:
                where = f"{other.path.name}:{other.line}"
                problems.in_row(row, f"wikidata {row['wikidata']!r} belongs to a {other_kind} at {where}: mend one.")


def _inflect(country: Country, entity: KnownEntity, inflection: Inflection) -> Iterator[DemonymForm]:
    # The indefinite accusative of "Russian" is spelt like "Russia": the country's own names come first.
    taken = {loosen(normalize(name)) for name in (entity.name, *entity.aliases)}
    seen: set[str] = set()
    forms = (form for base in country.demonyms for form in inflection.forms(base, country.key))
    plurals = (form for people in country.plurals for form in inflection.plural(people, country.key))
    for form in (*forms, *plurals):
        named = loosen(normalize(form.text)) in taken
        if form.text not in seen and (not named or (form.definite and form.number == "s")):
            seen.add(form.text)
            yield replace(form, named=named)
