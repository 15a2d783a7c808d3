"""Make, find, change and delete the records of the org."""
