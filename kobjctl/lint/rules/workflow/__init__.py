"""Rules that look at one workflow."""
