"""How a row of a package is named to a person: by its own name, else by the records that it belongs to."""

from collections.abc import Mapping

from desktop.models.registry import SPECS
from desktop.services import listing
from desktop.services.exchange.site_keys import list_sites
from desktop.services.sessions import Session

_NAMED_BY = {"meeting": "topic", "term": "elected_on"}
_GONE = "已不在"


def row_title(session: Session, table: str, values: Mapping[str, object]) -> str:
    """Name a row of a table by its values, ids in hex: 陆建国, or 陆建国 · 柳溪社区党支部 for what joins the two."""
    own = values.get(_NAMED_BY.get(table, "name"))
    if own:
        return str(own)
    spec = SPECS.get(table)
    parents = [(parent, values.get(column)) for column, parent in spec.parents] if spec else []
    names = [listing.title(session, table=parent, key=bytes.fromhex(str(key))) for parent, key in parents if key]
    return " · ".join(name for name in names if name and name != _GONE)


def path_names(session: Session) -> dict[str, str]:
    """Give the name of the unit at every path of the key lists held, and of the own one."""
    own = session.workspace.identity
    return {scope: site.name for site in list_sites(session) for scope in site.scopes} | {own.path: own.name}
