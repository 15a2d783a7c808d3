"""Records that a draft gives, so that a step finds what it looks for."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Final

from kobjctl.actions import ACTIONS
from kobjctl.model.kinds import KINDS, RELATIONS
from kobjctl.model.kinds.identities import SOCIALS
from kobjctl.model.klass import is_reference
from kobjctl.model.values import Json, JsonObject
from kobjctl.model.workflow import Step
from kobjctl.records.fields import Field, new_record
from kobjctl.testing.drafting.draft import Draft, SeedRecord
from kobjctl.testing.drafting.samples import EMAIL, NAME, TEXT, object_id, sample_for

if TYPE_CHECKING:
    from kobjctl.testing.drafting.trial import TrialOrg

# What a lookup calls otherwise than the record that it finds.
_FIELD_OF: Final = {"identifier": "id"}
_CUSTOMER: Final = "customer"


def kind_of_action(action: str) -> str:
    """Return the kind of record that an action is about: `customer`, `kobject`, `klass`, ..."""
    return action.split(".")[1]


def new_id(draft: Draft, *others: Json) -> str:
    """Return an id that no record of a draft has, and that is none of the others."""
    taken = [*(each.id for each in draft.records), *others]
    return next(each for each in map(object_id, range(len(taken) + 1)) if each not in taken)


def found_record(
    trials: "TrialOrg", draft: Draft, step: Step, params: JsonObject, fields: JsonObject
) -> Draft | None:
    """Return a draft with the record that a lookup asks for; None where nothing would be found."""
    kind = kind_of_action(str(step.action))
    wanted = dict(_found_by(name, value) for name, value in params.items())
    if kind == "klass":
        wanted = {"name": wanted.get("klassName")}
    record_id = str(wanted.pop("id", "") or new_id(draft, *fields.values()))
    return with_record(trials, draft, kind, record_id, {**wanted, **fields})


def _found_by(name: str, value: Json) -> tuple[str, Json]:
    """Return the field, and its value, by which a lookup finds what it looks for."""
    if name == "whatsapp":
        return "whatsapps", [{"phone": value}]
    network = name.removesuffix("Id")
    if network in SOCIALS:
        return "socials", [{"type": network, "username": TEXT, "userid": value}]
    return _FIELD_OF.get(name, name), value


def with_record(
    trials: "TrialOrg", draft: Draft, kind: str, record_id: str, fields: JsonObject
) -> Draft | None:
    """Return a draft with a record, and with those that it needs; None for no kind of record."""
    params = _fields_of(kind)
    if not params or not is_reference(record_id):
        return None
    held = _required(kind, params) | fields
    draft = draft.with_record(SeedRecord(kind, record_id, {}))
    if _needs_customer(kind, held):
        customers = (each.id for each in draft.records if each.kind == _CUSTOMER)
        held[_CUSTOMER] = next(customers, new_id(draft, *held.values()))
    if kind == "message" and "conversation" not in held:
        # One is made first where none is named, and would get the id.
        held["conversation"] = new_id(draft, *held.values())
    known = [param.name for param in params]
    draft = _with_related(trials, draft, {key: held[key] for key in known if key in held})
    return draft.with_record(SeedRecord(kind, record_id, held))


def _fields_of(kind: str) -> Sequence[Field]:
    """Return the fields of a new record or klass; none for anything else."""
    if kind in KINDS:
        return new_record(KINDS[kind]).fields
    name = f"kustomer.{kind}.create"
    return ACTIONS[name].params if name in ACTIONS else ()


def _required(kind: str, params: Iterable[Field]) -> JsonObject:
    """Return likely values for what a record can't be without; whom it is of is left open."""
    return {
        param.name: f"Test {kind}" if param.name == "name" else sample_for(param)
        for param in params
        if param.required and param.name not in RELATIONS
    }


def _with_related(trials: "TrialOrg", draft: Draft, fields: JsonObject) -> Draft:
    """Return a draft with the klass and the records that a record names."""
    klass = fields.get("klassName")
    if isinstance(klass, str) and not _has_klass(trials, draft, klass):
        draft = draft.with_record(
            SeedRecord("klass", new_id(draft, *fields.values()), {"name": klass})
        )
    for relation in RELATIONS:
        related = fields.get(relation)
        if isinstance(related, str) and not draft.record(related):
            blank = _blank(draft, relation)
            draft = with_record(trials, draft, relation, related, blank) or draft
    return draft


def _has_klass(trials: "TrialOrg", draft: Draft, name: str) -> bool:
    klasses = (each for each in draft.records if each.kind == "klass")
    return bool(trials.org.store.klasses.get(name)) or any(
        each.fields.get("name") == name for each in klasses
    )


def _needs_customer(kind: str, fields: JsonObject) -> bool:
    owners = KINDS[kind].relations if kind in KINDS else ()
    return _CUSTOMER in owners and not any(fields.get(each) for each in owners)


def _blank(draft: Draft, kind: str) -> JsonObject:
    """Return what is said of a record that is only there for another."""
    if kind != _CUSTOMER:
        return {}
    taken = {each.fields.get("email") for each in draft.records}
    return {"name": NAME} if EMAIL in taken else {"name": NAME, "email": EMAIL}
