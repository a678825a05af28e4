"""Organisations, parties, accounts, and who may act for whom."""
