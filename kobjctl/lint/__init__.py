"""Judge a workflow before it runs."""
