"""显示: colours, scale and row height, all live."""

from desktop.ui.housekeeping.section import Section
from desktop.ui.settings import ROW_HEIGHTS
from desktop.ui.theme import SCALES, Mode, theme
from desktop.ui.widgets.chips import ChoiceChips


class LookSection(Section):
    """Each choice is seen at once and remembered on this machine."""

    def build(self) -> None:
        """Make the three choices."""
        card = self.card("显示", "改了马上看得到，只影响这台电脑上的这个用户。")
        self.mode: ChoiceChips[Mode] = ChoiceChips("界面颜色", [(mode, mode.label) for mode in Mode])
        self.percent: ChoiceChips[int] = ChoiceChips("字号", [(scale, f"{scale} %") for scale in SCALES])
        self.rows: ChoiceChips[str] = ChoiceChips("列表行高", list(ROW_HEIGHTS.items()))
        self.percent.set_note("也可用 Ctrl+= 放大，Ctrl+- 缩小，Ctrl+0 还原")
        for field in (self.mode, self.percent, self.rows):
            card.body.addWidget(field)
        self._load()
        self.mode.changed.connect(self._set_mode)
        self.percent.changed.connect(self._set_percent)
        self.rows.changed.connect(self._set_rows)

    def _load(self) -> None:
        for field in (self.mode, self.percent, self.rows):
            field.blockSignals(True)
        self.mode.set_value(self.context.settings.mode)
        self.percent.set_value(theme().percent)
        self.rows.set_value(self.context.settings.row_height)
        for field in (self.mode, self.percent, self.rows):
            field.blockSignals(False)

    def refresh(self) -> None:
        """Show what is set now; it may have been changed by a shortcut."""
        self._load()

    def _set_mode(self) -> None:
        mode = self.mode.value()
        if mode is not None:
            self.context.settings.set("mode", mode.value)
            theme().set_mode(mode)

    def _set_percent(self) -> None:
        percent = self.percent.value()
        if percent is not None:
            self.context.settings.set("percent", percent)
            theme().set_percent(percent)

    def _set_rows(self) -> None:
        self.context.settings.set("row_height", self.rows.value())
        theme().changed.emit()  # lists take their row height with the scale
