"""`kobjctl note`: the notes of the org."""

from kobjctl.cli.record_group import RecordWords, record_group

app = record_group(
    RecordWords(
        kind="note",
        plural="notes",
        summary="Notes, which customers never see.",
        names="id or external id",
        relations=("customer", "conversation"),
        fields=("body", "external_id"),
        list_example="--customer test@example.com",
        show_example="5f75c63cd5c0384ad82a17ae",
        create_example='--customer test@example.com --body "Called back"',
    )
)
