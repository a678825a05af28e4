"""Long work that no page waits for: one row for each piece, done by the worker, with its progress (DESIGN §6)."""
