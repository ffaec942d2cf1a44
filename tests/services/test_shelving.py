"""What all kinds of records do alike is said and undone alike."""

import pytest

from desktop.core.errors import UserError
from desktop.models.place import Place
from desktop.services import places, shelving, undoing
from desktop.services.places import PlaceDraft
from desktop.services.sessions import Session
from tests.support import rows


def place(session: Session, name: str) -> bytes:
    key = places.save(session, draft=PlaceDraft(name=name)).key
    assert key is not None
    return key


def test_one_that_is_used_stays_and_says_why(township: Session) -> None:
    key = place(township, "柳溪社区")
    rows.organisation(township, "柳溪社区棋社", place_id=key)
    with pytest.raises(UserError) as refused:
        shelving.remove_unused(
            township, Place, key, table="place", noun="村（社区）", why="还有用到它的。", do="请先改掉。", reason="误登"
        )
    assert str(refused.value) == "没有删除“柳溪社区”。还有用到它的。请先改掉。"


def test_several_go_in_one_step_and_come_back_in_one(township: Session) -> None:
    two = [place(township, name) for name in ("柳溪社区", "望湖社区")]
    changes = shelving.remove_many(
        township, two, what="个村", remove=lambda key: places.remove(township, place=key, reason="误登")
    )
    assert (changes.label, places.list_places(township)) == ("把 2 个村移到回收站", ())
    undoing.undo_last(township)
    assert [row.id for row in places.list_places(township)] == two


def test_the_order_given_is_the_order_kept(township: Session) -> None:
    two = [place(township, name) for name in ("柳溪社区", "望湖社区")]
    changes = shelving.reorder(township, Place, two[::-1], what="个村")
    assert changes.label == "调整 2 个村的次序"
    assert township.db.rows("SELECT name FROM place ORDER BY sort") == [("望湖社区",), ("柳溪社区",)]
    undoing.undo_last(township)
    assert township.db.rows("SELECT DISTINCT sort FROM place") == [(None,)]
