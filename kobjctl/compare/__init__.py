"""Two versions of a workflow on the same payloads: what each does otherwise."""
