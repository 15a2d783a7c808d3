"""The action on the org itself."""

from kobjctl.actions.stubbed import stubbed

current = stubbed(
    "kustomer.org.current",
    label="Org: Current",
    needs="the platform's record of the org",
    explanation="Give the org that the workflow runs in",
)
