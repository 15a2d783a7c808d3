"""What a step may do: the table of actions, each a module of its own, loaded when first used.

To add one, write its module with a `perform` and give it a line here.
"""

from collections.abc import Iterator, Mapping
from importlib import import_module

from kobjctl.actions.base import Action


class Actions(Mapping[str, Action]):
    """The actions by name. A run imports only those that its workflow names."""

    def __init__(self, modules: Mapping[str, str]) -> None:
        self._modules = modules
        self._loaded: dict[str, Action] = {}

    def __getitem__(self, name: str) -> Action:
        if name not in self._loaded:
            module = import_module(f"{__name__}.{self._modules[name]}")
            self._loaded[name] = module.perform
        return self._loaded[name]

    def __contains__(self, name: object) -> bool:
        return name in self._modules

    def __iter__(self) -> Iterator[str]:
        return iter(self._modules)

    def __len__(self) -> int:
        return len(self._modules)


ACTIONS = Actions(
    {
        "kustomer.customer.find": "customer_find",
        "kustomer.customer.find-by-email": "customer_find_by_email",
        "kustomer.customer.find-by-phone": "customer_find_by_phone",
        "kustomer.customer.find-by-external-id": "customer_find_by_external_id",
        "kustomer.customer.create": "customer_create",
        "kustomer.customer.update": "customer_update",
        "kustomer.customer.delete": "customer_delete",
        "kustomer.kobject.find": "kobject_find",
        "kustomer.kobject.find-by-external-id": "kobject_find_by_external_id",
        "kustomer.kobject.create": "kobject_create",
        "kustomer.kobject.create-with-customer": "kobject_create_with_customer",
        "kustomer.kobject.update": "kobject_update",
        "kustomer.kobject.delete": "kobject_delete",
        "kustomer.klass.find-by-klassname": "klass_find_by_klassname",
        "kustomer.company.find": "company_find",
        "kustomer.company.find-by-external-id": "company_find_by_external_id",
        "kustomer.company.create": "company_create",
        "kustomer.company.update": "company_update",
        "kustomer.company.delete": "company_delete",
        "kustomer.conversation.find-by-id": "conversation_find_by_id",
        "kustomer.conversation.find-by-external-id": "conversation_find_by_external_id",
        "kustomer.conversation.find-body": "conversation_find_body",
        "kustomer.conversation.create": "conversation_create",
        "kustomer.conversation.update": "conversation_update",
        "kustomer.conversation.append-tags": "conversation_append_tags",
        "kustomer.conversation.remove-tags": "conversation_remove_tags",
        "kustomer.message.find-by-id": "message_find_by_id",
        "kustomer.message.find-by-external": "message_find_by_external",
        "kustomer.message.find-last": "message_find_last",
        "kustomer.message.create": "message_create",
        "kustomer.message.update": "message_update",
        "kustomer.note.find-by-id": "note_find_by_id",
        "kustomer.note.find-by-external": "note_find_by_external",
        "kustomer.note.create": "note_create",
        "kustomer.note.update": "note_update",
        "kustomer.note.delete": "note_delete",
        "kustomer.user.find-by-id": "user_find_by_id",
        "kustomer.user.find-by-email": "user_find_by_email",
        "kustomer.user.create": "user_create",
        "kustomer.user.update": "user_update",
        "kustomer.tag.find-by-id": "tag_find_by_id",
        "kustomer.tag.find-by-name": "tag_find_by_name",
        "kustomer.tag.create": "tag_create",
        "kustomer.tag.update": "tag_update",
        "kustomer.tag.delete": "tag_delete",
        "kustomer.event.publish": "event_publish",
        "kustomer.app.scheduler.schedule-workflow": "scheduler_schedule_workflow",
        "kustomer.klass.create": "klass_create",
        "kustomer.regex-match.generic": "regex_match",
        "kustomer.app.ai.nlp": "ai_nlp",
        "kustomer.rest-api.json": "rest_api_json",
        "kustomer.rest-api.generic": "rest_api_generic",
    }
)
