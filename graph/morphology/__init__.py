"""Turns surface forms into analyses: lemma, part of speech, aspect, voice, person and clitics."""
