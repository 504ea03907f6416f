"""How people reach the secretary: console, Telegram, configuration, wiring."""
