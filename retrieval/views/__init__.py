"""The common views of the records, page by page: budgets, decisions, plans, programmes."""
