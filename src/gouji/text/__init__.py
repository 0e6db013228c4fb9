"""Strings only, no files: normalisation, numerals, the figure scanner, tokenisation."""
