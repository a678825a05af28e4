"""What people see first: the living agreement and every public page (DESIGN §7)."""
