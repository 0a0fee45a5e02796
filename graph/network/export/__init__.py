"""Writes networks and datasets in the formats that other programs open."""
