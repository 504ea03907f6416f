"""Opinions in Telegram: raised, answered, followed."""
