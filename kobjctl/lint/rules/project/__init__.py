"""Rules that look at all that the files define together."""
