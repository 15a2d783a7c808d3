"""What a value or a condition of a workflow may say, compiled once per workflow.

Source: `manual/platform.md 3, 4, 5, 6`.
"""
