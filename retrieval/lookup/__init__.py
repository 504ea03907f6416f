"""Exact answers from records, by fixed parameterised SQL."""
