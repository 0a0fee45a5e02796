"""Encodes extractions as RDF with provenance, and checks them with SHACL."""
