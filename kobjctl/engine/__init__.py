"""Walk a workflow: the heart of the program."""
