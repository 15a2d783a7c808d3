"""The action that runs a command of an app."""

from kobjctl.actions.stubbed import stubbed

run_by_name = stubbed(
    "kustomer.command.run-by-name",
    label="Command: Run By Name",
    needs="the platform's commands",
    explanation="Run a command that an app has, by its name",
)
