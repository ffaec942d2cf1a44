"""Masks of identity numbers and telephones: what lists show, what a form may bring back (domain.md §9)."""

import re

_RUN = re.compile(r"\d{7,}")


def identity(number: str | None) -> str | None:
    """Show an identity number by its first six and last four: `320681********0012`; a short one by stars alone."""
    if not number:
        return None
    return number[:6] + "*" * (len(number) - 10) + number[-4:] if len(number) >= 14 else "*" * len(number)


def phone(number: str | None) -> str | None:
    """Show each telephone of a text by its first three and last four digits (`100****0001`), a short one by four."""
    return _RUN.sub(lambda found: _phone(found[0]), number) if number else None


def _phone(digits: str) -> str:
    first = digits[:3] if len(digits) >= 10 else ""
    return first + "*" * (len(digits) - len(first) - 4) + digits[-4:]


def unmask(given: str | None, stored: str | None, shown: str | None) -> str | None:
    """Give what a form means: a mask that comes back unchanged means the stored value."""
    return stored if given and given == shown else given
