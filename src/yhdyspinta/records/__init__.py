"""Kirjaa toteutuminen: that something was done, recorded by hand with its reference (DESIGN §3.3, §5)."""
