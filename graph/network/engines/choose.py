"""Finds an engine by name. All give the same figures; communities and layouts differ a little from one to another."""

from __future__ import annotations

from importlib.util import find_spec

from ...errors import SettingsError
from .base import Engine

ENGINES = ("auto", "rustworkx", "networkx", "igraph")


def choose_engine(name: str = "auto") -> Engine:
    """Return the engine of a name; raise SettingsError where there is none, or where it is not installed."""
    if name in {"auto", "rustworkx"}:
        from .with_rust import RustEngine

        return RustEngine()
    if name == "networkx":
        from .with_networkx import NetworkxEngine

        return NetworkxEngine()
    if name == "igraph":
        if find_spec("igraph") is None:
            raise SettingsError("igraph is not installed: pip install 'rawabit[igraph]', or choose rustworkx.")
        from .with_igraph import IgraphEngine

        return IgraphEngine()
    raise SettingsError(f"engine={name!r}: choose {', '.join(ENGINES)}.")
