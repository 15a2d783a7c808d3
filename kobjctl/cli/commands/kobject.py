"""`kobjctl kobject`: the custom objects of the org."""

from typing import Annotated

import typer

from kobjctl.cli.command import Command, complete_klass, group
from kobjctl.cli.options import Limit
from kobjctl.cli.session import session_of

app = group("Show KObjects, the instances of klasses.")


@app.command("list", cls=Command)
def list_(
    ctx: typer.Context,
    klass: Annotated[
        str | None,
        typer.Option(help="List only KObjects of this klass.", autocompletion=complete_klass),
    ] = None,
    limit: Limit = 20,
) -> None:
    """List the newest KObjects.

    \b
    Example:
      kobjctl kobject list --klass order
    """
    from kobjctl.cli.views.record import kobject_list
    from kobjctl.records import lookup

    session = session_of(ctx)
    org = session.org
    session.show(*kobject_list(lookup.newest_kobjects(org.store, klass, limit), org.store.org_id))


@app.command(cls=Command)
def show(
    ctx: typer.Context,
    kobject: Annotated[str, typer.Argument(help="The KObject's id, or KLASS/EXTERNAL-ID.")],
) -> None:
    """Show a KObject with its attributes and data.

    \b
    Examples:
      kobjctl kobject show 5f75c63cd5c0384ad82a17ae
      kobjctl kobject show order/1234
    """
    from kobjctl.cli.views.record import kobject_view
    from kobjctl.records import lookup

    session = session_of(ctx)
    org = session.org
    found = lookup.kobject(org.store, kobject)
    klass = org.store.klasses.get(found.klass)
    session.show(*kobject_view(found, klass, org.store.org_id))
