"""The ledger: opinions, what was answered and promised, and what became of it."""
