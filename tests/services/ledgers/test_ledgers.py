"""Every ledger: declared over its table, opened as saved, found, refused with a sentence, undone, kept in its scope."""

from typing import Any

import pytest

from desktop.core.codes import set_names
from desktop.core.errors import UserError
from desktop.core.tables import DELETED
from desktop.models.registry import SPECS
from desktop.services import listing, trash, undoing
from desktop.services.ledgers import rows, saving
from desktop.services.ledgers.catalogue import AREAS, LEDGERS
from desktop.services.ledgers.saving import LedgerDraft
from desktop.services.sessions import Session
from tests.services.ledgers.samples import values

KINDS = sorted(LEDGERS)
# Columns that no form shows: written by the services that own them, or by a later part of the form.
_SILENT = frozenset({
    "id", DELETED, "sort", "merged_into", "facts", "letter", "replaces_id", "content", "pack", "live_from", "subject",
})  # fmt: skip


@pytest.mark.parametrize("kind", KINDS)
def test_a_ledger_shows_the_columns_of_its_table(kind: str) -> None:
    ledger, spec = LEDGERS[kind], SPECS[kind]
    parts = {part.name for part in spec.parts}
    assert set(ledger.by_name) <= spec.types.keys()
    assert spec.types.keys() - parts - set(ledger.by_name) <= _SILENT
    assert ledger.area in AREAS
    assert {field.codes for field in ledger.fields if field.codes} <= set(set_names())
    assert {*ledger.name, *ledger.order, *ledger.once} <= set(ledger.by_name)
    assert not ledger.newest or ledger.newest in ledger.by_name


# What each kind of field writes, as the package format types it: a column of another type would be set aside there.
_TYPES = {
    "line": "text", "text": "text", "date": "date", "month": "date", "code": "code", "year": "int", "count": "int",
    "money": "int", "half_days": "int", "tenths": "int", "percent": "int", "flag": "bool", "reference": "id",
}  # fmt: skip


@pytest.mark.parametrize("kind", KINDS)
def test_a_field_writes_what_its_column_may_carry_in_a_package(kind: str) -> None:
    types = SPECS[kind].types
    assert {one.name: types[one.name] for one in LEDGERS[kind].fields} == {
        one.name: _TYPES[one.kind] for one in LEDGERS[kind].fields
    }


@pytest.mark.parametrize("kind", KINDS)
def test_a_row_is_opened_as_it_was_saved_and_listed_in_words(township: Session, kind: str) -> None:
    given = values(township, kind)
    key = saving.save(township, draft=LedgerDraft(kind, given)).key
    assert key is not None
    opened = saving.open_(township, kind=kind, key=key)
    assert dict(opened.values) == given
    (row,) = [row for row in rows.list_rows(township, kind=kind) if row.id == key]
    assert row.name.strip()
    assert all(row.cells[field.name] for field in LEDGERS[kind].fields if given[field.name] is not None)
    assert {one.kind: one.rows for one in rows.counts(township)}[kind] >= 1
    assert key.hex() in {one["id"] for one in listing.rows(township, kind=kind)}


@pytest.mark.parametrize("kind", KINDS)
def test_an_undone_row_is_gone_and_a_deleted_one_comes_back(township: Session, kind: str) -> None:
    changes = saving.save(township, draft=LedgerDraft(kind, values(township, kind)))
    assert changes.key is not None
    saving.remove_many(township, kind=kind, ids=(changes.key,), reason="录错")
    assert changes.key not in {row.id for row in rows.list_rows(township, kind=kind)}
    assert (kind, changes.key) in {(row.table, row.id) for row in trash.list_deleted(township)}
    trash.restore(township, table=kind, key=changes.key)
    assert changes.key in {row.id for row in rows.list_rows(township, kind=kind)}
    for _ in range(3):
        undoing.undo_last(township)
    assert changes.key not in {row.id for row in rows.list_rows(township, kind=kind)}


@pytest.mark.parametrize("kind", [kind for kind in KINDS if LEDGERS[kind].once])
def test_what_may_stand_once_is_refused_the_second_time(township: Session, kind: str) -> None:
    ledger, given = LEDGERS[kind], values(township, kind)
    saving.save(township, draft=LedgerDraft(kind, given))
    with pytest.raises(UserError) as refused:
        saving.save(township, draft=LedgerDraft(kind, given))
    assert (refused.value.what, refused.value.why) == (f"没有保存{ledger.noun}。", ledger.once_words)
    assert refused.value.field == ledger.once[0]


@pytest.mark.parametrize(
    ("kind", "changed", "why"),
    [
        ("honour", {"title": None}, "没有填荣誉名称。"),
        ("honour", {"year": 26}, "年度“26”不是年份。"),
        ("honour", {"kind": "88"}, "种类“88”不在代码表里。"),
        ("honour", {"branch_id": None, "organisation_id": None, "person_id": None}, "没有填党组织、社会组织或姓名。"),
        ("absence", {"expected_on": "2026-02-30"}, "预计返回“2026-02-30”不是日期。"),
        ("absence", {"expected_on": "2026-01-05"}, "预计返回 2026-01-05 早于外出日期 2026-03-05。"),
        ("dues_bill", {"month": "2026-13"}, "月份“2026-13”不是月份。"),
        ("dues_bill", {"amount": -1}, "应交（元）“-1”不对。"),
        ("review", {"excellent": 2}, "票数对不上：优秀 2＋合格 0＋基本合格 0＋不合格 0＋弃权 0＝2，而有效票是 3。"),
        ("duty_report", {"present": 2}, "有效票 3 多于参评人数 2。"),
        ("remittance", {"amount": 0}, "金额是 0。"),
    ],
)
def test_a_row_that_cannot_stand_is_refused_in_words(
    township: Session, kind: str, changed: dict[str, Any], why: str
) -> None:
    before = len(rows.list_rows(township, kind=kind))
    with pytest.raises(UserError) as refused:
        saving.save(township, draft=LedgerDraft(kind, {**values(township, kind), **changed}))
    assert refused.value.why == why
    assert len(rows.list_rows(township, kind=kind)) == before


def test_a_talk_with_oneself_is_refused(township: Session) -> None:
    given = values(township, "talk")
    with pytest.raises(UserError) as refused:
        saving.save(township, draft=LedgerDraft("talk", {**given, "listener_id": given["speaker_id"]}))
    assert (refused.value.why, refused.value.field) == ("谈话人和谈话对象是同一个。", "listener_id")


def test_two_laptops_make_one_bill_of_one_person_and_month(township: Session) -> None:
    given = values(township, "dues_bill")
    first = saving.save(township, draft=LedgerDraft("dues_bill", given)).key
    assert first is not None
    saving.remove_many(township, kind="dues_bill", ids=(first,), reason="录错")
    assert saving.save(township, draft=LedgerDraft("dues_bill", given)).key == first


def test_rows_are_found_by_their_lines_and_by_whom_they_name(township: Session) -> None:
    saving.save(township, draft=LedgerDraft("honour", values(township, "honour") | {"title": "五星党支部"}))
    assert len(rows.list_rows(township, kind="honour", text="五星")) == 1
    assert len(rows.list_rows(township, kind="honour", text="ww")) == 1
    assert rows.list_rows(township, kind="honour", text="无此荣誉") == ()
    assert rows.list_rows(township, kind="honour", text="%") == ()


def test_rows_of_one_record_are_given_alone(township: Session) -> None:
    one, other = (values(township, "absence", second=second) for second in (False, True))
    for given in (one, other):
        saving.save(township, draft=LedgerDraft("absence", given))
    found = rows.list_rows(township, kind="absence", of=("person_id", one["person_id"]))
    assert len(found) == 1


def test_an_unknown_ledger_is_refused(township: Session) -> None:
    with pytest.raises(UserError) as refused:
        rows.list_rows(township, kind="points")
    assert refused.value.why == "没有“points”这一种台账。"


def test_a_sum_is_shown_in_yuan_and_half_days_as_they_are_said(township: Session) -> None:
    key = saving.save(township, draft=LedgerDraft("dues_bill", values(township, "dues_bill") | {"amount": 123450})).key
    (row,) = [row for row in rows.list_rows(township, kind="dues_bill") if row.id == key]
    assert row.cells["amount"] == "1,234.50"
    key = saving.save(township, draft=LedgerDraft("training", values(township, "training"))).key
    (row,) = [row for row in rows.list_rows(township, kind="training") if row.id == key]
    assert (row.cells["days"], row.cells["hours"]) == ("2.5", "8.5")


