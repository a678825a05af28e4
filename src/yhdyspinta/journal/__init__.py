"""The heartbeat: every agreement's texts, entries and kept facts, written once and never changed."""
