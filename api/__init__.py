"""Rawabit's doors: SPARQL, REST and the page over a store. Knows nothing of Arabic."""
