"""Numbers that pass every check and belong to nobody: area 329901 is not assigned (domain.md §8.4)."""

from datetime import date
from random import Random

AREA = "329901"
_ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_USCC_LETTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_ORG_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
PHONES_FROM = 10_000_000_000


class Numbers:
    """Hands out identity numbers, telephones and credit codes, none of them twice."""

    def __init__(self, rng: Random) -> None:
        self._rng = rng
        self._taken: set[str] = set()
        self._phone = PHONES_FROM
        self._unit = 100_000

    def identity(self, born: date, *, male: bool) -> str:
        """Give an 18-digit number of GB 11643: its 17th digit is odd for men, its check digit is right."""
        while True:
            serial = self._rng.randrange(1 if male else 2, 999, 2)
            body = f"{AREA}{born:%Y%m%d}{serial:03d}"
            if body not in self._taken:
                self._taken.add(body)
                return body + id_check(body)

    def phone(self) -> str:
        """Give 1000000xxxx: no mobile number begins with 10."""
        self._phone += 1
        return str(self._phone)

    def uscc(self, kind: str) -> str:
        """Give a credit code of GB 32100 for `51`, `52`, `53` or `31`."""
        self._unit += self._rng.randrange(1, 9)
        body = f"MJ{self._unit:06d}"
        head = f"{kind}{AREA}{body}{_org_check(body)}"
        return head + _uscc_check(head)


def id_check(body: str) -> str:
    """Give the check digit of the first 17 digits of an identity number (mod 11)."""
    total = sum(int(digit) * weight for digit, weight in zip(body, _ID_WEIGHTS, strict=True))
    return "10X98765432"[total % 11]


def _org_check(body: str) -> str:
    total = sum(int(char, 36) * weight for char, weight in zip(body, _ORG_WEIGHTS, strict=True))
    return "0123456789X0"[11 - total % 11]


def _uscc_check(head: str) -> str:
    total = sum(_USCC_LETTERS.index(char) * pow(3, at, 31) for at, char in enumerate(head))
    return _USCC_LETTERS[-total % 31]
