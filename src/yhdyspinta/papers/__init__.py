"""Files that people hand over: sniffed, limited, hashed, kept once."""
