"""What a step may do: the table of actions, a module a family, loaded when first used.

To add one, write it in the module of its family and give it a line here.
"""

from collections.abc import Iterator, Mapping
from importlib import import_module

from kobjctl.actions.base import Action


class Actions(Mapping[str, Action]):
    """The actions by name. A run imports only the families that its workflow names."""

    def __init__(self, families: Mapping[str, str]) -> None:
        self._families = families
        self._loaded: dict[str, Action] = {}

    def __getitem__(self, name: str) -> Action:
        if name not in self._loaded:
            family = import_module(f"{__name__}.{self._families[name]}")
            actions = [each for each in vars(family).values() if isinstance(each, Action)]
            self._loaded |= {each.name: each for each in actions}
        return self._loaded[name]

    def __contains__(self, name: object) -> bool:
        return name in self._families

    def __iter__(self) -> Iterator[str]:
        return iter(self._families)

    def __len__(self) -> int:
        return len(self._families)


ACTIONS = Actions(
    {
        "kustomer.customer.find": "customer",
        "kustomer.customer.find-by-email": "customer",
        "kustomer.customer.find-by-phone": "customer",
        "kustomer.customer.find-by-external-id": "customer",
        "kustomer.customer.create": "customer",
        "kustomer.customer.update": "customer",
        "kustomer.customer.delete": "customer",
        "kustomer.kobject.find": "kobject",
        "kustomer.kobject.find-by-external-id": "kobject",
        "kustomer.kobject.create": "kobject",
        "kustomer.kobject.create-with-customer": "kobject",
        "kustomer.kobject.update": "kobject",
        "kustomer.kobject.delete": "kobject",
        "kustomer.klass.find-by-klassname": "klass",
        "kustomer.company.find": "company",
        "kustomer.company.find-by-external-id": "company",
        "kustomer.company.create": "company",
        "kustomer.company.update": "company",
        "kustomer.company.delete": "company",
        "kustomer.conversation.find-by-id": "conversation",
        "kustomer.conversation.find-by-external-id": "conversation",
        "kustomer.conversation.find-body": "conversation",
        "kustomer.conversation.create": "conversation",
        "kustomer.conversation.update": "conversation",
        "kustomer.conversation.append-tags": "conversation",
        "kustomer.conversation.remove-tags": "conversation",
        "kustomer.message.find-by-id": "message",
        "kustomer.message.find-by-external": "message",
        "kustomer.message.find-last": "message",
        "kustomer.message.create": "message",
        "kustomer.message.update": "message",
        "kustomer.note.find-by-id": "note",
        "kustomer.note.find-by-external": "note",
        "kustomer.note.create": "note",
        "kustomer.note.update": "note",
        "kustomer.note.delete": "note",
        "kustomer.user.find-by-id": "user",
        "kustomer.user.find-by-email": "user",
        "kustomer.user.create": "user",
        "kustomer.user.update": "user",
        "kustomer.tag.find-by-id": "tag",
        "kustomer.tag.find-by-name": "tag",
        "kustomer.tag.create": "tag",
        "kustomer.tag.update": "tag",
        "kustomer.tag.delete": "tag",
        "kustomer.event.publish": "event",
        "kustomer.app.scheduler.schedule-workflow": "scheduler",
        "kustomer.klass.create": "klass",
        "kustomer.regex-match.generic": "regex_match",
        "kustomer.app.ai.nlp": "ai",
        "kustomer.rest-api.json": "rest_api",
        "kustomer.rest-api.generic": "rest_api",
    }
)
