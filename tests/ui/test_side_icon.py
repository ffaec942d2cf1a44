"""A line with an icon at its end: as large as the scale wants it, and a text that is too long is seen to be so."""

from datetime import date

import pytest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from desktop.ui.theme import Theme
from desktop.ui.widgets.editors import LineEdit
from desktop.ui.widgets.fields import DateField

LONG = "柳溪社区党群服务中心三楼会议室"


@pytest.mark.parametrize("percent", [100, 130, 150])
def test_the_calendar_grows_with_the_scale_and_the_text_stays_clear_of_it(
    look: Theme, qtbot: QtBot, percent: int
) -> None:
    field = DateField("日期", today=date(2026, 11, 23))
    qtbot.addWidget(field)
    field.resize(240, 90)
    field.show()
    look.set_percent(percent)
    icon = field.edit._icons[0]
    assert icon.isVisible()
    assert icon.geometry().right() < field.edit.width()
    assert icon.width() == look.px(16) + 2 * look.px(4)
    assert field.edit.textMargins().right() == look.px(16) + look.px(4)


def test_a_press_on_the_icon_opens_the_calendar(look: Theme, qtbot: QtBot) -> None:
    field = DateField("日期", today=date(2026, 11, 23))
    qtbot.addWidget(field)
    icon = field.edit._icons[0]
    assert (icon.toolTip(), icon.accessibleName()) == ("<span>选日期</span>", "选日期")
    with qtbot.waitSignal(field._opener.triggered):
        icon.click()


def test_a_text_that_is_too_long_is_cut_with_an_ellipsis_until_somebody_writes_in_it(look: Theme, qtbot: QtBot) -> None:
    edit = LineEdit()
    qtbot.addWidget(edit)
    edit.setText(LONG)
    edit.resize(140, 34)
    edit.show()
    qtbot.waitExposed(edit)
    edit.clearFocus()
    assert edit.shown_text().endswith("…")
    assert LONG.startswith(edit.shown_text()[:-1])
    edit.grab()
    edit.resize(400, 34)
    assert edit.shown_text() == LONG


def test_a_secret_is_never_drawn_by_hand(look: Theme, qtbot: QtBot) -> None:
    edit = LineEdit()
    qtbot.addWidget(edit)
    edit.setEchoMode(QLineEdit.EchoMode.Password)
    edit.setText(LONG * 3)
    edit.resize(90, 34)
    assert edit.shown_text() == edit.displayText()
    assert "柳" not in edit.shown_text()
