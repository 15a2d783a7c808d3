"""What a value or a condition of a workflow may say, compiled once per workflow.

Source: `platform/workflows.md` sections 2, 3 and 8.
"""
