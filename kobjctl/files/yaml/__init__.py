"""Read and write YAML as plain values, with the place of every key and value."""
