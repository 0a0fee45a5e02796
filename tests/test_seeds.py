"""What ships in seeds/: whole, named as news names it, dated, and quick to read."""

from __future__ import annotations

import csv
from collections import Counter

import pytest

from graph.config import Settings
from graph.model import EntityKind
from graph.resolve.known import Known, load_known
from graph.resources import data_folder
from graph.text.fold import loosen, normalize

UNITED_NATIONS = """
    ad ae af ag al am ao ar at au az ba bb bd be bf bg bh bi bj bn bo br bs bt bw by bz ca cd cf cg ch ci cl cm cn co
    cr cu cv cy cz de dj dk dm do dz ec ee eg er es et fi fj fm fr ga gb gd ge gh gm gn gq gr gt gw gy hn hr ht hu id
    ie il in iq ir is it jm jo jp ke kg kh ki km kn kp kr kw kz la lb lc li lk lr ls lt lu lv ly ma mc md me mg mh mk
    ml mm mn mr mt mu mv mw mx my mz na ne ng ni nl no np nr nz om pa pe pg ph pk pl pt pw py qa ro rs ru rw sa sb sc
    sd se sg si sk sl sm sn so sr ss st sv sy sz td tg th tj tl tm tn to tr tt tv tz ua ug us uy uz vc ve vn vu ws
    ye za zm zw
"""


@pytest.fixture(scope="module")
def shipped() -> Known:
    return load_known(Settings())


def test_shipped_countries_are_the_united_nations_and_four_more(shipped: Known) -> None:
    members = set(UNITED_NATIONS.split())
    assert len(members) == 193
    assert {country.key for country in shipped.countries} == {
        f"country:{key}" for key in members | {"ps", "tw", "va", "xk"}
    }


def test_shipped_countries_have_names_ids_and_codes(shipped: Known) -> None:
    entities = [entity for entity in shipped.entities if entity.kind is EntityKind.COUNTRY]
    assert [entity.key for entity in entities if not entity.wikidata] == []
    assert len({entity.wikidata for entity in entities}) == len(entities)
    assert len({country.iso3 for country in shipped.countries}) == len(entities)


def test_shipped_countries_lack_a_demonym_or_capital_only_where_none_serves(shipped: Known) -> None:
    # The adjectives of Comoros, Mali and the Solomon Islands are spelt like "lunar", "financial" and a common surname;
    # no city is undisputedly the seat of Israel or Palestine.
    assert [country.iso2 for country in shipped.countries if not country.demonyms] == ["KM", "ML", "SB"]
    assert [country.iso2 for country in shipped.countries if not country.capital] == ["IL", "PS"]


def test_no_demonym_is_spelt_like_another_country(shipped: Known) -> None:
    names = {
        loosen(normalize(name)): entity.key
        for entity in shipped.entities
        if entity.kind is EntityKind.COUNTRY
        for name in (entity.name, *entity.aliases)
    }
    clashes = {
        form.text for form in shipped.demonyms if names.get(loosen(normalize(form.text)), form.country) != form.country
    }
    assert clashes == set()


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("أميركا", "country:us"),
        ("الولايات المتحدة الأمريكية", "country:us"),
        ("المملكة المتحدة", "country:gb"),
        ("الاتحاد الروسي", "country:ru"),
        ("كوريا الديمقراطية", "country:kp"),
        ("الإمارات العربية المتحدة", "country:ae"),
        ("كوت ديفوار", "country:ci"),
    ],
)
def test_a_country_is_known_under_each_of_its_names(shipped: Known, name: str, key: str) -> None:
    assert [entity.key for entity in shipped.entities if name in (entity.name, *entity.aliases)] == [key]


@pytest.mark.parametrize(
    ("stem", "least"),
    [("places", 500), ("organisations", 200), ("people", 300), ("offices", 300), ("weapons", 80), ("outlets", 20)],
)
def test_shipped_seeds_are_as_many_as_promised(stem: str, least: int) -> None:
    with (data_folder("seeds") / f"{stem}.csv").open(encoding="utf-8", newline="") as stream:
        assert sum(1 for _ in csv.DictReader(stream)) >= least


def test_shipped_places_name_250_cities(shipped: Known) -> None:
    assert sum(entity.type == "city" for entity in shipped.entities if entity.kind is EntityKind.PLACE) >= 250


def test_shipped_offices_belong_to_300_people(shipped: Known) -> None:
    assert len({office.person for office in shipped.offices}) >= 300


def test_shipped_weapons_are_systems_and_classes_of_arms(shipped: Known) -> None:
    generic = Counter(entity.type == "generic" for entity in shipped.entities if entity.kind is EntityKind.WEAPON)
    assert generic[False] >= 80
    assert generic[True] >= 20


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("باتريوت", "weapon:patriot"),
        ("إف-16", "weapon:f-16"),
        ("طائرات مسيرة", "weapon:drones"),
        ("ترمب", "person:donald-trump"),
        ("زيلنسكي", "person:volodymyr-zelensky"),
        ("الناتو", "organisation:nato"),
    ],
)
def test_a_name_of_the_news_leads_to_one_entity(shipped: Known, name: str, key: str) -> None:
    assert [entity.key for entity in shipped.entities if name in (entity.name, *entity.aliases)] == [key]


@pytest.mark.parametrize(
    ("person", "head", "body", "since"),
    [
        ("person:emmanuel-macron", "رئيس", "country:fr", "2017-05-14"),
        ("person:keir-starmer", "رئيس الوزراء", "country:gb", "2024-07-05"),
        ("person:antonio-guterres", "الأمين العام", "organisation:united-nations", "2017-01-01"),
        ("person:mohammed-vi-of-morocco", "ملك", "country:ma", "1999-07-23"),
    ],
)
def test_an_office_of_the_news_is_dated(shipped: Known, person: str, head: str, body: str, since: str) -> None:
    held = {(office.ar, office.body): office.since for office in shipped.offices if office.person == person}
    assert held[head, body] == since


def test_no_two_people_of_the_seeds_share_a_name(shipped: Known) -> None:
    names = Counter(
        name
        for entity in shipped.entities
        if entity.kind is EntityKind.PERSON
        for name in {loosen(normalize(name)) for name in (entity.name, *entity.aliases)}
    )
    assert [name for name, count in names.items() if count > 1] == []


def test_every_capital_is_a_place(shipped: Known) -> None:
    places = {
        loosen(normalize(name))
        for entity in shipped.entities
        if entity.kind is EntityKind.PLACE
        for name in (entity.name, *entity.aliases)
    }
    capitals = {capital for country in shipped.countries if (capital := country.capital)}
    assert {capital for capital in capitals if loosen(normalize(capital)) not in places} == set()


def test_shipped_places_lie_in_the_countries_that_the_news_is_about(shipped: Known) -> None:
    counts = Counter(entity.country for entity in shipped.entities if entity.kind is EntityKind.PLACE)
    for country in (
        "sy",
        "iq",
        "ye",
        "lb",
        "ly",
        "sd",
        "ps",
        "il",
        "eg",
        "sa",
        "ma",
        "ua",
        "ru",
        "ir",
        "tr",
        "af",
        "us",
    ):
        assert counts[f"country:{country}"] >= 12
