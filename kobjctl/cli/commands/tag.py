"""`kobjctl tag`: the tags of the org."""

from kobjctl.cli.record_group import RecordWords, record_group

app = record_group(
    RecordWords(
        kind="tag",
        plural="tags",
        summary="Tags of conversations.",
        names="id or name",
        fields=("name", "color"),
        show_example="vip",
        create_example="--name vip --color gold",
    )
)
