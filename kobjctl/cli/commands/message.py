"""`kobjctl message`: the messages of the org."""

from kobjctl.cli.record_group import RecordWords, record_group

app = record_group(
    RecordWords(
        kind="message",
        plural="messages",
        summary="Messages in conversations.",
        names="id or external id",
        relations=("customer", "conversation"),
        fields=("channel", "app", "direction", "preview", "external_id"),
        list_example="--customer test@example.com",
        show_example="mail-7",
        create_example="--conversation parcel-7 --channel sms --app twilio",
    )
)
