"""Table lines of this program's own tables, and of others'."""

import pytest

from desktop.models.registry import PART_SPECS, SPECS
from desktop.sync.canonical import Json, dump, load
from desktop.sync.errors import PackageError
from desktop.sync.tables import (
    TableLine,
    check_known,
    line_columns,
    part_columns,
    read_table_line,
    schema_hash,
    table_line,
)
from tests.sync.vector_rules_lines import CONFLICT

LINES = [table_line(spec) for spec in SPECS.values()]


@pytest.mark.parametrize("line", LINES, ids=lambda line: line.name)
def test_every_table_of_ours_has_a_line_that_a_reader_takes(line: TableLine) -> None:
    value = load(dump(line.json(parent=True)))
    assert isinstance(value, dict)
    found, parent = read_table_line(value)
    assert parent
    assert found == line
    check_known(found, line)


def test_the_line_of_conflicts_is_that_of_the_format() -> None:
    assert table_line(SPECS["conflict"]).json() == CONFLICT


def test_a_part_is_one_json_column_in_its_group() -> None:
    for part in PART_SPECS.values():
        line = table_line(SPECS[part.parent])
        assert line.type_of[part.name] == "json"
        assert part.name in line.groups[part.group]
        assert part.key[0] not in part_columns(SPECS[part.parent], part.name)
    assert part_columns(SPECS["meeting"], "agenda") == ("content", "number", "title")
    with pytest.raises(KeyError):
        part_columns(SPECS["meeting"], "nothing")


def test_the_key_comes_first_and_the_deletion_last() -> None:
    for spec in SPECS.values():
        columns = line_columns(spec)
        assert set(columns) == set(table_line(spec).columns)
        assert (columns[0], columns[-1]) == ("id", "_deleted")
        assert len(set(columns)) == len(columns)


def test_the_schema_hash_does_not_depend_on_order() -> None:
    assert schema_hash(LINES) == schema_hash(reversed(LINES))


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"path": "own"}, "path rule"),
        ({"types": ["id", "date", "text"]}, "another type"),
        ({"groups": {"_deleted": ["_deleted"], "name": ["name", "x"]}, "cols": ["id", "name", "x", "_deleted"],
          "types": ["id", "text", "text", "text"]}, "other columns"),
        ({"groups": {"_deleted": ["_deleted"], "other": ["name"]}}, "another group"),
    ],
)  # fmt: skip
def test_a_known_table_of_another_shape_is_refused(change: dict[str, Json], why: str) -> None:
    line: dict[str, Json] = {
        "cols": ["id", "name", "_deleted"], "groups": {"_deleted": ["_deleted"], "name": ["name"]}, "path": "own/name",
        "pk": ["id"], "t": "thing", "types": ["id", "text", "text"], "v": 1,
    }  # fmt: skip
    known, _ = read_table_line(line)
    with pytest.raises(PackageError, match=why):
        check_known(read_table_line({**line, **change})[0], known)


def test_a_new_group_of_a_higher_version_is_taken() -> None:
    line: dict[str, Json] = {
        "cols": ["id", "name", "_deleted"], "groups": {"_deleted": ["_deleted"], "name": ["name"]}, "path": "own",
        "pk": ["id"], "t": "thing", "types": ["id", "text", "text"], "v": 1,
    }  # fmt: skip
    newer: dict[str, Json] = {
        **line, "cols": ["id", "name", "more", "_deleted"], "types": ["id", "text", "int", "text"], "v": 2,
        "groups": {"_deleted": ["_deleted"], "more": ["more"], "name": ["name"]},
    }  # fmt: skip
    check_known(read_table_line(newer)[0], read_table_line(line)[0])
