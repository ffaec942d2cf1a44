"""回收站: what it keeps, and the way in."""

from desktop.services.sessions import STAFF
from desktop.ui.dialogs.trash import TrashDialog
from desktop.ui.housekeeping.section import Section, deeds
from desktop.ui.widgets.buttons import secondary


class TrashSection(Section):
    """One press to the recycle bin."""

    def build(self) -> None:
        """Make the one card."""
        card = self.card("回收站", "从各页移走的记录都在这里，连同一起移走的关系，可以一条或多条恢复。")
        self.open_button = secondary("打开回收站", "delete", self.open_bin)
        self.open_button.setEnabled(self.context.session.role in STAFF)
        card.body.addLayout(deeds(self.open_button))

    def open_bin(self) -> None:
        """Show the recycle bin."""
        self.dialog = TrashDialog(self.context, self)
        self.dialog.open()
