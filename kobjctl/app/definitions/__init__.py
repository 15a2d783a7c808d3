"""Klasses, hooks, workflows, apps, settings, variables: load them, look at them, give them back."""
