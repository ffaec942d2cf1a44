"""The recovery code on paper: 128 bits in Crockford's base 32, with two check characters (security.md).

Groups of four letters or digits without I, L, O and U. The check finds every single wrong character and every swap of
two neighbours: it is the number modulo 1,021, a prime just below 32², written as two characters.
"""

import secrets

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
BITS = 128
BODY = 26
CHECK = 2
GROUP = 4
PRIME = 1021
_LOOKALIKES = str.maketrans({"I": "1", "L": "1", "O": "0"})


class RecoveryError(ValueError):
    """The text is no recovery code; `wrong` says whether its length or its check is off."""

    def __init__(self, wrong: str) -> None:
        super().__init__(wrong)
        self.wrong = wrong


def new_code() -> str:
    """Make a fresh code: seven groups of four."""
    return show(secrets.randbits(BITS))


def show(number: int) -> str:
    """Write a 128-bit number as a code with its check characters, in groups."""
    text = _digits(number, BODY) + _digits(number % PRIME, CHECK)
    return "-".join(text[at : at + GROUP] for at in range(0, len(text), GROUP))


def parse(text: str) -> int:
    """Read what a person typed: case, blanks, hyphens and look-alikes forgiven; RecoveryError where it is wrong."""
    folded = "".join(char for char in text.upper() if char.isalnum()).translate(_LOOKALIKES)
    if len(folded) != BODY + CHECK or any(char not in ALPHABET for char in folded):
        raise RecoveryError("length")
    number, check = _number(folded[:BODY]), _number(folded[BODY:])
    if number >> BITS or number % PRIME != check:
        raise RecoveryError("check")
    return number


def secret(code: str) -> str:
    """Give the password that a code stands for, the same however it was typed."""
    return show(parse(code)).replace("-", "")


def _digits(number: int, length: int) -> str:
    found = ""
    for _ in range(length):
        number, digit = divmod(number, len(ALPHABET))
        found = ALPHABET[digit] + found
    return found


def _number(text: str) -> int:
    number = 0
    for char in text:
        number = number * len(ALPHABET) + ALPHABET.index(char)
    return number
