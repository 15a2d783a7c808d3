"""How much is drafted unless more is asked for."""

from typing import Final

# So many scenarios a workflow.
LIMIT: Final = 50
# So many runs are spent on a route, at most.
BUDGET: Final = 300
