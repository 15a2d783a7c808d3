"""Scenarios: run them, count what they cover, draft them."""
