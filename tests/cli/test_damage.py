"""A database with something wrong in any column is told as damaged wherever it is read.

Each column of each table is damaged in each way that SQLite lets it be, and every command that
reads the table is run: none falls, and whichever ends with status 2 names table, column and row.
"""

import json
import re
import sqlite3
from contextlib import chdir, closing

import pytest

PARCELS = """
app: parcels_61420000000000000000abcd
version: 0.0.30
title: Parcels
settings: {default: {token: {type: secret}, days: {type: number, defaultValue: 3}}}
hooks:
  - {eventName: kustomer.app.parcels_61420000000000000000abcd.moved, type: web}
triggers:
  - eventName: kustomer.app.parcels_61420000000000000000abcd.moved
    description: A parcel has moved
    outputTemplate: {tracking: /#data.attributes.data.tracking}
actions:
  - {name: kustomer.app.parcels_61420000000000000000abcd.print, type: aws_lamda}
workflows:
  - {id: 673e81eb496bbd0347073e76, name: parcel-check, trigger: {callable: true}}
"""
FILLING = """
kobjctl apply parcels.yaml
kobjctl setting set parcels.default.token abc
kobjctl variable set order token 12345678
kobjctl company create --name Acme --external-id c1
kobjctl conversation create --customer test@example.com --name Talk --external-id v1
kobjctl message create --conversation v1 --preview Hello --external-id m1 --channel sms --app twilio
kobjctl note create --customer test@example.com --body Hi --external-id n1
kobjctl user create --name Ann --email ann@example.com
kobjctl tag create --name vip
kobjctl team create --name Support
kobjctl payload save big --data {}
"""
# What each table is read by.
RECORDS = "customer timeline test@example.com"
READ_BY = {
    "org": ("logs", "hook list", "customer list", "klass list"),
    "klasses": ("klass list", "klass show order", "kobject list", "customer show test@example.com"),
    "hooks": ("hook list", "hook show orders", "hook list --json", "logs", "event list"),
    "workflows": (
        *("workflow list", "workflow show order", "workflow export order", "logs", "schedule list"),
        *("workflow graph order", "workflow paths order", "event list"),
    ),
    "events": ("logs", "logs last", "logs 1 --json", "replay --from-log --dry-run", "event list"),
    "runs": ("logs", "logs last", "logs --json", "logs --status failed", "logs --since 9d"),
    "step_log": ("logs last", "logs --step 1", "logs last --json", "logs --path $.attributes"),
    "customers": ("customer list", "customer show test@example.com", "customer list --json"),
    "customer_identities": ("customer list", "customer show test@example.com"),
    "kobjects": ("kobject list", "kobject list --json", RECORDS),
    "payloads": ("payload list", "payload show big", "payload list --json"),
    "variables": ("variable list order", "variable list order --json"),
    "schedules": ("schedule list", "schedule list --json", "logs last"),
    "companies": ("company list", "company show Acme", "company list --json"),
    "conversations": ("conversation list", "conversation show v1", RECORDS),
    "messages": ("message list", "message show m1", "message list --json", RECORDS),
    "notes": ("note list", "note show n1", "note list --json", RECORDS),
    "users": ("user list", "user show ann@example.com", "user list --json"),
    "tags": ("tag list", "tag show vip", "tag list --json"),
    "records": ("team list", "team show Support", "team list --json"),
    "apps": ("app list", "app show parcels", "app export parcels"),
    "app_actions": ("actions", "app show parcels", "app export parcels"),
    "app_triggers": ("event list", "app show parcels", "app export parcels"),
    "settings": ("setting list", "setting list --json", "app show parcels"),
}
UNSEEN = {"replays", "private_values"}
WRONG = {
    "a blob": "x'ff00'",
    "text that is no UTF-8": "CAST(x'ff' AS TEXT)",
    "nothing": "NULL",
    "a number": "7",
    "an empty text": "''",
    "broken JSON": "'{'",
    "a JSON list": "'[1]'",
    "a JSON object": "'{}'",
    "a JSON number": "'5'",
    "a JSON text": "'\"x\"'",
    "JSON null": "'null'",
    "JSON of great depth": "replace(hex(zeroblob(5000)), '0', '[')",
}
DAMAGED = re.compile(
    r'is damaged: column "(?P<column>\w+)" of table "(?P<table>\w+)" is not .+ in (the )?row .+'
)
# How many of the ways are tried by default, on each column others.
SOME = 2


@pytest.fixture(scope="module")
def rich(template, golden, tmp_path_factory):
    """The bytes of an org with a row in each table."""
    folder = tmp_path_factory.mktemp("rich")
    path = folder / "kobjctl.db"
    path.write_bytes(template.read_bytes())
    (folder / "parcels.yaml").write_text(PARCELS)
    for command in FILLING.strip().splitlines():
        with chdir(folder):
            done = golden.invoke(folder, command)
        assert 0 == done.exit_code, command + done.stderr
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute(
            "INSERT INTO schedules (id, workflow_id, inputs, run_at, cause, created_at)"
            " SELECT 's', id, '{\"a\": 1}', '2099-01-01T00:00:00.000Z', 1, '' FROM workflows"
            " WHERE name = 'parcel-check'"
        )
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return path.read_bytes()


def columns(path, table):
    with closing(sqlite3.connect(path)) as connection:
        return [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]


def damage(path, table, column, value):
    """Put a value into a column of all rows; tells whether SQLite lets it be there."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        try:
            connection.execute(f"UPDATE OR REPLACE {table} SET [{column}] = {value}")  # noqa: S608 - ours
        except sqlite3.IntegrityError:
            return False
    return True


def ways(column, every):
    """Give the ways in which to damage a column: each, or some that differ by its name."""
    names = [*WRONG]
    start = sum(map(ord, column))
    return names if every else [names[(start + 7 * each) % len(names)] for each in range(SOME)]


def judge(result, place):
    """Say what is wrong with what a command did; nothing if it held."""
    if result.exit_code == 2:
        told = DAMAGED.search(result.stderr)
        if "is damaged" in result.stderr and not (
            told and told.groupdict().items() >= place.items()
        ):
            return result.stderr
    elif result.exit_code not in {0, 1} or "Traceback" in result.stderr:
        return f"status {result.exit_code}: {result.stderr}"
    return "b'" * ("b'" in result.stdout)


def test_every_table_is_damaged_but_those_that_no_look_reads(org):
    with closing(sqlite3.connect(org)) as connection:
        tables = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        named = {name for (name,) in tables if "sqlite" not in name}

    assert UNSEEN == named - set(READ_BY)


@pytest.mark.parametrize("table", READ_BY)
def test_damage_is_told_with_its_table_column_and_row(rich, golden, workplace, long, table):
    path = workplace / "whole.db"
    path.write_bytes(rich)
    wrong = {}
    told = 0
    for column in columns(path, table):
        for way in ways(column, long):
            # Each has a file of its own: what an error still holds of the last one is another.
            path = workplace / f"{column} {way}.db"
            path.write_bytes(rich)
            for command in READ_BY[table] if damage(path, table, column, WRONG[way]) else ():
                # What it raises is raised here, and fails the test.
                result = golden.invoke(workplace, f"kobjctl {command}", "--db", str(path))
                told += "is damaged" in result.stderr
                if found := judge(result, {"table": table, "column": column}):
                    wrong[table, column, way, command] = found
            path.unlink()

    assert {} == wrong
    assert told


TOLD = {
    "a list where an object belongs": (
        "UPDATE kobjects SET given = '[1]'",
        "kobject list",
        r'column "given" of table "kobjects" is not a JSON object in the row',
    ),
    "a blob where text belongs": (
        "UPDATE hooks SET name = x'00' WHERE name = 'orders'",
        "logs last",
        r'column "name" of table "hooks" is not text in the row of runs whose number is 1$',
    ),
    "a step": (
        "UPDATE step_log SET error = '7' WHERE sequence = 2",
        "logs last",
        r'table "step_log" is not a JSON object .* in the row whose run is 1 and sequence is 2$',
    ),
    "an org without a row": ("DELETE FROM org", "logs", r'table "org" has no row$'),
    "text that is no UTF-8": (
        "UPDATE customers SET given = CAST(x'ff' AS TEXT)",
        "customer list",
        r'column "given" of table "customers" is not text in UTF-8 in row 1$',
    ),
    "such text in a table without numbers": (
        "UPDATE customer_identities SET value = CAST(x'ff' AS TEXT)",
        "customer show nobody",
        r'column "value" of table "customer_identities" is not text in UTF-8 in row 1$',
    ),
    "what a workflow can't be made of": (
        "UPDATE workflows SET document = '{}' WHERE name = 'order'",
        "workflow show order",
        r'column "document" of table "workflows" is not a JSON object in the row whose id is',
    ),
    "a payload that is sent": (
        "UPDATE klasses SET definition = '5'",
        "hook send sample_payloads/order.json",
        r'column "definition" of table "klasses" is not a JSON object in the row whose id is',
    ),
}


@pytest.mark.parametrize(("statement", "command", "expected"), TOLD.values(), ids=TOLD)
def test_what_is_wrong_is_told_in_a_line(org, golden, statement, command, expected):
    with closing(sqlite3.connect(org, isolation_level=None)) as connection:
        connection.execute(statement)

    result = golden.invoke(org.parent, f"kobjctl {command}")

    fact, hint = result.stderr.splitlines()[-2:]
    assert 2 == result.exit_code
    assert f'the database "{org}" is damaged: ' in fact
    assert re.search(expected, fact), fact
    assert "hint: " in hint


def test_a_run_of_a_damaged_workflow_is_over_and_stands_in_nobody_s_way(org, golden):
    with closing(sqlite3.connect(org, isolation_level=None)) as connection:
        connection.execute("UPDATE workflows SET document = '{}' WHERE name = 'order'")

    sent = golden.invoke(org.parent, "kobjctl hook send sample_payloads/order.json")
    after = golden.invoke(org.parent, "kobjctl logs last --json")

    assert 2 == sent.exit_code
    assert "is damaged: " in sent.stderr
    assert 0 == after.exit_code
    run = json.loads(after.stdout)
    assert "failed" == run["status"]
    assert "is damaged: " in run["error"]["message"]
