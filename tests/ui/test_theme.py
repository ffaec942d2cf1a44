"""The theme: contrast from the tokens, live switch, scales, icons."""

import re
from collections import Counter

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication, QLabel, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from desktop.core.paths import resources
from desktop.ui import icons
from desktop.ui.application import WheelGuard
from desktop.ui.theme import SCALES, Mode, Theme, fill, scaled, tokens
from desktop.ui.widgets.buttons import primary, secondary
from desktop.ui.widgets.text import plain_label, tag_label

TEXT_PAIRS = [
    *((text, ground) for text in ("text", "text2", "text3") for ground in ("bg", "surface", "surface2")),
    ("onBrand", "brand"), ("onBrand", "brandPress"), ("brandText", "brandSoft"),
    ("link", "surface"), ("ok", "okSoft"), ("warn", "warnSoft"), ("err", "errSoft"), ("err", "surface"),
    ("info", "infoSoft"), ("text2", "neutralSoft"), ("text", "select"), ("onToast", "toast"), ("toastLink", "toast"),
]  # fmt: skip
RING_PAIRS = [("focus", "surface"), ("field", "surface"), ("selectLine", "surface")]


def _light(colour: str) -> float:
    parts = [part / 255 for part in QColor(colour).getRgb()[:3]]
    line = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * line[0] + 0.7152 * line[1] + 0.0722 * line[2]


def contrast(one: str, other: str) -> float:
    high, low = sorted((_light(one), _light(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("mode", ["light", "dark"])
@pytest.mark.parametrize(("text", "ground"), TEXT_PAIRS)
def test_every_text_token_can_be_read_on_its_ground(mode: str, text: str, ground: str) -> None:
    colours = tokens()[mode]
    assert contrast(colours[text], colours[ground]) >= 4.5


@pytest.mark.parametrize("mode", ["light", "dark"])
@pytest.mark.parametrize(("line", "ground"), RING_PAIRS)
def test_every_ring_and_frame_stands_out_from_its_ground(mode: str, line: str, ground: str) -> None:
    colours = tokens()[mode]
    assert contrast(colours[line], colours[ground]) >= 3


def test_the_template_names_only_tokens_that_both_themes_have() -> None:
    template = (resources() / "ui" / "style.qss").read_text(encoding="utf-8")
    for mode in ("light", "dark"):
        filled = fill(template, tokens()[mode], 100)
        assert not re.search(r"@\w", filled)


@pytest.mark.parametrize(("pixels", "percent", "expected"), [(1, 150, 1), (2, 150, 2), (14, 130, 18), (34, 115, 39)])
def test_sizes_grow_with_the_font_but_thin_lines_stay_thin(pixels: int, percent: int, expected: int) -> None:
    assert scaled(pixels, percent) == expected


def test_a_switch_to_dark_leaves_no_light_colour(look: Theme, qtbot: QtBot) -> None:
    widget = QWidget()
    widget.setProperty("surface", "page")
    box = QVBoxLayout(widget)
    parts = (primary("保存", "save"), secondary("导出", "arrow_upload"), plain_label("刘芳"), tag_label("缺", "err"))
    for part in parts:
        box.addWidget(part)
    qtbot.addWidget(widget)
    widget.resize(300, 200)
    widget.show()
    look.set_mode(Mode.DARK)
    light, dark = tokens()["light"], tokens()["dark"]
    image = widget.grab().toImage()
    places = ((x, y) for x in range(image.width()) for y in range(image.height()))
    seen = Counter(image.pixelColor(x, y).name().upper() for x, y in places)
    grounds = {light[name] for name in ("bg", "hover", "errSoft", "brandSoft", "text")}
    assert not [colour for colour in grounds if seen[colour] > 20]  # a few soft edges of letters may hit one
    assert seen[dark["bg"]] > seen[dark["surface"]] > seen[light["surface"]]


def test_the_scale_goes_up_and_down_in_steps_and_back_to_100(look: Theme) -> None:
    for expected in (*SCALES[1:], SCALES[-1]):
        look.step_percent(1)
        assert look.percent == expected
    assert look.font().pixelSize() == 21
    look.step_percent(-1)
    assert look.percent == 130
    look.step_percent(0)
    assert look.percent == 100


def test_a_new_scale_reaches_each_part_with_few_events_and_past_the_guard_of_the_wheel(
    look: Theme, qapp: QApplication, qtbot: QtBot
) -> None:
    class Counts(QObject):
        seen = 0

        def eventFilter(self, _watched: QObject, _event: QEvent) -> bool:  # noqa: N802 - Qt's name
            self.seen += 1
            return False

    widget = QWidget()
    qtbot.addWidget(widget)
    box = QVBoxLayout(widget)
    for at in range(40):
        box.addWidget(plain_label(f"第 {at} 行"))
    widget.show()
    counts, guard = Counts(), qapp.findChild(WheelGuard)
    qapp.installEventFilter(counts)
    look.changing.connect(lambda: calls.append(guard))
    calls: list[object] = []
    look.set_percent(130)
    qapp.removeEventFilter(counts)
    assert widget.findChildren(QLabel)[0].font().pixelSize() == scaled(14, 130)
    assert (guard is not None, len(calls)) == (True, 1)
    assert counts.seen < 12 * len(qapp.allWidgets())


def test_an_icon_takes_the_colour_it_is_asked_for(look: Theme) -> None:
    assert b'fill="#C8102E"' in icons.coloured("home", "#C8102E", filled=True)
    drawn = icons.pixmap("home", "brand", filled=True, size=20, ratio=2)
    assert (drawn.width(), drawn.devicePixelRatio()) == (40, 2)
    image = drawn.toImage()
    pixels = [image.pixelColor(x, y) for x in range(40) for y in range(40)]
    solid = {pixel.name() for pixel in pixels if pixel.alpha() == 255}
    assert solid == {"#c8102e"}


def test_every_icon_has_both_styles_and_no_colour_of_its_own() -> None:
    files = {file.stem for file in (resources() / "icons").glob("*.svg")}
    assert {name.replace("_filled", "_regular") for name in files if name.endswith("_filled")} <= files
    for file in (resources() / "icons").glob("*.svg"):
        assert "fill=" not in file.read_text(encoding="utf-8").replace('fill="none"', "")
