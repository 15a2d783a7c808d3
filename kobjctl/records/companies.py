"""Companies: what goes with one that is deleted."""

from kobjctl.records import core
from kobjctl.records.context import RunContext


def delete(company_id: str, context: RunContext) -> None:
    """Delete a company; its customers and KObjects stay, in no company. Raises NotFoundError."""
    context.org.store.customers.leave(company_id)
    context.org.store.kobjects.leave(company_id)
    core.delete("company", company_id, context)
