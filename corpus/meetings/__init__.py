"""Meetings: what is planned, noted while they run, drafted, and approved by the chair."""
