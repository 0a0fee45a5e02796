"""Compares Rawabit over HTTP with `oxigraph serve` and rdflib-endpoint, on the same data in the same run.

    python benchmarks/http.py [--scale 1.0]

What is measured, and how, is in benchmarks/serving/compare.py. The lines that begin with `figure` are the result.
Scripts
of this folder that ask for the standard library's package `http` find this file first, and are handed that package.
"""

import sys
import sysconfig
from importlib import import_module
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path


def hand_over() -> None:
    """Put the standard library's `http` in the place of this file."""
    package = Path(sysconfig.get_path("stdlib"), "http")
    spec = spec_from_file_location("http", package / "__init__.py", submodule_search_locations=[str(package)])
    assert spec is not None
    assert spec.loader is not None
    sys.modules["http"] = module_from_spec(spec)
    spec.loader.exec_module(sys.modules["http"])


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
    import_module("benchmarks.serving.compare").main()
else:
    hand_over()
