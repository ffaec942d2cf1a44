"""The road of rows that come in without the rules of entry."""

import pytest

from desktop.core.progress import CancelledError, Progress
from desktop.models.database import IntegrityError
from desktop.services import loading, searching, undoing, verifying
from desktop.services.loading import Rows
from desktop.services.sessions import Session
from tests.services.findings_world import branch


def person(session: Session, name: str) -> tuple[bytes, str]:
    return session.new_id(), name


def test_loaded_rows_are_stamped_found_audited_and_sound(either: Session) -> None:
    rows = [person(either, "欧阳建国"), person(either, "李　明")]
    changes = loading.load(either, label="登记 2 名人员", rows=[Rows("person", ("id", "name"), rows)])
    assert (changes.topics, changes.label) == ({"person"}, "登记 2 名人员")
    tbl = either.workspace.tables["person"]
    keys = [row[0] for row in either.db.rows("SELECT pk FROM sync_row WHERE tbl = ? ORDER BY pk", (tbl,))]
    assert keys == sorted(key.hex() for key, _ in rows)
    assert [hit.title for hit in searching.search(either, text="oyjg")] == ["欧阳建国"]
    assert verifying.verify(either).ok


def test_a_load_is_undone_as_a_whole(township: Session) -> None:
    rows = [Rows("person", ("id", "name"), [person(township, f"人员{number}") for number in range(30)])]
    changes = loading.load(township, label="登记 30 名人员", rows=rows)
    assert changes.unit is not None
    undoing.undo_unit(township, number=changes.unit)
    assert township.db.one("SELECT count(*) FROM person WHERE _deleted IS NULL") == (0,)


def test_parts_of_meetings_come_along_and_stand_in_the_meetings_stamp(township: Session) -> None:
    key = township.new_id()
    head = ("id", "branch_id", "record_class", "held_on", "state")
    changes = loading.load(
        township,
        label="补录 1 份会议记录",
        rows=[
            Rows("attendance", ("meeting_id", "number", "name", "status"), [(key, 1, "陈𬭎", "1")]),
            Rows("meeting", head, [(key, branch(township, "B001"), "full", "2026-11-02", "passed")]),
        ],
    )
    assert changes.topics == {"attendance", "meeting"}
    assert township.db.rows("SELECT grp FROM sync_cell WHERE pk = ?", (key.hex(),)) == []


@pytest.mark.parametrize(
    "rows",
    [
        Rows("persons", ("id", "name"), []),
        Rows("setting", ("name", "content"), []),
        Rows("person", ("id", "name", "points"), []),
        Rows("person", ("id", "name", "name"), []),
        Rows("meeting", ("id", "agenda"), []),
    ],
)
def test_a_table_or_column_that_is_not_of_the_records_is_refused(township: Session, rows: Rows) -> None:
    with pytest.raises(ValueError, match=rows.table):
        loading.load(township, label="试", rows=[rows])


@pytest.mark.parametrize("name", ["王\u202e丽", "王\x00丽", "e\u0301"])
def test_text_that_may_not_stand_in_a_record_is_refused(township: Session, name: str) -> None:
    with pytest.raises(ValueError, match="person"):
        loading.load(township, label="试", rows=[Rows("person", ("id", "name"), [person(township, name)])])
    assert township.db.one("SELECT count(*) FROM person") == (0,)


def test_a_reference_to_nothing_leaves_nothing(either: Session) -> None:
    rows = [
        Rows("person", ("id", "name"), [person(either, "张伟")]),
        Rows("party_group", ("id", "branch_id", "name"), [(either.new_id(), either.new_id(), "第一党小组")]),
    ]
    with pytest.raises(IntegrityError):
        loading.load(either, label="试", rows=rows)
    assert either.db.one("SELECT count(*) FROM person") == (0,)


def test_progress_is_told_and_a_cancel_leaves_nothing(township: Session) -> None:
    told: list[tuple[int, int, str]] = []
    progress = Progress(lambda done, total, text: told.append((done, total, text)))
    few = [person(township, f"人员{number}") for number in range(loading.CHUNK + 1)]
    loading.load(township, label="登记", rows=[Rows("person", ("id", "name"), few)], progress=progress)
    assert told == [(5000, 5001, "登记"), (5001, 5001, "登记")]
    progress.cancel()
    with pytest.raises(CancelledError):
        loading.load(
            township, label="登记", rows=[Rows("place", ("id", "name"), [person(township, "村")])], progress=progress
        )
    assert township.db.one("SELECT count(*) FROM place") == (0,)
