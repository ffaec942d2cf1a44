"""The errors that a person can act on."""

from dataclasses import dataclass, field


@dataclass(eq=False)
class UserError(Exception):
    """A refusal said in three sentences: what happened, why, and what to do (all in Chinese).

    `code` is stable and for programs; `field` names the form field that caused it, so that a form can focus it.
    """

    what: str
    why: str
    do: str
    code: str = "refused"
    field: str | None = field(default=None)

    def __str__(self) -> str:
        """Join the three sentences."""
        return f"{self.what}{self.why}{self.do}"


class WorkspaceBusyError(UserError):
    """Another program holds the workspace; the command line answers with exit code 3."""
