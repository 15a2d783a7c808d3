"""`kobjctl conversation`: the conversations of the org."""

from kobjctl.cli.record_group import RecordWords, record_group

app = record_group(
    RecordWords(
        kind="conversation",
        plural="conversations",
        summary="Conversations with customers.",
        names="id or external id",
        relations=("customer",),
        fields=("name", "external_id"),
        list_example="--customer test@example.com",
        show_example="parcel-7",
        create_example='--customer test@example.com --name "Late parcel"',
    )
)
