"""Logs that hold ids and never content."""

import logging
import re
from logging.handlers import RotatingFileHandler
from pathlib import Path

NAME = "doudi.log"
_DIGITS = re.compile(r"\d{7,}[\dXx]?")
_HAN = re.compile("[\u3400-\u9fff\U00020000-\U0003ffff]+")


class Redaction(logging.Formatter):
    """Strikes out long numbers and Chinese text, traces with them, so that a careless line betrays nobody."""

    def format(self, record: logging.LogRecord) -> str:
        """Write the line and its trace in redacted form."""
        return redact(super().format(record))


def redact(text: str) -> str:
    """Replace digits that could be a number of a person and runs of Chinese by marks of their length."""
    return _HAN.sub(lambda found: f"<{len(found[0])}字>", _DIGITS.sub("<number>", text))


def start(folder: Path) -> logging.Handler:
    """Write the program's log under `folder` (1 MB, three generations); give the handler so that it can be closed."""
    folder.mkdir(parents=True, exist_ok=True)
    handler = RotatingFileHandler(folder / NAME, maxBytes=1_000_000, backupCount=3, encoding="utf-8")
    handler.setFormatter(Redaction("%(asctime)s %(levelname)s %(name)s %(message)s"))
    root = logging.getLogger("desktop")
    root.setLevel(logging.INFO)
    root.addHandler(handler)
    return handler


def stop(handler: logging.Handler) -> None:
    """Take the handler of `start` off and close its file."""
    logging.getLogger("desktop").removeHandler(handler)
    handler.close()
