"""The nouns of the platform; this package imports nothing else of ours."""
