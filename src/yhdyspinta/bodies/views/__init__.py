"""The pages of the bodies' room."""
