"""Administrative divisions of Jiangsu to choose from: a dated snapshot (`resources/divisions/README.md`)."""

from dataclasses import dataclass

from desktop.core.codes import divisions
from desktop.core.text import match_name
from desktop.services.sessions import EVERYONE, Session, allowed

_CITY, _COUNTY, _STREET = 4, 6, 9


@dataclass(frozen=True, slots=True)
class Division:
    """One city, county or township; `path` names it with what it lies in: `南京市 玄武区 梅园新村街道`."""

    code: str
    name: str
    path: str


@allowed(EVERYONE)
def list_cities(session: Session) -> tuple[Division, ...]:
    """Give the cities of Jiangsu by code."""
    del session
    return tuple(_made(code) for code in sorted(divisions()) if code.endswith("00") and len(code) == _COUNTY)


@allowed(EVERYONE)
def list_below(session: Session, *, code: str) -> tuple[Division, ...]:
    """Give the counties of a city or the townships of a county, by code; nothing for a township."""
    del session
    is_city = len(code) == _COUNTY and code.endswith("00")
    length, prefix = (_COUNTY, code[:_CITY]) if is_city else (_STREET, code)
    below = (key for key in divisions() if len(key) == length and key.startswith(prefix) and key != code)
    return tuple(_made(key) for key in sorted(below)) if len(code) == _COUNTY else ()


@allowed(EVERYONE)
def find(session: Session, *, text: str, limit: int = 20) -> tuple[Division, ...]:
    """Give the divisions whose code begins with `text` or whose name holds it, the higher ones first."""
    del session
    said = match_name(text)
    if not said:
        return ()
    found = (code for code, name in divisions().items() if code.startswith(said) or said in match_name(name))
    return tuple(_made(code) for code in sorted(found, key=lambda code: (len(code), code))[:limit])


def _made(code: str) -> Division:
    known = divisions()
    steps = dict.fromkeys((f"{code[:_CITY]}00", code[:_COUNTY], code))
    return Division(code, known[code], " ".join(known[step] for step in steps if step in known))
