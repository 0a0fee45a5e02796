"""Cleans, splits and folds Arabic text; every offset points into the text as it was read."""
