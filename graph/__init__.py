"""Rawabit's builder: Arabic news in, a knowledge graph with provenance out. Knows nothing of HTTP."""
