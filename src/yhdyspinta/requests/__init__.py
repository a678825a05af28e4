"""What is asked of the parties, and what each of them answers."""
