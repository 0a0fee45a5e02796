"""Finds mentions, clauses and frames in sentences, and turns them into facts."""
