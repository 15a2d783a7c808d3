"""`kobjctl user`: the users of the org."""

from kobjctl.cli.record_group import RecordWords, record_group

app = record_group(
    RecordWords(
        kind="user",
        plural="users",
        summary="Users: the people who answer customers.",
        names="id or email",
        fields=("name", "email"),
        show_example="ada@example.com",
        create_example='--name "Ada Lovelace" --email ada@example.com',
    )
)
