"""YAML and JSON with positions: what comes in from files, read and checked before use."""
