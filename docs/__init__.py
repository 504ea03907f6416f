"""The written documentation, and what generates the part of it that could drift."""
