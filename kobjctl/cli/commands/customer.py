"""`kobjctl customer`: the customers of the org, and their timelines."""

from typing import Annotated

import typer

from kobjctl.cli.command import Command, MakingCommand, complete_customer, complete_record, group
from kobjctl.cli.options import Limit
from kobjctl.cli.session import session_of

app = group("Make and show customers and their timelines.")

Who = Annotated[
    str,
    typer.Argument(
        metavar="CUSTOMER",
        help="The customer's email, phone number, external id or id.",
        autocompletion=complete_customer,
    ),
]


@app.command("list", cls=Command)
def list_(ctx: typer.Context, limit: Limit = 20) -> None:
    """List the newest customers.

    \b
    Example:
      kobjctl customer list
    """
    from kobjctl.cli.views.record import customer_list

    session = session_of(ctx)
    store = session.org.store
    session.show(*customer_list(store.customers.all(limit), store.org_id))


@app.command(cls=Command)
def show(ctx: typer.Context, customer: Who) -> None:
    """Show a customer.

    \b
    Example:
      kobjctl customer show test@example.com
    """
    from kobjctl.cli.views.record import customer_view
    from kobjctl.records import lookup
    from kobjctl.records.details import customer_details

    session = session_of(ctx)
    found = lookup.customer(session.org.store, customer)
    session.show(*customer_view(*customer_details(session.org.store, found)))


@app.command(cls=Command)
def timeline(ctx: typer.Context, customer: Who, limit: Limit = 20) -> None:
    """Show a customer's timeline, the last changed item first.

    \b
    Example:
      kobjctl customer timeline test@example.com
    """
    from kobjctl.cli.views.record import timeline_view
    from kobjctl.records import details

    session = session_of(ctx)
    org = session.org
    found = details.timeline(org.store, customer, limit)
    klasses = {klass.name: klass for klass in org.store.klasses.all()}
    session.show(*timeline_view(found, klasses, org.store.org_id))


@app.command(cls=MakingCommand)
def create(  # noqa: PLR0913, PLR0917 - the options of the command
    ctx: typer.Context,
    name: Annotated[str | None, typer.Option(help="The customer's name.")] = None,
    email: Annotated[list[str], typer.Option(help="An email address.")] = [],  # noqa: B006
    phone: Annotated[list[str], typer.Option(help="A phone number.")] = [],  # noqa: B006
    external_id: Annotated[str | None, typer.Option(help="Another system's id.")] = None,
    company: Annotated[
        str | None,
        typer.Option(
            help="The company's name, external id or id.", autocompletion=complete_record("company")
        ),
    ] = None,
) -> None:
    """Make a customer.

    \b
    Example:
      kobjctl customer create --name "Test Customer" --email test@example.com
    """
    from kobjctl.cli.views.record import customer_view
    from kobjctl.records import lookup, services
    from kobjctl.records.details import customer_details

    session = session_of(ctx)
    fields = {"name": name, "emails": email, "phones": phone, "externalId": external_id}
    if company:
        fields["company"] = lookup.related(session.org.store, "company", company)
    given = {key: value for key, value in fields.items() if value}
    made, _ = services.create(session.new_org, "customer", given)
    session.show(*customer_view(*customer_details(session.new_org.store, made)))
