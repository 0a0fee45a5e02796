"""More readers than one: each is an Extractor, opened by its name through the registry."""
