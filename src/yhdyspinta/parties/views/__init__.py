"""The pages of the parties' room."""
