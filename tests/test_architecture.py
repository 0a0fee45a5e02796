"""The house stands: a file imports only from floors below, libraries stay in their rooms, words stay out of Python."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
FILES = sorted(path for top in ("graph", "api") for path in (ROOT / top).rglob("*.py"))

# A room is a package of graph/ or api/, or a module that lies directly in one of them.
FLOORS = {
    "graph.errors": 1,
    "graph.model": 2,
    "graph.config": 2,
    "graph.model_settings": 2,
    "graph.in_order": 2,
    "graph.collecting": 2,
    "graph.resources": 2,
    "graph.lang": 2,
    "graph.text": 3,
    "graph.morphology": 3,
    "graph.sources": 3,
    "graph.rdf": 3,
    "graph.records": 3,
    "graph.extract": 4,
    "graph.resolve": 4,
    "graph.store": 4,
    "graph.pipeline": 5,
    "graph.identity": 5,
    "graph.identity_traces": 5,
    "graph.deciding": 5,
    "graph.carrying": 5,
    "graph.network": 5,
    "graph.intake": 5,
    "graph.crew": 6,
    "graph.failures": 6,
    "graph.progress": 6,
    "graph.build_command": 7,
    "graph.withdraw": 6,
    "graph.store_commands": 7,
    "graph.shards": 6,
    "graph.cluster": 6,
    "graph.crew_process": 6,
    "graph.nursery": 6,
    "graph.build": 6,
    "graph.evaluate": 6,
    "graph.readers": 6,
    "graph.explain": 6,
    "graph.training": 7,
    "graph.name_lessons": 7,
    "graph.name_training": 7,
    "graph.pair_lessons": 7,
    "graph.teaching": 7,
    "graph.pair_training": 7,
    "graph.train_command": 7,
    "graph.terminal": 7,
    "graph.fact_formats": 7,
    "graph.cli": 7,
    "graph.export_command": 7,
    "graph.source_options": 7,
    "graph.review_command": 7,
    "graph.reader_options": 7,
    "graph.evaluate_command": 7,
    "graph.network_filter": 7,
    "graph.network_commands": 7,
    "api": 7,
    "api.cli": 8,
}
# On one floor, who may ask whom; no file asks, by whatever way, one that asks it: test_files_form_no_circle.
NEIGHBOURS = {
    ("graph.config", "graph.model_settings"),
    ("graph.lang", "graph.resources"),
    ("graph.lang", "graph.model"),
    ("graph.rdf", "graph.text"),  # an IRI is minted from the folded name
    ("graph.morphology", "graph.text"),
    ("graph.extract", "graph.resolve"),  # known entities are looked for in the text
    ("graph.resolve", "graph.extract"),  # the linker takes what was found there
    ("graph.identity", "graph.identity_traces"),
    ("graph.carrying", "graph.identity"),
    ("graph.carrying", "graph.identity_traces"),
    ("graph.deciding", "graph.identity"),
    ("graph.deciding", "graph.identity_traces"),
    ("graph.build", "graph.crew"),
    ("graph.build", "graph.readers"),
    ("graph.build", "graph.failures"),
    ("graph.build", "graph.progress"),
    ("graph.cli", "graph.build_command"),
    ("graph.build_command", "graph.source_options"),
    ("graph.build_command", "graph.reader_options"),
    ("graph.build_command", "graph.terminal"),
    ("graph.cli", "graph.store_commands"),
    ("graph.store_commands", "graph.terminal"),
    ("graph.build", "graph.cluster"),
    ("graph.cluster", "graph.crew"),
    ("graph.cluster", "graph.shards"),
    ("graph.shards", "graph.crew"),
    ("graph.crew", "graph.nursery"),
    ("graph.crew", "graph.crew_process"),
    ("graph.nursery", "graph.crew_process"),
    ("graph.cli", "graph.terminal"),
    ("graph.cli", "graph.fact_formats"),
    ("graph.fact_formats", "graph.terminal"),
    ("graph.cli", "graph.network_commands"),
    ("graph.cli", "graph.train_command"),
    ("graph.train_command", "graph.terminal"),
    ("graph.train_command", "graph.training"),
    ("graph.train_command", "graph.name_training"),
    ("graph.name_training", "graph.name_lessons"),
    ("graph.name_training", "graph.teaching"),
    ("graph.name_training", "graph.training"),
    ("graph.name_lessons", "graph.training"),
    ("graph.train_command", "graph.pair_training"),
    ("graph.pair_training", "graph.pair_lessons"),
    ("graph.pair_training", "graph.teaching"),
    ("graph.pair_training", "graph.training"),
    ("graph.pair_lessons", "graph.training"),
    ("graph.cli", "graph.export_command"),
    ("graph.cli", "graph.source_options"),
    ("graph.source_options", "graph.terminal"),
    ("graph.cli", "graph.review_command"),
    ("graph.review_command", "graph.terminal"),
    ("graph.cli", "graph.reader_options"),
    ("graph.cli", "graph.evaluate_command"),
    ("graph.evaluate_command", "graph.reader_options"),
    ("graph.evaluate_command", "graph.terminal"),
    ("graph.evaluate_command", "graph.source_options"),
    ("graph.reader_options", "graph.terminal"),
    ("graph.export_command", "graph.network_filter"),
    ("graph.export_command", "graph.terminal"),
    ("graph.network_commands", "graph.network_filter"),
    ("graph.network_commands", "graph.terminal"),
}
# Rooms in which a library may be imported; all others may not.
LIBRARIES = {
    "rdflib": ("graph.rdf", "graph.store", "graph.network.export"),
    "pyshacl": ("graph.rdf",),
    "pyoxigraph": ("graph.store", "api.worker", "api.answers"),  # answers are what the workers give
    "distributed": ("graph.cluster",),
    "dask": ("graph.cluster",),
    "fsspec": ("graph.shards",),
    "camel_tools": ("graph.morphology", "graph.extract"),
    "httpx": ("graph.readers.llm", "graph.sources", "graph.store.remote"),
    "torch": (
        "graph.readers",
        "graph.name_lessons",
        "graph.name_training",
        "graph.pair_lessons",
        "graph.pair_training",
        "graph.teaching",
    ),
    "safetensors": ("graph.readers.hybrid",),
    "fastapi": ("api",),
    "starlette": ("api",),
    "uvicorn": ("api",),
    "pydantic": ("api", "graph.lang"),
    "networkx": ("graph.network",),
    "sklearn": ("graph.training",),
    "scipy": ("graph.training", "graph.network.engines"),
    "numpy": ("graph.network.engines", "graph.text", "graph.readers.hybrid"),
    "markdown_it": ("graph.sources",),
    "trafilatura": ("graph.sources",),
    "lxml": ("graph.sources",),
    "fastwarc": ("graph.sources",),
    "pyarrow": ("graph.sources",),
    "protego": ("graph.sources",),
    "igraph": ("graph.network.engines",),
    "rustworkx": ("graph.network.engines",),
    "graspologic_native": ("graph.network.engines",),
    "typer": (
        "graph.cli",
        "graph.export_command",
        "graph.source_options",
        "graph.review_command",
        "graph.reader_options",
        "graph.evaluate_command",
        "graph.network_filter",
        "graph.network_commands",
        "graph.train_command",
        "graph.store_commands",
        "graph.build_command",
        "api.cli",
        "api.server",
    ),
    "rich": ("graph.terminal", "graph.explain", "graph.cli", "graph.network_commands", "api.cli"),
}
# "extract, resolve, text, morphology never see RDF; rdf, store, network and api never see Arabic".
STRANGERS = {
    "graph.rdf": ("graph.lang", "graph.morphology", "graph.extract", "graph.resolve"),
    "graph.store": ("graph.lang", "graph.morphology", "graph.extract"),
    "graph.network": ("graph.lang", "graph.morphology", "graph.extract", "graph.resolve"),
    "graph.text": ("graph.rdf", "graph.store", "graph.network"),
    "graph.morphology": ("graph.rdf", "graph.store", "graph.network"),
    "graph.extract": ("graph.rdf", "graph.store", "graph.network"),
    "graph.resolve": ("graph.rdf", "graph.store", "graph.network"),
    "graph.sources": ("graph.rdf", "graph.store", "graph.network"),
    "api": ("graph.lang", "graph.morphology", "graph.extract", "graph.resolve"),
}
# What is imported under another name than it is installed by, or comes along with what it is part of.
DISTRIBUTIONS = {
    "yaml": "pyyaml",
    "sklearn": "scikit-learn",
    "starlette": "fastapi",
    "graspologic_native": "graspologic-native",
    "prometheus_client": "prometheus-client",
    "markdown_it": "markdown-it-py",
}
LONGEST_FILE = 400
ARABIC_LETTER = r"[\u0620-\u064a\u066e-\u06d3\u0750-\u077f\u08a0-\u08ff\ufb50-\ufdff\ufe70-\ufefc]"
# Letters, the article and endings are spelling, which rules may speak of; a word is data and stands in lang/.
CHARACTER_CLASS = re.compile(r"\[[^\]]*\]")
ARABIC_WORD = re.compile(ARABIC_LETTER + "{3,}")


def module_of(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imports_of(path: Path) -> Iterator[tuple[str, int]]:
    """Yield each imported module by its absolute name, and the line; in functions and TYPE_CHECKING blocks, too."""
    package = path.relative_to(ROOT).parent.parts
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = ".".join(package[: len(package) - node.level + 1]) if node.level else ""
            name = ".".join(filter(None, (base, node.module)))
            # "from . import names" imports a module, "from .names import x" a name: both are tried.
            for alias in node.names:
                inner = f"{name}.{alias.name}"
                yield (inner if is_module(inner) else name), node.lineno


def is_module(name: str) -> bool:
    place = ROOT.joinpath(*name.split("."))
    return place.with_suffix(".py").exists() or (place / "__init__.py").exists()


def room_of(module: str) -> str | None:
    """Return the room with the longest name that the module is in, or None for a stranger's library."""
    rooms = [room for room in FLOORS if module == room or module.startswith(f"{room}.")]
    return max(rooms, key=len, default=None)


def within(module: str, room: str) -> bool:
    """Tell whether a module is in a room; "api.worker" is also api/worker_process.py."""
    return module == room or module.startswith((f"{room}.", f"{room}_", f"{room}s"))


def arrows() -> Iterator[tuple[Path, int, str, str]]:
    """Yield file, line, importing and imported module for every import inside the house."""
    for path in FILES:
        for name, line in imports_of(path):
            if name.split(".")[0] in ("graph", "api"):
                yield path, line, module_of(path), name


def where(path: Path, line: int) -> str:
    return f"{path.relative_to(ROOT)}:{line}"


def test_every_file_has_a_room() -> None:
    tops = {"graph", "api"}
    homeless = [module_of(path) for path in FILES if room_of(module_of(path)) is None and module_of(path) not in tops]
    assert homeless == []


def test_a_file_imports_only_from_floors_below() -> None:
    wrong = []
    for path, line, importer, imported in arrows():
        mine, theirs = room_of(importer), room_of(imported)
        if mine is None or theirs is None or mine == theirs:
            continue
        if FLOORS[theirs] >= FLOORS[mine] and (mine, theirs) not in NEIGHBOURS:
            wrong.append(f"{where(path, line)} {importer} -> {imported}")
    assert wrong == []


def test_nothing_in_graph_imports_api() -> None:
    assert [
        where(p, n) for p, n, mine, theirs in arrows() if mine.startswith("graph") and theirs.startswith("api")
    ] == []


def test_files_form_no_circle() -> None:
    edges: dict[str, set[str]] = {}
    for _, _, importer, imported in arrows():
        edges.setdefault(importer, set()).add(imported)
    done: set[str] = set()

    def find_circle(module: str, trail: tuple[str, ...]) -> tuple[str, ...]:
        if module in trail:
            return (*trail[trail.index(module) :], module)
        if module in done:
            return ()
        for following in sorted(edges.get(module, ())):
            if following != module and (circle := find_circle(following, (*trail, module))):
                return circle
        done.add(module)
        return ()

    assert [circle for module in sorted(edges) if (circle := find_circle(module, ()))] == []


def test_rooms_that_must_not_know_each_other_do_not() -> None:
    wrong = [
        f"{where(path, line)} {importer} -> {imported}"
        for path, line, importer, imported in arrows()
        for room, strangers in STRANGERS.items()
        if within(importer, room) and any(within(imported, stranger) for stranger in strangers)
    ]
    assert wrong == []


def test_libraries_stay_in_their_rooms() -> None:
    wrong = []
    for path in FILES:
        for name, line in imports_of(path):
            rooms = LIBRARIES.get(name.split(".")[0])
            if rooms is not None and not any(within(module_of(path), room) for room in rooms):
                wrong.append(f"{where(path, line)} imports {name}")
    assert wrong == []


def test_every_library_is_declared() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = [*project["dependencies"], *chain.from_iterable(project["optional-dependencies"].values())]
    declared = {re.split(r"[^\w-]", each)[0].lower() for each in wanted}
    imported = {name.split(".")[0] for path in FILES for name, _ in imports_of(path)} - {"graph", "api", "_typeshed"}
    names = {DISTRIBUTIONS.get(name, name) for name in imported if name not in sys.stdlib_module_names}
    assert names - declared == set()


def test_packages_import_their_own_modules_relatively_and_others_absolutely() -> None:
    wrong = []
    for path in FILES:
        top = path.relative_to(ROOT).parts[0]
        wrong += [
            where(path, node.lineno)
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
            if isinstance(node, ast.ImportFrom) and not node.level and (node.module or "").split(".")[0] == top
        ]
    assert wrong == []


def strings_of(tree: ast.Module) -> Iterator[ast.Constant]:
    """Yield the strings that may be words: not docstrings, which explain by example, nor sets of letters to look in."""
    passed_over = {
        id(right)
        for node in ast.walk(tree)
        if isinstance(node, ast.Compare)
        for operator, right in zip(node.ops, node.comparators, strict=True)
        if isinstance(operator, ast.In | ast.NotIn)
    } | {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
        if node.body and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in passed_over:
            yield node


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_file_is_short_documented_and_free_of_arabic_words(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    tree = ast.parse(text)
    assert len(text.splitlines()) <= LONGEST_FILE
    assert ast.get_docstring(tree)
    if path.is_relative_to(ROOT / "graph"):  # the examples of the HTTP documentation are in api/, for people to read
        strings = ((each.lineno, CHARACTER_CLASS.sub("", each.value)) for each in strings_of(tree))
        assert [f"{where(path, line)} {value!r}" for line, value in strings if ARABIC_WORD.search(value)] == []


@pytest.mark.parametrize("name", ["utils", "helpers", "manager", "misc", "common"])
def test_no_file_is_named_after_its_kind(name: str) -> None:
    assert [str(path.relative_to(ROOT)) for path in FILES if path.stem == name] == []
