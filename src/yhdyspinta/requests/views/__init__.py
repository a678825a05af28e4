"""The pages of the requests' room."""
