"""The forms of the bodies' room."""
