"""The forms of the requests' room."""
