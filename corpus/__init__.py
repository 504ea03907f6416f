"""What the council knows: papers, records and the ledger, in one SQLite database."""
