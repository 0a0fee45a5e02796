"""The reader camel on data of our own making, in the layout that `camel_data` installs; and on the real where it is."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx
import pytest
from camel_files import PEACE, TABLE, install_morphology, install_names
from typer.testing import CliRunner

from api.access import Access
from api.cli import app
from graph.config import Settings
from graph.errors import LanguageDataError, SettingsError
from graph.intake import hash_reading
from graph.model import Document, EntityKind, Extraction
from graph.morphology.camel import import_camel
from graph.morphology.disambiguation import Disambiguator, open_disambiguator
from graph.pipeline import Reader
from graph.readers.camel.mentions import CamelMentions
from graph.readers.camel.names import lacking, open_name_tagger
from graph.readers.camel.reader import load
from graph.readers.registry import choose_reader

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parents[1]
# Nobody is called so: no list can know them.
NAMES = {
    "زرقليم": "B-PERS",
    "وزرقليم": "B-PERS",
    "شنبو": "I-PERS",
    "##رغ": "I-PERS",
    "خردقوش": "B-LOC",
    "قمطران": "B-ORG",
    "وقمطران": "B-ORG",
    "##يم": "O",
    "عجيب": "B-MISC",
    "«": "B-PERS",
}
MEETING = "التقى الرئيس الفرنسي إيمانويل ماكرون زرقليم شنبورغ في باريس."
REAL = Settings.from_environment()


def settings_in(folder: Path) -> Settings:
    return Settings(cache=folder / "cache", camel_data=folder, reader="camel")


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("camel-data")
    install_names(folder, NAMES)
    return folder


@pytest.fixture(scope="module")
def camel(data: Path, reader: Reader) -> Callable[..., Reader]:
    """Make the reader of the settings without loading the grammar anew."""
    tagger = open_name_tagger(settings_in(data))

    def make(morphology: Disambiguator | None = None) -> Reader:
        return replace(reader, mentions=CamelMentions(reader.mentions, reader.vocabulary, tagger, morphology))

    return make


def facts(extraction: Extraction) -> set[tuple[str, str, str, tuple[str, ...]]]:
    names = {entity.id: entity.name for entity in extraction.entities}
    return {(names[each.subject], each.predicate, names[each.object], each.readers) for each in extraction.facts}


def test_name_that_no_list_knows_takes_part_in_a_fact(camel: Callable[..., Reader], reader: Reader) -> None:
    document = Document("d", MEETING)
    told = facts(camel().read(document))
    assert ("إيمانويل ماكرون", "met", "زرقليم شنبورغ", ("grammar", "camel")) in told
    assert facts(reader.read(document)) < told
    assert {readers for *_, readers in told if "camel" not in readers} == {("grammar",)}


def test_surname_alone_is_the_person_that_camel_found(camel: Callable[..., Reader]) -> None:
    text = f"{MEETING} ثم زار شنبورغ ألمانيا."
    told = facts(camel().read(Document("d", text)))
    assert ("زرقليم شنبورغ", "visited", "ألمانيا", ("grammar", "camel")) in told


def test_places_and_bodies_are_found_and_other_names_are_not(camel: Callable[..., Reader]) -> None:
    found = camel().read(Document("d", "وصل إيمانويل ماكرون إلى خردقوش. وقصفت قمطران برلين. وظهر عجيب."))
    kinds = {entity.name: entity.kind for entity in found.entities}
    assert kinds["خردقوش"] is EntityKind.PLACE
    assert kinds["قمطران"] is EntityKind.ORGANIZATION
    assert "عجيب" not in kinds


def test_mentions_stand_where_they_are_written(camel: Callable[..., Reader]) -> None:
    text = f"«{MEETING[:-1]}»، وقال زَرقليم ذلك."
    found = camel().read(Document("d", text))
    assert {m.text for m in found.mentions if "قليم" in m.text} == {"زرقليم شنبورغ", "زَرقليم"}
    assert all(text[m.start : m.end] == m.text for m in found.mentions)


def test_what_the_grammar_found_stands(tmp_path: Path, reader: Reader) -> None:
    install_names(tmp_path, {"ماكرون": "B-ORG", "باريس": "B-PERS", "إيمانويل": "O"})
    made = load(settings_in(tmp_path))
    document = Document("d", "التقى الرئيس الفرنسي إيمانويل ماكرون المستشار الألماني أولاف شولتس في باريس.")
    assert facts(made.read(document)) == facts(reader.read(document))


def test_conjunction_is_cut_where_the_name_stands_without_it(camel: Callable[..., Reader]) -> None:
    found = camel().read(Document("d", f"{MEETING} وزار إيمانويل ماكرون وزرقليم شنبورغ ألمانيا."))
    assert {entity.name for entity in found.entities if "شنبورغ" in entity.name} == {"زرقليم شنبورغ"}
    found = camel().read(Document("d", "زار إيمانويل ماكرون وزرقليم شنبورغ ألمانيا."))
    assert {entity.name for entity in found.entities if "شنبورغ" in entity.name} == {"وزرقليم شنبورغ"}


def test_morphology_tells_what_is_a_conjunction(camel: Callable[..., Reader], tmp_path: Path) -> None:
    stem = "قمطران\tN\tdiac:قَمْطَران lex:قَمْطَران_1 pos:noun_prop gen:m num:s prc2:0 prc1:0 prc0:0 enc0:0"
    install_morphology(tmp_path, stem)
    document = Document("d", "هاجم حزب الله برلين. وقمطران قصفت باريس.")
    names = {entity.name for entity in camel(open_disambiguator(settings_in(tmp_path))).read(document).entities}
    assert "قمطران" in names
    assert "وقمطران" in {entity.name for entity in camel().read(document).entities}


def test_tags_are_those_of_camel_tools_itself(data: Path) -> None:
    sentences = [text.split() for text in (MEETING[:-1], "عجيب خردقوش", "قمطران " * 300, "كلمة")]
    settings = settings_in(data)
    recognizer = import_camel("ner", settings).NERecognizer(str(data / "data" / "ner" / "arabert"), use_gpu=False)
    assert open_name_tagger(settings).tag(sentences) == recognizer.predict(sentences)


def test_word_without_pieces_shifts_no_tags(data: Path) -> None:
    tagger = open_name_tagger(settings_in(data))
    assert tagger.tag([["\u200f", "خردقوش"], [], ["ـ"], ["قمطران" * 300, "خردقوش"]]) == [
        ["O", "B-LOC"],
        [],
        ["O"],
        ["O", "B-LOC"],
    ]


def test_missing_data_is_named_with_the_command_that_brings_it(tmp_path: Path) -> None:
    said = lacking(settings_in(tmp_path))
    assert said is not None
    assert "camel_data -i ner-arabert" in said
    assert str(tmp_path) in said
    with pytest.raises(SettingsError, match="camel_data -i ner-arabert"):
        choose_reader(settings_in(tmp_path))
    with pytest.raises(SettingsError, match="RAWABIT_CAMEL_DATA"):
        load(settings_in(tmp_path))


@pytest.mark.parametrize("name", ["vocab.txt", "model.safetensors"])
def test_missing_file_of_the_model_is_named(tmp_path: Path, name: str) -> None:
    (install_names(tmp_path, NAMES) / name).unlink()
    with pytest.raises(LanguageDataError, match=f"{name}.*camel_data -i ner-arabert"):
        open_name_tagger(settings_in(tmp_path))


@pytest.mark.parametrize(("name", "content"), [("config.json", "{"), ("model.safetensors", "x"), ("vocab.txt", "")])
def test_broken_file_of_the_model_is_refused(tmp_path: Path, name: str, content: str) -> None:
    (install_names(tmp_path, NAMES) / name).write_text(content, encoding="utf-8")
    with pytest.raises(LanguageDataError, match="camel_data -i ner-arabert"):
        open_name_tagger(settings_in(tmp_path))


def test_reader_asks_no_network_and_writes_nothing_into_the_data(data: Path, tmp_path: Path) -> None:
    code = (
        "import socket, sys\n"
        "def refuse(*args, **kwargs): raise AssertionError('the network was asked')\n"
        "socket.socket.connect = refuse; socket.getaddrinfo = refuse\n"
        "from graph.config import Settings; from graph.model import Document\n"
        "from graph.readers.registry import open_reader\n"
        "reader = open_reader(Settings.from_environment())\n"
        "print(sorted({name for fact in reader.read(Document('d', sys.argv[1])).facts for name in fact.readers}))"
    )
    before = {path: path.stat().st_mtime_ns for path in data.rglob("*")}
    values = {"RAWABIT_CAMEL_DATA": str(data), "RAWABIT_CACHE": str(tmp_path / "cache"), "RAWABIT_READER": "camel"}
    home = {"HOME": str(tmp_path)}
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", code, MEETING],
        cwd=ROOT, env=os.environ | values | home, capture_output=True, text=True, timeout=240, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == "['camel', 'grammar']"
    assert {path: path.stat().st_mtime_ns for path in data.rglob("*")} == before


def test_build_reads_by_camel_in_forks(data: Path, tmp_path: Path) -> None:
    articles = tmp_path / "articles.jsonl"
    lines = (json.dumps({"id": f"a{number}", "text": f"{MEETING} {number}."}) for number in range(40))
    articles.write_text("\n".join(lines), encoding="utf-8")
    values = {"RAWABIT_CAMEL_DATA": str(data), "RAWABIT_CACHE": str(tmp_path / "cache"), "OMP_NUM_THREADS": "4"}
    command = ["build", str(articles), "--store", str(tmp_path / "store"), "--workers", "2", "--reader", "camel"]
    done = subprocess.run(
        [sys.executable, "-c", "from api.cli import main; main()", *command],
        cwd=ROOT, env=os.environ | values, capture_output=True, text=True, timeout=240, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "read by             camel" in done.stdout
    assert "documents read      40" in done.stdout
    assert "met" in done.stdout


def test_server_reads_by_camel_in_forks(
    data: Path, tmp_path: Path, make_store: Callable[..., Path], start_server: Callable[..., Any]
) -> None:
    store = make_store(tmp_path / "store")
    settings = replace(settings_in(data), store=store, workers=1, cache=tmp_path / "cache")
    with start_server(store, settings, None, Access("t")) as running:
        headers = {"Authorization": "Bearer t"}
        for number in range(2):
            article = {"id": f"a{number}", "text": f"{MEETING} {number}."}
            told = httpx.post(f"{running.url}/documents", json=article, headers=headers, timeout=120)
            assert told.status_code == 201, told.text
            assert ["camel", "grammar"] in [fact["readers"] for fact in told.json()["facts"]]


def test_readers_are_compared_by_what_each_finds(data: Path, tmp_path: Path) -> None:
    people = {"e1": "إيمانويل ماكرون", "e2": "زرقليم شنبورغ", "e3": "أولاف شولتس"}
    wanted = [("e1", "met", "e2"), ("e1", "met", "e3")]
    record = {
        "id": "a",
        "text": f"{MEETING} والتقى ماكرون المستشار الألماني أولاف شولتس. ووصل شولتس إلى خردقوش.",
        "entities": [{"id": key, "type": "Person", "name": name} for key, name in people.items()],
        "relations": [{"subject": one, "predicate": name, "object": other} for one, name, other in wanted],
    }
    gold = tmp_path / "gold.jsonl"
    gold.write_text(json.dumps(record), encoding="utf-8")
    values = {"RAWABIT_CAMEL_DATA": str(data), "RAWABIT_CACHE": str(tmp_path / "cache")}
    told = CliRunner().invoke(app, ["evaluate", str(gold), "--readers", "grammar,camel"], env=values)
    assert told.exit_code == 0, told.stderr
    rows = {
        line.split()[0]: line.split() for line in told.stdout.splitlines() if line.startswith((" grammar ", " camel "))
    }
    right, wrong = ({name: int(row[column]) for name, row in rows.items()} for column in (-2, -1))
    assert right == {"grammar": 0, "camel": 1}
    assert (wrong["grammar"], wrong["camel"]) == (0, 1)  # nobody wants the visit
    speeds = {name: float(row[-3].replace(",", "")) for name, row in rows.items()}
    assert speeds["camel"] > 0
    agreement = re.search(
        r"grammar and camel agree on (\d+) of (\d+) facts; of (\d+) that both found (\d+)", told.stdout
    )
    assert agreement is not None
    same, either, both, both_right = map(int, agreement.groups())
    assert (both, both_right, either - same) == (same, 1, 2)


def test_disambiguator_chooses_by_its_table_and_else_by_how_common_an_analysis_is(tmp_path: Path) -> None:
    for pos, table in (("verb", TABLE), ("noun", None)):
        install_morphology(tmp_path / pos, PEACE, table=table)
        chooser = open_disambiguator(settings_in(tmp_path / pos))
        doubtful, noun, unknown, number = chooser.choose(["سَلم", "والوزير", "غريب", "٢٠٢٤"])
        assert doubtful is not None
        assert doubtful.pos == pos
        assert noun is not None
        assert noun.clitics == ("wa_conj", "Al_det")
        assert (unknown, number) == (None, None)


@pytest.mark.parametrize("table", ["{", "[]", '{"سلم": 3}', '{"سلم": {"lex": ""}}'])
def test_broken_table_is_named(tmp_path: Path, table: str) -> None:
    install_morphology(tmp_path, table={})
    path = tmp_path / "data" / "disambig_mle" / "calima-msa-r13" / "model.json"
    path.write_text(table, encoding="utf-8")
    with pytest.raises(LanguageDataError, match=r"model\.json"):
        open_disambiguator(settings_in(tmp_path)).choose(["سلم"])


def test_missing_morphology_is_named_with_the_command_that_brings_it(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="camel_data -i disambig-mle-calima-msa-r13"):
        open_disambiguator(settings_in(tmp_path))


def test_other_data_is_another_way_of_reading(data: Path, tmp_path: Path) -> None:
    assert hash_reading(settings_in(data)) != hash_reading(settings_in(tmp_path))
    assert hash_reading(settings_in(data)) == hash_reading(replace(settings_in(data), cache=tmp_path))


@pytest.mark.skipif(lacking(REAL) is not None, reason="camel-tools' model of names is not installed here")
def test_real_model_finds_what_the_grammar_does_not() -> None:
    text = "التقى الرئيس الفرنسي إيمانويل ماكرون فرانز زيبلهوفر في باريس."
    found = load(REAL).read(Document("d", text))
    assert "فرانز زيبلهوفر" in {entity.name for entity in found.entities}
    assert all(text[m.start : m.end] == m.text for m in found.mentions)
