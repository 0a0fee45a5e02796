"""Compares Rawabit over HTTP with `oxigraph serve` and rdflib-endpoint, on the same data in the same run.

    python benchmarks/http.py [--scale 1.0]

What is measured, and how, is in benchmarks/serving/compare.py. The lines that begin with `figure` are the result.
"""

import sys
from importlib import import_module
from pathlib import Path

# A script's own folder is searched before the standard library, and this file has the name of one of its packages.
sys.path[:] = [entry for entry in sys.path if Path(entry or ".").resolve() != Path(__file__).resolve().parent]

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
    import_module("benchmarks.serving.compare").main()
else:
    # Another script of this folder, or a library that it uses, wants the standard library's.
    del sys.modules[__name__]
    import_module(__name__)
