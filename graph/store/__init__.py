"""Keeps quads: embedded Oxigraph, name index, checkpoints and the catalogue of named queries."""
