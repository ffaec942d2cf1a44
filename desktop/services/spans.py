"""SQL of dated rows and of a 书记's scope, as the lists of every noun need them (dates as in domain.md §0.2).

Lists bind the day as `?1`, so that it may stand in a query more than once.
"""

from desktop.rules import codes
from desktop.services.searching import fts_query
from desktop.services.sessions import Session

Parameters = tuple[object, ...]
_BELOW = (
    "WITH RECURSIVE below(id) AS (SELECT {mark} UNION SELECT b.id FROM branch b JOIN below ON b.parent_id = below.id "
    "WHERE b._deleted IS NULL) SELECT id FROM below"
)


def last_day(column: str) -> str:
    """Write the last day that a date of known precision may mean, as text that compares like a day."""
    return f"({column} || substr('-12-31', length({column}) - 3))"


def active(alias: str) -> str:
    """Write that a dated row stands and holds the day `?1`; no start is since ever, no end is open."""
    starts, ends = f"{alias}.starts_on", f"{alias}.ends_on"
    return (
        f"{alias}._deleted IS NULL AND ({starts} IS NULL OR {last_day(starts)} <= ?1) "
        f"AND ({ends} IS NULL OR {last_day(ends)} >= ?1)"
    )


def one_of(column: str, values: frozenset[str]) -> str:
    """Write that a column holds one of this program's own codes (never anything that was typed)."""
    return f"{column} IN ({', '.join(repr(str(value)) for value in sorted(values))})"


def on_roll(alias: str) -> str:
    """Write that a membership is a Party member's whose relation is here; no relation is taken for 在册."""
    return (
        f"{one_of(f'{alias}.standing', codes.MEMBERS)} AND "
        f"{one_of(f'''coalesce({alias}.relation, 'R1')''', codes.ON_ROLL)}"
    )


def within(session: Session, column: str, mark: str = "?") -> tuple[str, Parameters]:
    """Write that a branch id lies in the account's scope, with its parameters; nothing is asked without a scope."""
    return below(session.scope, column, mark)


def below(branch: bytes | None, column: str, mark: str = "?") -> tuple[str, Parameters]:
    """Write that a branch id is `branch` or lies below it, with its parameters (bound at `mark`); all for None."""
    return ("1", ()) if branch is None else (f"{column} IN ({_BELOW.format(mark=mark)})", (branch,))


def found_by(text: str, kind: str, column: str) -> tuple[str, Parameters]:
    """Write that an id is among the records of a kind that search finds for `text`; everything is, for blanks.

    CROSS JOIN keeps the full-text index outside: the planner would else ask it once for each record.
    """
    if not text.strip():
        return "1", ()
    hits = (
        "SELECT d.pk FROM search_index CROSS JOIN search_doc d ON d.rowid = search_index.rowid "
        f"WHERE search_index MATCH ? AND d.kind = '{kind}'"
    )
    return f"lower(hex({column})) IN ({hits})", (fts_query(text) or '""',)
