"""The coverage of workflows: counted from runs, and told in several formats."""
