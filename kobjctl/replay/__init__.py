"""Many payloads in one go: what they came to, as numbers and as a report."""
