"""Draws networks of actors from a store."""
