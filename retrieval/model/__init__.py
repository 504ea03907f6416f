"""A chat model, where one is configured: it words and plans, and is never the source."""
