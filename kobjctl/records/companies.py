"""Companies: what goes with one that is deleted."""

from kobjctl.records import core
from kobjctl.records.context import World


def delete(company_id: str, context: World) -> None:
    """Delete a company; its customers and KObjects stay, in no company. Raises NotFoundError."""
    context.store.customers.leave(company_id)
    context.store.kobjects.leave(company_id)
    core.delete("company", company_id, context)
