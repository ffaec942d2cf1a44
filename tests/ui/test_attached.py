"""附件 in a drawer: added, shown as pages, refused in words, taken back."""

from collections.abc import Callable
from pathlib import Path

import pymupdf
import pytest
from PySide6.QtCore import QBuffer, QIODevice
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from desktop.core.errors import UserError
from desktop.services import attachments, undoing
from desktop.services.sessions import Session
from desktop.ui.context import Context
from desktop.ui.main_window import MainWindow
from desktop.ui.records import attachment_view
from desktop.ui.records.attached import Attached, size_words
from tests.services.ledgers.samples import target

Settle = Callable[[Context], None]


def picture(width: int = 40, height: int = 20) -> bytes:
    image, buffer = QImage(width, height, QImage.Format.Format_RGB32), QBuffer()
    image.fill(0xFF3366)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")
    return bytes(buffer.data().data())


@pytest.fixture
def person(township: Session) -> bytes:
    return target(township, "person")


@pytest.fixture
def tab(window: MainWindow, person: bytes, settle: Settle, qtbot: QtBot) -> Attached:
    made = Attached(window.context, "person", person)
    qtbot.addWidget(made)
    settle(window.context)
    return made


def said(tab: Attached) -> set[str]:
    return {label.text() for label in tab.findChildren(QLabel) if label.text()}


def test_an_empty_tab_says_what_may_be_added(tab: Attached) -> None:
    assert "还没有附件。扫描件、照片、PDF 和文档都可以加。" in said(tab)


def test_a_file_is_added_and_an_undo_takes_it_away(
    tab: Attached, window: MainWindow, settle: Settle, tmp_path: Path, township: Session
) -> None:
    (tmp_path / "照片.png").write_bytes(picture())
    tab.add([tmp_path / "照片.png"])
    settle(window.context)
    assert "附件 1 个" in said(tab)
    undoing.undo_last(township)
    tab.read()
    settle(window.context)
    assert "附件 1 个" not in said(tab)


def test_a_picture_is_shown_as_one_page(
    tab: Attached, window: MainWindow, settle: Settle, tmp_path: Path, township: Session, person: bytes
) -> None:
    (tmp_path / "照片.png").write_bytes(picture())
    tab.add([tmp_path / "照片.png"])
    settle(window.context)
    (row,) = attachments.list_attachments(township, kind="person", key=person)
    (page,) = attachment_view.pages_of(township, row).pages
    assert (page.width, page.height) == (40, 20)
    assert page.pixels[:3] == bytes((0x66, 0x33, 0xFF))
    dialog = attachment_view.AttachmentView(window.context, window, row)
    dialog.open()
    settle(window.context)
    assert dialog.view.count_words() == "共 1 页"
    dialog.done(0)


def test_a_picture_that_cannot_be_read_is_said(
    tab: Attached, window: MainWindow, settle: Settle, tmp_path: Path, township: Session, person: bytes
) -> None:
    (tmp_path / "照片.png").write_bytes(b"\x89PNG\r\n\x1a\n" + b"nothing")
    tab.add([tmp_path / "照片.png"])
    settle(window.context)
    (row,) = attachments.list_attachments(township, kind="person", key=person)
    with pytest.raises(UserError) as refused:
        attachment_view.pages_of(township, row)
    assert refused.value.why == "图片读不出来，可能已损坏，或尺寸太大。"


@pytest.mark.parametrize(("size", "words"), [(1, "1 KB"), (1536, "2 KB"), (3 * 1024 * 1024, "3.0 MB")])
def test_a_size_is_said_as_people_say_it(size: int, words: str) -> None:
    assert size_words(size) == words


def test_a_long_paper_shows_its_first_pages_and_says_so(
    tab: Attached, window: MainWindow, settle: Settle, tmp_path: Path, township: Session, person: bytes
) -> None:
    paper = pymupdf.open()
    for _ in range(attachment_view.MOST_PAGES + 2):
        paper.new_page(width=100, height=100)
    paper.save(tmp_path / "长卷.pdf")
    tab.add([tmp_path / "长卷.pdf"])
    settle(window.context)
    (row,) = attachments.list_attachments(township, kind="person", key=person)
    dialog = attachment_view.AttachmentView(window.context, window, row)
    dialog.open()
    settle(window.context)
    assert dialog.view.count_words() == "共 30 页"
    assert "只显示前 30 页，共 32 页。另存后可以看全部。" in {label.text() for label in dialog.findChildren(QLabel)}
    dialog.done(0)
