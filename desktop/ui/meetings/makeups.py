"""补开: a field that is there only where a closed period has no such gathering, or the record names one already."""

from collections.abc import Sequence

from desktop.services.meeting_makeups import MakeUp
from desktop.ui.widgets.chips import ChoiceChips


class MakeUpField(ChoiceChips[MakeUp]):
    """Periods as chips; none chosen counts the gathering in its own period."""

    def __init__(self) -> None:
        super().__init__("补开", key="extra", many=True)
        self.set_note("补哪一期的就点哪一期，不点按开会日期计")
        self.hide()

    def offer(self, missed: Sequence[MakeUp]) -> None:
        """Offer these periods beside those that are chosen; the field is there only where there are any."""
        chosen = self.values()
        offered = [*missed, *(one for one in chosen if one not in missed)]
        self.blockSignals(True)
        self.set_choices([(one, one.words) for one in offered])
        self.set_value(*chosen)
        self.blockSignals(False)
        self.setVisible(bool(offered))

    def show_assigned(self, chosen: Sequence[MakeUp]) -> None:
        """Show what a record is assigned to."""
        self.set_choices([(one, one.words) for one in chosen])
        self.set_value(*chosen)
        self.setVisible(bool(chosen))

    def problem(self) -> str:
        """Say that two periods of one kind are chosen: one gathering makes up for one."""
        kinds = [one.kind for one in self.values()]
        twice = any(kinds.count(kind) > 1 for kind in kinds)
        return "一次会议同一类型只能补一期。请只留一期。" if twice else ""
