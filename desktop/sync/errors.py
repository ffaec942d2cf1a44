"""What spoils a package, and what sets one row or document aside."""

from dataclasses import dataclass
from typing import Literal

Code = Literal[
    "not-a-package", "truncated", "too-large", "bad-member", "bad-manifest", "newer-format", "unknown-key",
    "bad-signature", "revoked-key", "not-for-us", "hash-mismatch", "cannot-decrypt", "inner-mismatch", "bad-payload",
    "no-space", "clock", "needs-base",
]  # fmt: skip


@dataclass(eq=False)
class PackageError(Exception):
    """A refusal of a whole package: a code of package-format.md §8 and an English detail for logs (never content)."""

    code: Code
    detail: str

    def __str__(self) -> str:
        """Join code and detail."""
        return f"{self.code}: {self.detail}"


@dataclass(eq=False)
class SetAsideError(Exception):
    """One row, document or pack stays outside, the rest goes in; `reason` is a code for reports."""

    reason: str
    detail: str = ""

    def __str__(self) -> str:
        """Join reason and detail."""
        return f"{self.reason}: {self.detail}"
