"""Backups of a council: written while it runs, checked, rotated, and restored."""
