"""The fields that the KObject actions have in common, and how a KObject is created.

Source: `platform/data.md` 2.2 and 2.4 to 2.6.
"""

from typing import Annotated, Final

from kobjctl.actions import events
from kobjctl.actions.base import Warned, World
from kobjctl.actions.custom import check_custom_of, check_related
from kobjctl.actions.params import (
    Length,
    OptionalList,
    OptionalObject,
    OptionalText,
    Params,
    given_fields,
)
from kobjctl.model.custom import is_address
from kobjctl.model.errors import BadParamError, NotFoundError
from kobjctl.model.klass import Klass
from kobjctl.model.kobject import DEFAULT_ICON, MAX_TITLE, KObject
from kobjctl.model.record import check_tags
from kobjctl.model.values import MISSING, JsonObject, Missing

MAX_IMAGES: Final = 20
MAX_REQUEST: Final = 100 * 1024
_NOT_STORED: Final = ("klassName", "id", "customer", "company")


class KObjectFields(Params):
    """The optional fields of a KObject."""

    external_id: Annotated[str, Length(256, least=1)] | Missing | None = MISSING
    description: Annotated[str, Length(10240)] | Missing | None = MISSING
    icon: Annotated[str, Length(64)] | Missing | None = MISSING
    images: OptionalList = MISSING
    custom: OptionalObject = MISSING
    parent: OptionalText = MISSING
    tags: OptionalList = MISSING


class NewKObjectFields(KObjectFields):
    """What a new KObject needs: the guide calls `data` required in a workflow, too."""

    klass_name: str
    title: Annotated[str, Length(MAX_TITLE, least=1)]
    data: JsonObject


def create(params: NewKObjectFields, world: World) -> Warned:
    """Create a KObject, and note it on its customer if it has one.

    Raises NotFoundError for an unknown Klass or customer, ConflictError for a taken external
    id, BadParamError for a value the platform refuses.
    """
    klass = world.store.klasses.get(params.klass_name)
    if klass is None or klass.standard:
        raise NotFoundError(f'no klass is called "{params.klass_name}"', parameter="name")
    given = given_fields(params)
    check_owners(given, world)
    customer = given.get("customer")
    body, warnings = read_body(given, klass, world)
    body = {key: value for key, value in body.items() if value is not None}
    now = world.now()
    kobject = KObject(
        id=world.new_id(),
        klass=klass.name,
        given={"title": params.title, "icon": klass.icon or DEFAULT_ICON, **body},
        created_at=now,
        updated_at=now,
        customer=customer,
        company=given.get("company"),
    )
    # As it was before it had the KObject; only asked for where somebody listens.
    customers = world.store.customers
    heard = events.hears_updates(world, "customer")
    before = customers.get(customer) if customer and heard else None
    size = world.store.kobjects.add(kobject)
    if size > MAX_REQUEST:
        warnings.append(
            f"the KObject has {size:,} characters; the platform's API takes {MAX_REQUEST:,},"
            " whether its workflows take more is unsettled (read here as yes)"
        )
    events.created(world, f"kobject.{klass.name}", kobject)
    if customer is not None:
        customers.touch(customer, now)
    if before and (after := customers.get(before.id)):
        events.updated(world, "customer", before, after)
    return Warned(kobject, warnings)


def read_body(given: JsonObject, klass: Klass | None, world: World) -> tuple[JsonObject, list[str]]:
    """Give the attributes as the platform stores them, and warnings; raises BadParamError."""
    body = {key: value for key, value in given.items() if key not in _NOT_STORED}
    check_tags(body.get("tags") or [])
    images = body.get("images") or []
    if len(images) > MAX_IMAGES or len({str(image) for image in images}) < len(images):
        raise BadParamError(f"images must be at most {MAX_IMAGES} and unique", parameter="images")
    for image in images:
        if not is_address(image):
            raise BadParamError(f'the image "{image}" is no address', parameter="images")
    return body, check_custom_of(klass, body.get("custom") or {}, world)


def check_owners(given: JsonObject, world: World) -> None:
    """Raise NotFoundError unless the customer and the company that are given are there."""
    for kind in ("customer", "company"):
        if given.get(kind) is not None:
            check_related(kind, given[kind], world)


def find(klass_name: str, kobject_id: str, world: World) -> KObject:
    """Give a KObject of a Klass by its id; raises NotFoundError."""
    kobject = world.store.kobjects.get(kobject_id)
    if kobject is None or kobject.klass != klass_name:
        raise NotFoundError(f'no {klass_name} has the id "{kobject_id}"', parameter="id")
    return kobject
