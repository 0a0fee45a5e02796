"""Reads files, folders, archives and addresses of the web into Documents, one at a time."""
