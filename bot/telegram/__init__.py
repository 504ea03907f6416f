"""The Telegram channel: a durable inbox, handlers, and a durable outbox."""
