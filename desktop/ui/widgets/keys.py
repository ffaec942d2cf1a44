"""How keys are written for people: `Alt+Left` is `Alt+←`."""

_WORDS = {"Left": "←", "Right": "→", "Up": "↑", "Down": "↓", "Return": "回车", "Space": "空格", "Del": "Del"}


def key_text(shortcut: str) -> str:
    """Write a shortcut as menus, tooltips and the list of shortcuts show it."""
    return "+".join(_WORDS.get(part, part) for part in shortcut.split("+")) if "++" not in shortcut else shortcut
