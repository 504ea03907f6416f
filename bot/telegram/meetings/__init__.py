"""Meetings by chat: convened, noted, drafted, confirmed, sent and filed."""
