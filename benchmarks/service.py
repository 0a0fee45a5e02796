"""Compares Rawabit over HTTP with `oxigraph serve` and rdflib-endpoint, on the same data in the same run.

    python benchmarks/service.py [--scale 1.0]

What is measured, and how, is in benchmarks/serving/compare.py. The lines that begin with `figure` are the result. A
script of this folder must not have the name of a module of the standard library, as `http`: others would import it.
"""

import sys
from importlib import import_module
from pathlib import Path

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
    import_module("benchmarks.serving.compare").main()
