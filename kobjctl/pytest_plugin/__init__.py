"""Scenarios as tests of pytest, for people who have that anyway."""
