"""Logs that hold ids and never content."""

import logging
import re
from logging.handlers import RotatingFileHandler
from pathlib import Path

_DIGITS = re.compile(r"\d{7,}[\dXx]?")
_HAN = re.compile("[\u3400-\u9fff\U00020000-\U0003ffff]+")


class Redaction(logging.Filter):
    """Strikes out long numbers and Chinese text, so that a careless line betrays nobody."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Replace the message by its redacted form; every record passes."""
        record.msg = redact(record.getMessage())
        record.args = ()
        return True


def redact(text: str) -> str:
    """Replace digits that could be a number of a person and runs of Chinese by marks of their length."""
    return _HAN.sub(lambda found: f"<{len(found[0])}字>", _DIGITS.sub("<number>", text))


def start(folder: Path) -> logging.Handler:
    """Write the program's log under `folder` (1 MB, three generations); give the handler so that it can be closed."""
    folder.mkdir(parents=True, exist_ok=True)
    handler = RotatingFileHandler(folder / "doudi.log", maxBytes=1_000_000, backupCount=3, encoding="utf-8")
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
    handler.addFilter(Redaction())
    root = logging.getLogger("desktop")
    root.setLevel(logging.INFO)
    root.addHandler(handler)
    return handler


def stop(handler: logging.Handler) -> None:
    """Take the handler of `start` off and close its file."""
    logging.getLogger("desktop").removeHandler(handler)
    handler.close()
