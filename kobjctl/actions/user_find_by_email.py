"""User: Lookup (By Email)."""

from kobjctl.actions.base import NOTHING_FOUND, Warned, World, action
from kobjctl.actions.core_outputs import USER
from kobjctl.actions.params import Params
from kobjctl.model.customer import normalize_email
from kobjctl.model.errors import BadParamError
from kobjctl.model.kinds import CoreRecord


class Declared(Params):
    """`email` is compared without regard to case."""

    email: str


@action("kustomer.user.find-by-email", label="User: Lookup (By Email)", output=USER, lookup=True)
def perform(params: Declared, world: World) -> CoreRecord | Warned | None:
    """Find a user by email; finding none is no error, the output is then empty."""
    try:
        email = normalize_email(params.email)
    except BadParamError as error:
        return Warned(None, [f"{error.message}: {NOTHING_FOUND}"])
    return world.store.records("user").find("email", email)
