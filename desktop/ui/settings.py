"""What the window remembers for this person on this machine: look, sizes, columns; never a word of a record."""

import contextlib
import json
from typing import Any

from desktop.core import files
from desktop.core.paths import state_folder
from desktop.ui.theme import SCALES, Mode

FILE = "ui.json"
ROW_HEIGHTS = {"compact": "紧凑", "default": "标准", "comfortable": "宽松"}


class Settings:
    """A flat JSON object in the state folder, written at every change; a damaged file counts as empty."""

    def __init__(self) -> None:
        self._path = state_folder() / FILE
        self._values: dict[str, Any] = {}
        with contextlib.suppress(OSError, ValueError):
            read = json.loads(self._path.read_text(encoding="utf-8"))
            self._values = read if isinstance(read, dict) else {}

    def get(self, key: str, default: Any) -> Any:  # noqa: ANN401 - JSON
        """Give a remembered value, or the default."""
        return self._values.get(key, default)

    def set(self, key: str, value: Any) -> None:  # noqa: ANN401 - JSON
        """Remember a value; None forgets it. A full disk costs the memory, not the work."""
        if value is None:
            self._values.pop(key, None)
        elif self._values.get(key) == value:
            return
        else:
            self._values[key] = value
        with contextlib.suppress(OSError):
            files.write_whole(self._path, json.dumps(self._values, ensure_ascii=False, indent=1).encode())

    @property
    def mode(self) -> Mode:
        """Give the choice between light, dark and the system's."""
        found = self.get("mode", "system")
        return Mode(found) if found in set(Mode) else Mode.SYSTEM

    @property
    def percent(self) -> int:
        """Give the font scale."""
        found = self.get("percent", 100)
        return found if found in SCALES else 100

    @property
    def row_height(self) -> str:
        """Give the row height of lists: compact, default or comfortable."""
        found = self.get("row_height", "default")
        return found if found in ROW_HEIGHTS else "default"
