"""The seeds: what is read, what is refused and how it is said."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from graph.errors import LanguageDataError
from graph.model import EntityKind
from graph.resolve.known import Known
from graph.resolve.seed_table import COLUMNS
from graph.resources import data_folder

COUNTRY = "ua,Q212,UA,UKR,أوكرانيا,Ukraine,أكرانيا|أوكراينا,أوكراني,,كييف,كييڤ,Ukrainian"
RUSSIA = "ru,Q159,RU,RUS,روسيا,Russia,,روسي,روس,موسكو,,Russian"
KYIV = "kyiv,Q1899,city,كييف,Kyiv,كييڤ,ua"
NAVY = "ua-navy,,army,البحرية الأوكرانية,Ukrainian Navy,,UAN,ua,ua-forces"
FORCES = "ua-forces,,army,القوات الأوكرانية,Ukrainian Armed Forces,,,ua,"
ZELENSKY = "zelensky,,فولوديمير زيلينسكي,Volodymyr Zelensky,زيلينسكي|زيلنسكي,ua"


def write(folder: Path, **tables: str) -> Path:
    """Write seed files, each given as its rows without the header."""
    folder.mkdir(exist_ok=True)
    for stem, rows in tables.items():
        (folder / f"{stem}.csv").write_text(",".join(COLUMNS[stem]) + "\n" + rows + "\n", encoding="utf-8")
    return folder


def refusal(folder: Path, **tables: str) -> str:
    """Return the message with which the seeds are refused."""
    with pytest.raises(LanguageDataError) as caught:
        Known.load(write(folder, **tables))
    return str(caught.value)


def test_rows_become_entities_of_their_kind_with_whole_keys(tmp_path: Path) -> None:
    known = Known.load(
        write(
            tmp_path,
            countries=COUNTRY,
            places=KYIV,
            organisations=f"{FORCES}\n{NAVY}",
            people=ZELENSKY,
            weapons="neptune,,missile,نبتون,Neptune,صاروخ نبتون,ua|ua-navy",
            outlets="suspilne,,سوسبيلني,Suspilne,,suspilne.media,ua",
        )
    )
    assert {entity.key: entity.kind for entity in known.entities} == {
        "country:ua": EntityKind.COUNTRY,
        "place:kyiv": EntityKind.PLACE,
        "organisation:ua-forces": EntityKind.ORGANIZATION,
        "organisation:ua-navy": EntityKind.ORGANIZATION,
        "person:zelensky": EntityKind.PERSON,
        "weapon:neptune": EntityKind.WEAPON,
        "outlet:suspilne": EntityKind.ORGANIZATION,
    }


def test_an_entity_carries_names_and_whole_references(tmp_path: Path) -> None:
    tables = {"countries": COUNTRY, "organisations": f"{FORCES}\n{NAVY}"}
    navy = Known.load(write(tmp_path, **tables)).by_key("organisation:ua-navy")
    assert navy is not None
    assert (navy.name, navy.english, navy.aliases) == ("البحرية الأوكرانية", "Ukrainian Navy", ("UAN",))
    assert (navy.type, navy.country, navy.parent) == ("army", "country:ua", "organisation:ua-forces")
    assert navy.wikidata is None


def test_makers_of_a_weapon_are_countries_or_organisations(tmp_path: Path) -> None:
    known = Known.load(
        write(
            tmp_path,
            countries=COUNTRY,
            organisations=FORCES,
            weapons="neptune,,missile,نبتون,Neptune,,ua|ua-forces",
        )
    )
    neptune = known.by_key("weapon:neptune")
    assert neptune is not None
    assert neptune.made_by == ("country:ua", "organisation:ua-forces")


def test_an_unknown_key_is_nobody(tmp_path: Path) -> None:
    known = Known.load(write(tmp_path, countries=COUNTRY))
    assert known.by_key("country:xx") is None
    assert known.country("country:xx") is None


def test_a_country_carries_what_only_countries_have(tmp_path: Path) -> None:
    country = Known.load(write(tmp_path, countries=COUNTRY)).country("country:ua")
    assert country is not None
    assert (country.iso2, country.iso3, country.capital, country.seats) == ("UA", "UKR", "كييف", ("كييڤ",))
    assert (country.demonyms, country.plurals, country.adjective) == (("أوكراني",), (), "Ukrainian")


def test_a_folder_without_files_is_empty(tmp_path: Path) -> None:
    known = Known.load(tmp_path)
    assert (known.entities, known.countries, known.offices, known.demonyms) == ((), (), (), ())


@pytest.mark.parametrize(
    ("text", "gender", "number", "definite"),
    [
        ("أوكراني", "m", "s", False),
        ("الأوكراني", "m", "s", True),
        ("أوكرانية", "f", "s", False),
        ("الأوكرانيين", "m", "p", True),
        ("أوكرانيتين", "f", "d", False),
    ],
)
def test_sound_forms_are_derived_from_the_base(
    tmp_path: Path, text: str, gender: str, number: str, definite: bool
) -> None:
    demonyms = Known.load(write(tmp_path, countries=COUNTRY)).demonyms
    [form] = [form for form in demonyms if form.text == text]
    assert (form.country, form.gender, form.number, form.definite) == ("country:ua", gender, number, definite)


def test_irregular_plurals_stand_beside_the_sound_ones(tmp_path: Path) -> None:
    texts = {form.text for form in Known.load(write(tmp_path, countries=RUSSIA)).demonyms}
    assert {"روس", "الروس", "روسيون", "الروسيات"} <= texts


def test_a_form_spelt_like_the_country_is_left_to_the_country(tmp_path: Path) -> None:
    texts = {form.text for form in Known.load(write(tmp_path, countries=RUSSIA)).demonyms}
    assert "روسيا" not in texts


@pytest.mark.parametrize(
    ("base", "feminine"),
    [
        ("كوري شمالي", "الكورية الشمالية"),
        ("جنوب أفريقي", "الجنوب أفريقية"),
        ("سري لانكي", "السري لانكية"),
    ],
)
def test_two_words_are_inflected_together_only_when_both_are_adjectives(
    tmp_path: Path, base: str, feminine: str
) -> None:
    row = f"xx,,XX,XXX,بلد,Land,,{base},,,,"
    [form] = [
        form
        for form in Known.load(write(tmp_path, countries=row)).demonyms
        if form.definite and (form.gender, form.number) == ("f", "s")
    ]
    assert form.text == feminine


def test_offices_keep_their_dates_as_precise_as_written(tmp_path: Path) -> None:
    row = "zelensky,رئيس أوكرانيا,President of Ukraine,ua,2019-05-20,"
    [office] = Known.load(write(tmp_path, countries=COUNTRY, people=ZELENSKY, offices=row)).offices
    assert (office.person, office.body) == ("person:zelensky", "country:ua")
    assert (office.since, office.until) == ("2019-05-20", None)


def test_rows_of_the_users_folder_are_added_and_replace_those_of_the_same_key(tmp_path: Path) -> None:
    shipped = write(tmp_path / "shipped", countries=COUNTRY, places=KYIV)
    own = write(tmp_path / "own", places="odesa,,city,أوديسا,Odesa,,ua\nkyiv,,city,كييف,Kiev,,ua")
    known = Known.load(shipped, extra=own)
    assert {entity.key: entity.english for entity in known.entities} == {
        "country:ua": "Ukraine",
        "place:kyiv": "Kiev",
        "place:odesa": "Odesa",
    }


def test_rows_of_the_users_folder_may_stand_in_any_order(tmp_path: Path) -> None:
    own = write(tmp_path / "own", places="odesa,,city,أوديسا,Odesa,,\nkyiv,,city,كييف,Kyiv,,")
    assert len(Known.load(write(tmp_path / "shipped"), extra=own).entities) == 2


@pytest.mark.parametrize(
    ("tables", "line", "complaint"),
    [
        ({"places": "kyiv,Q1899,city,كييف,Kyiv,"}, "places.csv:2", "6 cells instead of 7"),
        ({"places": "kyiv,Q1899,city,كييف,Kyiv,كيي|,"}, "places.csv:2", "stray blank"),
        ({"places": "kyiv,1899,city,كييف,Kyiv,,"}, "places.csv:2", "wikidata '1899' is malformed"),
        ({"places": "Kyiv,,city,كييف,Kyiv,,"}, "places.csv:2", "key 'Kyiv' is malformed"),
        ({"places": "kyiv,,city,,Kyiv,,"}, "places.csv:2", "ar is empty"),
        ({"places": 'kyiv,,city,"كييف,Kyiv,,'}, "places.csv:2", "is not CSV"),
        ({"places": "a,,city,أ,A,,\nb,,city,ب,B,,\na,,city,ج,C,,"}, "places.csv:4", "stands already in line 2"),
        ({"places": "b,,city,ب,B,,\na,,city,أ,A,,"}, "places.csv:3", "sort the rows by key"),
        ({"places": "a,Q1,city,أ,A,,\nb,Q1,city,ب,B,,"}, "places.csv:3", "wikidata 'Q1' stands already in line 2"),
        ({"countries": COUNTRY, "places": "a,Q212,city,أ,A,,"}, "places.csv:2", "belongs to a Country"),
        ({"countries": COUNTRY, "places": "a,,city,أ,A,,xx"}, "places.csv:2", "'xx' is not in countries.csv"),
        ({"organisations": "a,,army,أ,A,,,,b"}, "organisations.csv:2", "parent 'b' is not in organisations.csv"),
        ({"countries": COUNTRY, "organisations": "ua,,army,أ,A,,,,"}, "organisations.csv:2", "that of a country"),
        ({"countries": COUNTRY.replace("UKR", "ukr")}, "countries.csv:2", "iso3 'ukr' is malformed"),
        ({"countries": COUNTRY.replace("UA,", "UK,")}, "countries.csv:2", "does not belong to key 'ua'"),
        ({"countries": COUNTRY.replace("أوكراني,", "أوكران,")}, "countries.csv:2", "must end in"),
        ({"outlets": "a,,أ,A,,https://a.example,"}, "outlets.csv:2", "write a host name"),
    ],
)
def test_a_wrong_row_is_named_with_its_line(tmp_path: Path, tables: dict[str, str], line: str, complaint: str) -> None:
    message = refusal(tmp_path, **tables)
    assert line in message
    assert complaint in message


@pytest.mark.parametrize(
    ("office", "complaint"),
    [
        ("nobody,رئيس,President,ua,2019,", "person 'nobody' is not in people.csv"),
        ("zelensky,رئيس,President,xx,2019,", "body 'xx' is not in countries.csv or organisations.csv"),
        ("zelensky,رئيس,President,ua,2019-13,", "since '2019-13' is no date"),
        ("zelensky,رئيس,President,ua,20.5.2019,", "since '20.5.2019' is no date"),
        ("zelensky,رئيس,President,ua,2019-05-20,2018", "later than until '2018'"),
    ],
)
def test_a_wrong_office_is_named_with_its_line(tmp_path: Path, office: str, complaint: str) -> None:
    message = refusal(tmp_path, countries=COUNTRY, organisations=FORCES, people=ZELENSKY, offices=office)
    assert "offices.csv:2" in message
    assert complaint in message


def test_an_office_that_ends_in_its_first_year_is_no_contradiction(tmp_path: Path) -> None:
    row = "zelensky,رئيس,President,ua,2019-05-20,2019"
    [office] = Known.load(write(tmp_path, countries=COUNTRY, people=ZELENSKY, offices=row)).offices
    assert office.until == "2019"


def test_a_wrong_header_is_shown_the_right_one(tmp_path: Path) -> None:
    (tmp_path / "places.csv").write_text("key,ar\n", encoding="utf-8")
    with pytest.raises(LanguageDataError, match=r"places\.csv:1: the header must be key,wikidata,type"):
        Known.load(tmp_path)


def test_a_list_of_ones_own_has_columns_in_any_order_and_leaves_some_out(tmp_path: Path) -> None:
    seeds = write(tmp_path / "seeds", countries=COUNTRY, people=ZELENSKY)
    own = tmp_path / "own"
    own.mkdir()
    (own / "people.csv").write_text("ar,en,key\nسلمى النجار,Salma al-Najjar,salma-najjar\n", encoding="utf-8")
    salma = Known.load(seeds, extra=own).by_key("person:salma-najjar")
    assert salma is not None
    assert (salma.name, salma.country, salma.wikidata) == ("سلمى النجار", None, None)
    for header in ("ar,key", "ar,en,key,surname", "ar,en,key,key"):
        (own / "people.csv").write_text(header + "\n", encoding="utf-8")
        with pytest.raises(LanguageDataError, match="of these key,ar,en are needed, in any order"):
            Known.load(seeds, extra=own)


def test_an_empty_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "places.csv").write_text("", encoding="utf-8")
    with pytest.raises(LanguageDataError, match=r"places\.csv:1: is empty"):
        Known.load(tmp_path)


def test_bytes_that_are_not_utf8_are_named_with_their_line(tmp_path: Path) -> None:
    (write(tmp_path) / "places.csv").write_bytes(b"key\nky\xff\n")
    with pytest.raises(LanguageDataError, match=r"places\.csv:2: is not UTF-8"):
        Known.load(tmp_path)


def test_decomposed_letters_are_named_with_their_line(tmp_path: Path) -> None:
    assert "places.csv:2: is not in Unicode normal form C" in refusal(tmp_path, places="a,,city,ا\u0654,A,,")


def test_an_unknown_file_is_refused_so_that_a_misspelt_one_is_not_passed_over(tmp_path: Path) -> None:
    (tmp_path / "place.csv").write_text("key\n", encoding="utf-8")
    with pytest.raises(LanguageDataError, match=r"place\.csv:1: is not a file of seeds"):
        Known.load(tmp_path)


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(LanguageDataError, match="no such folder of seeds"):
        Known.load(tmp_path, extra=tmp_path / "nowhere")


def test_all_problems_come_in_one_message_up_to_twenty(tmp_path: Path) -> None:
    rows = "\n".join(f"a{number:02},,city,,A,," for number in range(25))
    lines = refusal(tmp_path, places=rows).splitlines()
    assert len(lines) == 21
    assert lines[-1] == "... and 5 more."


def test_every_table_may_be_extended_by_the_users_own_folder(tmp_path: Path) -> None:
    rows = {
        "countries": "zz,,ZZ,ZZZ,زدلاند,Zedland,,زدي,,,,Zedlander",
        "places": "zed-city,,city,مدينة زد,Zed City,,zz",
        "organisations": "zed-bank,,bank,مصرف زد,Bank of Zed,,BZ,zz,",
        "people": "salma-najjar,,سلمى النجار,Salma al-Najjar,سلمى نجار|النجار,zz",
        "offices": "salma-najjar,محافظة,Governor,zed-bank,2021,",
        "weapons": "zed-1,,missile,صاروخ زد,Zed-1,,zz",
        "outlets": "zed-news,,أخبار زد,Zed News,,zed.example,zz",
    }
    for stem, row in rows.items():
        header = ",".join(COLUMNS[stem])
        (tmp_path / f"{stem}.csv").write_text(f"{header}\n{row}\n", encoding="utf-8")
    known = Known.load(data_folder("seeds"), extra=tmp_path)
    for key in ("country:zz", "place:zed-city", "organisation:zed-bank", "weapon:zed-1", "outlet:zed-news"):
        assert known.by_key(key) is not None
    assert [office.body for office in known.offices if office.person == "person:salma-najjar"] == [
        "organisation:zed-bank"
    ]
    (tmp_path / "people.csv").write_text(",".join(COLUMNS["people"]) + "\nx,,س,X,,nowhere\n", encoding="utf-8")
    with pytest.raises(LanguageDataError, match=rf"{re.escape(str(tmp_path))}/people.csv:2: country 'nowhere' is not"):
        Known.load(data_folder("seeds"), extra=tmp_path)
