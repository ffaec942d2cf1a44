"""The shape of the tables: what packages and triggers are generated from."""

import peewee
import pytest

from desktop.core.tables import DELETED
from desktop.models.base import MAX_GROUPS
from desktop.models.registry import LOCAL, MODELS, PART_SPECS, PART_TABLES, RECORDS, SPECS, stored_columns


@pytest.mark.parametrize("table", sorted(SPECS))
def test_each_column_is_the_keys_or_in_one_group_or_volatile(table: str) -> None:
    spec = SPECS[table]
    bare = {column.name for column in spec.columns if column.group is None}
    assert bare == {*spec.key, *spec.volatile}
    assert DELETED in spec.types
    assert len(spec.groups) <= MAX_GROUPS


@pytest.mark.parametrize("table", sorted(SPECS))
def test_parents_come_before_their_children_or_are_deferred(table: str) -> None:
    names = [model.SPEC.name for model in RECORDS]
    for column, parent in SPECS[table].parents:
        assert parent in names
        assert column in SPECS[table].types


def test_the_columns_of_a_spec_are_the_columns_of_its_table() -> None:
    for table, model in MODELS.items():
        fields = [field.column_name for field in model._meta.sorted_fields]
        assert list(stored_columns(SPECS[table])) == fields


def test_parts_begin_their_key_with_their_parent() -> None:
    for part in PART_SPECS.values():
        assert part.key[0] == f"{part.parent}_id"


def test_no_model_is_bound_to_a_database() -> None:
    for model in (*RECORDS, *PART_TABLES, *LOCAL):
        assert model._meta.database is None
        assert issubclass(model, peewee.Model)
