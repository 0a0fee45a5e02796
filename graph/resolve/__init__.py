"""Decides which mentions name the same actor, known ones first."""
