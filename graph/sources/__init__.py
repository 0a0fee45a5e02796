"""Reads files, folders and JSON Lines into Documents, one at a time."""
