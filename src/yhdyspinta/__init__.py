"""Yhdyspinta runs a cooperation framework agreement between public bodies: the living agreement."""
