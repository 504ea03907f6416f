"""Questions that the papers did not answer, in Telegram: listed, answered, dropped."""
