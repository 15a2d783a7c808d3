"""Open an org, find its database, copy it."""
