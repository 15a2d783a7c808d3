"""`kobjctl company`: the companies of the org."""

from kobjctl.cli.record_group import RecordWords, record_group

app = record_group(
    RecordWords(
        kind="company",
        plural="companies",
        summary="Companies that customers belong to.",
        names="id, external id or name",
        fields=("name", "external_id"),
        show_example="Acme",
        create_example="--name Acme --external-id acme-1",
    )
)
