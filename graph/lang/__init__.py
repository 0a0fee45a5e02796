"""Loads what is Arabic and is data: lexicons, frames, titles and markers from lang/ar/*.yaml."""
