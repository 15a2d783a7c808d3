"""One SQLite file is a whole org: rows in, models out."""
