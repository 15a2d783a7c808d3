"""Drafts of scenarios: one for each way through a workflow, or for a run that was recorded."""
